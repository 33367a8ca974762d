// Sockets and readiness, as the reactor needs them on Linux and macOS. Every
// function that can fail returns a value >= 0, or the negative errno.
#ifndef CSYSTEM_SOCKETS_H
#define CSYSTEM_SOCKETS_H
#include <stddef.h>
#include <stdint.h>

// Listening sockets: non-blocking, close-on-exec, loopback or a path only.
int csystem_listen_ipv4(uint16_t port);
int csystem_listen_ipv6(uint16_t port);
// The socket file is created with mode 0600.
int csystem_listen_unix(const char *path);
// The port a TCP listener is bound to.
int csystem_bound_port(int fd);

// Blocking connects with a deadline in milliseconds; the result is non-blocking.
int csystem_connect_ipv4(uint16_t port, int timeout_ms);
int csystem_connect_unix(const char *path, int timeout_ms);

// Non-blocking, close-on-exec, TCP_NODELAY where it applies.
int csystem_accept(int fd);
// Never raises SIGPIPE. `more` hints that another send follows.
long csystem_send(int fd, const void *bytes, size_t count);
long csystem_receive(int fd, void *bytes, size_t count);
int csystem_shutdown_write(int fd);
int csystem_pipe(int fds[2]);
// Makes the pipe's other end readable; takes everything out of it again.
void csystem_wake(int fd);
void csystem_drain(int fd);
int csystem_close(int fd);
// Waits until fd is readable (or writable); 0 on time-out, 1 when ready.
int csystem_wait(int fd, int for_writing, int timeout_ms);

// Raises RLIMIT_NOFILE to its hard limit; answers the limit then in force.
long csystem_raise_descriptor_limit(void);
// Milliseconds of a clock that never steps.
int64_t csystem_uptime_ms(void);

// Readiness: level-triggered epoll or kqueue.
struct csystem_ready {
    uint64_t token;
    uint8_t readable;
    uint8_t writable;
};
int csystem_poller_open(void);
// Sets the interest in fd, which may be none.
int csystem_poller_set(int poller, int fd, uint64_t token, int was_known, int read, int write);
int csystem_poller_forget(int poller, int fd);
// timeout_ms -1 waits for ever. EINTR counts as 0 ready.
int csystem_poller_wait(int poller, struct csystem_ready *ready, int capacity, int timeout_ms);
#endif
