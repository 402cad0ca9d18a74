// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Settlement

/// `korf settle simulate`, `offer` and `bundle`.
enum ForecastCommands {
    private static let from = Option("from", .date, isRequired: true, "The first day of the change.")
    private static let inhabitants = Option("inhabitants", .number(1...20_000_000), "Of who would become a member.")

    static let all = [
        Command(
            "settle simulate", "Shows what a change would cost or save, per line, before anybody decides.",
            operands: [Operand("WHAT", .choice(["join", "leave", "scale", "admit"]))],
            options: [
                from,
                Option("member", .text, "Whom it is about: an OIN, of admit also a name; else the own one."),
                Option("application", .text, "The application that is joined, left or scaled."),
                Option(
                    "use", .assignment, isRepeated: true,
                    "Expected uses a month, PROVIDER/CLASS=N or PROVIDER=N; of join and admit."),
                Option("weight", .number(0...1_000_000_000), "In the key of its cost; inhabitants where not given."),
                Option("times", .text, "Of scale: how much more or less is used, such as 3/2 or 2."),
                inhabitants,
                Option("months", .number(1...24), "How many months are looked at; 12 where not given."),
                Option("cost", .text, "What the application costs in these months, for the price of one use, in euro."),
            ],
            example: "korf settle simulate join --application corv --from 2027-01-01 "
                + "--use 00000099000000632000/bericht=200",
            run: simulate),
        Command(
            "settle offer", "Writes the offer to who would join: fee, contribution, buy-in, expected use.",
            operands: [Operand("WHO")],
            options: [
                from, Option("inhabitants", .number(1...20_000_000), isRequired: true, "Its inhabitants."),
                Option("name", .text, "Its name, where WHO is an OIN."),
                Option("application", .text, isRepeated: true, "An application that it would use."),
                Option(
                    "use", .assignment, isRepeated: true,
                    "Expected uses a month, APPLICATION/PROVIDER/CLASS=N or APPLICATION/PROVIDER=N."),
            ],
            example: "korf settle offer Helmond --inhabitants 90515 --from 2027-01-01 --application corv", run: offer),
        Command(
            "settle bundle", "Writes the year's statements, documents and logs for an accountant, verifiable offline.",
            options: [
                Option("year", .number(1970...2199), isRequired: true, "The calendar year."),
                Option("out", .path, isRequired: true, "The folder to make; missing or empty."),
            ],
            example: "korf settle bundle --year 2026 --out /tmp/jaarbundel-2026", run: bundle),
        Command(
            "settle year", "Shows what an application costs in a year: budget, committed, realised, forecast.",
            options: [
                Option("application", .text, isRequired: true, "The application's id."),
                Option("year", .number(1970...2199), isRequired: true, "The calendar year."),
                Option("member", .oin, "Another member; the own one where not given."),
                Option("budget", .text, "What is budgeted, in euro, such as 5000.00."),
            ],
            example: "korf settle year --application corv --year 2026 --budget 5000.00", run: ReportCommands.year),
        Command(
            "settle yearend", "Shows a year with every counterparty: invoiced, still to invoice, disputed.",
            options: [Option("year", .number(1970...2199), isRequired: true, "The calendar year.")],
            example: "korf settle yearend --year 2026", run: ReportCommands.end),
        Command(
            "settle quarter", "Shows the quarterly report in its six subjects; what is not known says so.",
            options: [Option("quarter", .text, isRequired: true, "Year and quarter, such as 2026-Q3.")],
            example: "korf settle quarter --quarter 2026-Q3", run: ReportCommands.quarter),
    ]

    @Sendable
    private static func bundle(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let answer = try session.node.post("/v1/_jaarbundel", [
            "map": .string(Files.absolute(arguments.required("out"))),
            "jaar": .integer(Int64(arguments.number("year") ?? 0)),
        ])
        session.show(answer) { answer in
            let figures = Figures(texts: session.texts)
            return [
                session.texts(
                    .bundleDone, answer.words("map"), figures.count(answer.number("bestanden")),
                    figures.count(answer.number("overzichten")), String(answer.number("tijdperk") ?? 0),
                    figures.day(answer.words("tijdperkDatum"))),
                session.texts(.bundleDigest, answer.words("digest")),
                session.texts(.bundleVerify, answer.words("map")),
            ].joined(separator: "\n") + "\n"
        }
        return .fine
    }

    private static let kinds = [
        "join": "deelname", "leave": "einde deelname", "scale": "schaal", "admit": "toelating",
    ]

    @Sendable
    private static func simulate(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        body.set("soort", .string(kinds[arguments.required("WHAT")] ?? ""))
        body.set("vanafDatum", .string(arguments.required("from")))
        for (option, name) in [("member", "lid"), ("application", "applicatie")] {
            if let value = arguments[option] { body.set(name, .string(value)) }
        }
        for (option, name) in [("weight", "gewicht"), ("inhabitants", "inwoners"), ("months", "maanden")] {
            if let number = arguments.number(option) { body.set(name, .integer(Int64(number))) }
        }
        if let times = arguments["times"] {
            let parts = times.split(separator: "/", omittingEmptySubsequences: false).map { Int64($0) }
            guard let first = parts.first, let numerator = first, parts.count <= 2,
                  let denominator = parts.count == 2 ? parts[1] : 1
            else { throw ConsoleFailure(.usage, "--times has to be a number or a fraction, such as 2 or 3/2") }
            body.set("teller", .integer(numerator))
            body.set("noemer", .integer(denominator))
        }
        if let text = arguments["cost"] {
            guard let cost = try? Cents(decimal: text) else {
                throw ConsoleFailure(.usage, "--cost has to be euros such as 25000.00")
            }
            body.set("kostenCent", .integer(cost.value))
        }
        let uses = try arguments.all("use").map { text throws(ConsoleFailure) in
            try use(text, parts: 1)
        }
        if !uses.isEmpty { body.set("gebruik", .array(uses.map(\.use))) }
        let answer = try session.node.post("/v1/prognoses/_doorrekenen", .object(body))
        session.show(answer) { SimulationScreen(answer: $0, texts: session.texts).text }
        return .fine
    }

    @Sendable
    private static func offer(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var body = JSONObject()
        body.set("lid", .string(arguments.required("WHO")))
        if let name = arguments["name"] { body.set("naam", .string(name)) }
        body.set("vanafDatum", .string(arguments.required("from")))
        body.set("inwoners", .integer(Int64(arguments.number("inhabitants") ?? 0)))
        let uses = try arguments.all("use").map { text throws(ConsoleFailure) in
            try use(text, parts: 2)
        }
        var names = arguments.all("application")
        for use in uses where !names.contains(use.application) { names.append(use.application) }
        if !names.isEmpty {
            body.set("applicaties", .array(names.map { name in
                ["applicatie": .string(name), "gebruik": .array(uses.filter { $0.application == name }.map(\.use))]
            }))
        }
        let answer = try session.node.post("/v1/prognoses/_aanbieden", .object(body))
        session.show(answer) { OfferScreen(answer: $0, texts: session.texts).text }
        return .fine
    }

    /// `[APPLICATION/]PROVIDER[/CLASS]=N`; before the provider stand so many words less one.
    private static func use(
        _ text: String, parts: Int
    ) throws(ConsoleFailure) -> (application: String, use: JSON) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        let words = (sides.first ?? "").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, let count = Int64(sides[1]), count >= 0, (parts...parts + 1).contains(words.count),
              words.allSatisfy({ !$0.isEmpty })
        else {
            let form = parts == 1 ? "PROVIDER/CLASS=N" : "APPLICATION/PROVIDER/CLASS=N"
            throw ConsoleFailure(.usage, "--use \(text): has to be \(form), N a whole number from 0")
        }
        var use = JSONObject()
        use.set("aanbieder", .string(words[parts - 1]))
        if words.count > parts { use.set("klasse", .string(words[parts])) }
        use.set("aantal", .integer(count))
        return (parts == 2 ? words[0] : "", .object(use))
    }
}
