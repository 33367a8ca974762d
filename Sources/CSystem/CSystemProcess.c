#define _GNU_SOURCE
#include "CSystemProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

struct start {
    void (*run)(void *);
    void *argument;
};

static void *begin(void *boxed) {
    struct start start = *(struct start *)boxed;
    free(boxed);
    start.run(start.argument);
    return NULL;
}

int csystem_thread_start(void (*run)(void *), void *argument) {
    struct start *start = malloc(sizeof *start);
    if (!start) return ENOMEM;
    start->run = run;
    start->argument = argument;
    pthread_t thread;
    int error = pthread_create(&thread, NULL, begin, start);
    if (error) {
        free(start);
        return error;
    }
    pthread_detach(thread);
    return 0;
}

void csystem_forbid_core_dumps(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

int csystem_process_exists(int32_t pid) {
    return pid > 0 && (kill(pid, 0) == 0 || errno == EPERM);
}

static int signal_write_end = -1;

static void on_signal(int number) {
    (void)number;
    int saved = errno;
    ssize_t written = write(signal_write_end, "", 1);
    (void)written;
    errno = saved;
}

int csystem_signal_pipe(void) {
    int fds[2];
    if (pipe(fds) < 0) return -errno;
    fcntl(fds[0], F_SETFD, FD_CLOEXEC);
    fcntl(fds[1], F_SETFD, FD_CLOEXEC);
    fcntl(fds[1], F_SETFL, O_NONBLOCK);
    signal_write_end = fds[1];
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    return fds[0];
}

void csystem_await_byte(int fd) {
    char byte;
    while (read(fd, &byte, 1) < 0 && errno == EINTR) {}
}

extern char **environ;

int32_t csystem_spawn_detached(const char *program, char *const *arguments, const char *log) {
    // A caller's pipes must see their end although the service lives on.
    for (int fd = 3; fd < 1024; fd++) fcntl(fd, F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    short flags = POSIX_SPAWN_SETSID;
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    posix_spawnattr_setflags(&attributes, flags);
    pid_t pid = 0;
    int error = posix_spawn(&pid, program, &files, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return error ? -error : pid;
}

void csystem_pause(int milliseconds) { usleep((useconds_t)milliseconds * 1000); }

int csystem_lock_file(const char *path, int timeout_ms) {
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return -errno;
    for (int waited = 0;; waited += 20) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
        if (errno != EWOULDBLOCK || waited >= timeout_ms) break;
        usleep(20000);
    }
    int error = errno;
    close(fd);
    return -error;
}

#ifdef __APPLE__
#include <mach-o/dyld.h>
int csystem_own_path(char *path, size_t size) {
    uint32_t capacity = (uint32_t)size;
    return _NSGetExecutablePath(path, &capacity) == 0 ? (int)strlen(path) : -ENAMETOOLONG;
}
#else
int csystem_own_path(char *path, size_t size) {
    ssize_t length = readlink("/proc/self/exe", path, size - 1);
    if (length < 0) return -errno;
    path[length] = 0;
    return (int)length;
}
#endif

long csystem_clock_ticks(void) { return sysconf(_SC_CLK_TCK); }

#ifdef __APPLE__
#include <libproc.h>
#include <sys/sysctl.h>

int csystem_mac_processes(uint32_t uid, int32_t *pids, int capacity) {
    int bytes = proc_listpids(PROC_UID_ONLY, uid, pids, capacity * (int)sizeof *pids);
    return bytes < 0 ? -errno : bytes / (int)sizeof *pids;
}

int csystem_mac_path(int32_t pid, char *path, uint32_t size) {
    int length = proc_pidpath(pid, path, size);
    return length <= 0 ? -errno : length;
}

long csystem_mac_arguments(int32_t pid, char *bytes, size_t size) {
    int name[3] = {CTL_KERN, KERN_PROCARGS2, pid};
    return sysctl(name, 3, bytes, &size, NULL, 0) < 0 ? -errno : (long)size;
}

int64_t csystem_mac_start(int32_t pid) {
    struct proc_bsdinfo info;
    int bytes = proc_pidinfo(pid, PROC_PIDTBSDINFO, 0, &info, sizeof info);
    return bytes == sizeof info ? (int64_t)info.pbi_start_tvsec : -ESRCH;
}
#else
int csystem_mac_processes(uint32_t uid, int32_t *pids, int capacity) {
    (void)uid; (void)pids; (void)capacity;
    return -ENOTSUP;
}
int csystem_mac_path(int32_t pid, char *path, uint32_t size) {
    (void)pid; (void)path; (void)size;
    return -ENOTSUP;
}
long csystem_mac_arguments(int32_t pid, char *bytes, size_t size) {
    (void)pid; (void)bytes; (void)size;
    return -ENOTSUP;
}
int64_t csystem_mac_start(int32_t pid) {
    (void)pid;
    return -ENOTSUP;
}
#endif
