#ifndef CSYSTEM_FILES_H
#define CSYSTEM_FILES_H
#include <stdint.h>

/// rename(2) that fails with EEXIST instead of replacing: renameat2(2) with
/// RENAME_NOREPLACE on Linux, renamex_np(2) with RENAME_EXCL on macOS. ENOSYS
/// or EINVAL where kernel or file system cannot.
int csystem_rename_exclusive(const char *from, const char *to);

/// When and as which inode a path was made; 0 on success. Not following links.
/// Fails with ENOTSUP where the file system keeps no time of birth.
int csystem_birth(const char *path, uint64_t *inode, int64_t *seconds, int64_t *nanoseconds);
#endif
