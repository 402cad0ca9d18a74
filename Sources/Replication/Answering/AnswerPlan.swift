// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What the answering side will send: a pure comparison of what the asker says with what is held here. It
/// keeps nothing about the asker. Spec: Protocol/exchange.md §3.
public struct AnswerPlan: Sendable {
    /// Entries to send, in any order; `fill` serves the small ones first.
    public private(set) var orders: [PageOrder] = []
    /// Heads that are ahead of the asker, or differ from its own at the same size or over as many entries.
    public private(set) var heads: [HeadRow] = []
    /// Logs of which the asker holds more, with the size held here.
    public private(set) var wants: [HeldSize] = []
    /// Logs of which the asker may lack the evidence.
    public private(set) var evidence: [LogID] = []
    /// Texts that the asker wants.
    public let textsWanted: [TextCommitment]
    /// Texts that are missing here, which the asker may push.
    public var textsMissing: [TextCommitment] = []
    /// Pages of the request that were not kept.
    public let refusals: [LogRefusal]
    /// Whether the token means nothing here.
    public private(set) var sendFullTable = false
    /// Logs that the asker named and that nothing authorises here.
    public private(set) var unknownLogs = 0

    /// Epochs held here that may contradict what the asker holds.
    public var epochs: [EpochMention] = []

    let epoch: Int
    let digest: Hash
    let token: ExchangeToken?
    let numbers: LogNumbers
    let pagesBytes: Int
    /// Turns with each item of evidence that the asker takes.
    let rotation: UInt64

    /// Plans the answer. The pages and the evidence of the request have been admitted or refused before,
    /// so that `heads` are what is durable now.
    public init(
        _ asked: ResolvedRequest, _ heads: inout HeldHeads, epoch: Int, refusals: [LogRefusal] = [],
        _ hashing: some Hashing
    ) {
        let request = asked.request
        self.epoch = epoch
        digest = heads.digest(hashing)
        numbers = asked.numbers
        pagesBytes = request.pagesBytes ?? ExchangeLimits.pagesBytes
        textsWanted = request.parcel.textsWanted
        self.refusals = refusals
        rotation = request.digest.leadingWord
        if let wants = asked.wants {
            token = nil
            for want in wants {
                guard let row = heads.table[want.log],
                      let order = PageOrder(row, from: want.size.next)
                else { continue }
                orders.append(order)
            }
            return
        }
        guard request.digest != digest else {
            token = heads.history.token
            return
        }
        guard let known = Self.known(request.token, heads.history) else {
            token = nil
            sendFullTable = true
            return
        }
        token = heads.history.token
        compare(asked, with: heads.table, known)
    }

    /// What the asker held by its token: only what differs from now.
    private enum Known {
        case nothing
        case all(but: HeadsSince)
    }

    /// `nil` where the token is not one that this store can still read.
    private static func known(_ token: [UInt8]?, _ history: HeadHistory) -> Known? {
        guard let token else { return .nothing }
        guard let read = ExchangeToken(token), read.instance == history.instance,
              let since = history.changes(after: read.sequence)
        else { return nil }
        return .all(but: since)
    }

    private mutating func compare(_ asked: ResolvedRequest, with table: HeadTable, _ known: Known) {
        var claims: [LogID: ResolvedRequest.Claim] = [:]
        for claim in asked.claims where claim.held >= claims[claim.log]?.held ?? .empty {
            claims[claim.log] = claim
        }
        var pushed: [LogID: LogSize] = [:]
        for page in asked.pages {
            let end = page.from.position.addingReportingOverflow(page.entries.count)
            guard !end.overflow, end.partialValue > pushed[page.log]?.count ?? 0 else { continue }
            pushed[page.log] = LogSize(known: end.partialValue)
        }
        unknownLogs = claims.keys.reduce(0) { $0 + (table[$1] == nil ? 1 : 0) }
        switch known {
        case .nothing:
            for row in table.rows {
                compare(row, held: .empty, claims[row.log], pushed[row.log])
                if row.isForked { evidence.append(row.log) }
            }
        case .all(let since):
            let held = Dictionary(uniqueKeysWithValues: since.sizes.map { ($0.log, $0.size) })
            for log in Set(held.keys).union(claims.keys).sorted() {
                guard let row = table[log] else { continue }
                compare(row, held: held[log] ?? row.held, claims[log], pushed[log])
            }
            evidence = since.evidence
        }
    }

    /// One log: what the asker holds is the most of what its token, its head and its pages say.
    private mutating func compare(
        _ row: HeadRow, held: LogSize, _ claim: ResolvedRequest.Claim?, _ pushed: LogSize?
    ) {
        let theirs = max(held, claim?.held ?? .empty, pushed ?? .empty)
        if let order = PageOrder(row, from: theirs.next) {
            orders.append(order)
            if !row.isForked { heads.append(row) }
        } else if !row.isForked, let claim, claim.held > row.held {
            wants.append(HeldSize(log: row.log, size: row.held))
        } else if !row.isForked, let claim, let head = row.head, claim.signature != head.signature,
                  claim.headSize == head.size || claim.held == row.held {
            heads.append(row)
        }
    }
}
