// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal

/// Work that changes what is held, in the order of arrival. The engine takes all that waits at once, admits it,
/// commits it together and only then answers: that is group commit.
struct AdmissionQueue {
    enum Job {
        case pages([Page], Answer<PagesOutcome>)
        case evidence([[UInt8]], Answer<[EvidenceRefusal]>)
        case append(OwnEntries, Answer<[AppendedEntry]>)
        case begin(OwnLogOpening, Answer<[AppendedEntry]>)
        case epoch(DecidedEpoch)
        case branch(BranchOffer, Answer<BranchStep>)

        /// Whether it signs.
        var isAppend: Bool {
            switch self {
            case .append, .begin: true
            case .pages, .evidence, .epoch, .branch: false
            }
        }

        /// Whether nothing else changes while it is worked on.
        var isAlone: Bool {
            switch self {
            case .epoch, .branch: true
            case .pages, .evidence, .append, .begin: false
            }
        }
    }

    /// Told once what became of the job.
    typealias Answer<Value> = @Sendable (Result<Value, EngineFailure>) -> Void

    private(set) var waiting: [Job] = []
    var isDraining = false

    mutating func add(_ job: Job) { waiting.append(job) }

    /// Takes a job that is worked on alone, where it is next.
    mutating func takeAlone() -> Job? {
        guard let first = waiting.first, first.isAlone else { return nil }
        return waiting.removeFirst()
    }

    /// Takes jobs up to about so many bytes or entries of pages, at least one.
    mutating func take(bytesLimit: Int, entriesLimit: Int) -> [Job] {
        var (bytes, entries) = (0, 0)
        var count = 0
        for job in waiting {
            if job.isAlone { break }
            if count > 0, bytes > bytesLimit || entries > entriesLimit { break }
            if case .pages(let pages, _) = job {
                bytes += pages.reduce(0) { $0 + $1.entries.byteCount }
                entries += pages.reduce(0) { $0 + $1.entries.count }
            }
            count += 1
        }
        let taken = Array(waiting[..<count])
        waiting.removeFirst(count)
        return taken
    }
}

/// A log that becomes the own one: the first of a newcomer, or a successor.
struct OwnLogOpening: Sendable {
    let entryZero: EntryZero
    /// Of the log's own key.
    let signer: SigningKey
    /// Whether another own log was written before.
    let isSuccessor: Bool
}

/// Entries of our own, with what justifies those of consensus: none of them, or one for each.
struct OwnEntries: Sendable {
    let entries: [[UInt8]]
    let justifications: [JustificationDraft]

    init(_ entries: [[UInt8]], justifications: [JustificationDraft] = []) {
        precondition(justifications.isEmpty || justifications.count == entries.count, "each message is justified")
        self.entries = entries
        self.justifications = justifications
    }
}

/// What justifies an own message of consensus before it is known where the message will stand.
struct JustificationDraft: Sendable {
    let number: Int
    let header: [UInt8]?
    let polka: [UInt8]?
}

/// Pages that are in the queue, and what will become of them.
struct PendingAdmission: Sendable {
    private let answers: AsyncStream<Result<PagesOutcome, EngineFailure>>

    init(_ answers: AsyncStream<Result<PagesOutcome, EngineFailure>>) { self.answers = answers }

    /// Waits until the pages are durable or refused. Asked once.
    func outcome() async throws(EngineFailure) -> PagesOutcome {
        for await answer in answers { return try answer.get() }
        throw .stopping
    }
}
