// Children that do not outlive us.
#ifndef CSYSTEM_CHILD_H
#define CSYSTEM_CHILD_H
#include <stddef.h>
#include <stdint.h>
// Starts a program that leads a process group of its own; its pid, or -errno.
// Descriptor i of the child is `descriptors[i]` for i < count, or /dev/null
// where that is negative; nothing else of ours is open in it. Both lists end
// with NULL. On Linux the kernel kills it when the calling thread ends.
int32_t csystem_child_start(
    const char *program, char *const *arguments, char *const *environment,
    const int32_t *descriptors, size_t count);
// Waits until it has ended and leaves it unreaped, so that its pid stays its
// own; 0, or -errno.
int csystem_child_await(int32_t pid);
// Reaps it; the status of waitpid(2), or -errno.
int csystem_child_reap(int32_t pid);
// A pipe above the standard descriptors, both ends close-on-exec; 0 or -errno.
int csystem_child_pipe(int32_t *read_end, int32_t *write_end);
#endif
