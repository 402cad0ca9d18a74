// SPDX-License-Identifier: EUPL-1.2
import Notation
import Settlement

/// `korf settle year`, `yearend` and `quarter`: what no record tells is printed as unknown, never as 0.
enum ReportCommands {
    @Sendable
    static func year(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var budget: String?
        if let text = arguments["budget"] {
            guard let cents = try? Cents(decimal: text) else {
                throw ConsoleFailure(.usage, "--budget has to be euros such as 5000.00")
            }
            budget = String(cents.value)
        }
        let answer = try session.node.get(Target.query("/v1/jaarbladen/" + arguments.required("year"), [
            ("applicatie", arguments.required("application")), ("lid", arguments["member"]), ("begrotingCent", budget),
        ]))
        session.show(answer) { answer in
            let texts = session.texts
            let rows: [(Text, String)] = [
                (.yearBudget, "begrotingCent"), (.yearCommitted, "vastgelegdCent"),
                (.yearRealised, "gerealiseerdCent"), (.yearForecast, "prognoseCent"), (.yearRoom, "ruimteCent"),
            ]
            var table = Table([.init(""), .init("", .right)])
            for (text, name) in rows { table.add([texts(text), amount(answer, name, texts)]) }
            let title = texts(
                .yearTitle, String(answer.number("jaar") ?? 0), answer.words("applicatieNaam"),
                answer["lid"]?.words("naam") ?? "", String(answer.number("maandenVoorbij") ?? 0))
            return ([title] + table.lines().dropFirst()).joined(separator: "\n") + "\n"
        }
        return .fine
    }

    @Sendable
    static func end(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let answer = try session.node.get("/v1/jaarafsluitingen/" + arguments.required("year"))
        session.show(answer) { answer in
            let texts = session.texts
            var table = Table([
                .init(texts(.partyColumn), leastWidth: 12), .init(texts(.directionColumn), leastWidth: 8),
                .init(texts(.computedColumn), .right), .init(texts(.invoicedColumn), .right),
                .init(texts(.toInvoiceColumn), .right), .init(texts(.disputedColumn), .right),
                .init(texts(.correctedColumn), .right),
            ])
            for row in answer.list("wederpartijen") {
                let names = [
                    "berekendCent", "gefactureerdCent", "nogTeFacturerenCent", "betwistCent",
                    "correctiesEerdereJarenCent",
                ]
                table.add([row["lid"]?.words("naam") ?? "", texts.word(row.words("richting"))]
                    + names.map { amount(row, $0, texts) })
            }
            let title = texts(
                .yearEndTitle, String(answer.number("jaar") ?? 0), String(answer.number("maandenVoorbij") ?? 0))
            return ([title] + table.lines() + [texts(.yearEndUnknown)]).joined(separator: "\n") + "\n"
        }
        return .fine
    }

    @Sendable
    static func quarter(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let answer = try session.node.get("/v1/kwartaalrapporten/" + Target.segment(arguments.required("quarter")))
        session.show(answer) { answer in
            let (texts, figures) = (session.texts, Figures(texts: session.texts))
            var lines = [texts(
                .quarterTitle, answer.words("kwartaal"), String(answer.number("maandenVoorbij") ?? 0))]
            for (place, subject) in answer.list("onderwerpen").enumerated() {
                var table = Table([
                    .init("\(place + 1). " + texts.word(subject.words("onderwerp")).uppercased(), leastWidth: 30),
                    .init(texts(.quarterColumn), .right), .init(texts(.budgetColumn), .right),
                    .init(texts(.yearAgoColumn), .right),
                ])
                for row in subject.list("regels") {
                    let name = texts.word(row.words("post")) + (row["applicatieNaam"]?.text.map { " " + $0 } ?? "")
                    let isCount = row.number("aantal") != nil
                    table.add([
                        "   " + name, isCount ? figures.count(row.number("aantal")) : amount(row, "bedragCent", texts),
                        isCount ? "" : amount(row, "begrotingCent", texts),
                        isCount ? "" : amount(row, "vorigJaarCent", texts),
                    ])
                }
                lines += [""] + table.lines()
            }
            return lines.joined(separator: "\n") + "\n"
        }
        return .fine
    }

    private static func amount(_ row: JSON, _ name: String, _ texts: Texts) -> String {
        row.number(name).map { Figures(texts: texts).cents($0) } ?? texts(.unknown)
    }
}
