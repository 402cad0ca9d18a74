// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal

/// Holds a key of which only the public half exists: the fold leaves signatures to whoever took the entry.
struct SilentSigner: Signing {
    let publicKey: PublicKey

    func sign(_ message: [UInt8]) -> Signature {
        Signature(first: suite.hash(message).value, second: publicKey.value)
    }
}

/// Only so many entries of each log.
struct HeldPrefix: HeldEntries {
    let all: EntriesInMemory
    let sizes: [LogID: Int]

    func leafHash(log: LogID, index: EntryIndex) -> Hash? {
        index.position < sizes[log] ?? 0 ? all.leafHash(log: log, index: index) : nil
    }

    func entry(log: LogID, index: EntryIndex) -> [UInt8]? {
        index.position < sizes[log] ?? 0 ? all.entry(log: log, index: index) : nil
    }

    func entries(log: LogID, from: EntryIndex) -> HeldBatch? {
        let size = sizes[log] ?? 0
        guard from.position < size else { return nil }
        return all.entries(log: log, from: from)?.prefix(size - from.position)
    }
}

/// A network in which entries are written and epochs are closed, at random.
struct Cooperation {
    /// Who writes one log.
    struct Pen: Hashable {
        let log: LogID
        let card: Card
    }

    let genesis: Genesis
    var held = EntriesInMemory()
    /// After each epoch.
    private(set) var settled: [CooperativeState]
    var pens: [Pen] = []
    /// Entries 0 of successors.
    var openings: [EntryZero] = []
    var choices: Choices
    var proposals: [EntryReference] = []
    var ballots: [LogID: [EntryReference]] = [:]
    var founded: [String] = []
    var written: [EntryReference] = []
    var cards = 0

    init(seed: UInt64, founders: Int = 4) throws {
        choices = Choices(seed: seed)
        var draft = try World.draft(founders: founders)
        draft.organs = [
            .generalAssembly, .init(id: "gemeenschap", name: "Gemeenschap", electorate: 1, rule: [1, 2, 1, 1, 2]),
        ]
        genesis = try draft.checked(suite)
        settled = [CooperativeState(genesis: genesis, hashing: suite)]
        cards = founders
        for card in genesis.founders { open(EntryZero(network: genesis.network, card: card), card) }
    }

    var last: CooperativeState { settled[settled.count - 1] }

    mutating func open(_ zero: EntryZero, _ card: Card) {
        let log = zero.log(suite)
        guard held.size(of: log) == .empty else { return }
        held.append(zero.encode(), to: log, hashing: suite)
        pens.append(Pen(log: log, card: card))
        if zero.succession != nil { openings.append(zero) }
    }

    @discardableResult
    mutating func append(_ entry: [UInt8], to log: LogID) -> EntryReference {
        let place = EntryReference(log: log, index: held.size(of: log).next, leaf: suite.leafHash(entry))
        held.append(entry, to: log, hashing: suite)
        written.append(place)
        return place
    }

    /// Everything that is held, folded.
    func overlay(convicted: Set<LogID> = []) -> CooperativeState {
        last.overlay(convicted: convicted, openings: openings, held: held)
    }

    /// Applies an epoch.
    mutating func settle(_ next: Epoch) { settled.append(last.settled(by: next, held: held)) }

    /// Closes an epoch over a random vector. What the state makes of it may not hang on what else is held.
    mutating func close() -> Bool {
        let overlay = overlay()
        let days = choices.below(3) == 0 ? choices.below(45) : choices.below(3)
        let date = last.epoch.date.adding(days: days) ?? last.epoch.date
        var heads: [CoveredHead] = []
        for identity in overlay.logIdentities {
            guard let number = overlay.logNumber(identity.log) else { continue }
            let covered = last.epoch.head(of: identity.log)?.size.count
            let most = min(overlay.coverable(number, on: date) ?? Int.max, held.size(of: identity.log).count)
            let least = covered ?? max(1, overlay.logs[Int(number)].readyMark)
            guard covered != nil || (overlay.mayEnter(identity.log) && most >= least && choices.below(3) > 0) else {
                continue
            }
            let size = choices.below(4) == 0 ? least : least + choices.below(max(1, most - least + 1))
            let root = suite.hash(identity.log.bytes + [UInt8(size & 255)])
            heads.append(CoveredHead(log: identity.log, head: Head(size: LogSize(known: size), root: root)))
        }
        return apply(heads, date)
    }

    private mutating func apply(_ heads: [CoveredHead], _ date: CivilDate) -> Bool {
        let known = last.epoch
        func next(_ heads: [CoveredHead]) -> Epoch {
            Epoch(
                number: known.number + 1, hash: suite.hash(known.hash.bytes + [UInt8(heads.count)]), date: date,
                ruleVersion: 1, heads: heads)
        }
        let tried = last.settled(by: next(heads), held: held)
        let entering = heads.filter { known.head(of: $0.log) != nil || tried.isOfMember($0.log) }
        let epoch = next(entering)
        let sizes = Dictionary(uniqueKeysWithValues: entering.map { ($0.log, $0.head.size.count) })
        var fromAll = last.settled(by: epoch, held: held)
        var fromCovered = last.settled(by: epoch, held: HeldPrefix(all: held, sizes: sizes))
        let isSame = fromAll.digest() == fromCovered.digest() && fromAll.rows() == fromCovered.rows()
        settled.append(fromAll)
        return isSame
    }
}
