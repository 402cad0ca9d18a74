// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Node

/// The other node of a case, in a process of its own: it serves a store until its input ends.
enum PageServer {
    /// Founder 0 on `store`. Prints its port, and at the end what passed.
    static func run(_ workspace: Workspace, store: String) async -> Int32 {
        do {
            let node = try await BenchNode(BenchNetwork(workspace), founder: 0, directory: store)
            Bench.say("\(node.port)\n")
            var byte: UInt8 = 0
            while read(STDIN_FILENO, &byte, 1) > 0 {}
            let digest = await node.engine.stateDigest()
            let traffic = node.traffic.current
            Bench.say("\(traffic.requests) \(traffic.bytes) \(Measure.peakBytes()) \(digest)\n")
            await node.stop()
            return 0
        } catch {
            Bench.complain("server: \(error)")
            return 1
        }
    }

    /// What a server said at its end.
    struct Summary {
        let requests: Int
        let bytes: Int
        let peakBytes: Int
        let stateDigest: String

        init(_ line: String?) throws(BenchFailure) {
            let words = (line ?? "").split(separator: " ")
            guard words.count == 4, let requests = Int(words[0]), let bytes = Int(words[1]), let peak = Int(words[2])
            else { throw BenchFailure("the server ended early") }
            self.requests = requests
            self.bytes = bytes
            peakBytes = peak
            stateDigest = String(words[3])
        }
    }
}
