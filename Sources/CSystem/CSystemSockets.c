#define _GNU_SOURCE
#include "CSystemSockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
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
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
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

// The socket whose local end is our peer's, asked of sock_diag(7).
static int diag_uid(const struct sockaddr_storage *peer, const struct sockaddr_storage *own,
                    uint32_t *uid) {
    struct {
        struct nlmsghdr header;
        struct inet_diag_req_v2 query;
    } message;
    memset(&message, 0, sizeof message);
    message.header.nlmsg_len = sizeof message;
    message.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    message.header.nlmsg_flags = NLM_F_REQUEST;
    message.query.sdiag_family = peer->ss_family;
    message.query.sdiag_protocol = IPPROTO_TCP;
    message.query.idiag_states = 1u << 1;  // TCP_ESTABLISHED
    struct inet_diag_sockid *id = &message.query.id;
    id->idiag_cookie[0] = id->idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    if (peer->ss_family == AF_INET) {
        const struct sockaddr_in *from = (const void *)peer, *to = (const void *)own;
        id->idiag_sport = from->sin_port;
        id->idiag_dport = to->sin_port;
        memcpy(id->idiag_src, &from->sin_addr, 4);
        memcpy(id->idiag_dst, &to->sin_addr, 4);
    } else {
        const struct sockaddr_in6 *from = (const void *)peer, *to = (const void *)own;
        id->idiag_sport = from->sin6_port;
        id->idiag_dport = to->sin6_port;
        memcpy(id->idiag_src, &from->sin6_addr, 16);
        memcpy(id->idiag_dst, &to->sin6_addr, 16);
    }
    int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd < 0) return -errno;
    char answer[4096];
    long count = -1;
    if (send(fd, &message, sizeof message, 0) == (long)sizeof message)
        count = recv(fd, answer, sizeof answer, MSG_DONTWAIT);
    close(fd);
    struct nlmsghdr *header = (void *)answer;
    if (count < (long)sizeof *header || !NLMSG_OK(header, (unsigned)count)) return -EIO;
    if (header->nlmsg_type == NLMSG_ERROR) {
        struct nlmsgerr *error = NLMSG_DATA(header);
        return error->error ? error->error : -EIO;
    }
    if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY) return -EIO;
    struct inet_diag_msg *found = NLMSG_DATA(header);
    if (found->idiag_state != 1 || found->idiag_inode == 0) return -ENOENT;
    if (found->id.idiag_sport != id->idiag_sport || found->id.idiag_dport != id->idiag_dport)
        return -ENOENT;
    *uid = found->idiag_uid;
    return 0;
}

static void proc_address(const struct sockaddr_storage *address, char *text, size_t size) {
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *ip = (const void *)address;
        snprintf(text, size, "%08X:%04X", ip->sin_addr.s_addr, ntohs(ip->sin_port));
        return;
    }
    const struct sockaddr_in6 *ip = (const void *)address;
    uint32_t words[4];
    memcpy(words, &ip->sin6_addr, 16);
    snprintf(text, size, "%08X%08X%08X%08X:%04X", words[0], words[1], words[2], words[3],
             ntohs(ip->sin6_port));
}

// The same from /proc/net/tcp, where netlink is not allowed.
static int proc_uid(const struct sockaddr_storage *peer, const struct sockaddr_storage *own,
                    uint32_t *uid) {
    char from[64], to[64], line[512];
    proc_address(peer, from, sizeof from);
    proc_address(own, to, sizeof to);
    FILE *table = fopen(peer->ss_family == AF_INET ? "/proc/net/tcp" : "/proc/net/tcp6", "re");
    if (!table) return -errno;
    int result = -ENOENT;
    while (fgets(line, sizeof line, table)) {
        char local[64], remote[64];
        unsigned state, found;
        unsigned long inode;
        if (sscanf(line, " %*d: %63s %63s %x %*s %*s %*s %u %*d %lu", local, remote, &state,
                   &found, &inode) != 5)
            continue;
        if (strcmp(local, from) || strcmp(remote, to)) continue;
        if (state != 1 || inode == 0) continue;
        *uid = found;
        result = 0;
        break;
    }
    fclose(table);
    return result;
}

int csystem_peer_uid(int fd, int is_unix, uint32_t *uid) {
    if (is_unix) {
        struct ucred credentials;
        socklen_t size = sizeof credentials;
        if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0) return -errno;
        *uid = credentials.uid;
        return 0;
    }
    struct sockaddr_storage peer, own;
    socklen_t peer_size = sizeof peer, own_size = sizeof own;
    if (getpeername(fd, (struct sockaddr *)&peer, &peer_size) < 0) return -errno;
    if (getsockname(fd, (struct sockaddr *)&own, &own_size) < 0) return -errno;
    if (diag_uid(&peer, &own, uid) == 0) return 0;
    return proc_uid(&peer, &own, uid) == 0 ? 0 : -ENOENT;
}
#endif

#ifdef __APPLE__
#include <libproc.h>
#include <stdlib.h>
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

static int owns_other_end(pid_t pid, const struct sockaddr_storage *peer,
                          const struct sockaddr_storage *own) {
    struct proc_fdinfo fds[1024];
    int bytes = proc_pidinfo(pid, PROC_PIDLISTFDS, 0, fds, sizeof fds);
    for (int i = 0; i < bytes / (int)sizeof *fds; i++) {
        struct socket_fdinfo info;
        if (fds[i].proc_fdtype != PROX_FDTYPE_SOCKET) continue;
        if (proc_pidfdinfo(pid, fds[i].proc_fd, PROC_PIDFDSOCKETINFO, &info, sizeof info)
            != sizeof info)
            continue;
        if (info.psi.soi_kind != SOCKINFO_TCP) continue;
        struct in_sockinfo *in = &info.psi.soi_proto.pri_tcp.tcpsi_ini;
        int own_port, peer_port;
        if (peer->ss_family == AF_INET) {
            peer_port = ((const struct sockaddr_in *)peer)->sin_port;
            own_port = ((const struct sockaddr_in *)own)->sin_port;
        } else {
            peer_port = ((const struct sockaddr_in6 *)peer)->sin6_port;
            own_port = ((const struct sockaddr_in6 *)own)->sin6_port;
        }
        if (in->insi_lport == peer_port && in->insi_fport == own_port
            && info.psi.soi_proto.pri_tcp.tcpsi_state == TSI_S_ESTABLISHED)
            return 1;
    }
    return 0;
}

// Only our own user's processes can be looked into, and only they are wanted.
int csystem_peer_uid(int fd, int is_unix, uint32_t *uid) {
    if (is_unix) {
        uid_t user;
        gid_t group;
        if (getpeereid(fd, &user, &group) < 0) return -errno;
        *uid = user;
        return 0;
    }
    struct sockaddr_storage peer, own;
    socklen_t peer_size = sizeof peer, own_size = sizeof own;
    if (getpeername(fd, (struct sockaddr *)&peer, &peer_size) < 0) return -errno;
    if (getsockname(fd, (struct sockaddr *)&own, &own_size) < 0) return -errno;
    pid_t pids[4096];
    int bytes = proc_listpids(PROC_UID_ONLY, geteuid(), pids, sizeof pids);
    for (int i = 0; i < bytes / (int)sizeof *pids; i++)
        if (owns_other_end(pids[i], &peer, &own)) {
            *uid = geteuid();
            return 0;
        }
    return -ENOENT;
}
#endif
