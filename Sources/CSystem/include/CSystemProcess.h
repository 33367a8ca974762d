// Threads and the process's own limits.
#ifndef CSYSTEM_PROCESS_H
#define CSYSTEM_PROCESS_H
// Runs `run(argument)` on a detached thread of its own; 0, or the errno.
int csystem_thread_start(void (*run)(void *), void *argument);
// No core file, so that no secret is in one; not traceable by others.
void csystem_forbid_core_dumps(void);
#include <stddef.h>
#include <stdint.h>
// macOS only, -ENOTSUP elsewhere; Linux reads /proc. Counts, sizes and times
// are >= 0, failures the negative errno.
// Process ids of a user.
int csystem_mac_processes(uint32_t uid, int32_t *pids, int capacity);
int csystem_mac_path(int32_t pid, char *path, uint32_t size);
// The raw block of KERN_PROCARGS2: argc, path, arguments, environment.
long csystem_mac_arguments(int32_t pid, char *bytes, size_t size);
// Seconds since the epoch when the process started.
int64_t csystem_mac_start(int32_t pid);
// 1 when a process with this id exists.
int csystem_process_exists(int32_t pid);
// Clock ticks per second, of /proc/<pid>/stat.
long csystem_clock_ticks(void);
#endif
