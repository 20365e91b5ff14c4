/* The table of the commands: what `demarche NAME` does, and the help. */
#ifndef DEMARCHE_CLI_COMMANDS_H
#define DEMARCHE_CLI_COMMANDS_H

/* Runs the command that argv[1] names with the arguments after it: the exit status. */
int commands_main(int argc, char **argv);

#endif
