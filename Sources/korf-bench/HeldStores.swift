// SPDX-License-Identifier: EUPL-1.2
import Journal
import Storage

/// Two stores on disk that several cases share: `held` with 1,000,000 entries of W2, `almost` with the first 999,000.
/// They are made once a run, in a process of their own.
enum HeldStores {
    static let entries = 1_000_000
    static let missing = 1_000
    private static let rounds = 10

    static func held(_ workspace: Workspace) -> String { "\(workspace.path)/held" }
    static func almost(_ workspace: Workspace) -> String { "\(workspace.path)/almost" }

    /// Makes both, unless they are there.
    static func ensure(_ workspace: Workspace) throws(BenchFailure) {
        guard !workspace.exists("held-is-made") else { return }
        let child = ChildProcess(["--prepare", workspace.path], isPiped: false)
        try demand(child?.wait() == 0 && workspace.exists("held-is-made"), "the stores could not be made")
    }

    static func make(_ workspace: Workspace) async throws {
        let network = try BenchNetwork(workspace)
        var workload = try CatchUpWorkload(network)
        do {
            let store = try NodeStore(
                path: almost(workspace), headFile: BenchNode.headFile(of: almost(workspace)), suite: network.suite)
            try await commit(workload.logs.begun, to: store)
            for _ in 0..<rounds {
                workload.add((entries - missing) / rounds)
                try await commit(workload.signAll(), to: store)
            }
            // Open and idle, so that no file comes or goes meanwhile.
            try withExtendedLifetime(store) { try Workspace.copy(almost(workspace), to: held(workspace)) }
        }
        let store = try NodeStore(
            path: held(workspace), headFile: BenchNode.headFile(of: held(workspace)), suite: network.suite)
        workload.add(missing)
        try await commit(workload.signAll(), to: store)
        try Workspace.write([], to: "\(workspace.path)/held-is-made")
    }

    private static func commit(_ pages: [AdmittedPage], to store: NodeStore) async throws {
        for start in stride(from: 0, to: pages.count, by: 40) {
            _ = try await store.journal.commit(CommitBatch(pages: Array(pages[start..<min(start + 40, pages.count)])))
        }
    }

    /// What `held` has beyond `almost`, as pages.
    static func rest(_ workspace: Workspace, _ network: BenchNetwork, beyond sizes: [LogID: Int]) throws -> [Page] {
        let store = try NodeStore(
            path: held(workspace), headFile: BenchNode.headFile(of: held(workspace)), suite: network.suite)
        var pages: [Page] = []
        for tip in store.journal.tips {
            guard let size = sizes[tip.log], size < tip.held.count else { continue }
            let page = try store.journal.page(of: tip.log, from: EntryIndex(known: size), byteLimit: 1 << 19)
            if let page { pages.append(page) }
        }
        return pages
    }
}
