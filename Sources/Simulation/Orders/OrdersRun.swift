// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Glibc
public import Journal
import Synchronization

/// Many random delivery orders of one history: each has to come to the same digests. Spec: Protocol/state.md §1.
public struct OrdersRun: Sendable {
    private let history: OrderedHistory
    /// Of the overlay, once everything is held.
    public let digest: Hash

    /// What the orders came to.
    public struct Report: Sendable {
        /// Orders tried.
        public fileprivate(set) var orders = 0
        /// Seeds of orders that came to another digest, or did not take everything; the first few.
        public fileprivate(set) var different: [UInt64] = []
    }

    /// Writes the history. Fails only where its genesis is not a good one.
    public init() throws {
        history = try OrderedHistory()
        var overlay = history.overlay
        digest = overlay.digest()
    }

    /// Entries in all logs, of the forked one a branch.
    public var entryCount: Int { history.journals.values.reduce(0) { $0 + $1.size } }
    /// Epochs.
    public var epochCount: Int { history.epochs.count }

    /// Whether the history is what it says: admission, tariff, successor and expulsion in effect, a fork with proof.
    public var isComplete: Bool {
        let kinds = history.last.decisions().filter { $0.standing == .carried }.map(\.proposal.payload.kind)
        return kinds.contains(.admission) && kinds.contains(.tariff) && kinds.contains(.expulsion)
            && kinds.contains(.freeText) && history.openings.count == 1 && history.evidence != nil
            && history.last.members().contains { $0.standing == .ended } && history.last.votingSet.count == 4
    }

    /// Writes the history as an export; false where a file could not be written.
    public func export(to directory: String) -> Bool { HistoryExport(history: history, directory: directory).write() }

    /// Tries orders of seeds from `first` on, on so many threads.
    public func run(from first: UInt64, count: Int, threads: Int) -> Report {
        let shared = Shared(self, first, count)
        var handles: [pthread_t] = []
        for _ in 1..<max(1, threads) {
            let argument = Unmanaged.passRetained(shared)
            var handle = pthread_t()
            let code = pthread_create(&handle, nil, { argument in
                if let argument { Unmanaged<Shared>.fromOpaque(argument).takeRetainedValue().work() }
                return nil
            }, argument.toOpaque())
            if code == 0 { handles.append(handle) } else { argument.release() }
        }
        shared.work()
        for handle in handles { pthread_join(handle, nil) }
        return shared.progress.withLock { $0.report }
    }

    private func isSame(_ seed: UInt64) -> Bool {
        var order = DeliveryOrder(history, seed: seed)
        guard order.run() == digest else { return false }
        return order.digests == history.settled.dropFirst().map { $0.epochs[$0.epoch.number].stateDigest }
    }

    private struct Progress: Sendable {
        var next = 0
        var report = Report()
    }

    private final class Shared: Sendable {
        static let ordersAtATime = 50
        let progress = Mutex(Progress())
        let run: OrdersRun
        let first: UInt64
        let count: Int

        init(_ run: OrdersRun, _ first: UInt64, _ count: Int) {
            (self.run, self.first, self.count) = (run, first, count)
        }

        func work() {
            while let range = take() {
                let different = range.map { first &+ UInt64($0) }.filter { !run.isSame($0) }
                progress.withLock { progress in
                    progress.report.orders += range.count
                    progress.report.different += different.prefix(20 - min(20, progress.report.different.count))
                }
            }
        }

        private func take() -> Range<Int>? {
            progress.withLock { progress in
                guard progress.next < count else { return nil }
                let start = progress.next
                progress.next = min(count, start + Self.ordersAtATime)
                return start..<progress.next
            }
        }
    }
}
