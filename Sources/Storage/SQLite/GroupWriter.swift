// SPDX-License-Identifier: EUPL-1.2

import Dispatch
import Synchronization

/// What a `GroupWriter` drives: a database with one writer and the memory that mirrors it.
protocol TransactionCore: ~Copyable, SendableMetatype {
    /// Begins a transaction.
    mutating func begin(bytes: Int) throws(StorageFailure)
    /// Writes what the whole group still owes and commits: on return it is durable.
    mutating func commit() throws(StorageFailure)
    /// Undoes the transaction, in the database and in memory.
    mutating func rollBack() throws(StorageFailure)
    /// Publishes what was committed. Nothing is acknowledged before it returns.
    mutating func publish() throws(StorageFailure)
}

/// The one writer of a database, on its own serial queue. Callers that arrive while a transaction is being
/// written share the next one (group commit); nobody is delayed to find company.
///
/// A job refuses before its first write or not at all: then only it is told. Any other failure undoes the
/// whole group. After a failed commit or publication the writer has stopped for good.
final class GroupWriter<Core: TransactionCore & ~Copyable>: Sendable {
    /// Tells the caller how its job ended; `nil` is success.
    typealias Finish = @Sendable (StorageFailure?) -> Void

    private struct Job: Sendable {
        let bytes: Int
        let run: @Sendable (inout Core) throws(StorageFailure) -> Finish
        let refuse: @Sendable (StorageFailure) -> Void
    }

    private struct Waiting {
        var jobs: [Job] = []
        var isDraining = false
        var stopped: StorageFailure?
    }

    private let core: Mutex<Core>
    private let waiting = Mutex(Waiting())
    private let queue: DispatchQueue

    init(_ core: consuming sending Core, name: String) {
        self.core = Mutex(core)
        queue = DispatchQueue(label: name, qos: .userInitiated)
    }

    /// Why this writer has stopped, if it has.
    var stopped: StorageFailure? { waiting.withLock { $0.stopped } }

    /// Queues a job. `completion` runs on the writer's queue, after the commit or the refusal.
    func submit<Value: Sendable>(
        bytes: Int = 0,
        _ work: @escaping @Sendable (inout Core) throws(StorageFailure) -> Value,
        completion: @escaping @Sendable (Result<Value, StorageFailure>) -> Void
    ) {
        let job = Job(
            bytes: bytes,
            run: { (core: inout Core) throws(StorageFailure) -> Finish in
                let value = try work(&core)
                return { failure in completion(failure.map { .failure($0) } ?? .success(value)) }
            },
            refuse: { completion(.failure($0)) })
        let starts = waiting.withLock { waiting in
            waiting.jobs.append(job)
            defer { waiting.isDraining = true }
            return !waiting.isDraining
        }
        if starts { queue.async { self.drain() } }
    }

    /// Queues a job and waits without holding a thread.
    func perform<Value: Sendable>(
        bytes: Int = 0,
        _ work: @escaping @Sendable (inout Core) throws(StorageFailure) -> Value
    ) async throws(StorageFailure) -> Value {
        let result: Result<Value, StorageFailure> = await withCheckedContinuation { continuation in
            submit(bytes: bytes, work) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    private func drain() {
        while let group = nextGroup() {
            let stopped = self.stopped
            let finishes: [@Sendable () -> Void] = core.withLock { core in
                if let stopped { return group.map { job in { job.refuse(stopped) } } }
                return write(group, into: &core)
            }
            for finish in finishes { finish() }
        }
    }

    private func nextGroup() -> [Job]? {
        waiting.withLock { waiting in
            guard !waiting.jobs.isEmpty else {
                waiting.isDraining = false
                return nil
            }
            var bytes = 0
            var count = 0
            for job in waiting.jobs.prefix(Limits.groupCallers) {
                bytes += job.bytes
                if count > 0, bytes > Limits.groupBytes { break }
                count += 1
            }
            let group = Array(waiting.jobs.prefix(count))
            waiting.jobs.removeFirst(count)
            return group
        }
    }

    private func write(_ group: [Job], into core: inout Core) -> [@Sendable () -> Void] {
        var answers: [@Sendable () -> Void] = []
        var finishes: [Finish] = []
        var pending = group[...]
        do throws(StorageFailure) {
            try core.begin(bytes: group.reduce(0) { $0 + $1.bytes })
            while let job = pending.first {
                do throws(StorageFailure) {
                    finishes.append(try job.run(&core))
                } catch {
                    guard case .refused = error else { throw error }
                    answers.append { job.refuse(error) }
                }
                pending.removeFirst()
            }
            try commit(&core)
            return answers + finishes.map { finish in { finish(nil) } }
        } catch {
            let failure = undo(&core, because: error)
            for finish in finishes { answers.append { finish(failure) } }
            for job in pending { answers.append { job.refuse(failure) } }
            return answers
        }
    }

    /// "After a failed sync the page cache cannot be trusted": whatever fails here, the store stops.
    private func commit(_ core: inout Core) throws(StorageFailure) {
        do throws(StorageFailure) {
            try core.commit()
            try core.publish()
        } catch {
            let failure = StorageFailure.stopped(sentence: "a commit failed: \(error)")
            waiting.withLock { $0.stopped = failure }
            throw failure
        }
    }

    private func undo(_ core: inout Core, because error: StorageFailure) -> StorageFailure {
        var failure = error
        if stopped == nil {
            do throws(StorageFailure) {
                try core.rollBack()
            } catch {
                failure = .stopped(sentence: "a failed write could not be undone: \(error)")
            }
        }
        if case .stopped = failure { waiting.withLock { $0.stopped = failure } }
        return failure
    }
}
