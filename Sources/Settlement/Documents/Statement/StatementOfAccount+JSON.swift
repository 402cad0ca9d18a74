// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

extension StatementOfAccount {
    /// The statement as a JSON file in UTF-8, two blanks a level, LF at the end: everything of the canonical text
    /// under the names of the local API. Spec: Protocol/documents.md §7.3.
    public var jsonBytes: [UInt8] { json.bytes(.pretty) + [0x0A] }

    private var json: JSON {
        Self.object([
            ("maand", .string(month.description)), ("lid", .string(party.text)),
            ("cellen", .array(cells.map(Self.cell))), ("regels", .array(lines.map(Self.line))),
            ("documenten", .array(documents.map(Self.document))),
            ("totalen", .array(totals.map { total in
                Self.object([
                    ("richting", .string(total.leg.rawValue)), ("nettoCent", .integer(total.net.value)),
                    ("btwCent", .integer(total.vatAmount.value)), ("brutoCent", .integer(total.gross.value)),
                ])
            })),
            ("betwistTeBetalenCent", .integer(disputedPayable.value)),
            ("betwistTeOntvangenCent", .integer(disputedReceivable.value)),
        ])
    }

    private static func cell(_ outcome: CellOutcome) -> JSON {
        let (key, counts) = (outcome.cell.key, outcome.cell.counts)
        return object([
            ("applicatie", .string(key.application.text)), ("aanbieder", .string(key.provider.text)),
            ("afnemer", .string(key.consumer.text)), ("klasse", .string(key.tariffClass.text)),
            ("stand", .string(outcome.state.rawValue)), ("aantalAanbieder", number(counts.provider)),
            ("aantalAfnemer", number(counts.consumer)), ("aantalBerekend", number(outcome.billed?.value)),
            ("bedragCent", number(outcome.billedAmount?.value)), ("verschil", number(outcome.difference?.value)),
            ("verschilCent", number(outcome.differenceAmount?.value)), ("reden", string(outcome.dispute?.rawValue)),
            ("inhoudVerschilt", .boolean(outcome.contentDiffers)), ("tarief", string(outcome.tariff?.decision.text)),
        ])
    }

    private static func line(_ line: StatementLine) -> JSON {
        object([
            ("id", .string(line.id)), ("richting", .string(line.leg.rawValue)), ("soort", .string(line.kind.rawValue)),
            ("aantal", number(line.quantity?.value)), ("prijsMicroEuro", number(line.price?.value)),
            ("bedragCent", .integer(line.amount.value)), ("btwCategorie", .string(line.vat.category.rawValue)),
            ("btwBasispunten", .integer(line.vat.rate.value)),
        ])
    }

    private static func document(_ document: DocumentProposal) -> JSON {
        object([
            ("richting", .string(document.leg.rawValue)), ("nummer", .integer(Int64(document.number))),
            ("wordtUitgegeven", .boolean(document.isIssued)), ("deelfactuur", .boolean(document.isPart)),
            ("nettoCent", .integer(document.net.value)), ("btwCent", .integer(document.vatAmount.value)),
            ("brutoCent", .integer(document.gross.value)), ("vrijstelling", string(document.exemptionReason)),
            ("regels", .array(document.lineIDs.map { .string($0) })),
            ("btw", .array(document.vat.map { vat in
                object([
                    ("categorie", .string(vat.category.rawValue)), ("basispunten", .integer(vat.rate.value)),
                    ("grondslagCent", .integer(vat.taxable.value)), ("btwCent", .integer(vat.amount.value)),
                ])
            })),
        ])
    }

    private static func object(_ members: [(String, JSON)]) -> JSON {
        .object(JSONObject(members.map { .init($0.0, $0.1) }))
    }

    private static func number(_ value: Int64?) -> JSON { value.map(JSON.integer) ?? .null }
    private static func string(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
}
