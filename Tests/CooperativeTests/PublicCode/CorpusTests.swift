// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Foundation
import Notation
import Testing
import YAML

/// Real files and the conformance files of a reference parser, kept outside the repository. `KORF_CORPUS`
/// names the folder.
private let corpus = ProcessInfo.processInfo.environment["KORF_CORPUS"].map { URL(filePath: $0) }

@Suite("publiccode.yml: a corpus outside the repository, Protocol/publiccode.md §1", .enabled(if: corpus != nil))
struct CorpusTests {
    /// The files below a folder, sorted, with their grade.
    private func reviews(_ folder: String) throws -> [(name: String, review: PublicCodeReview)] {
        let base = try #require(corpus).appending(path: folder)
        let walk = try #require(FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil))
        var reviews: [(String, PublicCodeReview)] = []
        for case let url as URL in walk where ["yml", "yaml"].contains(url.pathExtension) {
            let name = String(url.path.dropFirst(base.path.count + 1))
            reviews.append((name, PublicCodeExamples.review(Array(try Data(contentsOf: url)))))
        }
        return reviews.sorted { $0.0 < $1.0 }.map { (name: $0.0, review: $0.1) }
    }

    private func line(_ name: String, _ review: PublicCodeReview) -> String {
        let findings = review.findings.filter { $0.severity == .error }.prefix(3).map(\.description)
        return "\(review.grade.rawValue) \(name)  \(findings.joined(separator: " | "))\n"
    }

    @Test("real files are graded and explained, none crashes the reader")
    func real() throws {
        let all = try reviews("publiccode")
        #expect(!all.isEmpty)
        for (name, review) in all {
            FileHandle.standardError.write(Data(line(name, review).utf8))
            #expect(review.grade != .d, "\(name): \(review.findings)")
        }
    }

    @Test("what the reference parser finds valid has no error", arguments: ["valid", "valid_with_warnings"])
    func valid(folder: String) throws {
        let all = try reviews("publiccode-conformance/\(folder)")
        #expect(!all.isEmpty)
        for (name, review) in all {
            #expect(review.count(.error) == 0, "\(name): \(review.findings)")
            if folder == "valid_with_warnings" { #expect(review.grade == .b, "\(name)") }
        }
    }

    /// These are only wrong because an image beside them is missing or broken, which a reader of one file cannot see.
    private static let dependOnImages = [
        "description_en_screenshots_missing_file.yml", "logo_missing_file.yml", "monochromeLogo_missing_file.yml",
        "no-network/logo_invalid_png.yml", "no-network/logo_missing_file.yml",
    ]

    @Test("nine in ten of what it finds invalid in the file itself has an error")
    func invalid() throws {
        let all = try reviews("publiccode-conformance/invalid").filter { !Self.dependOnImages.contains($0.name) }
        for (name, review) in all { FileHandle.standardError.write(Data(line(name, review).utf8)) }
        let found = all.count { $0.review.count(.error) > 0 }
        FileHandle.standardError.write(Data("\(found) of \(all.count) found\n".utf8))
        #expect(!all.isEmpty && found * 10 >= all.count * 9)
    }
}
