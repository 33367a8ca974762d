// Stands between a process and the C library (LD_PRELOAD, Linux only) and lets
// its k-th change of a file be the last thing it does, or fail. What is not
// chosen is handed on unchanged. Steered by the environment:
//   FAULT_AT      which call, from 1; without it nothing is counted
//   FAULT_KIND    any, or some of: open write fsync rename unlink mkdir rmdir
//                 meta (modes, times, sizes) send; `any` is all but send
//   FAULT_PREFIX  only files under this path count; send: only sockets bound
//                 to one, and TCP
//   FAULT_SKIP    files whose path holds this do not count
//   FAULT_ARM_FILE  calls count only while this file exists; without it, all
//   FAULT_WHEN    before (the default) or after: SIGKILL around the call
//   FAULT_SHORT   1: of a write only half is written, then SIGKILL
//   FAULT_ERRNO   ENOSPC, EIO, EACCES or EROFS: fail the call instead;
//                 FAULT_STICKY 1: and every one after it
//   FAULT_LOG     gets one line about the call that was hit
#if defined(__linux__)
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "include/CFaults.h"

enum kind { OPEN, WRITE, SYNC, RENAME, UNLINK, MKDIR, RMDIR, META, SEND, KINDS };
static const char *const names[KINDS] = {"open",  "write", "fsync", "rename", "unlink",
                                         "mkdir", "rmdir", "meta",  "send"};

static struct {
    long at;
    int kinds;
    const char *prefix, *skip, *arm_file, *log;
    int kills_after, is_short, is_sticky, error;
} chosen;
static atomic_long count;

// What the libc's own syscall() is; every call is handed on through it, so
// that no wrapper of ours meets another.
typedef long raw_syscall(long, ...);
static raw_syscall *raw(void) {
    static _Atomic(raw_syscall *) found;
    raw_syscall *call = atomic_load(&found);
    if (!call) {
        call = (raw_syscall *)dlsym(RTLD_NEXT, "syscall");
        atomic_store(&found, call);
    }
    return call;
}

static int is_set(const char *name) {
    const char *value = getenv(name);
    return value && strcmp(value, "1") == 0;
}

static int error_named(const char *name) {
    if (!name) return 0;
    if (strcmp(name, "ENOSPC") == 0) return ENOSPC;
    if (strcmp(name, "EACCES") == 0) return EACCES;
    if (strcmp(name, "EROFS") == 0) return EROFS;
    return EIO;
}

__attribute__((constructor)) static void choose(void) {
    // Whoever started it wants it gone when it is gone itself.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const char *at = getenv("FAULT_AT");
    if (!at) return;
    const char *kinds = getenv("FAULT_KIND");
    for (int kind = 0; kinds && kind < KINDS; kind++)
        if (strstr(kinds, names[kind])) chosen.kinds |= 1 << kind;
    if (!kinds || strstr(kinds, "any")) chosen.kinds |= (1 << SEND) - 1;
    chosen.prefix = getenv("FAULT_PREFIX");
    chosen.skip = getenv("FAULT_SKIP");
    chosen.arm_file = getenv("FAULT_ARM_FILE");
    chosen.log = getenv("FAULT_LOG");
    const char *when = getenv("FAULT_WHEN");
    chosen.kills_after = when && strcmp(when, "after") == 0;
    chosen.is_short = is_set("FAULT_SHORT");
    chosen.is_sticky = is_set("FAULT_STICKY");
    chosen.error = error_named(getenv("FAULT_ERRNO"));
    chosen.at = strtol(at, NULL, 10);
}

// MARK: Which calls count

static int is_under_prefix(const char *path) {
    if (!path || (chosen.skip && strstr(path, chosen.skip))) return 0;
    if (!chosen.prefix) return 1;
    size_t length = strlen(chosen.prefix);
    return strncmp(path, chosen.prefix, length) == 0
           && (path[length] == 0 || path[length] == '/');
}

static void path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = raw()(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
}

// The whole path of a name beside `fd`; relative ones are not looked for
// under a prefix.
static const char *resolved(int fd, const char *name, char *path) {
    if (!name || name[0] == '/' || fd == AT_FDCWD) return name;
    path_of(fd, path);
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", name);
    return path;
}

// A TCP socket, or one bound under the prefix; wake-ups between threads of one
// process use nameless ones.
static int is_conversation(int fd) {
    struct sockaddr_un own;
    socklen_t length = sizeof own;
    memset(&own, 0, sizeof own);
    if (getsockname(fd, (struct sockaddr *)&own, &length) != 0) return 0;
    if (own.sun_family == AF_INET || own.sun_family == AF_INET6) return 1;
    return own.sun_family == AF_UNIX && length > sizeof(sa_family_t)
           && is_under_prefix(own.sun_path);
}

// MARK: What happens to the chosen one

enum act { PASS, FAIL, KILL_AFTER, KILL_HALFWAY };

static void die(void) {
    raw()(SYS_kill, raw()(SYS_getpid), SIGKILL);
    for (;;) pause();
}

static void note(enum kind kind, long number, const char *path) {
    if (!chosen.log) return;
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", number, names[kind], path);
    long fd = raw()(
        SYS_openat, AT_FDCWD, chosen.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) return;
    raw()(SYS_write, fd, line, (long)length);
    raw()(SYS_close, fd);
}

// Counts one call that concerns `path` and says what becomes of it.
static enum act met(enum kind kind, const char *path) {
    int before = errno;
    if (chosen.arm_file
        && raw()(SYS_faccessat, AT_FDCWD, chosen.arm_file, F_OK) != 0) {
        errno = before;
        return PASS;
    }
    errno = before;
    long number = atomic_fetch_add(&count, 1) + 1;
    if (number != chosen.at) {
        return chosen.error && chosen.is_sticky && number > chosen.at ? FAIL : PASS;
    }
    note(kind, number, path);
    if (chosen.error) return FAIL;
    if (chosen.is_short && kind == WRITE) return KILL_HALFWAY;
    if (chosen.kills_after) return KILL_AFTER;
    die();
    return PASS;
}

static int is_watched(enum kind kind) { return chosen.at > 0 && chosen.kinds & 1 << kind; }

static enum act met_path(enum kind kind, int fd, const char *name) {
    if (!is_watched(kind)) return PASS;
    char buffer[PATH_MAX];
    const char *path = resolved(fd, name, buffer);
    return is_under_prefix(path) ? met(kind, path) : PASS;
}

static enum act met_file(enum kind kind, int fd) {
    if (!is_watched(kind)) return PASS;
    char path[PATH_MAX];
    path_of(fd, path);
    return path[0] == '/' && is_under_prefix(path) ? met(kind, path) : PASS;
}

static enum act met_socket(int fd) {
    if (!is_watched(SEND) || !is_conversation(fd)) return PASS;
    return met(SEND, "socket");
}

static long failed(void) {
    errno = chosen.error;
    return -1;
}

// CALL, and what the decision about it makes of it.
#define UNLESS(DECISION, CALL)             \
    enum act decided = (DECISION);         \
    if (decided == FAIL) return failed();  \
    long result = (CALL);                  \
    if (decided == KILL_AFTER) die();      \
    return result

// MARK: Bytes

// Half of the bytes, then death: what a torn write leaves.
static void write_half(int fd, const void *bytes, size_t size, off_t offset) {
    if (offset < 0) {
        raw()(SYS_write, fd, bytes, size / 2);
    } else {
        raw()(SYS_pwrite64, fd, bytes, size / 2, offset);
    }
    die();
}

ssize_t write(int fd, const void *bytes, size_t size) {
    enum act act = met_file(WRITE, fd);
    if (act == KILL_HALFWAY) write_half(fd, bytes, size, -1);
    UNLESS(act, raw()(SYS_write, fd, bytes, size));
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
    enum act act = met_file(WRITE, fd);
    if (act == KILL_HALFWAY) write_half(fd, bytes, size, offset);
    UNLESS(act, raw()(SYS_pwrite64, fd, bytes, size, offset));
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
    return pwrite64(fd, bytes, size, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int number) {
    enum act act = met_file(WRITE, fd);
    if (act == KILL_HALFWAY) {
        if (number > 0) write_half(fd, parts[0].iov_base, parts[0].iov_len, -1);
        die();
    }
    UNLESS(act, raw()(SYS_writev, fd, parts, (long)number));
}

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
    UNLESS(met_socket(fd), raw()(SYS_sendto, fd, bytes, size, (long)flags, 0L, 0L));
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    UNLESS(met_socket(fd), raw()(SYS_sendmsg, fd, message, (long)flags));
}

int fsync(int fd) { UNLESS(met_file(SYNC, fd), raw()(SYS_fsync, fd)); }
int fdatasync(int fd) { UNLESS(met_file(SYNC, fd), raw()(SYS_fdatasync, fd)); }
int ftruncate64(int fd, off64_t size) {
    UNLESS(met_file(META, fd), raw()(SYS_ftruncate, fd, size));
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

// MARK: Names

static int opened(int fd, const char *name, int flags, mode_t mode) {
    enum act act = PASS;
    if (flags & (O_WRONLY | O_RDWR | O_CREAT)) act = met_path(OPEN, fd, name);
    UNLESS(act, raw()(SYS_openat, fd, name, (long)flags, (long)mode));
}

#define MODE_AFTER(flags)                              \
    mode_t mode = 0;                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {             \
        va_list arguments;                             \
        va_start(arguments, flags);                    \
        mode = (mode_t)va_arg(arguments, int);         \
        va_end(arguments);                             \
    }

int open(const char *name, int flags, ...) {
    MODE_AFTER(flags)
    return opened(AT_FDCWD, name, flags, mode);
}
int open64(const char *name, int flags, ...) {
    MODE_AFTER(flags)
    return opened(AT_FDCWD, name, flags, mode);
}
int openat(int fd, const char *name, int flags, ...) {
    MODE_AFTER(flags)
    return opened(fd, name, flags, mode);
}
int openat64(int fd, const char *name, int flags, ...) {
    MODE_AFTER(flags)
    return opened(fd, name, flags, mode);
}

static int renamed(int from_fd, const char *from, int fd, const char *to, unsigned flags) {
    UNLESS(met_path(RENAME, fd, to), raw()(SYS_renameat2, from_fd, from, fd, to, (long)flags));
}
int rename(const char *from, const char *to) {
    return renamed(AT_FDCWD, from, AT_FDCWD, to, 0);
}
int renameat(int from_fd, const char *from, int fd, const char *to) {
    return renamed(from_fd, from, fd, to, 0);
}
int renameat2(int from_fd, const char *from, int fd, const char *to, unsigned flags) {
    return renamed(from_fd, from, fd, to, flags);
}

int unlinkat(int fd, const char *name, int flags) {
    enum kind kind = flags & AT_REMOVEDIR ? RMDIR : UNLINK;
    UNLESS(met_path(kind, fd, name), raw()(SYS_unlinkat, fd, name, (long)flags));
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdirat(int fd, const char *name, mode_t mode) {
    UNLESS(met_path(MKDIR, fd, name), raw()(SYS_mkdirat, fd, name, (long)mode));
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }

int chmod(const char *name, mode_t mode) {
    UNLESS(
        met_path(META, AT_FDCWD, name), raw()(SYS_fchmodat, AT_FDCWD, name, (long)mode));
}
int fchmod(int fd, mode_t mode) {
    UNLESS(met_file(META, fd), raw()(SYS_fchmod, fd, (long)mode));
}
int fchown(int fd, uid_t owner, gid_t group) {
    UNLESS(met_file(META, fd), raw()(SYS_fchown, fd, (long)owner, (long)group));
}
int utimensat(int fd, const char *name, const struct timespec times[2], int flags) {
    UNLESS(
        met_path(META, fd, name), raw()(SYS_utimensat, fd, name, times, (long)flags));
}

int linkat(int from_fd, const char *from, int fd, const char *to, int flags) {
    UNLESS(
        met_path(RENAME, fd, to), raw()(SYS_linkat, from_fd, from, fd, to, (long)flags));
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

// Some calls have no wrapper in an older C library and are made by number.
long syscall(long number, ...) {
    long a[6];
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < 6; i++) a[i] = va_arg(arguments, long);
    va_end(arguments);
    if (number == SYS_renameat2)
        return renamed((int)a[0], (const char *)a[1], (int)a[2], (const char *)a[3],
                       (unsigned)a[4]);
    if (number == SYS_fsync) return fsync((int)a[0]);
    if (number == SYS_fdatasync) return fdatasync((int)a[0]);
    return raw()(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
#endif
