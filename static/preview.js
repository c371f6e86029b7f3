/*
 * preview.js: comforts of previews.
 */
