// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// SIGTERM and SIGINT end the service, SIGHUP reloads certificates. They are blocked in every thread and taken by one
/// that waits for them, so no code of ours runs inside a signal handler.
public struct StopSignals: Sendable {
    /// What a signal asks for.
    public enum Request: Sendable { case stop, reload }

    /// Blocks the signals. Call before any other thread exists, so that all inherit the mask.
    public init() {
        var set = Self.set
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Waits on the calling thread until a signal comes.
    public func wait() -> Request {
        var set = Self.set
        var received: Int32 = 0
        while sigwait(&set, &received) != 0 {}
        return received == SIGHUP ? .reload : .stop
    }

    /// The next request, waited for by a thread of its own.
    public func next() async -> Request {
        await withCheckedContinuation { continuation in
            let waiting = SignalWait(signals: self, continuation: continuation)
            var thread = pthread_t()
            let context = Unmanaged.passRetained(waiting)
            let result = pthread_create(&thread, nil, { context in
                guard let context else { return nil }
                Unmanaged<SignalWait>.fromOpaque(context).takeRetainedValue().perform()
                return nil
            }, context.toOpaque())
            precondition(result == 0, "a thread for signals cannot be made")
            pthread_detach(thread)
        }
    }

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
        return set
    }
}

/// What the waiting thread carries.
private final class SignalWait: Sendable {
    let signals: StopSignals
    let continuation: CheckedContinuation<StopSignals.Request, Never>

    init(signals: StopSignals, continuation: CheckedContinuation<StopSignals.Request, Never>) {
        self.signals = signals
        self.continuation = continuation
    }

    func perform() { continuation.resume(returning: signals.wait()) }
}
