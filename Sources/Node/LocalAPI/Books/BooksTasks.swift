// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// What the own books and the settlement of months ask of people. Spec: Protocol/local-api.md §9.
enum BooksTasks {
    /// How many months back documents are looked for that nobody confirmed or approved.
    private static let months = 3

    static func all(_ books: Books, _ engine: isolated NodeEngine) -> [WorklistTask] {
        statements(engine) + closings(engine) + performances(books, engine) + outbox(books)
            + overdue(books, engine) + accounts(books, engine)
    }

    /// Months that are over and not stated, by the third working day of the next one.
    private static func statements(_ engine: isolated NodeEngine) -> [WorklistTask] {
        let (own, today) = (engine.member.oin, engine.clock.today())
        guard let month = CivilMonth(containing: today).adding(months: -1), engine.genesis.date <= month.lastDay,
              !engine.state.statementViews().contains(where: { $0.author == own && $0.month == month }),
              engine.state.usage(in: month).contains(where: { $0.provider == own || $0.consumer == own })
        else { return [] }
        var terms = SettlementTerms()
        terms.statementWorkingDay = Int(engine.state.rules.terms.statementWorkingDay)
        let deadline = try? WorkingDays().statementDeadline(of: month, terms: terms)
        return [task(
            "vaststellen", isDue: true, deadline: deadline, cents: nil, role: "administratie",
            "Stel \(month) vast tegenover alle wederpartijen", "korf settle state --month \(month)",
            [("maand", .string(month.description))])]
    }

    /// Months of which the other party signed what this member would sign.
    private static func closings(_ engine: isolated NodeEngine) -> [WorklistTask] {
        let own = engine.member.oin
        var tasks: [WorklistTask] = []
        for month in StatedMonths.both(engine) {
            for other in engine.state.members().map(\.oin) where other != own {
                let pair = PairPeriod(engine.state, month, own: own, other: other)
                guard pair.closed == nil, let offered = pair.offered,
                      !pair.cuts.contains(where: { $0.author == own && $0.cut == offered.cut })
                else { continue }
                let name = engine.name(of: other)
                tasks.append(task(
                    "afsluiten", isDue: true, deadline: nil, cents: nil, role: "administratie",
                    "\(name) tekende \(month); teken hetzelfde", "korf settle close --month \(month) --with \(other)",
                    [("maand", .string(month.description)), ("naam", .string(name))]))
            }
        }
        return tasks
    }

    /// Received documents of which nobody confirmed the performance, or approved the payment.
    private static func performances(_ books: Books, _ engine: isolated NodeEngine) -> [WorklistTask] {
        let last = CivilMonth(containing: engine.settled.epoch.date)
        var tasks: [WorklistTask] = []
        for back in (1...months).reversed() {
            guard let month = last.adding(months: -back), engine.genesis.date <= month.lastDay,
                  let received = try? ReceivedDocuments(month, engine)
            else { continue }
            for document in received.documents {
                let performance = Performance(document, books)
                guard performance.approval == nil else { continue }
                let isConfirmed = performance.isConfirmed
                let name = document.number.description
                tasks.append(task(
                    isConfirmed ? "akkoord" : "prestatie", isDue: false, deadline: document.dueDate,
                    cents: document.gross.value, role: isConfirmed ? "controller" : "besteller",
                    isConfirmed
                        ? "Geef akkoord op de betaling aan \(document.facts.issuer.name) over \(month)"
                        : "Verklaar de prestatie van \(document.facts.issuer.name) over \(month)",
                    "korf settle \(isConfirmed ? "approve" : "confirm") --month \(month) --document \(name)",
                    [("maand", .string(month.description)), ("naam", .string(document.facts.issuer.name))]))
            }
        }
        return tasks
    }

    /// Numbered documents that wait for an approval, or for being handed over.
    private static func outbox(_ books: Books) -> [WorklistTask] {
        books.issued.compactMap { issued in
            let number = issued.document.number.description
            let facts: [(String, JSON)] = [
                ("nummer", .string(number)), ("naam", .string(issued.document.facts.receiver.name)),
            ]
            switch issued.state {
            case "gemaakt":
                return task(
                    "goedkeuren", isDue: false, deadline: issued.document.dueDate,
                    cents: issued.document.gross.value, role: "controller",
                    "Keur \(number) goed voor overhandiging", "korf settle approve \(number)", facts)
            case "goedgekeurd":
                return task(
                    "overhandigen", isDue: false, deadline: issued.document.dueDate,
                    cents: issued.document.gross.value, role: "uitschrijver",
                    "Geef \(number) aan \(issued.document.facts.receiver.name)", "korf settle hand-over \(number)",
                    facts)
            default: return nil
            }
        }
    }

    /// Open items past their last day.
    private static func overdue(_ books: Books, _ engine: isolated NodeEngine) -> [WorklistTask] {
        let today = engine.clock.today()
        guard let items = try? OwnItems(books, own: PartyID(engine.member.oin)) else { return [] }
        return items.items.unpaid.filter { $0.dueDate < today }.map { item in
            task(
                "vervallen post", isDue: true, deadline: item.dueDate, cents: item.open.value, role: "administratie",
                "\(item.number) is niet op tijd betaald",
                "korf settle payment record \(item.number) --amount \(item.open.decimal) --date \(today)",
                [("nummer", .string(item.number.description))])
        }
    }

    /// Accounts that are held.
    private static func accounts(_ books: Books, _ engine: isolated NodeEngine) -> [WorklistTask] {
        let accepted = AcceptedAccounts(books)
        return AccountAnswers.parties(engine).flatMap { party in
            accepted.account(of: party.id, card: party.iban).held.map { iban in
                task(
                    "rekening", isDue: true, deadline: nil, cents: nil, role: "controller",
                    "\(party.name) noemt een andere rekening, \(iban); twee mensen aanvaarden haar",
                    "korf settle iban accept \(party.id) --iban \(iban)",
                    [("naam", .string(party.name)), ("iban", .string(iban))])
            }
        }
    }

    private static func task(
        _ kind: String, isDue: Bool, deadline: CivilDate?, cents: Int64?, role: String, _ sentence: String,
        _ command: String, _ facts: [(String, JSON)]
    ) -> WorklistTask {
        WorklistTask(
            kind: kind, isDue: isDue, deadline: deadline, sentence: sentence, command: command,
            facts: facts + [("bedragCent", .optional(cents)), ("rol", .string(role))])
    }
}
