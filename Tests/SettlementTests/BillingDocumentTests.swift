// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Billing documents, Protocol/settlement-documents.md §1 and §2")
struct BillingDocumentTests {
    static let month = CivilMonth(year: 2026, month: 10)!

    static func facts(to receiver: String = "Woerden", order: String? = nil) throws -> DocumentFacts {
        let nobody = try #require(InvoiceFacts())
        return DocumentFacts(
            issuer: BillingParty(try PartyID("Beware"), name: "Beware U.A.", facts: nobody),
            receiver: BillingParty(try PartyID(receiver), name: receiver, facts: nobody),
            issueDate: try #require(CivilDate(year: 2026, month: 11, day: 13)), orderReference: order,
            inputs: try #require(Hash(Array(repeating: 7, count: 32))))
    }

    static func line(_ id: String, _ cents: Int64, _ vat: VATTreatment) -> BillingLine {
        BillingLine(id: id, kind: .transactionFee, amount: Cents(cents), vat: vat, serviceMonth: month)
    }

    static func document(_ lines: [BillingLine]) throws(BillingRefusal) -> BillingDocument {
        guard let facts = try? facts() else { throw .nothingToBill }
        return try BillingDocument(number: .proposal("P"), leg: .memberPays, facts: facts, lines: lines)
    }

    @Test("lines sum to subtotals, net, VAT and gross; the sign of net sets the kind")
    func addsUp() throws {
        let high = try VATTreatment(.standard, rate: try BasisPoints(2_100))
        let exempt = try VATTreatment(.exempt, exemptionReason: "VATEX-EU-132")
        let lines = [Self.line("a", 7, high), Self.line("b", 7, high), Self.line("c", -100, exempt)]
        let document = try Self.document(lines)
        #expect(document.kind == .creditNote)
        #expect([document.net, document.vatAmount, document.gross].map(\.value) == [-86, 3, -83])
        #expect(document.vat.map(\.taxable.value) == [-100, 14])
        #expect(document.dueDate.description == "2026-12-13")
        #expect(try Self.document(Array(lines.prefix(2))).kind == .invoice)
    }

    @Test("a document of zeros, two reasons, O beside others, and one's own are refused")
    func refuses() throws {
        let high = try VATTreatment(.standard, rate: try BasisPoints(2_100))
        let one = try VATTreatment(.exempt, exemptionReason: "x")
        let other = try VATTreatment(.exempt, exemptionReason: "y")
        let outside = try VATTreatment(.outsideScope, exemptionReason: "x")
        let refused: [([BillingLine], BillingRefusal)] = [
            ([], .nothingToBill), ([Self.line("a", 0, high)], .nothingToBill),
            ([Self.line("a", 1, one), Self.line("b", 1, other)], .twoExemptionReasons("x", "y")),
            ([Self.line("a", 1, one), Self.line("b", 1, outside)], .outsideScopeNotAlone),
        ]
        for (lines, refusal) in refused { #expect(throws: refusal) { try Self.document(lines) } }
        let lines = [Self.line("a", 1, high)]
        #expect(throws: BillingRefusal.issuerIsReceiver(try PartyID("Beware"))) {
            try BillingDocument(
                number: .proposal("P"), leg: .memberPays, facts: try Self.facts(to: "Beware"), lines: lines)
        }
        for order in ["", String(repeating: "4", count: Limits.orderReferenceByteCount + 1), "4\n5"] {
            #expect(throws: BillingRefusal.malformedReference(order)) {
                try BillingDocument(
                    number: .proposal("P"), leg: .memberPays, facts: try Self.facts(order: order), lines: lines)
            }
        }
    }

    @Test("numbers have six digits or more and a clean prefix")
    func numbers() throws {
        let prefix = try SeriesPrefix("EHV1")
        #expect(DocumentNumber.numbered(prefix, 42).description == "EHV1-000042")
        #expect(DocumentNumber.numbered(prefix, 1_234_567).description == "EHV1-1234567")
        for text in ["", "-A", "A-", "A B", "é", String(repeating: "A", count: 21)] {
            #expect(throws: BillingRefusal.malformedSeries(text)) { try SeriesPrefix(text) }
        }
    }

    @Test("§6: the canonical text is what the page says")
    func canonicalText() throws {
        let high = try VATTreatment(.standard, rate: try BasisPoints(2_100))
        let document = try BillingDocument(
            number: .numbered(try SeriesPrefix("BWR1"), 1), leg: .memberPays,
            facts: try Self.facts(order: "4500 1234"), lines: [Self.line("V-1", 100, high)])
        #expect(document.canonicalText == """
            korf-document/v1
            document 380 BWR1-000001 member-pays
            between Beware Woerden
            dated 2026-11-13 2026-12-13
            inputs \(String(repeating: "07", count: 32))
            line V-1 transaction-fee 2026-10 - - 100 S 2100 whole - -
            vat S 2100 100 21
            total 100 21 121
            order 4500 1234
            reference -
            exemption -

            """)
    }
}
