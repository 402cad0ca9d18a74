// SPDX-License-Identifier: EUPL-1.2
// What Linux offers and Swift's Glibc module leaves out. No system header is included here, so that
// no C type belongs to two modules.
#pragma once
#include <stdint.h>

/// epoll(7).
enum { korf_readable = 0x001, korf_writable = 0x004, korf_broken = 0x018, korf_exclusive = 1 << 28 };

struct korf_event {
    uint32_t events;
    uint64_t identifier;
};

int korf_epoll_create(void);
int korf_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t identifier);
int korf_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t identifier);
int korf_epoll_remove(int epoll, int descriptor);

/// At most `count`, and never more than 128, events; 0 also when a signal came.
int korf_epoll_wait(int epoll, struct korf_event *events, int count, int timeout_milliseconds);

/// A wake-up as a descriptor, eventfd(2): readable from `raise` until `clear`.
int korf_wakeup_create(void);
void korf_wakeup_raise(int descriptor);
void korf_wakeup_clear(int descriptor);

/// A counting semaphore as a descriptor: `wait` blocks until a `raise` is left.
int korf_semaphore_create(void);
void korf_semaphore_wait(int descriptor);

/// SO_PEERCRED, unix(7); 0 on success.
int korf_peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid);

/// The next connection, non-blocking and closed on exec; negative with errno set if there is none.
int korf_accept(int listener);

/// Small answers leave at once; the kernel holds at most `unsent` bytes that were not sent yet.
void korf_tcp_options(int descriptor, int unsent);
