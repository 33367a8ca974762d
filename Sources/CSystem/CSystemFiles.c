#define _GNU_SOURCE
#include "CSystemFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#if defined(__APPLE__)
int csystem_rename_exclusive(const char *from, const char *to) {
    return renamex_np(from, to, RENAME_EXCL);
}

int csystem_birth(const char *path, uint64_t *inode, int64_t *seconds, int64_t *nanoseconds) {
    struct stat facts;
    if (lstat(path, &facts) != 0) return -1;
    *inode = facts.st_ino;
    *seconds = facts.st_birthtimespec.tv_sec;
    *nanoseconds = facts.st_birthtimespec.tv_nsec;
    return 0;
}
#else
int csystem_rename_exclusive(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int csystem_birth(const char *path, uint64_t *inode, int64_t *seconds, int64_t *nanoseconds) {
    struct statx facts;
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &facts) != 0)
        return -1;
    if (!(facts.stx_mask & STATX_BTIME)) {
        errno = ENOTSUP;
        return -1;
    }
    *inode = facts.stx_ino;
    *seconds = facts.stx_btime.tv_sec;
    *nanoseconds = facts.stx_btime.tv_nsec;
    return 0;
}
#endif
