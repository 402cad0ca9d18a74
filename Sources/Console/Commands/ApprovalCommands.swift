// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle confirm`, `approve`, `received`, `order set`, `orders`, `iban`.
enum ApprovalCommands {
    private static let by = Option("by", .text, "Who does it; the login name where not given.")
    private static let month = Option("month", .month, isRequired: true, "The month of use.")
    private static let document = Option("document", .text, "One document of the month; all where not given.")

    static let all = [
        Command(
            "settle received",
            "Shows what this member pays for a month, who confirmed and approved, and what stops it.",
            options: [month], example: "korf settle received --month 2026-10"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let answer = try session.node.get("/v1/ontvangen/" + arguments.required("month"))
            session.show(answer) { ReceivedScreen(answer: $0, texts: session.texts).text }
            return .fine
        },
        Command(
            "settle confirm", "Confirms, as who ordered, that the service of a month was had.",
            options: [month, document, Option("line", .text, "One line by its id; all lines where not given."), by],
            example: "korf settle confirm --month 2026-10 --by \"M. de Vries\""
        ) { (arguments, session) async throws(ConsoleFailure) in
            try await act("_verklaren", arguments, session)
        },
        Command(
            "settle approve", "Approves, as controller, the payment of a month, or a numbered document to hand over.",
            operands: [Operand("NUMBER", .text, isOptional: true)],
            options: [Option("month", .month, "The month of use, for a payment."), document, by],
            example: "korf settle approve --month 2026-10 --by \"P. Bakker\"", run: approve),
        Command(
            "settle order set", "Sets the purchase order of an application, or of other lines, and a year.",
            options: [
                Option("application", .text, "The application's id."),
                .flag("other", "The lines that are about no application."),
                Option("year", .number(1970...2199), isRequired: true, "The year of the service months."),
                Option("number", .text, isRequired: true, "The own number of the order."),
                Option("amount", .text, isRequired: true, "The most that it covers, in euro without VAT."), by,
            ],
            example: "korf settle order set --application corv --year 2026 --number 45001234 --amount 5000",
            run: setOrder),
        Command(
            "settle orders", "Shows the purchase orders with what is left; exit code 1 from 80 % on.",
            options: [Option("year", .number(1970...2199), "Of one year.")], example: "korf settle orders --year 2026"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let answer = try session.node.get(Target.query("/v1/inkooporders", [("jaar", arguments["year"])]))
            return showOrders(answer, session)
        },
        Command(
            "settle iban", "Shows the accounts that are paid to; exit code 1 where a changed one is held.",
            example: "korf settle iban"
        ) { (_, session) async throws(ConsoleFailure) in
            showAccounts(try session.node.get("/v1/rekeningen"), session)
        },
        Command(
            "settle iban accept", "Accepts a changed account; it counts once a second person does the same.",
            operands: [Operand("PARTY", .text)],
            options: [Option("iban", .text, isRequired: true, "The account."), by],
            example: "korf settle iban accept 00000099000000632000 --iban NL20INGB0001234567"
        ) { (arguments, session) async throws(ConsoleFailure) in
            var body = JSONObject()
            body.set("partij", .string(arguments.required("PARTY")))
            body.set("iban", .string(arguments.required("iban")))
            if let person = arguments["by"] { body.set("door", .string(person)) }
            return showAccounts(try session.node.post("/v1/rekeningen/_aanvaarden", .object(body)), session)
        },
    ]

    private static func act(
        _ verb: String, _ arguments: Arguments, _ session: Session
    ) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        if let document = arguments["document"] { body.set("document", .string(document)) }
        let lines = arguments.all("line")
        if !lines.isEmpty { body.set("regels", .array(lines.map { .string($0) })) }
        if let person = arguments["by"] { body.set("door", .string(person)) }
        let answer = try session.node.post(
            "/v1/ontvangen/\(arguments.required("month"))/\(verb)", .object(body))
        session.show(answer) { ReceivedScreen(answer: $0, texts: session.texts).text }
        return .fine
    }

    @Sendable
    private static func approve(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        guard arguments["NUMBER"] == nil else {
            guard arguments["month"] == nil else {
                throw ConsoleFailure(.usage, "Give a NUMBER to hand over, or --month for a payment, not both.")
            }
            return try await OutboxCommands.act("_goedkeuren", arguments, session)
        }
        guard arguments["month"] != nil else {
            throw ConsoleFailure(.usage, "Give --month for a payment, or the NUMBER of a document to hand over.")
        }
        return try await act("_akkoord", arguments, session)
    }

    @Sendable
    private static func setOrder(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        guard (arguments["application"] != nil) != arguments.has("other") else {
            throw ConsoleFailure(.usage, "Give either --application or --other.")
        }
        var body = JSONObject()
        body.set("applicatie", arguments["application"].map { .string($0) } ?? .null)
        body.set("jaar", .integer(Int64(arguments.required("year")) ?? 0))
        body.set("nummer", .string(arguments.required("number")))
        body.set("bedragCent", .integer(try EuroAmount.cents(arguments.required("amount"), option: "amount")))
        if let person = arguments["by"] { body.set("door", .string(person)) }
        return showOrders(try session.node.post("/v1/inkooporders", .object(body)), session)
    }

    private static func showOrders(_ answer: JSON, _ session: Session) -> ExitCode {
        let orders = answer.list("inkooporders")
        let warns = orders.contains { $0["waarschuwing"]?.truth == true }
        session.show(answer) { _ in
            let figures = Figures(texts: session.texts)
            let lines = orders.map { order in
                let subject = order["applicatie"]?.text ?? session.texts(.orderUnknown)
                let mark = order["waarschuwing"]?.truth == true ? "! " : ""
                return PlainText.line(mark + session.texts(
                    .orderRow, subject, String(order.number("jaar") ?? 0), order.words("nummer"),
                    figures.cents(order.number("bedragCent")), figures.cents(order.number("gebruiktCent"))))
            }
            return (lines.isEmpty ? [session.texts(.ordersNone)] : lines).joined(separator: "\n") + "\n"
        }
        return warns ? .finding : .fine
    }

    private static func showAccounts(_ answer: JSON, _ session: Session) -> ExitCode {
        let accounts = answer.list("rekeningen")
        session.show(answer) { _ in
            var lines: [String] = []
            for account in accounts {
                lines.append(PlainText.line(session.texts(
                    .accountRow, account.words("naam"), account.words("partij"),
                    account["aanvaard"]?.text ?? "-", account["kaart"]?.text ?? "-")))
                lines += account.list("vastgehouden").compactMap(\.text).map { iban in
                    PlainText.line("! \(iban) " + session.texts(.accountHeld, account.words("partij"), iban))
                }
            }
            return (lines.isEmpty ? [session.texts(.accountsNone)] : lines).joined(separator: "\n") + "\n"
        }
        return accounts.contains { !$0.list("vastgehouden").isEmpty } ? .finding : .fine
    }
}
