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
// The end of a pipe that becomes readable on SIGINT or SIGTERM; -errno.
int csystem_signal_pipe(void);
// Blocks until one byte can be read from fd.
void csystem_await_byte(int fd);
// Starts a program in a session of its own, without a terminal, its output
// appended to `log`; its pid, or -errno. `arguments` ends with NULL.
int32_t csystem_spawn_detached(const char *program, char *const *arguments, const char *log);
// An exclusive flock(2) on `path`, which is made when missing; waits at most
// timeout_ms. The descriptor to close, or -errno.
int csystem_lock_file(const char *path, int timeout_ms);
void csystem_pause(int milliseconds);
// The path of the running program; its length, or -errno.
int csystem_own_path(char *path, size_t size);
// Clock ticks per second, of /proc/<pid>/stat.
long csystem_clock_ticks(void);
#endif
