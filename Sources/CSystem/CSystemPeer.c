// Whose process is on the other end of a connection. Every answer but a sure
// one is an error, and callers take an error for somebody else.
//
// TCP says nothing of its peer, so the peer's own socket is looked for: the one
// whose local end is our remote end and whose remote end is our local end. The
// other way round it would be our own socket, and everybody would be us. Both
// ends of a loopback connection are in one network namespace, and while ours
// is connected nobody else can hold that pair of ends; so ours is looked at
// again after the peer's was found.

#define _GNU_SOURCE
#include "CSystemPeer.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/// The remote and the local end of a connected TCP socket.
struct ends {
    struct sockaddr_storage peer, own;
};

static int ends_of(int fd, struct ends *ends) {
    socklen_t peer_size = sizeof ends->peer, own_size = sizeof ends->own;
    memset(ends, 0, sizeof *ends);
    // ENOTCONN once the other side has reset the connection.
    if (getpeername(fd, (struct sockaddr *)&ends->peer, &peer_size) < 0) return -errno;
    if (getsockname(fd, (struct sockaddr *)&ends->own, &own_size) < 0) return -errno;
    if (ends->peer.ss_family != ends->own.ss_family) return -EAFNOSUPPORT;
    int family = ends->peer.ss_family;
    return family == AF_INET || family == AF_INET6 ? 0 : -EAFNOSUPPORT;
}

static int is_still_connected(int fd, const struct ends *before) {
    struct ends now;
    return ends_of(fd, &now) == 0 && memcmp(&now, before, sizeof now) == 0;
}

/// In network order.
static uint16_t port_of(const struct sockaddr_storage *address) {
    if (address->ss_family == AF_INET) return ((const struct sockaddr_in *)address)->sin_port;
    return ((const struct sockaddr_in6 *)address)->sin6_port;
}

/// The address as 16 bytes; one of IPv4 is mapped (RFC 4291 §2.5.5.2), because
/// a program may reach an IPv4 address from an IPv6 socket.
static void bytes_of(const struct sockaddr_storage *address, uint8_t bytes[16]) {
    if (address->ss_family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)address)->sin6_addr, 16);
        return;
    }
    static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    memcpy(bytes, mapped, 12);
    memcpy(bytes + 12, &((const struct sockaddr_in *)address)->sin_addr, 4);
}

#ifdef __linux__
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

// enum in <netinet/tcp.h>, which cannot be included beside the kernel's headers.
enum { established = 1, fin_wait_1 = 4, fin_wait_2 = 5 };

/// A socket that a process still holds: connected, or closed in its sending
/// direction only. In TIME_WAIT, or once its process is gone, the kernel gives
/// neither user nor inode, and says 0 for both, which is root's number.
static int is_held(int state, unsigned long inode) {
    return inode != 0 && (state == established || state == fin_wait_1 || state == fin_wait_2);
}

/// What the kernel says for every user that our user namespace does not map
/// (user_namespaces(7)): nobody in particular.
static const uint32_t overflow_uid = 65534;

static int is_same_end(const uint32_t address[4], uint16_t port, int family,
                       const struct sockaddr_storage *wanted) {
    struct sockaddr_storage found;
    uint8_t left[16], right[16];
    memset(&found, 0, sizeof found);
    found.ss_family = (sa_family_t)family;
    if (family == AF_INET)
        memcpy(&((struct sockaddr_in *)&found)->sin_addr, address, 4);
    else
        memcpy(&((struct sockaddr_in6 *)&found)->sin6_addr, address, 16);
    bytes_of(&found, left);
    bytes_of(wanted, right);
    return memcmp(left, right, 16) == 0 && port == port_of(wanted);
}

static int ask_diag(const struct ends *ends, void *answer, size_t size) {
    struct {
        struct nlmsghdr header;
        struct inet_diag_req_v2 query;
    } message;
    memset(&message, 0, sizeof message);
    message.header.nlmsg_len = sizeof message;
    message.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    message.header.nlmsg_flags = NLM_F_REQUEST;
    message.query.sdiag_family = (uint8_t)ends->peer.ss_family;
    message.query.sdiag_protocol = IPPROTO_TCP;
    struct inet_diag_sockid *id = &message.query.id;
    id->idiag_cookie[0] = id->idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    id->idiag_sport = port_of(&ends->peer);
    id->idiag_dport = port_of(&ends->own);
    if (ends->peer.ss_family == AF_INET) {
        memcpy(id->idiag_src, &((const struct sockaddr_in *)&ends->peer)->sin_addr, 4);
        memcpy(id->idiag_dst, &((const struct sockaddr_in *)&ends->own)->sin_addr, 4);
    } else {
        memcpy(id->idiag_src, &((const struct sockaddr_in6 *)&ends->peer)->sin6_addr, 16);
        memcpy(id->idiag_dst, &((const struct sockaddr_in6 *)&ends->own)->sin6_addr, 16);
    }
    int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd < 0) return -errno;
    int result = -EIO;
    struct sockaddr_nl from;
    socklen_t from_size = sizeof from;
    // The kernel answers before send(2) returns.
    if (send(fd, &message, sizeof message, 0) == (long)sizeof message) {
        long count = recvfrom(fd, answer, size, MSG_DONTWAIT, (struct sockaddr *)&from, &from_size);
        if (count > 0 && from_size == sizeof from && from.nl_pid == 0) result = (int)count;
    }
    close(fd);
    return result;
}

/// -ENOENT also where the kernel has no such diagnosis for TCP.
static int diag_uid(const struct ends *ends, uint32_t *uid) {
    union {
        struct nlmsghdr header;
        char bytes[4096];
    } answer;
    int count = ask_diag(ends, &answer, sizeof answer);
    if (count < 0) return count;
    struct nlmsghdr *header = &answer.header;
    if (count < (int)sizeof *header || !NLMSG_OK(header, (unsigned)count)) return -EIO;
    if (header->nlmsg_type == NLMSG_ERROR) {
        const struct nlmsgerr *error = NLMSG_DATA(header);
        if (header->nlmsg_len < NLMSG_LENGTH(sizeof *error)) return -EIO;
        return error->error < 0 ? error->error : -EIO;
    }
    const struct inet_diag_msg *found = NLMSG_DATA(header);
    if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY
        || header->nlmsg_len < NLMSG_LENGTH(sizeof *found))
        return -EIO;
    if (!is_held(found->idiag_state, found->idiag_inode)) return -ESTALE;
    // Where there is no such connection a listener may be answered with.
    if (!is_same_end(found->id.idiag_src, found->id.idiag_sport, found->idiag_family, &ends->peer)
        || !is_same_end(found->id.idiag_dst, found->id.idiag_dport, found->idiag_family,
                        &ends->own))
        return -ESTALE;
    *uid = found->idiag_uid;
    return 0;
}

/// As /proc/net/tcp and tcp6 write an end: each word of the address in the
/// host's order, then the port.
static void proc_text(const struct sockaddr_storage *address, int family, char *text, size_t size) {
    uint8_t bytes[16];
    uint32_t words[4];
    bytes_of(address, bytes);
    memcpy(words, bytes, 16);
    uint16_t port = ntohs(port_of(address));
    if (family == AF_INET)
        snprintf(text, size, "%08X:%04X", words[3], port);
    else
        snprintf(text, size, "%08X%08X%08X%08X:%04X", words[0], words[1], words[2], words[3], port);
}

static int table_uid(const char *path, int family, const struct ends *ends, uint32_t *uid) {
    char from[64], to[64], line[512];
    proc_text(&ends->peer, family, from, sizeof from);
    proc_text(&ends->own, family, to, sizeof to);
    FILE *table = fopen(path, "re");
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
        result = is_held((int)state, inode) ? 0 : -ESTALE;
        *uid = found;
        break;
    }
    fclose(table);
    return result;
}

static int proc_uid(const struct ends *ends, uint32_t *uid) {
    if (ends->peer.ss_family == AF_INET) {
        int result = table_uid("/proc/net/tcp", AF_INET, ends, uid);
        if (result != -ENOENT) return result;
    }
    return table_uid("/proc/net/tcp6", AF_INET6, ends, uid);
}

static int unix_uid(int fd, uint32_t *uid) {
    struct ucred credentials;
    socklen_t size = sizeof credentials;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0) return -errno;
    *uid = credentials.uid;
    return 0;
}

static int tcp_uid(const struct ends *ends, enum csystem_peer_lookup how, uint32_t *uid) {
    // Once netlink has answered, its `no` is final: the table is as long as
    // the machine has sockets, and a stranger could have it read at will.
    static atomic_int has_diag;
    if (how == csystem_peer_by_table) return proc_uid(ends, uid);
    int result = diag_uid(ends, uid);
    if (result == 0 || result == -ESTALE) atomic_store(&has_diag, 1);
    if (result == 0 || how == csystem_peer_by_diagnosis || atomic_load(&has_diag)) return result;
    return proc_uid(ends, uid);
}

int csystem_peer_uid(int fd, int is_unix, enum csystem_peer_lookup how, uint32_t *uid) {
    uint32_t found = overflow_uid;
    if (is_unix) {
        int result = unix_uid(fd, &found);
        if (result < 0) return result;
    } else {
        struct ends ends;
        int result = ends_of(fd, &ends);
        if (result < 0) return result;
        result = tcp_uid(&ends, how, &found);
        if (result < 0) return result;
        if (!is_still_connected(fd, &ends)) return -ENOTCONN;
    }
    if (found == overflow_uid) return -EPERM;
    *uid = found;
    return 0;
}
#endif

#ifdef __APPLE__
// Written from the manuals and the headers of libproc; never compiled here.
#include <libproc.h>
#include <stdlib.h>

static int is_other_end(const struct socket_fdinfo *info, const struct ends *ends) {
    if (info->psi.soi_kind != SOCKINFO_TCP) return 0;
    const struct tcp_sockinfo *tcp = &info->psi.soi_proto.pri_tcp;
    const struct in_sockinfo *in = &tcp->tcpsi_ini;
    if (tcp->tcpsi_state != TSI_S_ESTABLISHED && tcp->tcpsi_state != TSI_S_FIN_WAIT_1
        && tcp->tcpsi_state != TSI_S_FIN_WAIT_2)
        return 0;
    if ((uint16_t)in->insi_lport != port_of(&ends->peer)
        || (uint16_t)in->insi_fport != port_of(&ends->own))
        return 0;
    struct sockaddr_storage local, remote;
    memset(&local, 0, sizeof local);
    memset(&remote, 0, sizeof remote);
    if (in->insi_vflag & INI_IPV4) {
        local.ss_family = remote.ss_family = AF_INET;
        ((struct sockaddr_in *)&local)->sin_addr = in->insi_laddr.ina_46.i46a_addr4;
        ((struct sockaddr_in *)&remote)->sin_addr = in->insi_faddr.ina_46.i46a_addr4;
    } else {
        local.ss_family = remote.ss_family = AF_INET6;
        ((struct sockaddr_in6 *)&local)->sin6_addr = in->insi_laddr.ina_6;
        ((struct sockaddr_in6 *)&remote)->sin6_addr = in->insi_faddr.ina_6;
    }
    uint8_t ours[16], theirs[16];
    bytes_of(&ends->peer, ours);
    bytes_of(&local, theirs);
    if (memcmp(ours, theirs, 16)) return 0;
    bytes_of(&ends->own, ours);
    bytes_of(&remote, theirs);
    return memcmp(ours, theirs, 16) == 0;
}

static int holds_other_end(pid_t pid, const struct ends *ends) {
    int size = proc_pidinfo(pid, PROC_PIDLISTFDS, 0, NULL, 0);
    if (size <= 0) return 0;
    struct proc_fdinfo *fds = malloc((size_t)size);
    if (!fds) return 0;
    size = proc_pidinfo(pid, PROC_PIDLISTFDS, 0, fds, size);
    int found = 0;
    for (int i = 0; !found && i < size / (int)sizeof *fds; i++) {
        struct socket_fdinfo info;
        if (fds[i].proc_fdtype != PROX_FDTYPE_SOCKET) continue;
        if (proc_pidfdinfo(pid, fds[i].proc_fd, PROC_PIDFDSOCKETINFO, &info, sizeof info)
            == sizeof info)
            found = is_other_end(&info, ends);
    }
    free(fds);
    return found;
}

// Only our own user's processes can be looked into, and only they are wanted.
static int tcp_uid(const struct ends *ends, uint32_t *uid) {
    int size = proc_listpids(PROC_UID_ONLY, geteuid(), NULL, 0);
    if (size <= 0) return -ENOENT;
    pid_t *pids = malloc((size_t)size);
    if (!pids) return -ENOMEM;
    size = proc_listpids(PROC_UID_ONLY, geteuid(), pids, size);
    int result = -ENOENT;
    for (int i = 0; result < 0 && i < size / (int)sizeof *pids; i++)
        if (holds_other_end(pids[i], ends)) result = 0;
    free(pids);
    if (result == 0) *uid = geteuid();
    return result;
}

int csystem_peer_uid(int fd, int is_unix, enum csystem_peer_lookup how, uint32_t *uid) {
    (void)how;
    if (is_unix) {
        uid_t user;
        gid_t group;
        if (getpeereid(fd, &user, &group) < 0) return -errno;
        *uid = user;
        return 0;
    }
    struct ends ends;
    int result = ends_of(fd, &ends);
    if (result < 0) return result;
    uint32_t found;
    result = tcp_uid(&ends, &found);
    if (result < 0) return result;
    if (!is_still_connected(fd, &ends)) return -ENOTCONN;
    *uid = found;
    return 0;
}
#endif
