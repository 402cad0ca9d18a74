// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing
import XML

@Suite("Received invoices, Protocol/documents.md §5")
struct ReceivedInvoiceTests {
    static let month = CivilMonth(year: 2026, month: 10)!

    private func party(_ name: String, oin: String?, kvk: String?, iban: String?) throws -> BillingParty {
        let facts = try #require(InvoiceFacts(
            addressLines: ["Straat 1"], postalCode: "1234 AB", city: "Plaats", kvk: kvk, vatID: "NL001234567B01",
            iban: iban))
        return BillingParty(try PartyID(oin ?? name), name: name, oin: oin.flatMap { OIN($0) }, facts: facts)
    }

    private func own(_ sign: Int64 = 1) throws -> BillingDocument {
        let vat = try VATTreatment(.standard, rate: try BasisPoints(2_100))
        let lines = [(1_835, 120_000, 22_020), (2_310, 35_000, 8_085)].enumerated().map { place, line in
            BillingLine(
                id: "V-2026-10/a/\(place)", kind: .transactionFee, units: sign * Int64(line.0),
                price: MicroEuro(Int64(line.1)), amount: Cents(sign * Int64(line.2)), vat: vat,
                serviceMonth: Self.month)
        }
        let facts = DocumentFacts(
            issuer: try party("Beware", oin: nil, kvk: "67703194", iban: "NL91 ABNA 0417 1643 00"),
            receiver: try party("Woerden", oin: "00000099000000000300", kvk: nil, iban: nil),
            issueDate: try #require(CivilDate("2026-11-13")), orderReference: "45001234",
            inputs: try #require(Hash(Array(repeating: 7, count: 32))))
        return try BillingDocument(
            number: .numbered(try SeriesPrefix("BWR1"), 42), leg: .memberPays, facts: facts, lines: lines)
    }

    private func text(_ document: BillingDocument) throws -> String {
        String(decoding: try UBLDocument(document, profile: .nlcius).bytes, as: UTF8.self)
    }

    private func findings(_ text: String, _ documents: [BillingDocument]) throws -> [InvoiceFinding] {
        InvoiceComparison(try ReceivedInvoice(try XML.parse(Array(text.utf8))), with: documents).findings
    }

    @Test("one's own file draws no finding, as invoice and as credit note", arguments: [1, -1] as [Int64])
    func agrees(sign: Int64) throws {
        let own = try own(sign)
        let invoice = try ReceivedInvoice(try XML.parse(Array(try text(own).utf8)))
        #expect(invoice.lines.map(\.amount) == own.lines.map(\.amount))
        #expect([invoice.net, invoice.vatAmount, invoice.gross] == [own.net, own.vatAmount, own.gross])
        #expect(InvoiceComparison(invoice, with: [try self.own(-sign), own]).findings == [])
    }

    @Test("each planted difference is found, and nothing else", arguments: [
        ("67703194", "12345678", ["seller-differs"]),
        ("00000099000000000300", "00000099000000000301", ["buyer-differs"]),
        ("NL91ABNA0417164300", "NL20INGB0001234567", ["account-differs"]),
        (">45001234<", ">45009999<", ["order-differs"]),
        (String(repeating: "07", count: 32), String(repeating: "08", count: 32), ["inputs-differ"]),
        ("TypeCode>380", "TypeCode>384", ["kind-differs"]),
        ("PayableAmount currencyID=\"EUR\">364.27", "PayableAmount currencyID=\"EUR\">300.00", ["prepaid"]),
        ("<cbc:TaxAmount currencyID=\"EUR\">63.22", "<cbc:TaxAmount currencyID=\"EUR\">63.23",
         ["sum-differs", "sum-differs"]),
        ("V-2026-10/a/1", "V-2026-10/a/9", ["line-unknown", "line-missing"]),
        ("V-2026-10/a/1", "V-2026-10/a/0", ["line-twice", "line-missing"]),
        ("\">1835<", "\">1836<", ["quantity-differs"]),
        (">0.035<", ">0.0350001<", []),
        (">0.12<", ">0.13<", ["price-differs"]),
        ("\">80.85<", "\">80.86<", ["sum-differs", "sum-differs", "amount-differs"]),
    ] as [(String, String, [String])])
    func finds(_ old: String, _ new: String, _ names: [String]) throws {
        let changed = try text(own())
        #expect(changed.contains(old))
        let altered = changed.replacing(old, with: new)
        if new == ">0.0350001<" {
            #expect(throws: ReceivedFileRefusal.self) { try findings(altered, [own()]) }
            return
        }
        let found = try findings(altered, [own()])
        let differing = names.contains("amount-differs") || names.contains("line-twice")
        if differing {
            #expect(Set(found.map(\.name)).isSuperset(of: names), "\(found)")
        } else {
            #expect(found.map(\.name) == names, "\(found)")
        }
        for finding in found { #expect(finding.dutch.hasSuffix(".") && finding.description.count > 10) }
    }

    @Test("lines without a name of the statement find each other by amount and VAT")
    func unnamed() throws {
        let bare = try text(own()).split(separator: "\n").filter { line in
            !["DocumentReference>", "V-2026-10", "DocumentTypeCode"].contains { line.contains($0) }
                && !line.contains("AdditionalDocument") && !line.contains("0707") && !line.contains("DocumentDescr")
        }.joined(separator: "\n")
        #expect(try findings(bare, [own()]) == [])
        #expect(try findings(bare, [try own(-1)]).map(\.name) == ["nothing-expected"])
        #expect(try findings(bare, []).map(\.name) == ["nothing-expected"])
    }

    @Test("a file that is none is refused with the field and what would be right", arguments: [
        ("<a/>", "wrong-root"),
        ("<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"/>", "missing"),
    ])
    func refuses(_ text: String, _ name: String) throws {
        do throws(ReceivedFileRefusal) {
            guard let root = try? XML.parse(Array(text.utf8)) else { return }
            _ = try ReceivedInvoice(root)
            Issue.record("\(text) was read")
        } catch { #expect(error.name == name) }
    }

    @Test("a field that is not of its form is refused", arguments: [
        ("2026-11-13", "13-11-2026"), (">220.20<", ">220.201<"), (">220.20<", ">220,20<"),
        ("EUR\">220.20", "USD\">220.20"), ("\">1835<", "\">veel<"), (">21<", ">21%<"),
    ])
    func malformed(_ old: String, _ new: String) throws {
        let changed = try text(own()).replacing(old, with: new)
        #expect(throws: ReceivedFileRefusal.self) { try findings(changed, []) }
    }
}
