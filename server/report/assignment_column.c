/*
 * assignment_column.c: what stands in the columns of the assignment report, of rows and of groups.
 * Names are never changed.
 */
#include "ct/report/assignment_group.h"

#include "ct/base/banned.h"

/* In the order of assignment_table.c, which a test holds together. */
static const struct ct_column columns[] = {
    {"person_id", CT_COLUMN_INTEGER, "Number of the person; it never changes"},
    {"last_name", CT_COLUMN_TEXT, "Last name; of who has one name only, its last word"},
    {"first_name", CT_COLUMN_TEXT, "First name"},
    {"certificate_name", CT_COLUMN_TEXT, "The name on certificates"},
    {"email", CT_COLUMN_TEXT, "The address that the person signs in with"},
    {"employer_id", CT_COLUMN_TEXT, "Number of the person at the employer"},
    {"agency", CT_COLUMN_TEXT, "Short names of the person's agencies"},
    {"unit", CT_COLUMN_TEXT, "Short names of the person's units"},
    {"task_forces", CT_COLUMN_TEXT, "Short names of the person's task forces"},
    {"discipline", CT_COLUMN_TEXT, "Short name of the discipline"},
    {"supervisor", CT_COLUMN_TEXT, "The supervisor, as recorded of the person"},
    {"licence_body", CT_COLUMN_TEXT, "Who licensed the person"},
    {"licence_no", CT_COLUMN_TEXT, "Number of the licence"},
    {"hired_on", CT_COLUMN_DATE, "Day of hire"},
    {"active", CT_COLUMN_FLAG, "Whether the person is active on the day of the report"},
    {"requirement_id", CT_COLUMN_TEXT, "Short name of the requirement"},
    {"requirement", CT_COLUMN_TEXT, "Title of the requirement by the rule of its period"},
    {"kind", CT_COLUMN_TEXT, "What is required: course, hours or scenario"},
    {"course", CT_COLUMN_TEXT, "Short name of the course, as in its address"},
    {"course_revision", CT_COLUMN_TEXT, "Version of the course that was completed"},
    {"content_hash", CT_COLUMN_TEXT, "BLAKE2b of the text as it was completed"},
    {"assigned_on", CT_COLUMN_DATE, "Day on which the period began"},
    {"assigned_by", CT_COLUMN_TEXT, "Who recorded the rule"},
    {"due_on", CT_COLUMN_DATE, "Day by which it is to be completed, without days of grace"},
    {"window_opens_on", CT_COLUMN_DATE,
     "Day from which completing counts; empty where any day does"},
    {"status", CT_COLUMN_TEXT, "A word of status"},
    {"status_on", CT_COLUMN_DATE, "Day on which that became so"},
    {"started_on", CT_COLUMN_DATE,
     "Day of the first record of the course; of hours, the first of them"},
    {"last_activity_on", CT_COLUMN_DATE,
     "Day of the last record of the course; of hours, the last of them"},
    {"completed_on", CT_COLUMN_DATE, "Day of the completion"},
    {"score_percent", CT_COLUMN_PERCENT, "Score of the completion"},
    {"pass_mark", CT_COLUMN_PERCENT, "What was needed to pass the last quiz that was handed in"},
    {"attempts", CT_COLUMN_INTEGER, "Quizzes of the course that were handed in in the period"},
    {"chairs", CT_COLUMN_TEXT,
     "Disciplines from whose chairs its scenarios were passed in the period"},
    {"active_minutes", CT_COLUMN_INTEGER,
     "Active minutes in the period; each gap counts up to ten"},
    {"credit_hours", CT_COLUMN_DECIMALS,
     "Hours of credit by the rule of the type, of several types or bodies each"},
    {"credit_type", CT_COLUMN_TEXT, "Kind of credit"},
    {"approval_body", CT_COLUMN_TEXT, "Who approved the course for credit"},
    {"approval_no", CT_COLUMN_TEXT, "Number of the approval"},
    {"credit_year", CT_COLUMN_INTEGERS,
     "Year to which the credit counts, by the year in which it ends"},
    {"certificate_code", CT_COLUMN_TEXT, "Code of the certificate"},
    {"issued_on", CT_COLUMN_DATE, "Day on which the certificate was issued"},
    {"expires_on", CT_COLUMN_DATE, "Last day on which the completion counts"},
    {"superseded_by", CT_COLUMN_TEXT, "Code of a newer certificate"},
    {"revoked_on", CT_COLUMN_DATE, "Day on which the certificate was revoked"},
    {"revoke_reason", CT_COLUMN_TEXT, "Why it was revoked"},
    {"exempt", CT_COLUMN_FLAG, "Whether it is waived on the day of the report"},
    {"exempt_reason", CT_COLUMN_TEXT, "Why it is waived"},
    {"source", CT_COLUMN_TEXT,
     "Where it was completed: crosstrain, imported, or outside training, which may wait for "
     "approval; of hours each of them"},
    {"evidence", CT_COLUMN_TEXT, "What proves outside training, an import or a waiver"},
    {"approved_by", CT_COLUMN_TEXT, "Who approved that"},
    {"note", CT_COLUMN_TEXT,
     "What is said of outside training or an import; how many hours or chairs of how many; what "
     "the "
     "curriculum has no more"},
    {"as_of", CT_COLUMN_MOMENT, "Moment of the report, UTC"},
    {"time_zone", CT_COLUMN_TEXT, "Where the person is; the days of the row are days there"},
};

const struct ct_column *ct_assignments_columns(size_t *ret_n)
{
    *ret_n = sizeof columns / sizeof columns[0];
    return columns;
}

/* The columns of a part of a group: what it is, and what people call it. */
static const struct ct_column parts[CT_GROUPS][2] = {
    [CT_GROUP_DISCIPLINE] = {{"discipline", CT_COLUMN_TEXT, "Short name; empty for none"},
                             {"discipline_name", CT_COLUMN_TEXT, "Name of the discipline"}},
    [CT_GROUP_AGENCY] = {{"agency", CT_COLUMN_TEXT, "Short name; empty for none"},
                         {"agency_name", CT_COLUMN_TEXT, "Name of the agency"}},
    [CT_GROUP_UNIT] = {{"unit", CT_COLUMN_TEXT,
                        "Short name; empty for none. The people of units below it are in it, too"},
                       {"unit_name", CT_COLUMN_TEXT, "Name of the agency and of the unit"}},
    [CT_GROUP_TASK_FORCE] = {{"task_force", CT_COLUMN_TEXT, "Short name; empty for none"},
                             {"task_force_name", CT_COLUMN_TEXT, "Name of the task force"}},
    [CT_GROUP_COURSE] = {{"course", CT_COLUMN_TEXT, "Short name; empty for none"},
                         {"course_title", CT_COLUMN_TEXT, "Title of the course"}},
    [CT_GROUP_REQUIREMENT] = {{"requirement_id", CT_COLUMN_TEXT, "Short name of the requirement"},
                              {"requirement", CT_COLUMN_TEXT, "Its title on the day"}},
    [CT_GROUP_SUPERVISOR] = {{"supervisor", CT_COLUMN_TEXT,
                              "The supervisor, as recorded of people; empty for none"}},
};

static const struct ct_column counts[] = {
    {"people", CT_COLUMN_INTEGER, "How many people, each counted once"},
    {"assignments", CT_COLUMN_INTEGER, "How many assignments: people by requirements by periods"},
    {"percent_completed", CT_COLUMN_PERCENT,
     "Completed, expiring or update due, of all that are not exempt or withdrawn, to the nearest; "
     "100 only for all"},
    {"not_started", CT_COLUMN_INTEGER, "How many of the assignments are not started"},
    {"in_progress", CT_COLUMN_INTEGER, "in progress"},
    {"completed", CT_COLUMN_INTEGER, "completed"},
    {"awaiting_approval", CT_COLUMN_INTEGER, "awaiting approval"},
    {"overdue", CT_COLUMN_INTEGER, "overdue"},
    {"expiring", CT_COLUMN_INTEGER, "expiring"},
    {"expired", CT_COLUMN_INTEGER, "expired"},
    {"update_due", CT_COLUMN_INTEGER, "update due"},
    {"exempt", CT_COLUMN_INTEGER, "exempt"},
    {"withdrawn", CT_COLUMN_INTEGER, "withdrawn"},
};
enum { N_COUNTS = sizeof counts / sizeof counts[0] };

static size_t put_part(enum ct_group_by by, struct ct_column *to)
{
    size_t n = 0;

    for (int i = 0; i < 2; i++)
        if (parts[by][i].name)
            to[n++] = parts[by][i];
    return n;
}

const struct ct_column *ct_assignment_groups_columns(struct ct_arena *a, enum ct_group_by by,
                                                     enum ct_group_by then, size_t *ret_n)
{
    struct ct_column *all = ct_arena_array(a, struct ct_column, 4 + N_COUNTS);
    size_t n = put_part(by, all);

    n += put_part(then, all + n);
    memcpy(all + n, counts, sizeof counts);
    *ret_n = n + N_COUNTS;
    return all;
}
