/*
 * count.c: what of a course counts for a discipline. Who completed it is the floor above's.
 */
#include "ct/course/count.h"

#include "ct/course/scenario.h"

#include "ct/base/banned.h"

bool ct_module_counts(const struct ct_module *m, ct_disc_set set)
{
    if (!ct_disc_has(m->disciplines, set))
        return false;
    if (m->kind == CT_MODULE_SCENARIO)
        return m->scenario != NULL;
    if (m->quiz)
        return true;
    for (size_t i = 0; i < m->n_sections; i++)
        if (ct_disc_has(m->sections[i].disciplines, set))
            return true;
    return false;
}

bool ct_module_graded(const struct ct_module *m, ct_disc_set set)
{
    return m->quiz && ct_module_counts(m, set);
}

size_t ct_course_counts(const struct ct_course *c, ct_disc_set set)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_modules; i++)
        n += ct_module_counts(c->modules[i], set);
    return n;
}

bool ct_course_required(const struct ct_course *c, ct_disc_set set)
{
    return set != CT_DISC_NONE && ct_disc_has(c->required_for, set);
}
