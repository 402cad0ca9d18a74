// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf status`.
enum StatusCommand {
    static let command = Command(
        "status", "Shows what needs action, how complete this node is, and how the others are.",
        options: [
            .flag("watch", "Shows it again every few seconds, until interrupted."),
            .flag("health", "Only asks whether the daemon serves; prints nothing when it does."),
        ],
        example: "korf status --directory /etc/korf", run: run)

    private static let watchSeconds = 2

    @Sendable
    private static func run(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        if arguments.has("health") {
            let answer = try session.node.get("/v1/gezondheid")
            if session.wantsJSON { session.show(answer) { _ in "" } }
            return .fine
        }
        guard arguments.has("watch") else { return try once(session) }
        while true {
            let status = try session.node.get("/v1/status")
            session.terminal.clear()
            session.show(status) { StatusScreen(status: $0, texts: session.texts).text }
            do { try await Task.sleep(for: .seconds(watchSeconds)) } catch { return .fine }
        }
    }

    private static func once(_ session: Session) throws(ConsoleFailure) -> ExitCode {
        let status = try session.node.get("/v1/status")
        session.show(status) { StatusScreen(status: $0, texts: session.texts).text }
        return StatusScreen(status: status, texts: session.texts).needsAction ? .finding : .fine
    }
}
