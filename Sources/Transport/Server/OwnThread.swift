// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// A thread of our own, for work that blocks; Swift's cooperative pool must never wait for a socket.
struct OwnThread: Sendable {
    private let thread: pthread_t

    private final class Start {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on a new thread that takes no signals; those stay with the program's own threads.
    init(_ body: @escaping @Sendable () -> Void) throws(ServerFailure) {
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let start = Unmanaged.passRetained(Start(body))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { argument in
            Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue().body()
            return nil
        }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw .system(call: "pthread_create", errno: code)
        }
        self.thread = thread
    }

    /// Waits for the end of the thread. Call `join` or `detach` exactly once.
    func join() { pthread_join(thread, nil) }
    func detach() { pthread_detach(thread) }

    /// A broken connection must be an error of the call that writes, not the end of the process.
    static func ignoreBrokenPipes() { _ = brokenPipesIgnored }
    private static let brokenPipesIgnored: Bool = { signal(SIGPIPE, SIG_IGN); return true }()
}

/// The monotonic clock.
enum Monotonic {
    static func now() -> MonotonicMilliseconds {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
