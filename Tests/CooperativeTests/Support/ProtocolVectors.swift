// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Foundation
import Journal
import Notation
import Testing

/// The hashing of the shell.
let suite = OpenSSLSuite()

/// One case of a vector file. Spec: Protocol/vectors/README.md.
struct VectorCase: CustomTestStringConvertible, Sendable {
    let value: JSON

    var testDescription: String { text("name") }

    func text(_ name: String) -> String { value[name]?.text ?? "" }
    func bytes(_ name: String) -> [UInt8] { Hexadecimal.decode(text(name)) ?? [] }
    func number(_ name: String) -> Int { Int(value[name]?.wholeNumber ?? -1) }
    func list(_ name: String) -> [JSON] { value[name]?.elements ?? [] }
    var reason: String { text("reason") }
}

/// The vectors of the protocol, found from this file's place in the repository.
enum ProtocolVectors {
    static let file: @Sendable (String) -> JSON = { name in
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        guard let data = try? Data(contentsOf: root.appending(path: "Protocol/vectors/\(name).json")),
              let json = try? JSON(parsing: Array(data), bytesLimit: data.count)
        else { return .null }
        return json
    }

    static func valid(_ name: String, _ section: String? = nil) -> [VectorCase] {
        cases(name, section, "valid")
    }

    static func invalid(_ name: String, _ section: String? = nil) -> [VectorCase] {
        cases(name, section, "invalid")
    }

    /// The valid cases of a file elsewhere, none without a path.
    static func valid(at path: String?) -> [VectorCase] {
        guard let path, let data = try? Data(contentsOf: URL(filePath: path)),
              let json = try? JSON(parsing: Array(data), bytesLimit: data.count)
        else { return [] }
        return ((json["histories"] ?? json)["valid"]?.elements ?? []).map { VectorCase(value: $0) }
    }

    private static func cases(_ name: String, _ section: String?, _ list: String) -> [VectorCase] {
        let topic = section.flatMap { file(name)[$0] } ?? file(name)
        return (topic[list]?.elements ?? []).map { VectorCase(value: $0) }
    }
}
