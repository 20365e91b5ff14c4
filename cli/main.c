/* Demarche: a searchable record of who said what, on which issue, taking which stance, towards
 * whom. */
#include "cli/command.h"

int main(int argc, char **argv)
{
	return command_main(argc, argv);
}
