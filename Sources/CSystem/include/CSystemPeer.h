// Who is on the other end of an accepted connection.
#ifndef CSYSTEM_PEER_H
#define CSYSTEM_PEER_H
#include <stdint.h>

// How a TCP peer is looked for on Linux. The service takes any; tests look at
// each by itself.
enum csystem_peer_lookup {
    // Diagnosis where the kernel has it, else the table.
    csystem_peer_by_any,
    // sock_diag(7), over netlink: one question, one answer.
    csystem_peer_by_diagnosis,
    // /proc/net/tcp and tcp6, read from the top.
    csystem_peer_by_table,
};

// The user whose socket is the other end: 0, and the number in `uid`; or the
// negative errno when there is no sure answer. A TCP peer's socket must still
// be held by a process, and our own still connected after it was found. A user
// that this user namespace does not map is nobody in particular: -EPERM.
int csystem_peer_uid(int fd, int is_unix, enum csystem_peer_lookup how, uint32_t *uid);
#endif
