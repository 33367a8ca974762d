#define _GNU_SOURCE
#include "CSystemProcess.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
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
