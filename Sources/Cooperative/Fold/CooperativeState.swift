// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What the logs of a network add up to: a pure function of genesis, entries and evidence, never of the order of
/// arrival. Spec: Protocol/state.md. Entries go in with `apply`; `digest` says which state it is.
///
/// A value with one owner, changed in place; a copy is cheap to take and costs memory once either changes.
public struct CooperativeState: Sendable {
    /// The founding document.
    public let genesis: Genesis
    /// The epoch that rules: here the genesis's own.
    public let epoch: Epoch

    let hashing: any Hashing
    var logs: [FoldedLog]
    private let logNumbers: [LogID: UInt32]

    var parties = NameTable()
    var applications = NameTable()
    var classes = NameTable()
    var fields = NameTable()
    var elementKeys = NameTable()

    /// Who may edit an application, by its number.
    struct Rights: Sendable {
        let isOfGenesis: Bool
        /// Numbers of parties.
        var parties: [UInt32]
    }

    var rights: [UInt32: Rights] = [:]
    var foundings = FoundingTable()
    var registers = CellTable<RegisterCell>()
    var elements = CellTable<ElementCell>()
    var usage = UsageTable()
    var statements = StatementTable()
    var destroyed = DestroyedTable()
    var waiting = WaitingEntries()
    /// Edits by members without rights, of applications that a second founding may yet give them.
    var denied: [UInt32: [EntryPlace]] = [:]
    var voids: [VoidReason: Int] = [:]

    var index = RowIndex()
    /// The first bits of the positions of the rows that every network has: by founder, and by log.
    var memberWords: [UInt64] = []
    /// Groups of buckets whose hashes changed since the last snapshot.
    var pendingBucketChunks: Set<Int> = []
    var scratch: CellColumns?
    /// Applications whose founding was just folded: what waited for them is due.
    var foundedNow: [String] = []

    /// Where an entry stands that is judged again.
    struct EntryPlace: Sendable {
        let log: UInt32
        let index: Int
        let leaf: Hash
    }

    /// The state of a network before any entry.
    public init(genesis: Genesis, hashing: any Hashing) {
        self.init(genesis: genesis, hashing: hashing, suspended: [:])
    }

    /// The state before any entry, with these logs suspended from a size on.
    init(genesis: Genesis, hashing: any Hashing, suspended: [LogID: LogSize]) {
        self.genesis = genesis
        self.hashing = hashing
        epoch = Epoch(genesis: genesis, hashing)
        var logs: [FoldedLog] = []
        for (member, card) in genesis.founders.enumerated() {
            let party = parties.intern(card.oin.digits)
            let id = EntryZero(network: genesis.network, card: card).log(hashing)
            logs.append(FoldedLog(id: id, member: member, party: party))
        }
        logs.sort { $0.id < $1.id }
        self.logs = logs
        logNumbers = Dictionary(uniqueKeysWithValues: logs.enumerated().map { ($1.id, UInt32($0)) })
        for application in genesis.applications {
            let number = applications.intern(application.id.description)
            let entitled = [application.lead] + application.participants.map(\.member)
            rights[number] = Rights(isOfGenesis: true, parties: entitled.map { parties.intern($0.digits) })
        }
        index.add(RowReference(.network, 0), at: word(RowReference(.network, 0)))
        for member in genesis.founders.indices {
            let row = RowReference(.member, UInt32(member))
            memberWords.append(word(row))
            index.add(row, at: memberWords[member])
        }
        for (log, size) in suspended.sorted(by: { $0.key < $1.key }) {
            guard let number = logNumbers[log] else { continue }
            self.logs[Int(number)].suspendedFrom = size.count
            let row = RowReference(.suspended, number)
            index.add(row, at: word(row))
        }
    }

    /// The number of a log in this state.
    @inline(__always)
    func logNumber(_ id: LogID) -> UInt32? { logNumbers[id] }

    /// The number of an application that was named before.
    @inline(__always)
    func applicationNumber(_ id: UnsafeRawBufferPointer) -> UInt32? { applications.number(of: id) }

    mutating func countVoid(_ reason: VoidReason) { voids[reason, default: 0] += 1 }

    /// How much of a log was folded; `nil` for a log that is not authorised.
    public func size(of log: LogID) -> LogSize? {
        logNumbers[log].map { LogSize(known: logs[Int($0)].size) }
    }

    /// The logs that the epoch names, in order of id.
    public var authorisedLogs: [LogID] { logs.map(\.id) }
}
