/*
 * unit.c: `crosstrain unit`: the units of agencies, a tree, and who leads them. org.c does it.
 */
#include "org_priv.h"

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain unit add AGENCY/SHORT-NAME --name NAME [--below AGENCY/UNIT]\n"
    "       crosstrain unit list [--agency AGENCY] [--format FORMAT]\n"
    "       crosstrain unit rename AGENCY/UNIT NAME\n"
    "       crosstrain unit join|leave AGENCY/UNIT EMAIL [--on DAY]\n"
    "       crosstrain unit lead AGENCY/UNIT EMAIL [--on DAY] [--ends]\n"
    "       crosstrain unit close AGENCY/UNIT [--on DAY] [--people-to PLACE]\n"
    "                  [--requirements end|move] [--note TEXT] [--dry-run]\n"
    "       crosstrain unit reopen AGENCY/UNIT [--on DAY] [--undo] [--dry-run]\n"
    "       crosstrain unit move AGENCY/UNIT --below AGENCY[/UNIT] [--on DAY] [--dry-run]\n"
    "Units of an agency, as in alder-dcs/intake. Who leads a unit sees the people in it and in "
    "all\n"
    "units below, and becomes a manager, too. Nothing is overwritten: each change holds from a "
    "day\n"
    "on, and reports of earlier days stay as they were.\n" CT_ORG_HELP_CLOSING
    "A unit moves with all below it, within its agency: who leads what is above it sees its\n"
    "people from that day on, and requirements of what is above it are on them.\n\n"
    "  --name NAME            what it is called\n"
    "  --below AGENCY/UNIT    the unit above it (default: none but the agency; to move it there,\n"
    "                         the agency is named)\n"
    "  --agency AGENCY        the units of this agency only\n"
    "  --on DAY               from this day on, as in 2026-11-22 (default: today)\n"
    "  --note TEXT            why it is closed\n"
    "  --ends                 leads it no longer\n" CT_ORG_HELP_CLOSE CT_HELP_FORMAT CT_HELP_DATA
        CT_HELP_DEMO CT_HELP_HELP;

int ct_cmd_unit(int argc, char **argv)
{
    static const struct ct_org_command unit = {"unit", help, CT_ORG_UNIT};

    return ct_org_command(&unit, argc, argv);
}
