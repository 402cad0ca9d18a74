// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What a node holds of one log that it may hold. Spec: Protocol/exchange.md §1.
public struct HeadRow: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// How many entries are held.
    public let held: LogSize
    /// The root over the entries held; without meaning when there are none.
    public let root: Hash
    /// The signed head behind them, at or beyond what is held; `nil` when nothing is held.
    public let head: SignedHead?
    /// With held fork evidence: how much of the log the last epoch covers, or, once an end is named and held, that
    /// size if it is larger.
    public var forkedCoveredSize: LogSize?

    /// A log that this node accepts and of which it holds nothing yet.
    public init(empty log: LogID, forkedCoveredSize: LogSize? = nil) {
        self.log = log
        held = .empty
        root = Hash(Bytes32((0, 0, 0, 0)))
        head = nil
        self.forkedCoveredSize = forkedCoveredSize
    }

    /// So many entries of `log`, with the root over them and the head that signs them.
    public init(
        log: LogID, held: LogSize, root: Hash, head: SignedHead, forkedCoveredSize: LogSize? = nil
    ) {
        precondition(held >= 1 && held <= head.size, "a head signs what is held, and something is")
        self.log = log
        self.held = held
        self.root = root
        self.head = head
        self.forkedCoveredSize = forkedCoveredSize
    }

    /// What a tip says.
    public init(_ tip: LogTip, forkedCoveredSize: LogSize? = nil, _ hashing: some Hashing) {
        guard let head = tip.head, tip.held >= 1 else {
            self.init(empty: tip.log, forkedCoveredSize: forkedCoveredSize)
            return
        }
        let root = head.size == tip.held ? head.root : tip.edge.root(hashing)
        self.init(
            log: tip.log, held: tip.held, root: root, head: head.signed, forkedCoveredSize: forkedCoveredSize)
    }

    /// Whether evidence of a fork is held.
    public var isForked: Bool { forkedCoveredSize != nil }

    /// How many entries this node offers and compares: of a forked log only what an epoch covers.
    public var exchangedSize: LogSize { forkedCoveredSize.map { min($0, held) } ?? held }

    /// Whether the row counts for the digest.
    var isInDigest: Bool { isForked || held >= 1 }

    /// The head as messages carry it; `nil` for a log that is empty or forked.
    func mention(_ numbers: LogNumbers) -> HeadMention? {
        guard !isForked, let head else { return nil }
        return HeadMention(
            log: numbers.reference(to: log), size: head.size, signature: head.signature, held: held)
    }

    /// The row of the digest. Spec: Protocol/exchange.md §1.
    func write(to writer: inout CBORWriter) {
        writer.array(count: 3)
        writer.bytes(log)
        if let forkedCoveredSize {
            writer.text("forked")
            writer.integer(forkedCoveredSize.count)
        } else {
            writer.integer(held.count)
            writer.bytes(root)
        }
    }
}
