// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing
import XML

@Suite("Bank statements (CAMT.053), Protocol/documents.md §6")
struct BankStatementTests {
    private static let entries = """
        <Ntry><Amt Ccy="EUR">473.17</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>2026-12-01</Dt></BookgDt><AcctSvcrRef>REF1</AcctSvcrRef>
        <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
        <RltdPties><Dbtr><Nm>Gemeente Woerden</Nm></Dbtr>
        <DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct></RltdPties>
        <RmtInf><Ustrd>BWR1-000042 oktober</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><DtTm>2026-12-02T10:00:00</DtTm></BookgDt>
        <NtryDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls>
        <RltdPties><Cdtr><Nm>Een</Nm></Cdtr></RltdPties>
        <RmtInf><Strd><CdtrRefInf><Ref>EHV1-000007</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
        <TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">20.00</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
        """

    private func text(_ entries: String = entries, closing: String = "543.17", version: String = "02") -> String {
        """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.\(version)"><BkToCstmrStmt><GrpHdr/><Stmt>
        <Id>2026-12</Id><Acct><Id><IBAN>NL20INGB0001234567</IBAN></Id></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>
        <Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>
        <Amt Ccy="EUR">\(closing)</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        \(entries)</Stmt></BkToCstmrStmt></Document>
        """
    }

    private func read(_ text: String) throws -> [BankStatement] {
        try BankStatement.all(in: try XML.parse(Array(text.utf8)))
    }

    @Test("booked movements with sign, day, other side and reference; collected ones one by one")
    func reads() throws {
        let statement = try #require(try read(text()).first)
        #expect(statement.movements.map(\.amount.value) == [47_317, -1_000, -2_000])
        #expect(statement.movements.map(\.booked.description) == ["2026-12-01", "2026-12-02", "2026-12-02"])
        #expect(statement.movements[0].references == ["BWR1-000042 oktober"])
        #expect(statement.movements[0].counterparty == "Gemeente Woerden")
        #expect(statement.movements[0].counterAccount == "NL91ABNA0417164300")
        #expect(statement.movements[1].references == ["EHV1-000007"])
        #expect(statement.movements.map(\.id) == [
            "NL20INGB0001234567 REF1", "NL20INGB0001234567 2026-12 2/1", "NL20INGB0001234567 2026-12 2/2",
        ])
    }

    @Test("the later form, with status and parties one deeper, reads the same")
    func laterVersion() throws {
        let later = text(version: "08").replacing("<Sts>BOOK</Sts>", with: "<Sts><Cd>BOOK</Cd></Sts>")
            .replacing("<Dbtr><Nm>Gemeente Woerden</Nm>", with: "<Dbtr><Pty><Nm>Gemeente Woerden</Nm></Pty>")
        #expect(try read(later) == read(text()))
    }

    @Test("what breaks the form is refused by name", arguments: [
        ("camt.053.001.02", "camt.054.001.02", "wrong-root"), ("camt.053.001.02", "camt.053.001.14", "wrong-root"),
        ("<Id>2026-12</Id>", "", "missing"), ("NL20INGB0001234567", "NL21INGB0001234567", "malformed"),
        ("Ccy=\"EUR\">473.17", "Ccy=\"USD\">473.17", "malformed"), (">473.17", ">-473.17", "malformed"),
        (">473.17", ">473.171", "malformed"), (">473.17", ">473,17", "malformed"),
        ("<CdtDbtInd>DBIT</CdtDbtInd>", "<CdtDbtInd>D</CdtDbtInd>", "malformed"),
        ("<CdtDbtInd>DBIT</CdtDbtInd>", "", "missing"), ("<Sts>PDNG</Sts>", "<Sts>MAYBE</Sts>", "malformed"),
        ("<Dt>2026-12-01</Dt>", "<Dt>2026-02-30</Dt>", "malformed"), ("<Dt>2026-12-01</Dt>", "", "missing"),
        ("<TxAmt><Amt Ccy=\"EUR\">10.00", "<TxAmt><Amt Ccy=\"EUR\">11.00", "sums-differ"),
        (">543.17", ">543.18", "sums-differ"), ("<Amt Ccy=\"EUR\">30.00</Amt>", "", "missing"),
        ("<Id>2026-12</Id>", "<Id>2026-12</Id><Id>2</Id>", "twice"),
    ])
    func refuses(_ old: String, _ new: String, _ name: String) throws {
        let changed = text().replacing(old, with: new)
        #expect(changed != text())
        do {
            _ = try read(changed)
            Issue.record("\(new) was read")
        } catch let error as ReceivedFileRefusal {
            #expect(error.name == name, "\(error)")
            #expect(error.description.count > 20)
        }
    }

    @Test("one over the entries that a file may have is refused")
    func tooMany() throws {
        let one = "<Ntry><Amt Ccy=\"EUR\">0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>"
        let most = String(repeating: one, count: Limits.bankEntryCount)
        #expect(try read(text(most, closing: "100.00")).first?.movements == [])
        #expect(throws: ReceivedFileRefusal.tooMany(field: "Stmt/Ntry", limit: Limits.bankEntryCount)) {
            try read(text(most + one, closing: "100.00"))
        }
    }
}
