/*
 * report_column.c: what stands in the columns of the completion report, and what its words mean:
 * for files, for the description that programs read, and for people.
 */
#include "ct/report/report_completion.h"

#include "ct/base/banned.h"

enum {
    OF_ALL = (1 << CT_REPORT_VIEWS) - 1,
    OF_PEOPLE = 1 << CT_BY_PERSON,
    OF_GROUPS = OF_ALL & ~OF_PEOPLE,
    OF_AGENCIES = 1 << CT_BY_AGENCY,
    OF_UNITS = 1 << CT_BY_UNIT,
    OF_FORCES = 1 << CT_BY_TASK_FORCE,
    /* A row of several courses, in which somebody counts once for each. */
    OF_SUMS = OF_AGENCIES | OF_UNITS | OF_FORCES | 1 << CT_BY_DISCIPLINE
};

static const struct {
    struct ct_column column;
    int views;
} columns[] = {
    {{"discipline", CT_COLUMN_TEXT,
      "Short name of the discipline; \"none\" for people without one"},
     OF_ALL},
    {{"course", CT_COLUMN_TEXT, "Short name of the course, as in its address"}, OF_ALL},
    {{"required", CT_COLUMN_FLAG, "Whether the course is required for the discipline"}, OF_ALL},
    {{"agency", CT_COLUMN_TEXT, "Short name of the agency; empty: see the name"}, OF_AGENCIES},
    {{"agency_name", CT_COLUMN_TEXT, "Name of the agency; who is in several counts in each"},
     OF_AGENCIES},
    {{"unit", CT_COLUMN_TEXT, "Short name of the unit; empty: see the name"}, OF_UNITS},
    {{"unit_name", CT_COLUMN_TEXT,
      "Name of the unit; who is in one below it, or in several, counts in each"},
     OF_UNITS},
    {{"task_force", CT_COLUMN_TEXT, "Short name of the task force; empty: see the name"},
     OF_FORCES},
    {{"task_force_name", CT_COLUMN_TEXT,
      "Name of the task force; who is in several counts in each"},
     OF_FORCES},
    {{"people", CT_COLUMN_INTEGER,
      "All of the discipline where the course is required; else those who began it"},
     OF_GROUPS & ~OF_SUMS},
    {{"people", CT_COLUMN_INTEGER,
      "People, each counted once for every course: all of the discipline where a course is "
      "required; else those who began it"},
     OF_SUMS},
    {{"not_started", CT_COLUMN_INTEGER, "How many of them have not started"}, OF_GROUPS},
    {{"in_progress", CT_COLUMN_INTEGER, "How many of them are in progress"}, OF_GROUPS},
    {{"completed", CT_COLUMN_INTEGER,
      "How many of them have completed, whatever came of it since: update due, expiring and "
      "expired "
      "are among them"},
     OF_GROUPS},
    {{"percent", CT_COLUMN_PERCENT, "Completed of people, to the nearest; 100 only for all"},
     OF_GROUPS},
    {{"median_score", CT_COLUMN_PERCENT,
      "Median of the scores of those who completed; empty if there are none"},
     OF_GROUPS},
    {{"update_due", CT_COLUMN_INTEGER, "For how many of them an update is due"}, OF_GROUPS},
    {{"expiring", CT_COLUMN_INTEGER, "Of completed: how many are expiring"}, OF_GROUPS},
    {{"expired", CT_COLUMN_INTEGER, "Of completed: how many are expired"}, OF_GROUPS},
    {{"exempt", CT_COLUMN_INTEGER, "How many have not completed and are exempt"}, OF_GROUPS},
    {{"awaiting_approval", CT_COLUMN_INTEGER,
      "How many have not completed and await approval of outside training"},
     OF_GROUPS},
    {{"percent_now", CT_COLUMN_PERCENT,
      "Completed and not expired, of people who are not exempt; 100 only for all"},
     OF_GROUPS},
    {{"person_id", CT_COLUMN_INTEGER, "Number of the person; it never changes"}, OF_PEOPLE},
    {{"name", CT_COLUMN_TEXT, "The person's name"}, OF_PEOPLE},
    {{"email", CT_COLUMN_TEXT, "The address that the person signs in with"}, OF_PEOPLE},
    {{"status", CT_COLUMN_TEXT, "A word of status"}, OF_PEOPLE},
    {{"modules_done", CT_COLUMN_INTEGER, "Completed modules of those for the discipline"},
     OF_PEOPLE},
    {{"modules", CT_COLUMN_INTEGER, "Modules for the discipline"}, OF_PEOPLE},
    {{"score", CT_COLUMN_PERCENT,
      "Mean of the best results of the quizzes; empty if there are none"},
     OF_PEOPLE},
    {{"minutes", CT_COLUMN_INTEGER, "Active minutes in the course"}, OF_PEOPLE},
    {{"started_at", CT_COLUMN_DATE, "Day of the first record"}, OF_PEOPLE},
    {{"last_activity_at", CT_COLUMN_DATE, "Day of the last record"}, OF_PEOPLE},
    {{"completed_at", CT_COLUMN_DATE, "Day of the first completion, here or elsewhere"}, OF_PEOPLE},
    {{"update_due", CT_COLUMN_FLAG, "Whether an update is due"}, OF_PEOPLE},
    {{"agency", CT_COLUMN_TEXT, "Short names of the person's agencies"}, OF_PEOPLE},
    {{"unit", CT_COLUMN_TEXT, "Short names of the person's units"}, OF_PEOPLE},
    {{"task_forces", CT_COLUMN_TEXT, "Short names of the person's task forces"}, OF_PEOPLE},
    {{"expires_on", CT_COLUMN_DATE,
      "Last day on which the completion counts; empty if it does not end"},
     OF_PEOPLE},
    {{"source", CT_COLUMN_TEXT,
      "Where it was completed: \"course\" here, \"outside training\", or what was said of it when "
      "it was imported"},
     OF_PEOPLE},
};

const struct ct_column *ct_report_column(enum ct_report_by by, const char *name)
{
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if ((columns[i].views & (1 << by)) && strcmp(columns[i].column.name, name) == 0)
            return &columns[i].column;
    return NULL;
}

const char *const *ct_report_columns(enum ct_report_by by, size_t *ret_n)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_report nobody = {.n = 0};
    struct ct_table table;

    ct_report_table(&a, &nobody, by, &table);
    *ret_n = table.n_columns;
    return table.columns; /* constants of report_table.c */
}

const char *ct_report_view_name(enum ct_report_by by)
{
    switch (by) {
    case CT_BY_DISCIPLINE_COURSE:
        return "discipline-course";
    case CT_BY_DISCIPLINE:
        return "discipline";
    case CT_BY_COURSE:
        return "course";
    case CT_BY_PERSON:
        return "person";
    case CT_BY_AGENCY:
        return "agency";
    case CT_BY_UNIT:
        return "unit";
    case CT_BY_TASK_FORCE:
        return "task-force";
    }
    return "";
}

bool ct_report_view_parse(struct ct_sv name, enum ct_report_by *ret)
{
    for (enum ct_report_by by = CT_BY_DISCIPLINE_COURSE; by <= CT_BY_TASK_FORCE; by++)
        if (ct_sv_eq_c(name, ct_report_view_name(by))) {
            *ret = by;
            return true;
        }
    *ret = name.n ? *ret : CT_BY_DISCIPLINE_COURSE;
    return name.n == 0;
}
