// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Notation
import Testing

@Suite("publiccode.yml: reading and grading, Protocol/publiccode.md §1-§3")
struct PublicCodeReviewTests {
    private typealias Grade = PublicCodeReview.Grade

    /// The smallest valid file with one text replaced.
    private func review(_ old: String, _ new: String) -> PublicCodeReview {
        precondition(PublicCodeExamples.smallest.contains(old))
        return PublicCodeExamples.review(PublicCodeExamples.smallest.replacing(old, with: new))
    }

    @Test("the smallest file has grade A and every field")
    func smallest() {
        let review = PublicCodeExamples.review(PublicCodeExamples.smallest)
        #expect(review.findings.isEmpty && review.grade == .a)
        let record = review.record
        #expect(record.name == "Zaaksysteem" && record.publiccodeVersion == "0.7")
        #expect(record.url == "https://git.example.org/zaaksysteem" && record.platforms == ["web"])
        #expect(record.developmentStatus == "stable" && record.softwareType == "standalone/web")
        #expect(record.license == "EUPL-1.2" && record.maintenanceType == "none")
        #expect(record.localisationReady == false && record.availableLanguages == ["nl"])
        #expect(record.descriptions.map(\.language) == ["nl"])
        #expect(record.descriptions[0].features == ["Zaken behandelen"])
        #expect(record.descriptions[0].longDescription?.hasSuffix("dezelfde stand ziet.") == true)
    }

    @Test("each broken rule is found, with its field, weight and grade", arguments: [
        ("\"0.7\"", "\"0.5\"", "warning publiccodeYmlVersion old-version", Grade.b),
        ("\"0.7\"", "\"0.1\"", "error publiccodeYmlVersion unknown-version", .c),
        ("\"0.7\"", "0.7", "warning publiccodeYmlVersion not-quoted", .b),
        ("name: Zaaksysteem\n", "", "error name missing", .d),
        ("name: Zaaksysteem", "name: [x]", "error name wrong-type", .d),
        ("https://git.example.org/zaaksysteem", "zaaksysteem", "error url not-a-url", .c),
        ("  - web\n", "  []\n", "error platforms empty", .c),
        ("stable", "operational", "error developmentStatus unknown-value", .c),
        ("standalone/web", "webapp", "error softwareType unknown-value", .c),
        ("EUPL-1.2", "EUPL", "error legal.license unknown-licence", .c),
        ("type: none", "type: contract", "error maintenance.contractors missing", .c),
        ("type: none", "type: internal", "error maintenance.contacts missing", .c),
        ("type: none", "type: none\n  contractors:\n    - {name: X, until: 2030-01-01}",
         "error maintenance.contractors not-allowed", .c),
        ("type: none", "type: contract\n  contractors:\n    - name: X",
         "error maintenance.contractors[0].until missing", .c),
        ("Ready: false", "Ready: no", "error localisation.localisationReady wrong-type", .c),
        ("    - nl", "    - nl_NL", "error localisation.availableLanguages[0] not-a-language", .c),
        ("platforms:", "nl:\n  x: 1\nplatforms:", "error nl unknown-field", .c),
        ("platforms:", "url: x\nplatforms:", "error url duplicate-field", .c),
        ("platforms:", "supports:\n  - id: alias:bio\nplatforms:", "error supports[0].id unknown-alias", .c),
        ("platforms:", "categories: [x]\nplatforms:", "error categories[0] unknown-value", .c),
        ("platforms:", "releaseDate: 2026-02-30\nplatforms:", "error releaseDate not-a-date", .c),
        ("platforms:", "organisation: {name: X}\nplatforms:", "error organisation.uri missing", .c),
        ("platforms:", "intendedAudience: {countries: [nl]}\nplatforms:",
         "warning intendedAudience.countries[0] lower-case", .b),
        ("  license:", "  repoOwner: X\n  license:", "warning legal.repoOwner deprecated", .b),
        ("    shortDescription: Behandelt zaken van begin tot eind.\n", "",
         "error description.nl.shortDescription missing", .d),
        ("legal:", "  en:\n    shortDescription: Cases.\n    features: [x]\nlegal:",
         "warning description.en.longDescription missing", .b),
    ])
    func rules(_ old: String, _ new: String, _ finding: String, _ grade: PublicCodeReview.Grade) {
        let review = review(old, new)
        let found = review.findings.map { "\($0.severity.rawValue) \($0.path) \($0.code)" }
        #expect(found == [finding])
        #expect(review.grade == grade)
    }

    @Test("lengths count what readers see as one character")
    func graphemes() {
        let family = "👨‍👩‍👧‍👦"
        let short = "Behandelt zaken van begin tot eind."
        #expect(review(short, String(repeating: family, count: 150)).grade == .a)
        #expect(review(short, String(repeating: family, count: 151)).findings.map(\.code) == ["too-long"])
    }

    @Test("contacts are checked, and nothing of them leaves the file")
    func contacts() {
        let review = review("type: none", "type: internal\n  contacts:\n    - name: Piet Geheim\n      email: piet")
        #expect(review.findings.map(\.path) == ["maintenance.contacts[0].email"])
        #expect(!"\(review)".contains("Geheim") && !"\(review)".contains("piet"))
    }

    @Test("what is no YAML, or no mapping, is grade D with one sentence")
    func unreadable() {
        let tab = PublicCodeExamples.review("name:\n\tx: 1\n")
        #expect(tab.grade == .d)
        #expect(tab.findings.map(\.description)
            == ["error: line 2, column 1: not YAML: found a tab where indentation is needed"])
        let list = PublicCodeExamples.review("- a\n")
        #expect(list.grade == .d && list.findings.map(\.code) == ["wrong-type"])
    }

    @Test("no cut and no changed byte of a file crashes reader or writer", arguments: 1...10 as ClosedRange<UInt64>)
    func mutations(seed: UInt64) {
        let text = Array(PublicCodeExamples.smallest.utf8)
        var state = seed
        func next(_ bound: Int) -> Int {
            // The multiplier and increment of Knuth's MMIX generator; its high bits are the good ones.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<100 {
            var bytes = next(4) == 0 ? Array(text.prefix(next(text.count) + 1)) : text
            for _ in 0...next(4) { bytes[next(bytes.count)] = UInt8(next(8) == 0 ? next(256) : 0x20 + next(0x5F)) }
            let review = PublicCodeExamples.review(bytes)
            let again = PublicCodeExamples.review(review.record.publiccodeYML)
            #expect(again.record.publiccodeYML == review.record.publiccodeYML)
        }
    }

    @Test("licence expressions", arguments: [
        ("MIT OR EUPL-1.2", true), ("(MIT AND BSD-3-Clause) OR GPL-2.0-or-later WITH Classpath-exception-2.0", true),
        ("GPL-2.0+", true), ("LicenseRef-eigen", true), ("MIT OR", false), ("(MIT", false), ("MIT)", false),
        ("MIT EUPL-1.2", false), ("MIT WITH MIT", false), ("LicenseRef-", false), ("mit", false),
        (String(repeating: "(", count: 40) + "MIT" + String(repeating: ")", count: 40), false),
    ])
    func licences(_ text: String, _ isValid: Bool) {
        #expect(review("EUPL-1.2", "\"\(text)\"").findings.isEmpty == isValid)
    }
}
