// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// The command line of `korfd`.
public enum DaemonCommand {
    private static let usage = """
        korfd: the sync node of a bijenkorf

        usage: korfd --config FILE
               korfd --version

        FILE is the korf.yaml that `korf init` made. SIGTERM ends the daemon cleanly, SIGHUP loads certificates anew.
        With `recordEvents: FILE` in it the daemon writes each event of consensus and what came of it to that file, at
        most twice 32 MiB and no secrets; `korf-simulate --events FILE` replays it. Off unless set.
        example: korfd --config /etc/korf/korf.yaml

        """

    /// Runs the daemon and ends the process: code 0 after a clean end, 1 when it could not start, 2 for wrong
    /// arguments.
    ///
    /// Called on the main thread, which then only waits. An asynchronous `main` would end in `dispatch_main`, whose
    /// thread takes every signal with its default action, whatever was blocked before.
    public static func start(
        _ arguments: [String], local: @escaping @Sendable (RunningNode) -> Daemon.LocalHandler
    ) -> Never {
        // Before any other thread exists, so that all inherit the mask.
        let signals = StopSignals()
        Task.detached { exit(await run(arguments, signals, local)) }
        while true { pause() }
    }

    private static func run(
        _ arguments: [String], _ signals: StopSignals, _ local: @escaping @Sendable (RunningNode) -> Daemon.LocalHandler
    ) async -> Int32 {
        switch arguments {
        case ["--help"], ["-h"]:
            say(usage, to: STDOUT_FILENO)
            return 0
        case ["--version"]:
            say("korfd \(KorfVersion.text)\n", to: STDOUT_FILENO)
            return 0
        case let words where words.count == 2 && words[0] == "--config":
            do {
                try await Daemon(configurationPath: words[1]).run({ await signals.next() }, local: local)
                return 0
            } catch {
                say("korfd: \(error)\n", to: STDERR_FILENO)
                return 1
            }
        default:
            say(usage, to: STDERR_FILENO)
            return 2
        }
    }

    private static func say(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}

/// The version of these programs.
public enum KorfVersion {
    /// Semantic version.
    public static let text = "0.1.0"
}
