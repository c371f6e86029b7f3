/*
 * agency.c: `crosstrain agency`: the agencies of a site, and who leads them. org.c does it.
 */
#include "org_priv.h"

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain agency add SHORT-NAME --name NAME [--time-zone ZONE] [--fiscal-month N]\n"
    "       crosstrain agency list [--format FORMAT]\n"
    "       crosstrain agency rename SHORT-NAME NAME\n"
    "       crosstrain agency join|leave SHORT-NAME EMAIL [--on DAY]\n"
    "       crosstrain agency lead SHORT-NAME EMAIL [--on DAY] [--ends]\n"
    "       crosstrain agency close SHORT-NAME [--on DAY] [--people-to PLACE]\n"
    "                  [--requirements end|move] [--note TEXT] [--dry-run]\n"
    "       crosstrain agency reopen SHORT-NAME [--on DAY] [--undo] [--dry-run]\n"
    "Agencies, who belongs to them and who leads them: their lead sees all of their people. A "
    "short\n"
    "name is as in alder-dcs; units have names below it (`crosstrain unit`). Nothing is\n"
    "overwritten: each change holds from a day on, and reports of earlier days stay as they were.\n"
    "As soon as there is an agency, managers see only the people of what they "
    "lead.\n" CT_ORG_HELP_CLOSING "\n"
    "  --name NAME            what it is called\n"
    "  --time-zone ZONE       of its days, as in America/Chicago (default: UTC)\n"
    "  --fiscal-month N       the month in which its fiscal year begins, 1 to 12 (default: 1)\n"
    "  --on DAY               from this day on, as in 2026-11-22 (default: today)\n"
    "  --note TEXT            why it is closed\n"
    "  --ends                 leads it no longer\n" CT_ORG_HELP_CLOSE CT_HELP_FORMAT CT_HELP_DATA
        CT_HELP_DEMO CT_HELP_HELP;

int ct_cmd_agency(int argc, char **argv)
{
    static const struct ct_org_command agency = {"agency", help, CT_ORG_AGENCY};

    return ct_org_command(&agency, argc, argv);
}
