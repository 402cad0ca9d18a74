// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

/// What an observer who sees everything writes down, and holds the nodes against. No node ever reads it.
final class Ledger {
    struct TokenKey: Hashable {
        let instance: StoreInstance
        let sequence: HeadSequence
    }

    /// Protocol/kinds.md §2.
    static let usageFlush: UInt16 = 96

    let network: SimulatedNetwork
    /// Leaf hashes that correct members ever signed, by log.
    private var written: [LogID: Set<Hash>] = [:]
    /// Entries of correct members' logs that left their node.
    private var published: [LogID: [Hash]] = [:]
    var acknowledgedSizes: [Int: LogSize] = [:]
    var stateOf: [Hash: Hash] = [:]
    private var tableOf: [TokenKey: Hash] = [:]
    private var flushed: [LogID: [UsageCell: UsageCounters]] = [:]
    var lastCounters: [Int: [LogID: [UsageCell: UsageCounters]]] = [:]
    var lastSizes: [Int: [LogSize]] = [:]
    /// The correct nodes.
    var nodes: [Int: Node] = [:]

    init(_ network: SimulatedNetwork) { self.network = network }

    /// A correct member signed a page, durable or not.
    func wrote(_ page: AdmittedPage, by node: Node, in world: World) {
        guard node.isHonest else {
            if node.isForking { world.marks.hit(.forkSigned) }
            return
        }
        written[page.log, default: []].formUnion(page.leafHashes)
    }

    /// A node's disk took a page.
    func stored(_ page: AdmittedPage, by node: Node, in world: World) {
        guard let owner = network.member(of: page.log), world.isHonest(owner), node.isHonest else { return }
        for (offset, leaf) in page.leafHashes.enumerated() {
            if written[page.log]?.contains(leaf) != true {
                world.violate("I12", "member \(node.member) keeps an entry that member \(owner) never wrote")
                return
            }
            if node.member != owner { publish(leaf, page.log, page.first.position + offset, owner, in: world) }
        }
        if page.isSignedHere {
            checkFlushes(in: page, by: node, in: world)
        } else if node.member == owner {
            for position in 0..<page.entries.count { note(page.entry(position), of: page.log) }
        }
    }

    private func checkFlushes(in page: AdmittedPage, by node: Node, in world: World) {
        for position in 0..<page.entries.count {
            let entry = page.entry(position)
            guard entry.kind == Self.usageFlush, let flush = try? UsageFlush.parse(Array(entry.body))
            else { continue }
            for cell in flush.cells {
                if !cell.counters.isAtLeast(flushed[page.log]?[cell.cell] ?? UsageCounters()) {
                    world.violate("I8", "member \(node.member) flushes less of a cell than it did before")
                }
                flushed[page.log, default: [:]][cell.cell] = cell.counters
            }
        }
    }

    /// Takes what an entry that stands in the log flushed.
    private func note(_ entry: Entry, of log: LogID) {
        guard entry.kind == Self.usageFlush, let flush = try? UsageFlush.parse(Array(entry.body)) else { return }
        for cell in flush.cells { flushed[log, default: [:]][cell.cell] = cell.counters }
    }

    private func publish(_ leaf: Hash, _ log: LogID, _ index: Int, _ owner: Int, in world: World) {
        let count = published[log]?.count ?? 0
        if index < count {
            if published[log]?[index] != leaf {
                world.violate("I3", "member \(owner) signed two entries at \(index)")
            }
        } else {
            published[log, default: []].append(leaf)
        }
    }

    func acknowledged(_ member: Int, _ size: LogSize) {
        acknowledgedSizes[member] = max(acknowledgedSizes[member] ?? .empty, size)
    }

    /// An old copy forgets; that much is not promised. What it flushed and nobody saw is forgotten with it; what
    /// others saw comes back to it and counts again.
    func restored(_ member: Int, to copy: Disk) {
        let log = network.log(member)
        acknowledgedSizes[member] = min(acknowledgedSizes[member] ?? .empty, copy.size(of: log))
        flushed[log] = nil
        for index in 0..<copy.size(of: log).count {
            guard let bytes = copy.entry(log: log, index: EntryIndex(known: index)),
                  let entry = try? Entry.parse(bytes)
            else { continue }
            note(entry, of: log)
        }
        lastSizes[member] = nil
        lastCounters[member] = nil
    }

    /// A node keeps evidence: it has to convince anybody, and no correct member can be convicted.
    func convicted(_ convicted: ConvictedFork, by node: Node, in world: World) {
        guard node.isHonest else { return }
        guard let owner = network.member(of: convicted.log) else { return }
        if world.isHonest(owner) {
            world.violate("I6", "member \(node.member) convicts member \(owner), who is correct")
        }
        let bytes = convicted.evidence.encode()
        let suite = SimulatedSuite(world.settings.scheme)
        do throws(EvidenceRefusal) {
            _ = try ForkEvidence.parse(bytes).check(network.identities[owner], suite)
        } catch { world.violate("I6", "evidence that is kept convinces nobody: \(error)") }
    }

    /// A planted bug keeps evidence as it came.
    func keptUnchecked(_ evidence: ForkEvidence, by node: Node, in world: World) {
        guard let owner = network.member(of: evidence.log) else { return }
        let suite = SimulatedSuite(world.settings.scheme)
        do throws(EvidenceRefusal) {
            _ = try evidence.check(network.identities[owner], suite)
        } catch { world.violate("I6", "evidence that is kept convinces nobody: \(error)") }
    }

    /// A body leaves a node: what it says is held has to be durable, and a token means one table for ever.
    func told(_ body: [UInt8], isRequest: Bool, by node: Node, in world: World) {
        guard node.isHonest else { return }
        let parcel: ExchangeParcel
        if isRequest {
            guard let request = try? ExchangeRequest(decoding: body) else {
                world.violate("I12", "member \(node.member) sends a request that is none")
                return
            }
            parcel = request.parcel
        } else {
            guard let answer = try? ExchangeAnswer(decoding: body) else {
                world.violate("I12", "member \(node.member) sends an answer that is none")
                return
            }
            parcel = answer.parcel
            if let bytes = answer.token { tokenGiven(bytes, by: node, in: world) }
        }
        for head in parcel.heads {
            guard let log = network.numbers.log(head.log) else { continue }
            if head.held > node.disk.size(of: log) {
                world.violate("I11", "member \(node.member) says that it holds \(head.held), its disk has less")
            }
        }
        guard world.isHonest(node.member), let held = node.disk.logs[node.ownID] else { return }
        // Of what was published before, the last says enough: each head signs all below it.
        let known = min(published[node.ownID]?.count ?? 0, held.leaves.count)
        for index in max(0, known - 1)..<held.leaves.count {
            publish(held.leaves[index], node.ownID, index, node.member, in: world)
        }
    }

    private func tokenGiven(_ bytes: [UInt8], by node: Node, in world: World) {
        guard let token = ExchangeToken(bytes) else { return }
        if token.sequence.count > node.disk.sequence {
            world.violate("I11", "member \(node.member) gives a token ahead of its disk")
        }
        let key = TokenKey(instance: token.instance, sequence: token.sequence)
        let table = node.heads.digest(node.suite)
        if let known = tableOf[key], known != table {
            world.violate("I11", "a token of member \(node.member) means two tables")
        }
        tableOf[key] = table
    }

    /// A node keeps a partner's token: it has to hold all that the partner held when it gave it.
    func tokenKept(by node: Node, from partner: Int, _ bytes: [UInt8], in world: World) {
        guard node.isHonest, let other = nodes[partner], other.isUp, let token = ExchangeToken(bytes),
              token.instance == other.heads.history.instance,
              let since = other.heads.history.changes(after: token.sequence)
        else { return }
        for row in other.heads.table.rows where !row.isForked && !node.forks.contains(row.log) {
            let held = since.sizes.first { $0.log == row.log }?.size ?? row.held
            if node.disk.size(of: row.log) < held {
                world.violate(
                    "I11", "member \(node.member) keeps a token of \(partner) but lacks entries before it")
                return
            }
        }
    }
}

extension UsageCounters {
    /// Whether no counter is smaller than in `other`.
    func isAtLeast(_ other: UsageCounters) -> Bool {
        eventsCounted >= other.eventsCounted && eventsRetracted >= other.eventsRetracted
            && quantityCounted >= other.quantityCounted && quantityRetracted >= other.quantityRetracted
            && inboxPosition >= other.inboxPosition
    }
}
