// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Journal
import Notation
import Testing
@testable import Settlement

@Suite("Statement files and journals, Protocol/documents.md §1, §7 and §8")
struct DocumentFileTests {
    @Test("§7: CSV and JSON of every statement vector, byte for byte as the checker makes them of the canonical text")
    func statements() throws {
        let cases = try valid("settlement-statement.json")
        let vectors = try valid("documents-statement.json")
        #expect(vectors.count >= 10 && vectors.count == cases.count)
        for (value, vector) in zip(cases, vectors) {
            let field = JSONField(value["case"] ?? .null)
            let statement = try StatementCases.input(field).statement(
                of: try field.member("party").identifier(), in: try field.member("month").month())
            let name = vector["name"]?.text ?? ""
            #expect(statement.canonicalText == vector["text"]?.text, "\(name)")
            #expect(statement.csv == vector["csv"]?.text, "\(name)")
            #expect(String(decoding: statement.jsonBytes, as: UTF8.self) == vector["json"]?.text, "\(name)")
        }
    }

    private func valid(_ file: String) throws -> [Notation.JSON] {
        let url = Repository.root.appending(path: "Protocol/vectors/\(file)")
        return try Notation.JSON(parsing: Array(try Data(contentsOf: url)))["valid"]?.elements ?? []
    }

    @Test("§8: every journal vector, as CSV in the member's layout and as hledger reads it")
    func journals() throws {
        for vector in try Repository.vectors("documents-journal.json") where vector["reason"] == .null {
            let entries = try entries(vector)
            let layout = try layout(vector["rules"]["layout"])
            #expect(JournalText.csv(entries, layout: layout) == vector["csv"].text, "\(vector["name"])")
            #expect(JournalText.hledger(entries) == vector["hledger"].text, "\(vector["name"])")
            for entry in entries {
                #expect(try Cents.sum(entry.postings.map(\.amount)) == .zero)
                let isTrue = entry.postings.allSatisfy { $0.amount != .zero }
                #expect(isTrue)
            }
        }
    }

    @Test("§8.1: what the vectors refuse is refused by that name, with a sentence")
    func refuses() throws {
        for vector in try Repository.vectors("documents-journal.json") where vector["reason"] != .null {
            do {
                _ = try entries(vector)
                Issue.record("\(vector["name"]) was booked")
            } catch let error as BookingRefusal {
                #expect(error.name == vector["reason"].text)
                #expect(error.description.count > 30)
            }
        }
    }

    private func entries(_ vector: SettlementTests.JSON) throws -> [JournalEntry] {
        let rules = try rules(vector["rules"])
        return try vector["documents"].items.map { try JournalEntry(DocumentCase.document($0), rules: rules) }
    }

    private func rules(_ value: SettlementTests.JSON) throws -> BookingRules {
        let accounts = value["accounts"]
        let account = { (name: String) in try Cases.text(accounts[name]) }
        return try BookingRules(
            member: try Cases.id(value["member"]), matches: try value["matches"].items.map(match),
            accounts: BookingAccounts(
                creditors: try account("creditors"), debtors: try account("debtors"), vatDue: try account("vatDue"),
                vatDeductible: try account("vatDeductible"), vatCompensable: try account("vatCompensable")),
            key: try Cases.weights(value["key"]))
    }

    private func match(_ value: SettlementTests.JSON) throws -> BookingMatch {
        BookingMatch(
            kind: try value["lineKind"].text.map { try LineKind(rawValue: $0).orUnreadable() },
            application: try value["application"].text.map { try Identifier($0) },
            isPurchase: value["side"].text.map { $0 == "purchase" },
            target: BookingTarget(
                ledger: try Cases.text(value["ledger"]), costCentre: value["costCentre"].text,
                taskField: value["taskField"].text, category: value["category"].text,
                vatLabel: try VATLabel(rawValue: try Cases.text(value["vat"])).orUnreadable(),
                isInvestment: value["investment"].flag ?? false, isShared: value["shared"].flag ?? false))
    }

    private func layout(_ value: SettlementTests.JSON) throws -> JournalLayout {
        JournalLayout(
            columns: try value["columns"].items.map { column in
                .init(
                    try Cases.text(column.items[0]),
                    try JournalField(rawValue: try Cases.text(column.items[1])).orUnreadable())
            },
            hasSemicolons: value["semicolons"].flag ?? true, hasDecimalComma: value["decimalComma"].flag ?? true)
    }
}
