#include "CSystemTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int csystem_terminal_size(int fd, int *rows, int *columns) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -errno;
    if (size.ws_row == 0 || size.ws_col == 0) return -ENOTTY;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 0;
}

static int write_end = -1;

static void on_signal(int number) {
    int saved = errno;
    char byte = (char)number;
    ssize_t written = write(write_end, &byte, 1);
    (void)written;
    errno = saved;
}

static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH};

void csystem_terminal_unblock(void) {
    sigset_t wanted;
    sigemptyset(&wanted);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaddset(&wanted, numbers[i]);
    pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
}

int csystem_terminal_signals(void) {
    int fds[2];
    if (pipe(fds) < 0) return -errno;
    for (int end = 0; end < 2; end++) {
        fcntl(fds[end], F_SETFD, FD_CLOEXEC);
        fcntl(fds[end], F_SETFL, O_NONBLOCK);
    }
    write_end = fds[1];
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
    csystem_terminal_unblock();
    signal(SIGPIPE, SIG_IGN);
    return fds[0];
}

void csystem_stop_self(void) {
    // SIGSTOP cannot be caught, so nothing has to be put back afterwards.
    kill(getpid(), SIGSTOP);
}
