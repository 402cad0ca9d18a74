// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// A node to which a history comes in an order of its own: entries of all logs merged at random, each log in its own
/// order and the forked one by either branch, evidence and certificates at any time.
struct DeliveryOrder {
    private let history: OrderedHistory
    private var random: SeededRandom
    private var source: [LogID: HeldJournal]
    private var sizes: [LogID: Int] = [:]
    private var openings: [EntryZero] = []
    private var isConvicted = false
    /// Certificates that came and wait for what they cover.
    private var waiting: Set<Int> = []
    private var coming: [Int]
    private var settled: CooperativeState
    private var overlay: CooperativeState
    private(set) var digests: [Hash] = []

    init(_ history: OrderedHistory, seed: UInt64) {
        (self.history, random) = (history, SeededRandom(seed))
        source = history.journals
        if random.happens(50), let other = history.otherBranch { source[history.forkedLog] = other }
        coming = Array(1...history.epochs.count)
        settled = history.settled[0]
        overlay = settled.overlay(convicted: [], held: JournalEntries(journals: [:]))
    }

    private var held: JournalEntries { JournalEntries(journals: source, sizes: sizes) }

    /// Delivers everything and answers the digest of the overlay, `nil` where not everything was taken.
    mutating func run() -> Hash? {
        var turns = 0
        while let item = next() {
            turns += 1
            guard turns < 10_000 else { return nil }
            switch item {
            case .entries(let log, let count): take(log, count)
            case .evidence: convict()
            case .certificate(let number):
                coming.removeAll { $0 == number }
                waiting.insert(number)
            }
            applyEpochs()
        }
        return settled.epoch.number == history.epochs.count ? overlay.digest() : nil
    }

    private enum Item {
        case entries(LogID, Int)
        case evidence
        case certificate(Int)
    }

    /// Whatever is still to come is as likely as anything else that is: a log as often as it has entries left.
    private mutating func next() -> Item? {
        var items: [(item: Item, weight: Int)] = coming.map { (.certificate($0), 1) }
        if !isConvicted { items.append((.evidence, 1)) }
        for log in source.keys.sorted() {
            let left = (source[log]?.size ?? 0) - (sizes[log] ?? 0)
            if left > 0, isKnown(log) { items.append((.entries(log, left), left)) }
        }
        guard !items.isEmpty else { return nil }
        var place = random.below(items.reduce(0) { $0 + $1.weight })
        for (item, weight) in items {
            if place < weight {
                guard case .entries(let log, let left) = item else { return item }
                return .entries(log, random.happens(60) ? 1 : 1 + random.below(left))
            }
            place -= weight
        }
        return nil
    }

    /// A log is taken once something authorises it.
    private func isKnown(_ log: LogID) -> Bool {
        if overlay.identity(of: log) != nil { return true }
        guard let zero = history.openings.first(where: { $0.log(history.suite) == log }) else { return false }
        return (try? overlay.authorise(zero, history.suite)) != nil
    }

    private mutating func take(_ log: LogID, _ count: Int) {
        if overlay.identity(of: log) == nil,
           let zero = history.openings.first(where: { $0.log(history.suite) == log }) {
            openings.append(zero)
            overlay.register(zero)
        }
        let from = sizes[log] ?? 0
        sizes[log] = from + count
        guard let batch = held.entries(log: log, from: EntryIndex(known: from)) else { return }
        do throws(FoldRefusal) { try overlay.apply(log, from: EntryIndex(known: from), batch, held: held) } catch {
            rebuild()
        }
        if overlay.isStale { rebuild() }
    }

    private mutating func convict() {
        isConvicted = true
        rebuild()
    }

    private mutating func rebuild() {
        overlay = settled.overlay(
            convicted: isConvicted ? [history.forkedLog] : [], openings: openings, held: held)
    }

    private mutating func applyEpochs() {
        while waiting.contains(settled.epoch.number + 1) {
            let next = history.epochs[settled.epoch.number]
            guard next.heads.allSatisfy({ $0.head.size.count <= sizes[$0.log] ?? 0 }),
                  let epoch = Epoch(next.certificate, heads: next.heads, history.suite)
            else { return }
            settled = settled.settled(by: epoch, held: held)
            digests.append(settled.epochs[epoch.number].stateDigest)
            rebuild()
        }
    }
}
