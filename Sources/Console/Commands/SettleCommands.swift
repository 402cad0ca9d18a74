// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle`.
enum SettleCommands {
    private static let month = Option("month", .month, isRequired: true, "The month of use.")
    private static let member = Option("member", .oin, "Another member's statement; the own one where not given.")

    static let all = [
        Command(
            "settle preview", "Shows the statement of a month that may still grow.", options: [month, member],
            example: "korf settle preview --month 2026-11"
        ) { (arguments, session) async throws(ConsoleFailure) in
            try await statement(arguments, session, isPreview: true)
        },
        Command(
            "settle state", "States a closed month towards every counterparty, zeros included.",
            options: [month, Option("reason", .text, "Why, where the month was stated before.")],
            example: "korf settle state --month 2026-10", run: state),
        Command(
            "settle statement", "Shows who owes what for a month, marked provisional.",
            options: [
                month, member, .flag("canonical", "Prints the canonical text alone, the same bytes on every node."),
            ],
            example: "korf settle statement --month 2026-10 --member 00000099000000632000"
        ) { (arguments, session) async throws(ConsoleFailure) in
            try await statement(arguments, session, isPreview: false)
        },
        Command(
            "settle compare", "Compares what both sides counted; exit code 1 where a cell needs attention.",
            options: [
                month,
                Option("with", .oin, "Compares with this member down to the transactions."),
                .flag("narrow", "The same with every member with whom anything was counted."),
                Option("basis", .choice(["stated", "held"]), "Of --with: what both stated, or what both hold now."),
            ],
            example: "korf settle compare --month 2026-10 --with 00000099000000632000"
        ) { (arguments, session) async throws(ConsoleFailure) in
            if arguments["with"] != nil || arguments.has("narrow") { return try narrow(arguments, session) }
            let answer = try session.node.get("/v1/vergelijkingen/" + arguments.required("month"))
            session.show(answer) { CompareScreen(comparison: $0, texts: session.texts).text }
            return CompareScreen(comparison: answer, texts: session.texts).hasFinding ? .finding : .fine
        },
        CalculateCommand.command,
    ] + PeriodCommands.all

    private static func statement(
        _ arguments: Arguments, _ session: Session, isPreview: Bool
    ) async throws(ConsoleFailure) -> ExitCode {
        let target = Target.query(
            "/v1/overzichten/" + arguments.required("month"), [("lid", arguments["member"])])
        let answer = try session.node.get(target)
        if arguments.has("canonical") {
            session.terminal.write(answer.words("canoniekeTekst"))
            return .fine
        }
        session.show(answer) { StatementScreen(statement: $0, texts: session.texts, isPreview: isPreview).text }
        return .fine
    }

    private static func narrow(_ arguments: Arguments, _ session: Session) throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        if let with = arguments["with"] { body.set("wederpartij", .string(with)) }
        if let basis = arguments["basis"] {
            body.set("grondslag", .string(basis == "stated" ? "vastgesteld" : "aanwezig"))
        }
        let answer = try session.node.post(
            "/v1/vergelijkingen/" + arguments.required("month") + "/_verschillen", .object(body))
        session.show(answer) { DifferenceScreen(answer: $0, texts: session.texts).text }
        return DifferenceScreen(answer: answer, texts: session.texts).hasFinding ? .finding : .fine
    }

    @Sendable
    private static func state(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        body.set("maand", .string(arguments.required("month")))
        if let reason = arguments["reason"] { body.set("reden", .string(reason)) }
        let answer = try session.node.post("/v1/overzichten/_vaststellen", .object(body))
        session.show(answer) { answer in
            let (texts, figures) = (session.texts, Figures(texts: session.texts))
            let stated = answer.list("vastgesteld")
            let month = figures.month(answer.words("maand")).uppercasedFirst
            let rows = stated.map { row in
                texts(
                    .statedRow, row["wederpartij"]?.words("naam") ?? "", figures.count(row.number("cellen")),
                    figures.count(row.number("meldingen")), row.words("regel"))
            }
            return ([texts(.stated, month, String(stated.count))] + rows).joined(separator: "\n") + "\n"
        }
        return .fine
    }
}

/// `korf explain`.
enum ExplainCommand {
    static let command = Command(
        "explain", "Shows where an amount of a statement comes from: inputs, rule version, signatures.",
        operands: [Operand("ID")], example: "korf explain C-2026-10/00000099000000632000"
    ) { (arguments, session) async throws(ConsoleFailure) in
        let answer = try session.node.get("/v1/uitleg/" + Target.segment(arguments.required("ID")))
        session.show(answer) { ExplainScreen(explanation: $0, texts: session.texts).text }
        return .fine
    }
}
