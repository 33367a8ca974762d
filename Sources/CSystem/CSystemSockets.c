#define _GNU_SOURCE
#include "CSystemSockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static int set_flags(int fd) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) return -errno;
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) return -errno;
#ifdef SO_NOSIGPIPE
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    return 0;
}

static int fail(int fd) {
    int error = errno;
    if (fd >= 0) close(fd);
    return -error;
}

static int bind_and_listen(int fd, const struct sockaddr *address, socklen_t length) {
    int flags = set_flags(fd);
    if (flags < 0) { close(fd); return flags; }
    if (bind(fd, address, length) < 0 || listen(fd, SOMAXCONN) < 0) return fail(fd);
    return fd;
}

int csystem_listen_ipv4(uint16_t port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (fd < 0) return -errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return bind_and_listen(fd, (struct sockaddr *)&address, sizeof address);
}

int csystem_listen_ipv6(uint16_t port) {
    int fd = socket(AF_INET6, SOCK_STREAM, 0), on = 1;
    if (fd < 0) return -errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    address.sin6_addr = in6addr_loopback;
    return bind_and_listen(fd, (struct sockaddr *)&address, sizeof address);
}

static int unix_address(const char *path, struct sockaddr_un *address) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address->sun_path) return -ENAMETOOLONG;
    strcpy(address->sun_path, path);
    return 0;
}

int csystem_listen_unix(const char *path) {
    struct sockaddr_un address;
    int error = unix_address(path, &address);
    if (error < 0) return error;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0) return -errno;
    mode_t before = umask(0177);
    int listening = bind_and_listen(fd, (struct sockaddr *)&address, sizeof address);
    umask(before);
    return listening;
}

int csystem_bound_port(int fd) {
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &length) < 0) return -errno;
    if (address.ss_family == AF_INET) return ntohs(((struct sockaddr_in *)&address)->sin_port);
    if (address.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return -EAFNOSUPPORT;
}

static int connect_within(int fd, const struct sockaddr *address, socklen_t length, int timeout_ms) {
    int flags = set_flags(fd);
    if (flags < 0) { close(fd); return flags; }
    if (connect(fd, address, length) == 0) return fd;
    if (errno != EINPROGRESS) return fail(fd);
    int ready = csystem_wait(fd, 1, timeout_ms);
    int error = 0;
    socklen_t size = sizeof error;
    if (ready == 1) getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (ready == 1 && error == 0) return fd;
    close(fd);
    return ready == 0 ? -ETIMEDOUT : (error ? -error : ready);
}

int csystem_connect_ipv4(uint16_t port, int timeout_ms) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (fd < 0) return -errno;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect_within(fd, (struct sockaddr *)&address, sizeof address, timeout_ms);
}

int csystem_connect_unix(const char *path, int timeout_ms) {
    struct sockaddr_un address;
    int error = unix_address(path, &address);
    if (error < 0) return error;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0) return -errno;
    return connect_within(fd, (struct sockaddr *)&address, sizeof address, timeout_ms);
}

int csystem_accept(int fd) {
#ifdef __linux__
    int accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted < 0) return -errno;
#else
    int accepted = accept(fd, NULL, NULL);
    if (accepted < 0) return -errno;
    int flags = set_flags(accepted);
    if (flags < 0) { close(accepted); return flags; }
#endif
    int on = 1;
    setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return accepted;
}

long csystem_send(int fd, const void *bytes, size_t count) {
#ifdef MSG_NOSIGNAL
    long sent = send(fd, bytes, count, MSG_NOSIGNAL);
#else
    long sent = send(fd, bytes, count, 0);
#endif
    return sent < 0 ? -errno : sent;
}

long csystem_receive(int fd, void *bytes, size_t count) {
    long received = read(fd, bytes, count);
    return received < 0 ? -errno : received;
}

int csystem_shutdown_write(int fd) { return shutdown(fd, SHUT_WR) < 0 ? -errno : 0; }

int csystem_pipe(int fds[2]) {
    if (pipe(fds) < 0) return -errno;
    set_flags(fds[0]);
    set_flags(fds[1]);
    return 0;
}

void csystem_wake(int fd) {
    ssize_t written = write(fd, "", 1);
    (void)written;  // A full pipe wakes as well.
}

void csystem_drain(int fd) {
    char bytes[64];
    while (read(fd, bytes, sizeof bytes) > 0) {}
}

int csystem_close(int fd) { return close(fd) < 0 ? -errno : 0; }

int csystem_wait(int fd, int for_writing, int timeout_ms) {
    struct pollfd entry = {.fd = fd, .events = for_writing ? POLLOUT : POLLIN};
    int ready = poll(&entry, 1, timeout_ms);
    return ready < 0 ? -errno : ready;
}

long csystem_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return 256;
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
#ifdef __APPLE__
    if (limit.rlim_cur > 10240) limit.rlim_cur = 10240;  // OPEN_MAX, setrlimit(2)
#endif
    if (setrlimit(RLIMIT_NOFILE, &limit) < 0) limit.rlim_cur = before;
    return limit.rlim_cur > 1000000 ? 1000000 : (long)limit.rlim_cur;
}

int64_t csystem_uptime_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#ifdef __linux__
#include <sys/epoll.h>

int csystem_poller_open(void) {
    int poller = epoll_create1(EPOLL_CLOEXEC);
    return poller < 0 ? -errno : poller;
}

int csystem_poller_set(int poller, int fd, uint64_t token, int was_known, int read, int write) {
    struct epoll_event event = {.data.u64 = token};
    event.events = (read ? EPOLLIN : 0) | (write ? EPOLLOUT : 0);
    int operation = was_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    return epoll_ctl(poller, operation, fd, &event) < 0 ? -errno : 0;
}

int csystem_poller_forget(int poller, int fd) {
    return epoll_ctl(poller, EPOLL_CTL_DEL, fd, NULL) < 0 ? -errno : 0;
}

int csystem_poller_wait(int poller, struct csystem_ready *ready, int capacity, int timeout_ms) {
    struct epoll_event events[256];
    int count = epoll_wait(poller, events, capacity < 256 ? capacity : 256, timeout_ms);
    if (count < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < count; i++) {
        uint32_t seen = events[i].events;
        ready[i].token = events[i].data.u64;
        ready[i].readable = (seen & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0;
        ready[i].writable = (seen & (EPOLLOUT | EPOLLERR)) != 0;
    }
    return count;
}
#endif

#ifdef __APPLE__
#include <sys/event.h>

int csystem_poller_open(void) {
    int poller = kqueue();
    if (poller < 0) return -errno;
    fcntl(poller, F_SETFD, FD_CLOEXEC);
    return poller;
}

static int change(int poller, int fd, int16_t filter, uint64_t token, int wanted) {
    struct kevent event;
    EV_SET(&event, fd, filter, wanted ? EV_ADD | EV_ENABLE : EV_DELETE, 0, 0, (void *)token);
    if (kevent(poller, &event, 1, NULL, 0, NULL) < 0 && errno != ENOENT) return -errno;
    return 0;
}

int csystem_poller_set(int poller, int fd, uint64_t token, int was_known, int read, int write) {
    (void)was_known;
    int result = change(poller, fd, EVFILT_READ, token, read);
    return result < 0 ? result : change(poller, fd, EVFILT_WRITE, token, write);
}

int csystem_poller_forget(int poller, int fd) {
    change(poller, fd, EVFILT_READ, 0, 0);
    return change(poller, fd, EVFILT_WRITE, 0, 0);
}

int csystem_poller_wait(int poller, struct csystem_ready *ready, int capacity, int timeout_ms) {
    struct kevent events[256];
    struct timespec limit = {timeout_ms / 1000, (timeout_ms % 1000) * 1000000L};
    int count = kevent(poller, NULL, 0, events, capacity < 256 ? capacity : 256,
                       timeout_ms < 0 ? NULL : &limit);
    if (count < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < count; i++) {
        ready[i].token = (uint64_t)events[i].udata;
        ready[i].readable = events[i].filter == EVFILT_READ;
        ready[i].writable = events[i].filter == EVFILT_WRITE;
    }
    return count;
}
#endif
