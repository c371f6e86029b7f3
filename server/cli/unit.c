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
    "Units of an agency, as in alder-dcs/intake. Who leads a unit sees the people in it and in "
    "all\n"
    "units below, and becomes a manager, too. Nothing is overwritten: each change holds from a "
    "day\n"
    "on, and reports of earlier days stay as they were.\n\n"
    "  --name NAME            what it is called\n"
    "  --below AGENCY/UNIT    the unit above it (default: none but the agency)\n"
    "  --agency AGENCY        the units of this agency only\n"
    "  --on DAY               from this day on, as in 2026-11-22 (default: today)\n"
    "  --ends                 leads it no longer\n" CT_HELP_FORMAT CT_HELP_DATA CT_HELP_DEMO
        CT_HELP_HELP;

int ct_cmd_unit(int argc, char **argv)
{
    static const struct ct_org_command unit = {"unit", help, CT_ORG_UNIT};

    return ct_org_command(&unit, argc, argv);
}
