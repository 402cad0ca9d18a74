// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement

/// A statement of account as JSON, with its canonical text. Spec: Protocol/local-api.md §7.
struct StatementDocument {
    let json: JSON

    init(_ statement: StatementOfAccount, _ input: SettlementInput, _ engine: isolated NodeEngine, _ api: LocalAPI) {
        let text = statement.canonicalText
        let deadline = try? WorkingDays().disputeDeadline(statedOn: engine.settled.epoch.date, terms: input.terms)
        let decisions = Set(statement.cells.compactMap { $0.tariff?.decision.text }).sorted()
        let stated = SettlingAnswers.stated(engine, statement.month)
        json = [
            "maand": .string(statement.month.description), "voorlopig": true,
            "lid": ["oin": .string(statement.party.text), "naam": .string(CellDocument.name(statement.party, api))],
            "cooperatie": .string(engine.genesis.cooperative.name),
            "cellen": .array(CellDocument.shown(statement.cells, engine).map { CellDocument.json($0, api) }),
            "regels": .array(statement.lines.map { Self.line($0) }),
            "documenten": .array(statement.documents.map(Self.document)),
            "totalen": .array(statement.totals.map { total in
                [
                    "richting": .string(Self.word(total.leg)), "nettoCent": .integer(total.net.value),
                    "btwCent": .integer(total.vatAmount.value), "brutoCent": .integer(total.gross.value),
                ]
            }),
            "betwistTeBetalenCent": .integer(statement.disputedPayable.value),
            "betwistTeOntvangenCent": .integer(statement.disputedReceivable.value),
            "reactietermijnDatum": .optional(deadline?.description),
            "vastgesteldDoor": .array(stated.map { api.party($0) }),
            "afgesloten": SettlingAnswers.closed(engine, statement.month),
            "tarieven": .array(decisions.map { .string($0) }),
            "canoniekeTekst": .string(text),
            "digest": .string(engine.suite.hash(Array(text.utf8)).description),
            "volledigheid": Completeness(engine).json,
        ]
    }

    static func word(_ leg: Leg) -> String {
        switch leg { case .memberPays: "lid betaalt"; case .cooperativePays: "coöperatie betaalt" }
    }

    static func word(_ kind: LineKind) -> String {
        switch kind {
        case .transactionFee: "verbruik"
        case .funding: "bekostiging"
        case .contribution: "contributie"
        case .developmentShare: "ontwikkelkosten"
        case .contributionCorrection: "correctie contributie"
        case .entranceFee: "entreegeld"
        case .exitCharge: "uittreedsom"
        case .fixedSplit: "vaste verdeling"
        case .decided: "besluit"
        case .advance: "voorschot"
        case .advanceSettlement: "verrekend voorschot"
        }
    }

    static func line(_ line: StatementLine) -> JSON {
        [
            "id": .string(line.id), "richting": .string(word(line.leg)), "soort": .string(word(line.kind)),
            "applicatie": .optional(line.application?.text), "aanbieder": .optional(line.cell?.provider.text),
            "afnemer": .optional(line.cell?.consumer.text), "klasse": .optional(line.cell?.tariffClass.text),
            "aantal": .optional(line.quantity?.value), "prijsMicroEuro": .optional(line.price?.value),
            "bedragCent": .integer(line.amount.value), "btwCategorie": .string(line.vat.category.rawValue),
            "btwBasispunten": .integer(line.vat.rate.value), "vrijstelling": .optional(line.vat.exemptionReason),
        ]
    }

    private static func document(_ document: DocumentProposal) -> JSON {
        [
            "richting": .string(word(document.leg)), "nummer": .count(document.number),
            "soort": document.isCreditNote ? "creditnota" : "factuur", "deelfactuur": .boolean(document.isPart),
            "wordtUitgegeven": .boolean(document.isIssued), "regels": .array(document.lineIDs.map { .string($0) }),
            "btw": .array(document.vat.map { vat in
                [
                    "categorie": .string(vat.category.rawValue), "basispunten": .integer(vat.rate.value),
                    "grondslagCent": .integer(vat.taxable.value), "btwCent": .integer(vat.amount.value),
                ]
            }),
            "nettoCent": .integer(document.net.value), "btwCent": .integer(document.vatAmount.value),
            "brutoCent": .integer(document.gross.value), "vrijstelling": .optional(document.exemptionReason),
        ]
    }
}
