// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// A request whose references name logs. What it pushes is admitted first; then `AnswerPlan` compares.
/// Spec: Protocol/exchange.md §2.
public struct ResolvedRequest: Hashable, Sendable {
    /// What the asker says that it holds.
    public struct Claim: Hashable, Sendable {
        /// The log.
        public let log: LogID
        /// How many entries.
        public let held: LogSize
        /// The size of the head behind them.
        public let headSize: LogSize
        /// The signature of that head.
        public let signature: Signature
    }

    /// The request as it came.
    public let request: ExchangeRequest
    /// The vector that its log numbers mean.
    public let numbers: LogNumbers
    /// Key 6.
    public let claims: [Claim]
    /// Key 7: for admission, before the answer is planned.
    public let pages: [Page]
    /// Key 12; `nil` where the key is absent.
    public let wants: [HeldSize]?

    /// Resolves every reference. `numbers` is the vector of the epoch that the request names, which is one that
    /// is held here: a key 11 of any other is refused.
    public init(_ request: ExchangeRequest, _ numbers: LogNumbers) throws(BodyRefusal) {
        guard numbers.epoch == request.numberingEpoch else { throw .field(key: 11) }
        self.request = request
        self.numbers = numbers
        var claims: [Claim] = []
        for head in request.parcel.heads {
            guard let log = numbers.log(head.log) else { throw .logUnknown(key: 6) }
            claims.append(
                Claim(log: log, held: head.held, headSize: head.size, signature: head.signature))
        }
        var pages: [Page] = []
        for page in request.parcel.pages {
            guard let log = numbers.log(page.log) else { throw .logUnknown(key: 7) }
            pages.append(page.page(of: log))
        }
        var wants: [HeldSize] = []
        for want in request.parcel.wants ?? [] {
            guard let log = numbers.log(want.log) else { throw .logUnknown(key: 12) }
            wants.append(HeldSize(log: log, size: want.from.sizeBefore))
        }
        self.claims = claims
        self.pages = pages
        self.wants = request.parcel.wants == nil ? nil : wants
    }
}

/// Why pages of a log were not kept. Spec: Protocol/exchange.md §3, key 15.
public struct LogRefusal: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The reason, of Protocol/log.md §4 or Protocol/exchange.md §4.
    public let reason: String

    /// Pages of `log` refused for `reason`.
    public init(log: LogID, reason: String) {
        self.log = log
        self.reason = reason
    }
}
