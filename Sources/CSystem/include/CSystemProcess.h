// Threads and the process's own limits.
#ifndef CSYSTEM_PROCESS_H
#define CSYSTEM_PROCESS_H
// Runs `run(argument)` on a detached thread of its own; 0, or the errno.
int csystem_thread_start(void (*run)(void *), void *argument);
// No core file, so that no secret is in one; not traceable by others.
void csystem_forbid_core_dumps(void);
#endif
