// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// `korf-bench [CASES]`: runs each case in a process of its own, so that no case inherits another one's memory, and
/// prints one JSON object a line. A goal that is missed is printed like one that is met; the exit code only says
/// whether every case ran to its end and its results were right.
enum Bench {
    /// A case: its name, what it measures, and how.
    struct Case: Sendable {
        let name: String
        let summary: String
        let run: @Sendable (Workspace) async throws -> Void
    }

    static let cases = [
        Case(name: "p1", summary: "exchange between equal nodes, 400 and 10,000 logs", run: EqualNodes.run),
        Case(name: "p2", summary: "1,000 of 1,000,000 entries missing", run: MissingEntries.run),
        Case(name: "p3", summary: "a fresh node obtains 1,000,000 entries", run: FreshNode.run),
        Case(name: "p5", summary: "merge of 1,100,000 updates", run: Merge.run),
        Case(name: "p6", summary: "metering over HTTP on top of 1,000,000 ids") {
            try await Metering.run($0, heldMillions: 1)
        },
        Case(name: "p6x10", summary: "the same on top of 10,000,000 ids") {
            try await Metering.run($0, heldMillions: 10)
        },
        Case(name: "p8", summary: "idle node that holds 1,000,000 entries", run: IdleNode.run),
        Case(name: "p10", summary: "two-sided comparison of 5,000,000 records a side", run: Compare.run),
        Case(name: "bundle", summary: "a year of 91 members, 40 applications: written, verified", run: Bundle.run),
        Case(name: "certificate", summary: "size and check of a certificate of 342 voters", run: Certificates.run),
        Case(name: "fold", summary: "an epoch with 100,000 new entries, settled", run: EpochFold.run),
        Case(name: "epoch-large", summary: "an epoch with 1,000 new entries on 1,000,000 held", run: LargeEpochs.run),
        Case(name: "epoch", summary: "epochs among seven daemons over mutual TLS", run: Epochs.run),
        Case(name: "sizes", summary: "release binaries, stripped", run: Sizes.run),
    ]

    static func run(_ arguments: [String]) async -> Int32 {
        switch arguments.first {
        case "--help", "-h":
            say(usage)
            return 0
        case "--case" where arguments.count == 3:
            return await runHere(arguments[1], Workspace(path: arguments[2]))
        case "--prepare" where arguments.count == 2:
            return await inChild(arguments) { try await HeldStores.make(Workspace(path: arguments[1])) }
        case "--fill" where arguments.count == 4:
            return await inChild(arguments) {
                try await Metering.fill(Workspace(path: arguments[1]), arguments[2], millions: Int(arguments[3]) ?? 1)
            }
        case "--serve" where arguments.count == 3:
            return await PageServer.run(Workspace(path: arguments[1]), store: arguments[2])
        default:
            return runAll(arguments)
        }
    }

    private static func runAll(_ names: [String]) -> Int32 {
        let unknown = names.filter { name in !cases.contains { $0.name == name } }
        guard unknown.isEmpty else {
            complain("no such case: \(unknown.joined(separator: ", "))\n\n" + usage)
            return 2
        }
        guard let workspace = Workspace.make() else {
            complain("no folder can be made under the system's temporary folder")
            return 1
        }
        defer { workspace.remove() }
        var code: Int32 = 0
        for chosen in cases where names.isEmpty || names.contains(chosen.name) {
            let child = ChildProcess(["--case", chosen.name, workspace.path], isPiped: false)
            if child?.wait() != 0 {
                complain("case \(chosen.name) did not end well")
                code = 1
            }
        }
        return code
    }

    private static func runHere(_ name: String, _ workspace: Workspace) async -> Int32 {
        guard let chosen = cases.first(where: { $0.name == name }) else { return 2 }
        do {
            try await chosen.run(workspace)
            return 0
        } catch {
            complain("\(name): \(error)")
            return 1
        }
    }

    /// Work that shall not show in the memory of a case.
    private static func inChild(_ arguments: [String], _ work: () async throws -> Void) async -> Int32 {
        do {
            try await work()
            return 0
        } catch {
            complain("\(arguments[0]): \(error)")
            return 1
        }
    }

    private static var usage: String {
        let width = cases.map(\.name.count).max() ?? 0
        let lines = cases.map { "  \($0.name)\(String(repeating: " ", count: width - $0.name.count))  \($0.summary)\n" }
        return """
            korf-bench: speed and size, one JSON object a line

            usage: korf-bench [CASES]    without cases: all of them

            \(lines.joined())
            Data is made anew from fixed seeds below the system's temporary folder and removed at the end (2 GB).
            example: korf-bench p1 p5

            """
    }

    static func say(_ text: String) { write(text, to: STDOUT_FILENO) }
    static func complain(_ text: String) { write("korf-bench: \(text)\n", to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}

/// Why a case did not come to a figure.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String
    init(_ sentence: String) { description = sentence }
}

/// Demands that a result is right before it is reported.
func demand(_ condition: Bool, _ sentence: @autoclosure () -> String) throws(BenchFailure) {
    guard condition else { throw BenchFailure(sentence()) }
}
