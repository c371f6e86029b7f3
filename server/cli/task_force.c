/*
 * task_force.c: `crosstrain task-force`: task forces across agencies, and whose people their lead
 * is shown by name. org.c does it.
 */
#include "org_priv.h"

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain task-force add SHORT-NAME --name NAME\n"
    "       crosstrain task-force list [--format FORMAT]\n"
    "       crosstrain task-force rename SHORT-NAME NAME\n"
    "       crosstrain task-force join|leave SHORT-NAME EMAIL [--on DAY]\n"
    "       crosstrain task-force lead SHORT-NAME EMAIL [--on DAY] [--ends]\n"
    "       crosstrain task-force close SHORT-NAME [--on DAY] [--people-to TASK-FORCE]\n"
    "                  [--requirements end|move] [--note TEXT] [--dry-run]\n"
    "       crosstrain task-force reopen SHORT-NAME [--on DAY] [--undo] [--dry-run]\n"
    "       crosstrain task-force share SHORT-NAME AGENCY --note TEXT [--on DAY]\n"
    "       crosstrain task-force share SHORT-NAME AGENCY --ends [--on DAY]\n"
    "Task forces have people of several agencies. Who leads one sees the members of the own "
    "agency\n"
    "by name and the others as counts; `share` records that an agency agreed to have its people\n"
    "named. Nothing is overwritten: each change holds from a day on.\n" CT_ORG_HELP_CLOSING "\n"
    "  --name NAME            what it is called\n"
    "  --note TEXT            what was agreed, by whom, and where that is; why it is closed\n"
    "  --on DAY               from this day on, as in 2026-11-22 (default: today)\n"
    "  --ends                 leads it, or shares, no longer\n" CT_ORG_HELP_CLOSE CT_HELP_FORMAT
        CT_HELP_DATA CT_HELP_DEMO CT_HELP_HELP;

int ct_cmd_task_force(int argc, char **argv)
{
    static const struct ct_org_command task_force = {"task-force", help, CT_ORG_TASK_FORCE};

    return ct_org_command(&task_force, argc, argv);
}
