#define _GNU_SOURCE
#include "CSystemProcess.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
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
