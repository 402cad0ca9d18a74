// SPDX-License-Identifier: EUPL-1.2
import Journal

extension StatementOfAccount {
    /// The statement as UTF-8 lines that end in LF: the same bytes on every node, the input of its digest.
    /// Spec: Protocol/settlement.md §13.
    public var canonicalText: String {
        var text = "korf-statement/v1\n"
        Self.add(["party", party.text, month.description], to: &text)
        for outcome in cells { Self.add(Self.fields(of: outcome), to: &text) }
        for line in lines { Self.add(Self.fields(of: line), to: &text) }
        for document in documents {
            for fields in Self.fields(of: document) { Self.add(fields, to: &text) }
        }
        for total in totals {
            Self.add(["total", total.leg.rawValue, "\(total.net)", "\(total.vatAmount)", "\(total.gross)"], to: &text)
        }
        Self.add(["disputed", "\(disputedPayable)", "\(disputedReceivable)"], to: &text)
        return text
    }

    private static func fields(of outcome: CellOutcome) -> [String] {
        let (key, counts) = (outcome.cell.key, outcome.cell.counts)
        return [
            "cell", key.application.text, key.provider.text, key.consumer.text, key.tariffClass.text,
            outcome.state.rawValue, optional(counts.provider), optional(counts.consumer),
            optional(outcome.billed), optional(outcome.billedAmount), optional(outcome.difference),
            optional(outcome.differenceAmount), outcome.dispute?.rawValue ?? "-",
            outcome.contentDiffers ? "content-differs" : "-", outcome.tariff?.decision.text ?? "-",
        ]
    }

    private static func fields(of line: StatementLine) -> [String] {
        [
            "line", line.id, line.leg.rawValue, line.kind.rawValue, optional(line.quantity),
            optional(line.price), "\(line.amount)", line.vat.category.rawValue, "\(line.vat.rate)",
        ]
    }

    private static func fields(of document: DocumentProposal) -> [[String]] {
        let place = [document.leg.rawValue, "\(document.number)"]
        var all = [["document"] + place + [
            document.isIssued ? "issued" : "not-issued", document.isPart ? "part" : "whole",
            "\(document.net)", "\(document.vatAmount)", "\(document.gross)",
            document.exemptionReason ?? "-",
        ]]
        for id in document.lineIDs { all.append(["holds"] + place + [id]) }
        for vat in document.vat {
            all.append(["vat"] + place + [
                vat.category.rawValue, "\(vat.rate)", "\(vat.taxable)", "\(vat.amount)",
            ])
        }
        return all
    }

    private static func optional(_ value: (some CustomStringConvertible)?) -> String {
        value.map(\.description) ?? "-"
    }

    private static func add(_ fields: [String], to text: inout String) {
        text += fields.joined(separator: " ")
        text += "\n"
    }
}
