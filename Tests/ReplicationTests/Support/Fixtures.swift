// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication

/// Logs with entries, and nodes that accept them all.
struct TestWorld {
    var logs: [TestLog]
    var nodes: [TestNode]

    /// `logCount` logs, the first ones owned by the nodes. Nothing is held yet.
    init(logs logCount: Int, nodes nodeCount: Int) throws {
        let logs = try (0..<logCount).map { try TestLog(number: $0 + 1) }
        self.logs = logs
        nodes = (0..<nodeCount).map { TestNode(name: $0 + 1, identities: logs.map(\.identity)) }
    }

    /// Gives a node all of a log that it does not have yet.
    mutating func give(_ log: Int, to node: Int) {
        var first = nodes[node].size(logs[log].log)
        while first < logs[log].entries.count {
            var end = first
            var bytes = 0
            while end < logs[log].entries.count, bytes < 900_000 {
                bytes += logs[log].entries[end].count
                end += 1
            }
            let refusal = nodes[node].admit(logs[log].page(from: first, to: end))
            precondition(refusal == nil, "an owner's page is admitted")
            first = end
        }
    }

    mutating func giveAll(to node: Int) {
        for log in logs.indices { give(log, to: node) }
    }
}
