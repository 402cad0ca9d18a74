// SPDX-License-Identifier: EUPL-1.2
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

_Static_assert(korf_readable == EPOLLIN && korf_writable == EPOLLOUT, "epoll's own numbers");
_Static_assert(korf_broken == (EPOLLERR | EPOLLHUP) && korf_exclusive == EPOLLEXCLUSIVE, "and these");

enum { events_limit = 128 };

int korf_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int epoll, int operation, int descriptor, uint32_t events, uint64_t identifier) {
    struct epoll_event event = { .events = events, .data = { .u64 = identifier } };
    return epoll_ctl(epoll, operation, descriptor, &event);
}

int korf_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t identifier) {
    return control(epoll, EPOLL_CTL_ADD, descriptor, events, identifier);
}

int korf_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t identifier) {
    return control(epoll, EPOLL_CTL_MOD, descriptor, events, identifier);
}

int korf_epoll_remove(int epoll, int descriptor) { return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0); }

int korf_epoll_wait(int epoll, struct korf_event *events, int count, int timeout_milliseconds) {
    struct epoll_event found[events_limit];
    if (count > events_limit) count = events_limit;
    int ready = epoll_wait(epoll, found, count, timeout_milliseconds);
    for (int index = 0; index < ready; index++) {
        events[index].events = found[index].events;
        events[index].identifier = found[index].data.u64;
    }
    return ready < 0 ? 0 : ready;
}

int korf_wakeup_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void korf_wakeup_raise(int descriptor) { eventfd_write(descriptor, 1); }

void korf_wakeup_clear(int descriptor) {
    eventfd_t count;
    eventfd_read(descriptor, &count);
}

int korf_semaphore_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE); }

void korf_semaphore_wait(int descriptor) {
    eventfd_t count;
    while (eventfd_read(descriptor, &count) != 0 && errno == EINTR) {}
}

int korf_peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid) {
    struct ucred credentials;
    socklen_t size = sizeof credentials;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return -1;
    *uid = credentials.uid;
    *gid = credentials.gid;
    *pid = credentials.pid;
    return 0;
}

int korf_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK); }

void korf_tcp_options(int descriptor, int unsent) {
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
}
