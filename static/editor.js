/*
 * editor.js: comforts of the editor.
 */
