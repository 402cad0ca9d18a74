// SPDX-License-Identifier: EUPL-1.2
import Node
import Notation

/// `korf settle outbox`, `hand-over` and `reject`.
enum OutboxCommands {
    private static let by = Option("by", .text, "Who does it; the login name where not given.")
    private static let number = Operand("NUMBER", .text)

    static let all = [
        Command(
            "settle outbox", "Shows the numbered documents, who made, approved and handed them over, and the series.",
            options: [Option("out", .path, "Writes the files of documents that were approved to this folder.")],
            example: "korf settle outbox", run: outbox),
        Command(
            "settle hand-over", "Notes that an approved document was given to its receiver.", operands: [number],
            options: [by], example: "korf settle hand-over EHV1-000042"
        ) { (arguments, session) async throws(ConsoleFailure) in
            try await act("_overhandigen", arguments, session)
        },
        Command(
            "settle reject", "Rejects a document that was not handed over; its number stays taken.",
            operands: [number], options: [Option("reason", .text, isRequired: true, "Why."), by],
            example: "korf settle reject EHV1-000042 --reason \"wrong receiver\""
        ) { (arguments, session) async throws(ConsoleFailure) in
            try await act("_afwijzen", arguments, session)
        },
    ]

    /// Does something to a numbered document and shows it.
    static func act(
        _ verb: String, _ arguments: Arguments, _ session: Session
    ) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        if let reason = arguments["reason"] { body.set("reden", .string(reason)) }
        if let person = arguments["by"] { body.set("door", .string(person)) }
        let target = "/v1/documenten/\(Target.segment(arguments.required("NUMBER")))/" + verb
        let answer = try session.node.post(target, .object(body))
        session.show(answer) { OutboxScreen.document($0, session.texts).joined(separator: "\n") + "\n" }
        return .fine
    }

    @Sendable
    private static func outbox(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let answer = try session.node.get("/v1/documenten")
        if let out = arguments["out"] {
            let folder = Files.absolute(out)
            try DocumentCommands.onFile { () throws(FileFailure) in try PlainFile.makeFolder(folder) }
            for document in answer.list("documenten") where document.words("stand") == "goedgekeurd" {
                let number = document.words("nummer")
                let whole = try session.node.get("/v1/documenten/" + Target.segment(number))
                guard let file = whole["bestand"]?.text else { continue }
                try DocumentCommands.write(file, to: "\(folder)/\(number).xml")
            }
        }
        session.show(answer) { OutboxScreen(answer: $0, texts: session.texts).text }
        return .fine
    }
}
