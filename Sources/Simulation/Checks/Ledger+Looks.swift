// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

extension Ledger {
    /// Looks at a correct node after it took something.
    func look(at node: Node, in world: World) {
        guard node.isHonest, node.isUp else { return }
        lookAtSizes(node, in: world)
        guard node.commit?.isTold != true, world.random.happens(12) else { return }
        lookAtState(node, in: world)
        lookAtCounters(node, in: world)
    }

    /// I1, I2 and I11: logs on a disk only grow, what was acknowledged is there, what counts is there.
    private func lookAtSizes(_ node: Node, in world: World) {
        if node.disk.size(of: node.ownID) < acknowledgedSizes[node.member] ?? .empty {
            world.violate("I2", "member \(node.member) lost entries that it had acknowledged")
        }
        let rows = node.heads.table.rows
        let sizes = rows.map { node.disk.size(of: $0.log) }
        if let before = lastSizes[node.member], zip(sizes, before).contains(where: { $0 < $1 }) {
            world.violate("I1", "a log on the disk of member \(node.member) became shorter")
        }
        lastSizes[node.member] = sizes
        for (row, size) in zip(rows, sizes) where row.held > size {
            world.violate("I11", "member \(node.member) counts entries that its disk has not")
        }
    }

    /// I4: equal tables of heads mean equal states.
    func lookAtState(_ node: Node, in world: World) {
        let table = node.heads.digest(node.suite)
        let state = node.state.digest()
        world.trace.note(
            world.now, [50, node.member], content: state.value.leadingWord,
            "\(node.member) has state \(state.description.prefix(12))")
        if let known = stateOf[table], known != state {
            world.violate("I4", "member \(node.member) holds what another holds or held, with another state")
        }
        stateOf[table] = state
    }

    /// I8: what a node counts never falls, unless a suspension takes a whole log out.
    private func lookAtCounters(_ node: Node, in world: World) {
        for log in network.numbers.logs where !node.forks.contains(log) {
            for cell in node.state.flushed(by: log) {
                let before = lastCounters[node.member]?[log]?[cell.cell] ?? UsageCounters()
                if !cell.counters.isAtLeast(before) {
                    world.violate("I8", "a counter of member \(node.member) fell")
                    return
                }
                lastCounters[node.member, default: [:]][log, default: [:]][cell.cell] = cell.counters
            }
        }
    }

    /// Logs of which correct nodes hold two branches: from here on nobody correct may remain without evidence.
    func branchesHeld(in world: World) -> [LogID] {
        network.numbers.logs.filter { log in
            let held = nodes.sorted { $0.key < $1.key }.compactMap { $0.value.disk.logs[log]?.leaves }
            guard let longest = held.max(by: { $0.count < $1.count }) else { return false }
            return held.contains { zip($0, longest).contains { $0 != $1 } }
        }
    }

    /// Whether all correct nodes hold the same, and none is writing more.
    func areIdentical(in world: World) -> Bool {
        var tables: Set<Hash> = []
        for (_, node) in nodes.sorted(by: { $0.key < $1.key }) {
            guard node.isUp, node.commit?.batch.movesHeads != true else { return false }
            tables.insert(node.heads.digest(node.suite))
        }
        return tables.count == 1
    }

    /// What differs, for the sentence of a violation.
    func differences(in world: World) -> String {
        nodes.sorted { $0.key < $1.key }.map { member, node in
            let sizes = node.heads.table.rows.map { row in
                "\(network.member(of: row.log) ?? -1):\(row.isForked ? "forked" : String(row.held.count))"
            }.sorted().joined(separator: " ")
            return "\(member)\(node.isUp ? "" : " (down)") [\(sizes)] \(node.state.digest().description.prefix(8))"
        }.joined(separator: "; ")
    }
}
