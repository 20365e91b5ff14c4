/* Demarche: a searchable record of who said what, on which issue, taking which stance, towards
 * whom. */
#include "cli/commands.h"

int main(int argc, char **argv)
{
	return commands_main(argc, argv);
}
