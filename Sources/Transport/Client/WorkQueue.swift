// SPDX-License-Identifier: EUPL-1.2
import CLinux
import Glibc
import Synchronization

/// Threads of our own for calls that block, started as they are needed.
final class WorkQueue: Sendable {
    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var threads: [OwnThread] = []
        var idle = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let semaphore: CInt
    private let workers: Int
    private let waitingLimit: Int

    init(workers: Int, waitingLimit: Int) {
        self.workers = max(workers, 1)
        self.waitingLimit = waitingLimit
        semaphore = korf_semaphore_create()
        precondition(semaphore >= 0, "no descriptor left for a queue")
    }

    deinit { Glibc.close(semaphore) }

    /// False, and `job` never runs, when too many wait or the queue is closed.
    func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        let isTaken = state.withLock { state -> Bool in
            guard !state.isClosed, state.jobs.count < waitingLimit else { return false }
            if state.idle <= state.jobs.count, state.threads.count < workers {
                // Without a thread at all the job could never run; with one it merely waits.
                do throws(ServerFailure) { state.threads.append(try OwnThread { self.work() }) } catch {
                    if state.threads.isEmpty { return false }
                }
            }
            state.jobs.append(job)
            return true
        }
        if isTaken { korf_wakeup_raise(semaphore) }
        return isTaken
    }

    /// Jobs that wait still run; the caller has made them end soon. Joins the threads.
    func close() {
        let threads = state.withLock { state in
            state.isClosed = true
            defer { state.threads = [] }
            return state.threads
        }
        for _ in threads { korf_wakeup_raise(semaphore) }
        for thread in threads { thread.join() }
    }

    private func work() {
        while true {
            state.withLock { $0.idle += 1 }
            korf_semaphore_wait(semaphore)
            let job = state.withLock { state in
                state.idle -= 1
                return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
            }
            guard let job else { return }
            job()
        }
    }
}
