/*
 * ct/course/scenario_picture.h: a scenario as a graph: what is a scene, what leads where, and what
 * the exploration found about it.
 */
#ifndef CT_COURSE_SCENARIO_PICTURE_H
#define CT_COURSE_SCENARIO_PICTURE_H

#include "ct/base/str.h"
#include "ct/course/module.h"

enum ct_scene_role { CT_ROLE_SCENE, CT_ROLE_JUNCTION, CT_ROLE_GOOD, CT_ROLE_BAD, CT_ROLE_OPEN };
/* GOOD, BAD: an ending with `pass`, `fail`; OPEN: one with `pass if …`. */

struct ct_scene_info {
    size_t scene;
    enum ct_scene_role role;
    bool unreached; /* from every chair that was looked at */
    bool stuck; /* in some state no choice is open there, or no ending can be reached any more */
    struct ct_path way; /* a shortest way there, from the first chair that has one */
    struct ct_scene_link {
        size_t target;
        struct ct_sv text;  /* of the choice or rule, plain */
        struct ct_sv terms; /* "needs trust >= 1", "when …", "once", "trust +1", joined; or null */
        ct_disc_set chairs; /* for: … */
        bool is_rule;
        bool never_open;
        int line;
    } * links;
    size_t n_links;
};

struct ct_scenario_picture {
    const struct ct_scenario *scenario;
    struct ct_scene_info *scenes; /* in written order */
    size_t n;
    struct ct_scene_link *watches; /* the `when` rules of the whole scenario, which lead away from
                                      every scene */
    size_t n_watches;
    bool complete;   /* false: not proved, the limit was reached */
    size_t n_states; /* looked at, of the chair with the most */
};

/* Explores from `chair` (CT_DISC_ALL: from all chairs, findings joined). CT_OK; CT_INTERNAL only
 * for a scenario with errors that cannot be explored: `ret` then has the scenes and links alone. */
int ct_scenario_picture(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                        struct ct_scenario_picture *ret, struct ct_err *err);

/* Draws it by ct_graph_svg: each scene a link to `href_prefix` and its anchor ("#", "?scene="),
 * roles and findings as classes (scene-good, scene-bad, scene-open, scene-junction, is-unreached,
 * is-stuck, is-start; scene-watch for the rules of the whole scenario; is-never-open for lines) and
 * in words in the titles, so that nothing is told by colour alone. Not for
 * two threads at once (Graphviz): the caller holds a lock. */
int ct_scenario_svg(const struct ct_scenario_picture *p, struct ct_sv href_prefix,
                    struct ct_str *out, struct ct_err *err);

#endif
