// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

extension Ledger {
    /// What holds once all is quiet: nothing acknowledged is lost, any order folds to the same, repeats change
    /// nothing, the counters are those of the entries, and each fork that was seen is proved.
    func checkEnd(branches: [LogID], in world: World) {
        guard let (member, node) = nodes.min(by: { $0.key < $1.key }) else { return }
        for (owner, size) in acknowledgedSizes.sorted(by: { $0.key < $1.key })
        where node.disk.size(of: network.log(owner)) < size {
            world.violate("I2", "entries that member \(owner) acknowledged did not reach member \(member)")
        }
        for log in branches where !node.forks.contains(log) {
            world.violate("I6", "two branches of a log were held, and there is no evidence")
        }
        for (_, node) in nodes.sorted(by: { $0.key < $1.key }) { lookAtState(node, in: world) }
        if node.state.rehash() != node.state.digest() {
            world.violate("I4", "member \(member): hashed again, the state has another digest")
        }
        checkOrder(node, in: world)
        checkCounters(node, in: world)
    }

    /// I5: log after log, and in drawn batches from all logs, with repeats.
    private func checkOrder(_ node: Node, in world: World) {
        let expected = node.state.digest()
        var byLog = CooperativeState(genesis: network.genesis, hashing: node.suite)
        byLog.replay(node.disk)
        for log in node.disk.evidence.keys.sorted() { byLog = byLog.suspending(log, held: node.disk) }
        if byLog.digest() != expected { world.violate("I5", "folded log after log, the state is another one") }
        var drawn = CooperativeState(genesis: network.genesis, hashing: node.suite)
        var open = network.numbers.logs
        while !open.isEmpty {
            let log = world.random.pick(open)
            let size = drawn.size(of: log) ?? .empty
            let from = EntryIndex(known: max(0, size.count - world.random.below(3)))
            guard size < node.disk.size(of: log), let rest = node.disk.entries(log: log, from: from) else {
                open.removeAll { $0 == log }
                continue
            }
            let count = min(rest.count, size.count - from.position + 1 + world.random.below(4))
            let batch = HeldBatch(
                EntryBatch((0..<count).map { Array(rest.entries[$0]) }),
                leafHashes: Array(rest.leafHashes.prefix(count)))
            do throws(FoldRefusal) {
                try drawn.apply(log, from: from, batch, held: node.disk)
            } catch { world.violate("I5", "a repeat is refused: \(error)") }
        }
        for log in node.disk.evidence.keys.sorted(by: >) { drawn = drawn.suspending(log, held: node.disk) }
        if drawn.digest() != expected { world.violate("I5", "folded in another order, the state is another one") }
    }

    /// The counters, counted again from the entries of logs in good standing.
    private func checkCounters(_ node: Node, in world: World) {
        for log in network.numbers.logs where !node.forks.contains(log) {
            guard let held = node.disk.logs[log], let owner = network.member(of: log) else { continue }
            let author = network.genesis.founders[owner].oin
            var counted: [UsageCell: UsageCounters] = [:]
            for bytes in held.entries {
                guard let entry = try? Entry.parse(bytes), entry.kind == Self.usageFlush, entry.references.isEmpty,
                      let flush = try? UsageFlush.parse(Array(entry.body))
                else { continue }
                for cell in flush.cells where cell.counters.isConsistent {
                    let counter = cell.cell.side == .provider ? cell.cell.provider : cell.cell.consumer
                    guard author == counter else { continue }
                    counted[cell.cell, default: UsageCounters()].merge(cell.counters)
                }
            }
            let folded = node.state.flushed(by: log)
            let isEqual = folded.count == counted.count && folded.allSatisfy { counted[$0.cell] == $0.counters }
            if !isEqual { world.violate("I8", "the counters of member \(owner)'s log are not those of its entries") }
        }
    }
}
