// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Work that changes what is held, in the order of arrival. The engine takes all that waits at once, admits it,
/// commits it together and only then answers: that is group commit.
struct AdmissionQueue {
    enum Job {
        case pages([Page], CheckedContinuation<Result<PagesOutcome, EngineFailure>, Never>)
        case evidence([[UInt8]], CheckedContinuation<Result<Int, EngineFailure>, Never>)
        case append([[UInt8]], CheckedContinuation<Result<[AppendedEntry], EngineFailure>, Never>)
    }

    private(set) var waiting: [Job] = []
    var isDraining = false

    mutating func add(_ job: Job) { waiting.append(job) }

    /// Takes jobs up to about `bytesLimit` of pages, at least one.
    mutating func take(bytesLimit: Int) -> [Job] {
        var bytes = 0
        var count = 0
        for job in waiting {
            if count > 0, bytes > bytesLimit { break }
            if case .pages(let pages, _) = job { bytes += pages.reduce(0) { $0 + $1.entries.byteCount } }
            count += 1
        }
        let taken = Array(waiting[..<count])
        waiting.removeFirst(count)
        return taken
    }
}
