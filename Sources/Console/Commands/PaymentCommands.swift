// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle payment record|import`, `opening`, `items`, `offset`, `treasurer`.
enum PaymentCommands {
    private static let by = Option("by", .text, "Who does it; the login name where not given.")
    private static let amount = Option(
        "amount", .text, isRequired: true, "Euro, such as 1250.40; below 0 for a credit.")

    static let all = [
        Command(
            "settle payment record", "Records a whole or part payment of a document.",
            operands: [Operand("NUMBER", .text)],
            options: [amount, Option("date", .date, isRequired: true, "The day on the bank statement."), by],
            example: "korf settle payment record EHV1-000042 --amount 121.00 --date 2026-11-20", run: record),
        Command(
            "settle payment import",
            "Records what a bank statement (CAMT.053) pays; exit code 1 where an entry fits nothing.",
            operands: [Operand("FILE", .path)], options: [by], example: "korf settle payment import afschrift.xml",
            run: importFile),
        Command(
            "settle opening", "Notes an open balance from before the network.", operands: [Operand("NUMBER", .text)],
            options: [
                Option("member", .oin, isRequired: true, "The member; the other party is the cooperative."),
                Option("leg", .choice(["member-pays", "cooperative-pays"]), isRequired: true, "Who pays."),
                Option("due", .date, isRequired: true, "The last day to pay."), amount, by,
            ],
            example: "korf settle opening OUD-000007 --member 00000099000000632000 --leg member-pays "
                + "--due 2026-10-01 --amount 500", run: opening),
        Command(
            "settle items", "Shows what is open, with its age.", example: "korf settle items"
        ) { (_, session) async throws(ConsoleFailure) in
            let answer = try session.node.get("/v1/openstaand")
            session.show(answer) { PaymentScreen(answer: $0, texts: session.texts).items }
            return .fine
        },
        Command(
            "settle offset", "Shows one payment a member in place of all due documents, where a decision turned it on.",
            example: "korf settle offset"
        ) { (_, session) async throws(ConsoleFailure) in
            let answer = try session.node.get("/v1/verrekening")
            session.show(answer) { PaymentScreen(answer: $0, texts: session.texts).offset }
            return .fine
        },
        Command(
            "settle treasurer", "Shows liquidity, next numbers, totals for the VAT return, turnover of non-members.",
            options: [
                Option("from", .month, "First month of the VAT return; this quarter's where not given."),
                Option("to", .month, "Its last month."),
                Option("balance", .text, "The bank balance now, in euro; without it liquidity is unknown."),
            ],
            example: "korf settle treasurer --from 2026-10 --to 2026-12 --balance 12500", run: treasurer),
    ]

    @Sendable
    private static func record(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        body.set("nummer", .string(arguments.required("NUMBER")))
        body.set("datum", .string(arguments.required("date")))
        body.set("bedragCent", .integer(try EuroAmount.cents(arguments.required("amount"), option: "amount")))
        if let person = arguments["by"] { body.set("door", .string(person)) }
        let answer = try session.node.post("/v1/betalingen", .object(body))
        session.show(answer) { PaymentScreen(answer: $0, texts: session.texts).item($0) + "\n" }
        return .fine
    }

    @Sendable
    private static func importFile(
        _ arguments: Arguments, _ session: Session
    ) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        let bytes = try Files.read(arguments.required("FILE"))
        body.set("bestand", .string(String(decoding: bytes, as: UTF8.self)))
        if let person = arguments["by"] { body.set("door", .string(person)) }
        let answer = try session.node.post("/v1/betalingen/_importeren", .object(body))
        session.show(answer) { PaymentScreen(answer: $0, texts: session.texts).imported }
        return answer.list("overgeslagen").isEmpty ? .fine : .finding
    }

    @Sendable
    private static func opening(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        body.set("nummer", .string(arguments.required("NUMBER")))
        body.set("lid", .string(arguments.required("member")))
        let isMember = arguments.required("leg") == "member-pays"
        body.set("richting", .string(isMember ? "lid betaalt" : "coöperatie betaalt"))
        body.set("vervalDatum", .string(arguments.required("due")))
        body.set("bedragCent", .integer(try EuroAmount.cents(arguments.required("amount"), option: "amount")))
        if let person = arguments["by"] { body.set("door", .string(person)) }
        let answer = try session.node.post("/v1/beginsaldi", .object(body))
        session.show(answer) { PaymentScreen(answer: $0, texts: session.texts).item($0) + "\n" }
        return .fine
    }

    @Sendable
    private static func treasurer(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var balance: String?
        if let text = arguments["balance"] { balance = String(try EuroAmount.cents(text, option: "balance")) }
        let answer = try session.node.get(Target.query("/v1/penningmeester", [
            ("vanaf", arguments["from"]), ("totEnMet", arguments["to"]), ("saldoCent", balance),
        ]))
        session.show(answer) { PaymentScreen(answer: $0, texts: session.texts).treasurer }
        return .fine
    }
}

/// Amounts of the command line.
enum EuroAmount {
    /// Whole cents of `1250`, `1250.4`, `-1250,40`. Refuses anything else, naming the option.
    static func cents(_ text: String, option: String) throws(ConsoleFailure) -> Int64 {
        let isNegative = text.hasPrefix("-")
        let plain = text.dropFirst(isNegative ? 1 : 0)
        let parts = plain.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(parts.count), let euros = digits(parts[0], 1...15),
              let cents = parts.count == 2 ? digits(parts[1], 1...2) : 0
        else {
            throw ConsoleFailure(.usage, "--\(option) has to be an amount in euro such as 1250.40, not '\(text)'.")
        }
        let scaled = parts.count == 2 && parts[1].count == 1 ? cents * 10 : cents
        return (isNegative ? -1 : 1) * (euros * 100 + scaled)
    }

    private static func digits(_ text: Substring, _ count: ClosedRange<Int>) -> Int64? {
        guard count.contains(text.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
