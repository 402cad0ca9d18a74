// SPDX-License-Identifier: EUPL-1.2
import Journal
public import Notation

extension BankStatement {
    /// Reads the statements of a CAMT.053 file, message version 02 to 13. Refuses another root, a field that is
    /// missing, doubled or not of its form, a currency other than the euro, details or balances that do not add
    /// up, a statement that stands there twice, and more than `Limits.bankEntryCount` entries.
    /// Spec: Protocol/documents.md §6.
    public static func all(in root: XMLNode) throws(ReceivedFileRefusal) -> [BankStatement] {
        let prefix = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
        let version = Int(root.namespace.dropFirst(prefix.count)) ?? 0
        guard root.name == "Document", root.namespace.hasPrefix(prefix), (2...13).contains(version) else {
            throw .wrongRoot(
                found: "\(root.name) of \(root.namespace)", right: "a Document of CAMT.053, version 02 to 13")
        }
        let reader = StatementReader(fields: XMLFields(namespaces: ["": root.namespace]))
        let nodes = root.all("BkToCstmrStmt/Stmt", reader.fields.namespaces)
        guard !nodes.isEmpty else { throw .missing(field: "BkToCstmrStmt/Stmt", line: root.line) }
        var (statements, names, entries): ([BankStatement], Set<String>, Int) = ([], [], 0)
        for node in nodes {
            entries += node.all("Ntry", reader.fields.namespaces).count
            guard entries <= Limits.bankEntryCount else {
                throw .tooMany(field: "Stmt/Ntry", limit: Limits.bankEntryCount)
            }
            let statement = try reader.statement(node)
            guard names.insert("\(statement.account) \(statement.id)").inserted else {
                throw .twice(field: "Stmt/Id", text: statement.id, line: node.line)
            }
            statements.append(statement)
        }
        return statements
    }
}

private struct StatementReader {
    let fields: XMLFields

    func statement(_ node: XMLNode) throws(ReceivedFileRefusal) -> BankStatement {
        let id = try fields.text("Id", in: node)
        let iban = try fields.one("Acct/Id/IBAN", in: node)
        guard let account = IBAN(iban.text) else {
            throw .malformed(
                field: "Acct/Id/IBAN", text: iban.text, line: iban.line, right: "an IBAN whose check digits fit")
        }
        var movements: [BankMovement] = []
        var sum: Int128 = 0
        var named: Set<String> = []
        for (place, entry) in node.all("Ntry", fields.namespaces).enumerated() {
            // The bank's own reference names the entry also in another file, where it is one.
            let reference = try fields.optionalText("AcctSvcrRef", in: entry) ?? "NONREF"
            let isName = reference != "NONREF" && reference != "NOTPROVIDED" && named.insert(reference).inserted
            let name = "\(account) " + (isName ? reference : "\(id) \(place + 1)")
            let found = try entryMovements(entry, name: name)
            movements += found
            sum += found.reduce(0) { $0 + Int128($1.amount.value) }
        }
        let (opening, closing) = (try balance("OPBD", in: node), try balance("CLBD", in: node))
        if let opening, let closing {
            let computed = Int64(clamping: Int128(opening.value) + sum)
            guard computed == closing.value else {
                throw .sumsDiffer(
                    what: "the closing balance of statement \(id)", stated: closing.decimal,
                    computed: Cents(computed).decimal)
            }
        }
        return BankStatement(
            id: id, account: account.text, opening: opening, closing: closing, movements: movements)
    }

    private func balance(_ code: String, in node: XMLNode) throws(ReceivedFileRefusal) -> Cents? {
        let found = node.all("Bal", fields.namespaces).filter {
            $0.first("Tp/CdOrPrtry/Cd", fields.namespaces)?.text == code
        }
        guard found.count <= 1 else { throw .twice(field: "Bal", text: code, line: found[1].line) }
        guard let balance = found.first else { return nil }
        return try signed("Amt", in: balance, by: balance)
    }

    // The amount stands without a sign; CRDT or DBIT beside it says which way.
    private func signed(
        _ path: String, in node: XMLNode, by indicated: XMLNode
    ) throws(ReceivedFileRefusal) -> Cents {
        let found = try fields.one(path, in: node)
        let amount = try fields.euros(found, path, currency: "Ccy")
        guard amount >= .zero else {
            throw .malformed(field: path, text: found.text, line: found.line, right: "an amount without a sign")
        }
        let indicator = try fields.one("CdtDbtInd", in: indicated)
        switch indicator.text {
        case "CRDT": return amount
        case "DBIT": return Cents(-amount.value)
        default:
            throw .malformed(
                field: "CdtDbtInd", text: indicator.text, line: indicator.line, right: "CRDT or DBIT")
        }
    }

    private func entryMovements(_ entry: XMLNode, name: String) throws(ReceivedFileRefusal) -> [BankMovement] {
        let status = try fields.one("Sts", in: entry)
        let code = try fields.optionalText("Cd", in: status) ?? status.text
        guard ["BOOK", "PDNG", "INFO", "FUTR"].contains(code) else {
            throw .malformed(field: "Ntry/Sts", text: code, line: status.line, right: "BOOK, PDNG, INFO or FUTR")
        }
        let amount = try signed("Amt", in: entry, by: entry)
        guard code == "BOOK" else { return [] }
        let dated = try fields.one("BookgDt", in: entry)
        let isDay = try fields.optional("Dt", in: dated) != nil
        let booked = try fields.date(isDay ? "Dt" : "DtTm", in: dated)
        let details = entry.all("NtryDtls/TxDtls", fields.namespaces)
        guard details.count > 1, let amounts = try split(details, entry) else {
            let detail = details.count == 1 ? details[0] : nil
            return [try movement(name, booked, amount, entry, detail)]
        }
        guard amounts.reduce(0, { $0 + Int128($1.value) }) == Int128(amount.value) else {
            let sum = Int64(clamping: amounts.reduce(0) { $0 + Int128($1.value) })
            throw .sumsDiffer(
                what: "the entry on line \(entry.line)", stated: amount.decimal, computed: Cents(sum).decimal)
        }
        var movements: [BankMovement] = []
        for (place, detail) in details.enumerated() {
            movements.append(try movement("\(name)/\(place + 1)", booked, amounts[place], entry, detail))
        }
        return movements
    }

    // The amounts of a collected entry; nil where the bank gives none, and the entry counts as one.
    private func split(_ details: [XMLNode], _ entry: XMLNode) throws(ReceivedFileRefusal) -> [Cents]? {
        var amounts: [Cents] = []
        for detail in details {
            let paths = ["Amt", "AmtDtls/TxAmt/Amt"]
            guard let path = paths.first(where: { detail.first($0, fields.namespaces) != nil }) else { return nil }
            let indicated = detail.first("CdtDbtInd", fields.namespaces) == nil ? entry : detail
            amounts.append(try signed(path, in: detail, by: indicated))
        }
        return amounts
    }

    private func movement(
        _ id: String, _ booked: CivilDate, _ amount: Cents, _ entry: XMLNode, _ detail: XMLNode?
    ) throws(ReceivedFileRefusal) -> BankMovement {
        // Who paid stands as debtor of what came in, as creditor of what went out; from version 08 on one deeper.
        let role = amount < .zero ? "Cdtr" : "Dbtr"
        let texts = { (paths: [String]) -> [String] in
            guard let detail else { return [] }
            return paths.flatMap { detail.all($0, fields.namespaces) }.map(\.text).filter { !$0.isEmpty }
        }
        let references = texts([
            "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/RfrdDocInf/Nb", "RmtInf/Ustrd", "Refs/EndToEndId",
        ]).filter { $0 != "NOTPROVIDED" }
        let extra = try fields.optionalText("AddtlNtryInf", in: entry)
        return BankMovement(
            id: id, booked: booked, amount: amount,
            counterparty: texts(["RltdPties/\(role)/Nm", "RltdPties/\(role)/Pty/Nm"]).first,
            counterAccount: texts(["RltdPties/\(role)Acct/Id/IBAN"]).first,
            references: references + (references.isEmpty ? [extra].compactMap(\.self) : []))
    }
}
