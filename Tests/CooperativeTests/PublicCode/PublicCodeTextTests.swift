// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Notation
import Testing

@Suite("publiccode.yml: writing and our own files, Protocol/publiccode.md §4")
struct PublicCodeTextTests {
    private static let demo = [
        "corv", "subsidiesysteem", "inwonercloud", "zaaksysteem", "burgerzakenmodules",
    ].map { "Docker/demo/publiccode/\($0).publiccode.yml" }

    @Test("what is written is read back as the same record, and writes the same bytes",
          arguments: demo + ["publiccode.yml"])
    func roundTrip(path: String) throws {
        var record = PublicCodeExamples.review(try PublicCodeExamples.file(path)).record
        let again = PublicCodeExamples.review(record.publiccodeYML).record
        record.publiccodeVersion = "0.7"
        record.descriptions.sort { $0.language < $1.language }
        #expect(again == record)
        #expect(again.publiccodeYML == record.publiccodeYML)
    }

    @Test("contacts and deprecated fields are not written")
    func leavesOut() throws {
        let file = try PublicCodeExamples.file("Docker/demo/publiccode/subsidiesysteem.publiccode.yml")
        let text = PublicCodeExamples.review(file).record.publiccodeYML
        #expect(!text.contains("contacts") && !text.contains("Productteam"))
    }

    @Test("a file without contacts keeps its grade")
    func keepsGrade() throws {
        let file = try PublicCodeExamples.file("Docker/demo/publiccode/corv.publiccode.yml")
        let review = PublicCodeExamples.review(file)
        #expect(review.grade == .a)
        #expect(PublicCodeExamples.review(review.record.publiccodeYML).findings.isEmpty)
    }

    @Test("our files have the grade that they are meant to have", arguments: [
        ("Docker/demo/publiccode/corv.publiccode.yml", PublicCodeReview.Grade.a),
        ("Docker/demo/publiccode/subsidiesysteem.publiccode.yml", .a),
        ("Docker/demo/publiccode/inwonercloud.publiccode.yml", .b),
        ("Docker/demo/publiccode/burgerzakenmodules.publiccode.yml", .a),
        ("Docker/demo/publiccode/zaaksysteem.publiccode.yml", .c),
        ("publiccode.yml", .a),
    ])
    func grades(path: String, grade: PublicCodeReview.Grade) throws {
        let review = PublicCodeExamples.review(try PublicCodeExamples.file(path))
        #expect(review.grade == grade, "\(review.findings)")
    }

    @Test("the file with the mistakes of real files names each of them")
    func mistakes() throws {
        let file = try PublicCodeExamples.file("Docker/demo/publiccode/zaaksysteem.publiccode.yml")
        let findings = PublicCodeExamples.review(file).findings
        #expect(findings.map { "\($0.line) \($0.path) \($0.code)" } == [
            "2 publiccodeYmlVersion not-quoted", "2 publiccodeYmlVersion old-version", "7 releaseDate not-a-date",
            "14 categories[1] unknown-value", "19 inputTypes deprecated",
            "24 intendedAudience.countries[0] lower-case", "28 description.nl.genericName deprecated",
            "30 description.nl.longDescription too-short", "37 legal.repoOwner deprecated",
            "42 maintenance.contractors[0].until missing", "45 localisation.localisationReady wrong-type",
        ])
    }
}
