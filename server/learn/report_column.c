/*
 * report_column.c: what stands in the columns of the completion report, and what its words mean:
 * for files, for the description that programs read, and for people.
 */
#include "ct/learn/report_completion.h"

#include "ct/base/banned.h"

enum { OF_PEOPLE = 1 << CT_BY_PERSON, OF_GROUPS = ~OF_PEOPLE & 15, OF_ALL = 15 };

static const struct {
    struct ct_column column;
    int views;
} columns[] = {
    {{"discipline", CT_COLUMN_TEXT,
      "Short name of the discipline; \"none\" for people without one"},
     OF_ALL},
    {{"course", CT_COLUMN_TEXT, "Short name of the course, as in its address"}, OF_ALL},
    {{"required", CT_COLUMN_FLAG, "Whether the course is required for the discipline"}, OF_ALL},
    {{"people", CT_COLUMN_INTEGER,
      "All of the discipline where the course is required; else those who began it"},
     OF_GROUPS},
    {{"not_started", CT_COLUMN_INTEGER, "How many of them have not started"}, OF_GROUPS},
    {{"in_progress", CT_COLUMN_INTEGER, "How many of them are in progress"}, OF_GROUPS},
    {{"completed", CT_COLUMN_INTEGER, "How many of them have completed"}, OF_GROUPS},
    {{"percent", CT_COLUMN_PERCENT, "Completed of people, to the nearest; 100 only for all"},
     OF_GROUPS},
    {{"median_score", CT_COLUMN_PERCENT,
      "Median of the scores of those who completed; empty if there are none"},
     OF_GROUPS},
    {{"update_due", CT_COLUMN_INTEGER, "For how many of them an update is due"}, OF_GROUPS},
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
    {{"completed_at", CT_COLUMN_DATE, "Day of the completion"}, OF_PEOPLE},
    {{"update_due", CT_COLUMN_FLAG, "Whether an update is due"}, OF_PEOPLE},
    {{"agency", CT_COLUMN_TEXT, "Short names of the person's agencies"}, OF_PEOPLE},
    {{"unit", CT_COLUMN_TEXT, "Short names of the person's units"}, OF_PEOPLE},
    {{"task_forces", CT_COLUMN_TEXT, "Short names of the person's task forces"}, OF_PEOPLE},
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
    }
    return "";
}

bool ct_report_view_parse(struct ct_sv name, enum ct_report_by *ret)
{
    for (enum ct_report_by by = CT_BY_DISCIPLINE_COURSE; by <= CT_BY_PERSON; by++)
        if (ct_sv_eq_c(name, ct_report_view_name(by))) {
            *ret = by;
            return true;
        }
    *ret = name.n ? *ret : CT_BY_DISCIPLINE_COURSE;
    return name.n == 0;
}

const struct ct_report_word *ct_report_words(size_t *ret_n)
{
    static const struct ct_report_word words[] = {
        {"not started", "Nothing is recorded of the person in the course."},
        {"in progress", "Something is recorded, and a module for the discipline is not complete."},
        {"completed", "Every module for the discipline is complete. It stays so, whatever changes "
                      "later."},
        {"update due",
         "A module changed in substance after the person completed it. The completion "
         "stands; the person is asked to read what is new."},
    };

    *ret_n = sizeof words / sizeof words[0];
    return words;
}
