// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What stands on a statement for people, in order. Spec: Protocol/documents.md §7.4.
struct SheetComposition {
    let sheet: StatementSheet
    let words: SheetWords

    private var statement: StatementOfAccount { sheet.statement }
    private var party: PartyID { statement.party }

    var blocks: [SheetBlock] {
        [.title(words.title(statement.month)), .paragraph(words.parties(sheet.name(party), sheet.cooperative))]
            + (sheet.isProvisional ? [.warning(words.provisional)] : [])
            + usage + others + totals(.memberPays, words.toPay) + disputes + payout + [.facts(facts)]
    }

    private var usage: [SheetBlock] {
        let cells = statement.cells.filter { $0.cell.key.consumer == party }
        guard !cells.isEmpty else { return [.paragraph(words.nothing)] }
        let columns: [SheetBlock.Column] = [
            .init(words.application), .init(words.ours, isNumber: true), .init(words.provider, isNumber: true),
            .init(words.billed, isNumber: true), .init(words.tariff, isNumber: true),
            .init(words.amount, isNumber: true), .init(words.status), .init(words.vatLabel),
        ]
        return [.table(columns, rows: cells.map(row))]
    }

    private func row(_ outcome: CellOutcome) -> [String] {
        let (key, counts) = (outcome.cell.key, outcome.cell.counts)
        let count = { (value: Int64?) in value.map { words.count($0) } ?? words.unknown }
        let prices = outcome.tariff?.prices.tiers.map(\.price) ?? []
        let billed = outcome.billed != nil
        return [
            "\(sheet.name(key.application)), \(key.tariffClass)", count(counts.consumer), count(counts.provider),
            outcome.billed.map { words.count($0.value) } ?? "-",
            prices.isEmpty || !billed ? "-" : prices.map { words.price($0) }.joined(separator: "; "),
            outcome.billedAmount.map { words.money($0) } ?? "-", words.state(outcome),
            words.label(sheet.vatLabels[key.application]),
        ]
    }

    private var others: [SheetBlock] {
        let lines = statement.lines.filter { $0.leg == .memberPays && $0.kind != .transactionFee }
        guard !lines.isEmpty else { return [] }
        return [
            .heading(words.otherLines),
            .table([.init(words.line), .init(words.amount, isNumber: true)], rows: lines.map { line in
                [words.name(line, sheet.name(line.application)), words.money(line.amount)]
            }),
        ]
    }

    private func totals(_ leg: Leg, _ last: String) -> [SheetBlock] {
        let total = statement.total(leg)
        var facts: [SheetBlock.Fact] = [.init(words.net, words.money(total.net))]
        for document in statement.documents where document.leg == leg {
            for vat in document.vat {
                let rate = vat.category == .standard ? " \(words.percent(vat.rate))" : " \(vat.category.rawValue)"
                facts.append(.init(words.vat + rate, words.money(vat.amount)))
            }
        }
        return [.facts(facts + [.init(last, words.money(total.gross))])]
    }

    private var disputes: [SheetBlock] {
        let disputed = statement.cells.filter { $0.state == .differs && $0.cell.key.consumer == party }
        guard !disputed.isEmpty else { return [] }
        let lines: [SheetBlock] = disputed.map { outcome in
            let difference = outcome.difference.map { words.count($0.value) } ?? words.unknown
            let amount = outcome.differenceAmount.map { words.money($0) } ?? words.unknown
            return .warning(words.disputed(sheet.name(outcome.cell.key.application), difference, amount))
        }
        return lines + [.paragraph(words.respond(sheet.respondBy.map { words.day($0) } ?? words.unknown))]
    }

    private var payout: [SheetBlock] {
        let lines = statement.lines.filter { $0.leg == .cooperativePays }
        guard !lines.isEmpty else { return [] }
        let columns: [SheetBlock.Column] = [
            .init(words.line), .init(words.consumer), .init(words.billed, isNumber: true),
            .init(words.tariff, isNumber: true), .init(words.amount, isNumber: true),
        ]
        let rows = lines.map { line in
            [
                words.name(line, sheet.name(line.application)), line.cell.map { sheet.name($0.consumer) } ?? "-",
                line.quantity.map { words.count($0.value) } ?? "-", line.price.map { words.price($0) } ?? "-",
                words.money(line.amount),
            ]
        }
        return [.heading(words.payout(sheet.name(party))), .table(columns, rows: rows)]
            + totals(.cooperativePays, words.toReceive)
    }

    private var facts: [SheetBlock.Fact] {
        let net = statement.total(.memberPays).net
        let change = sheet.previousNet.flatMap { try? net.subtracting($0) }.map { words.money($0) }
        let origins = Set(statement.cells.compactMap { $0.tariff?.decision }).sorted().map(\.text)
        return [
            .init(words.order, sheet.order.map(words.balance) ?? words.unknown),
            .init(words.change, change ?? words.unknown),
            .init(words.confirmation, words.act(sheet.confirmation)),
            .init(words.approval, words.act(sheet.approval)),
        ] + (sheet.completeness.isEmpty ? [words.unknown] : sheet.completeness).map { .init(words.completeness, $0) }
            + (origins.isEmpty ? [] : [.init(words.decisions, origins.joined(separator: ", "))])
            + [.init(words.digest, sheet.digest.description)]
    }
}
