// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Electronic invoices, Protocol/documents.md §2, §3 and §4")
struct UBLDocumentTests {
    private func text(_ value: JSON) throws -> String {
        let profile = try UBLProfile(rawValue: try Cases.text(value["profile"])).orUnreadable()
        return String(
            decoding: try UBLDocument(DocumentCase.document(value), profile: profile).bytes, as: UTF8.self)
    }

    @Test("the vectors: the file that the checker wrote from the text, byte for byte")
    func writes() throws {
        for value in try Repository.vectors("documents-ubl.json") where value["reason"] == .null {
            #expect(try text(value) == value["xml"].text, "\(value["name"])")
        }
    }

    @Test("the vectors: refused for the reason of the page")
    func refuses() throws {
        let cases = try Repository.vectors("documents-ubl.json").filter { $0["reason"] != .null }
        #expect(cases.count > 10)
        for value in cases {
            do {
                let document = try DocumentCase.document(value)
                _ = try UBLDocument(document, profile: value["profile"].text == "peppol" ? .peppol : .nlcius)
                Issue.record("\(value["name"]) was written")
            } catch let error as UBLRefusal {
                #expect(error.name == value["reason"].text, "\(value["name"]): \(error)")
                #expect(error.description.count > 40)
            }
        }
    }
}
