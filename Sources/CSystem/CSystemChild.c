#define _GNU_SOURCE
#include "CSystemChild.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

enum { MOST = 8 };

// After fork(2) in a process with threads: only what signal-safety(7) lists.
static void close_from(int first) {
#ifdef __linux__
    if (syscall(SYS_close_range, (unsigned)first, ~0U, 0) == 0) return;
#endif
    for (int fd = first; fd < 4096; fd++) close(fd);
}

static int arrange(const int32_t *descriptors, size_t count) {
    int high[MOST];
    for (size_t at = 0; at < count; at++) {
        int fd = descriptors[at] >= 0 ? descriptors[at] : open("/dev/null", O_RDWR);
        high[at] = fd < 0 ? -1 : fcntl(fd, F_DUPFD, MOST * 2);
        if (high[at] < 0) return errno;
    }
    for (size_t at = 0; at < count; at++) {
        if (dup2(high[at], (int)at) < 0) return errno;
    }
    return 0;
}

static void become(
    const char *program, char *const *arguments, char *const *environment,
    const int32_t *descriptors, size_t count, int report, pid_t parent) {
    int told = fcntl(report, F_DUPFD_CLOEXEC, MOST * 8);
    int error = told < 0 ? errno : 0;
    if (!error && setpgid(0, 0) < 0) error = errno;
#ifdef __linux__
    if (!error && prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) error = errno;
    // It may have ended before that was asked for.
    if (!error && getppid() != parent) _exit(127);
#else
    (void)parent;
#endif
    if (!error) error = arrange(descriptors, count);
    if (!error) {
        close_from(told + 1);
        for (int fd = (int)count; fd < told; fd++) close(fd);
        struct sigaction normal = {.sa_handler = SIG_DFL};
        for (int number = 1; number < 32; number++) sigaction(number, &normal, NULL);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execve(program, arguments, environment);
        error = errno;
    }
    ssize_t written = write(told < 0 ? report : told, &error, sizeof error);
    (void)written;
    _exit(127);
}

int32_t csystem_child_start(
    const char *program, char *const *arguments, char *const *environment,
    const int32_t *descriptors, size_t count) {
    if (count > MOST) return -EINVAL;
    int32_t ends[2];
    int failed = csystem_child_pipe(&ends[0], &ends[1]);
    if (failed) return failed;
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        become(program, arguments, environment, descriptors, count, ends[1], parent);
    }
    int error = pid < 0 ? errno : 0;
    close(ends[1]);
    if (pid > 0) {
        // Closed by exec, or the errno of what kept it from that.
        ssize_t count_read;
        do count_read = read(ends[0], &error, sizeof error);
        while (count_read < 0 && errno == EINTR);
        if (count_read == sizeof error) {
            while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
        } else {
            error = 0;
        }
    }
    close(ends[0]);
    return error ? -error : pid;
}

int csystem_child_await(int32_t pid) {
    siginfo_t info;
    while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0) {
        if (errno != EINTR) return -errno;
    }
    return 0;
}

int csystem_child_reap(int32_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) return -errno;
    }
    return status;
}

int csystem_child_pipe(int32_t *read_end, int32_t *write_end) {
    int fds[2];
#ifdef __linux__
    if (pipe2(fds, O_CLOEXEC) < 0) return -errno;
#else
    if (pipe(fds) < 0) return -errno;
#endif
    int high[2];
    for (int at = 0; at < 2; at++) high[at] = fcntl(fds[at], F_DUPFD_CLOEXEC, 3);
    int error = high[0] < 0 || high[1] < 0 ? errno : 0;
    close(fds[0]);
    close(fds[1]);
    if (error) {
        if (high[0] >= 0) close(high[0]);
        if (high[1] >= 0) close(high[1]);
        return -error;
    }
    *read_end = high[0];
    *write_end = high[1];
    return 0;
}
