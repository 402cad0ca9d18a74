// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Synchronization

/// Seeds do not know of each other, so each core takes some; what they came to is put together in their order, and
/// so is the same however many threads there are.
struct SeedThreads: Sendable {
    /// So many seeds a thread takes at a time.
    static let seedsAtATime = 8

    let simulator: Simulator
    let first: UInt64
    let count: Int
    let stopsAtFirst: Bool

    private struct Progress: Sendable {
        var next = 0
        var hasFailed = false
        var failure: (any Error)?
        var parts: [Int: RangeReport] = [:]
    }

    private final class Shared: Sendable {
        let progress = Mutex(Progress())
        let work: SeedThreads
        init(_ work: SeedThreads) { self.work = work }

        /// Takes seeds until there are none.
        func run() {
            var simulator = work.simulator
            while let start = take() {
                let count = min(SeedThreads.seedsAtATime, work.count - start)
                do {
                    let part = try simulator.run(
                        from: work.first &+ UInt64(start), count: count, stopsAtFirst: work.stopsAtFirst)
                    progress.withLock { progress in
                        progress.parts[start] = part
                        if part.failed > 0 { progress.hasFailed = true }
                    }
                } catch { progress.withLock { $0.failure = error } }
            }
        }

        private func take() -> Int? {
            progress.withLock { progress in
                guard progress.next < work.count, progress.failure == nil,
                      !(progress.hasFailed && work.stopsAtFirst) else { return nil }
                defer { progress.next += SeedThreads.seedsAtATime }
                return progress.next
            }
        }
    }

    /// As many as the machine has cores.
    static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Runs them all.
    func run(on threads: Int) throws -> RangeReport {
        let shared = Shared(self)
        var handles: [pthread_t] = []
        for _ in 1..<max(1, threads) {
            let argument = Unmanaged.passRetained(shared)
            var handle = pthread_t()
            let code = pthread_create(&handle, nil, { argument in
                if let argument { Unmanaged<Shared>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, argument.toOpaque())
            if code == 0 { handles.append(handle) } else { argument.release() }
        }
        shared.run()
        for handle in handles { pthread_join(handle, nil) }
        let progress = shared.progress.withLock { $0 }
        if let failure = progress.failure { throw failure }
        var report = RangeReport()
        for start in progress.parts.keys.sorted() {
            guard let part = progress.parts[start], !(stopsAtFirst && report.failed > 0) else { break }
            report.add(part)
        }
        return report
    }
}
