// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle periods`, `dispute`, `accept`, `withdraw`, `escalate`, `confirm-count`, `close`.
enum PeriodCommands {
    private static let month = Option("month", .month, isRequired: true, "The month of use.")
    private static let with = Option("with", .oin, isRequired: true, "The other party.")
    private static let cell = [
        month, with,
        Option("application", .text, isRequired: true, "The application's id."),
        Option("class", .text, isRequired: true, "The tariff class."),
        Option(
            "side", .choice(["aanbieder", "afnemer"]),
            "The own side, where both provide each other the application."),
        Option("reason", .text, "Why; travels to the members beside the log."),
    ]
    private static let quantity = Option("quantity", .number(0...Int.max), "The quantity that is right.")
    private static let example = "--month 2026-10 --with 00000099000000632000 --application corv --class bericht"

    static let all = [
        Command(
            "settle periods", "Shows how far a month is with every other party, and who said what of which cell.",
            options: [month], example: "korf settle periods --month 2026-10"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let answer = try session.node.get("/v1/maanden/" + arguments.required("month"))
            session.show(answer) { PeriodScreen(answer: $0, texts: session.texts).text }
            return .fine
        },
        stance("dispute", "betwist", "Disputes a cell, whatever the comparison says of it.", takesQuantity: true),
        stance("accept", "akkoord", "Accepts what the other counted, or a quantity that it disputes with.",
               takesQuantity: true),
        stance("withdraw", "ingetrokken", "Takes back what was said of a cell."),
        stance("escalate", "voorgelegd", "Hands a cell to the deciding organ."),
        stance("confirm-count", "bevestigd", "Confirms, as consumer, the provider's count of a cell.",
               takesQuantity: true),
        Command(
            "settle close", "Signs what counts of a month with one party; both sign the same, and an epoch closes it.",
            options: [month, with], example: "korf settle close --month 2026-10 --with 00000099000000632000",
            run: close),
    ]

    private static func stance(
        _ verb: String, _ word: String, _ summary: String, takesQuantity: Bool = false
    ) -> Command {
        Command(
            "settle " + verb, summary, options: takesQuantity ? cell + [quantity] : cell,
            example: "korf settle \(verb) \(example)"
        ) { (arguments, session) async throws(ConsoleFailure) in
            var body = JSONObject()
            body.set("woord", .string(word))
            for (option, name) in [
                ("with", "wederpartij"), ("application", "applicatie"), ("class", "klasse"), ("side", "zijde"),
                ("reason", "reden"),
            ] {
                if let value = arguments[option] { body.set(name, .string(value)) }
            }
            if let number = arguments["quantity"].flatMap({ Int64($0) }) { body.set("aantal", .integer(number)) }
            let answer = try post("/v1/maanden/\(arguments.required("month"))/standpunten", .object(body), session)
            session.show(answer) { PeriodScreen.stance($0, session.texts) }
            return .fine
        }
    }

    /// Sends it; a refusal is told in the words of the options.
    private static func post(_ path: String, _ body: JSON, _ session: Session) throws(ConsoleFailure) -> JSON {
        do throws(ConsoleFailure) { return try session.node.post(path, body) } catch {
            throw WrittenPlaces([
                "maand": "--month", "wederpartij": "--with", "applicatie": "--application", "klasse": "--class",
                "zijde": "--side", "reden": "--reason", "aantal": "--quantity",
            ]).told(error)
        }
    }

    @Sendable
    private static func close(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        body.set("wederpartij", .string(arguments.required("with")))
        let answer = try post("/v1/maanden/\(arguments.required("month"))/_afsluiten", .object(body), session)
        session.show(answer) { PeriodScreen.closing($0, session.texts) }
        return .fine
    }
}
