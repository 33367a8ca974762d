// A terminal's size and signals, for what draws on all of it.
#ifndef CSYSTEM_TERMINAL_H
#define CSYSTEM_TERMINAL_H
// 0 where `fd` is a terminal that knows its size, else -errno.
int csystem_terminal_size(int fd, int *rows, int *columns);
// The end of a pipe in which the number of every SIGINT, SIGTERM, SIGHUP,
// SIGQUIT, SIGTSTP and SIGWINCH becomes a byte; -errno. Once in a process.
int csystem_terminal_signals(void);
// Lets those reach this thread: whoever started the program may have them
// blocked, and that is inherited.
void csystem_terminal_unblock(void);
// Stops this process as SIGTSTP would; returns when it is continued.
void csystem_stop_self(void);
#endif
