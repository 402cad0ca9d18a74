// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Pages of one answer for admission, in order. Spec: Protocol/log.md §4.
public struct PageBatch: Hashable, Sendable {
    /// Names the batch when its outcome is reported to the session.
    public let number: Int
    /// The pages; still unchecked.
    public let pages: [Page]
}

/// What the shell does for a session, in the order given.
public enum ExchangeEffect: Equatable, Sendable {
    /// Call `compose` and send the body to the partner. Admission may still be going on meanwhile.
    case ask
    /// Admit the pages, make them durable, then report with `settled`. Batches are admitted in their order.
    case admit(PageBatch)
    /// Check and keep these items of fork evidence.
    case keepEvidence([[UInt8]])
    /// Check these texts against the commitments that are missing, and keep them.
    case keepTexts([SaltedText])
    /// Ask the partner to `prove` and give the answer to `ForkCheck`. Where one history is found, it is the partner's
    /// fault only if something that it sent or refused led here.
    case prove(ProveRequest, afterRefusal: Bool)
    /// Keep this about the partner, durable.
    case remember(PartnerMemory)
    /// The session has ended.
    case finished(ExchangeSummary)
}

/// What a partner does wrong; each ends or narrows a session, none touches other partners.
/// Spec: Protocol/exchange.md §4.
public enum PartnerFault: Equatable, Sendable {
    /// The answer is not one.
    case malformed(BodyRefusal)
    /// A log number outside the vector that both know.
    case logUnknown
    /// A page of a log that was not asked for.
    case pageUnasked(LogID)
    /// A page that begins beyond what is held.
    case pageGap(LogID)
    /// A page that passes the head which it names.
    case pageBeyondHead(LogID)
    /// Heads or a token where nothing was compared.
    case namesUnasked
    /// A want of a log that is not held, or from beyond what is held.
    case wantNonsense
    /// An answer that brings nothing of what was asked and promised.
    case noProgress
    /// The full table is asked for although it was sent.
    case fullTableAgain
    /// More faults than a session bears.
    case tooManyFaults
    /// A page that admission refused.
    case pageRefused(LogID, PageRefusal)

    /// The reason in words for counting and `status`.
    public var reason: String {
        switch self {
        case .malformed(let refusal): refusal.reason
        case .logUnknown: "log-unknown"
        case .pageUnasked: "page-unasked"
        case .pageGap: "page-gap"
        case .pageBeyondHead: "page-hashes"
        case .namesUnasked: "names-unasked"
        case .wantNonsense: "want-nonsense"
        case .noProgress: "no-progress"
        case .fullTableAgain: "full-table-again"
        case .tooManyFaults: "too-many"
        case .pageRefused(_, let refusal): refusal.reason
        }
    }
}
