// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Synchronization
import Transport

/// A node that answers from fixtures, and remembers what it was asked.
final class FixtureNode: NodeCalling {
    struct Call: Equatable {
        let method: HTTPMethod
        let target: String
        let mediaType: String?
        let body: [UInt8]
    }

    private let answers: [String: (status: Int, body: String)]
    private let asked = Mutex<[Call]>([])

    /// Answers by target; any other target is answered as no node would: not at all.
    init(_ answers: [String: (status: Int, body: String)]) { self.answers = answers }

    var calls: [Call] { asked.withLock { $0 } }

    func call(
        _ method: HTTPMethod, _ target: String, mediaType: String?, body: [UInt8], accept: String
    ) throws(ConsoleFailure) -> HTTPResponse {
        asked.withLock { $0.append(Call(method: method, target: target, mediaType: mediaType, body: body)) }
        guard let answer = answers[target] else { throw ConsoleFailure(.unreachable, "No node answers.") }
        return HTTPResponse(status: answer.status, contentType: "application/json", body: Array(answer.body.utf8))
    }
}

/// Keeps what was written.
final class CapturedTerminal: Terminal {
    private let state = Mutex((written: "", complained: ""))
    /// What a person types, a line each; nobody sits there without any.
    private let typed: Mutex<[String]>

    init(typing lines: [String] = []) { typed = Mutex(lines) }

    var isAttended: Bool { typed.withLock { !$0.isEmpty } }

    func ask(_ question: String) -> String? {
        complain(question)
        return typed.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    var written: String { state.withLock { $0.written } }
    var complained: String { state.withLock { $0.complained } }

    func write(_ text: String) { state.withLock { $0.written += PlainText.lines(text) } }
    func complain(_ text: String) { state.withLock { $0.complained += PlainText.lines(text) + "\n" } }
    func progress(_ text: String) {}
    func clear() {}
}

/// Runs one command line against a fixture.
func korf(
    _ words: [String], _ node: FixtureNode = FixtureNode([:]), language: String = "nl", typing lines: [String] = []
) async -> (code: ExitCode, out: String, err: String) {
    let terminal = CapturedTerminal(typing: lines)
    let code = await Console.run(words, environment: ["KORF_LANGUAGE": language], terminal: terminal, node: node)
    return (code, terminal.written, terminal.complained)
}
