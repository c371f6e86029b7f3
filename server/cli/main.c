/*
 * main.c: the program's entry; everything is in the commands.
 */
#include "ct/cli/command.h"

#include "ct/base/banned.h"

int main(int argc, char **argv)
{
    return ct_cli_main(argc, argv);
}
