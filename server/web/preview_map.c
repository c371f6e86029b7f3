/*
 * preview_map.c: the picture of a scenario in a preview, which follows the pen like its text.
 */
#include "preview_pages_priv.h"

#include "ct/base/banned.h"

int ct_get_preview_map(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_problem *problems;
    struct ct_sv path, title;
    json_t *model = ct_model_map(rq, true, &path, &title, err);
    size_t n;

    if (!model)
        return err->code;
    ct_preview_problems_of(rq->cat, path, &problems, &n);
    json_object_set_new(model, "is_live", json_true());
    ct_preview_add_live(rq, model, path, title, problems, n);
    return ct_page(rq, rs, "scenario-map", model, err);
}
