// SPDX-License-Identifier: EUPL-1.2

import Foundation
import Journal
import Testing

/// One case of a vector file.
struct VectorCase: CustomTestStringConvertible, @unchecked Sendable {
    // Proof: parsed once, never changed afterwards.
    let fields: [String: Any]

    var testDescription: String { fields["name"] as? String ?? "?" }
    var reason: String? { fields["reason"] as? String }
    var key: Int? { fields["key"] as? Int }
    func int(_ name: String) -> Int? { fields[name] as? Int }
    func text(_ name: String) -> String? { fields[name] as? String }
    func bytes(_ name: String) -> [UInt8]? { text(name).flatMap { Hexadecimal.decode($0) } }
    func hash(_ name: String) -> Hash? { text(name).flatMap { Hash(hexadecimal: $0) } }
}

enum Vectors {
    static func cases(_ file: String, _ section: String?, _ validity: String) -> [VectorCase] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let url = root.appending(path: "Protocol/vectors/\(file).json")
        guard let data = try? Data(contentsOf: url),
              let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
              let part = section.map({ object[$0] as? [String: Any] }) ?? object,
              let cases = part[validity] as? [[String: Any]]
        else { return [] }
        return cases.map(VectorCase.init)
    }
}

/// A vector of `count` logs, as the messages of the vectors assume.
struct LogNumbersFixture {
    let count: Int

    var logs: [LogID] {
        (0..<count).compactMap { LogID([UInt8](repeating: 0, count: 31) + [UInt8($0)]) }
    }
}
