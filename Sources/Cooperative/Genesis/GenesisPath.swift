// SPDX-License-Identifier: EUPL-1.2

/// Where in a genesis something stands: as keys and positions of the canonical form (`8[2].5`), and in the
/// words of the document that people write (`tariffs[2].vat`). Spec: Protocol/genesis.md §1.
public struct GenesisPath: Hashable, Sendable, CustomStringConvertible {
    /// Keys and positions.
    public let description: String
    /// The same in words.
    public let words: String

    private init(_ description: String, _ words: String) {
        self.description = description
        self.words = words
    }

    static let whole = GenesisPath("", "")

    /// The value of a key of a map, or at a position of an array that stands for a record.
    func key(_ number: Int, _ word: String) -> GenesisPath {
        let dot = description.isEmpty ? "" : "."
        return GenesisPath("\(description)\(dot)\(number)", "\(words)\(dot)\(word)")
    }

    /// An item of a list.
    func item(_ index: Int) -> GenesisPath { GenesisPath("\(description)[\(index)]", "\(words)[\(index)]") }
}

/// Why a document is no genesis. Spec: Protocol/genesis.md §1.
public struct GenesisRefusal: Error, Hashable, Sendable {
    /// The reason as the vectors name it.
    public enum Reason: String, Sendable, CaseIterable {
        case notCanonical = "genesis-not-canonical"
        case oversize = "genesis-oversize"
        case field = "genesis-field"
        case unknownKey = "genesis-unknown-key"
        case order = "genesis-order"
        case unknownMember = "genesis-unknown-member"
        case unknownApplication = "genesis-unknown-application"
        case tariffsOverlap = "genesis-tariffs-overlap"
        case ruleVersion = "genesis-rule-version"
    }

    /// The reason.
    public let reason: Reason
    /// Where.
    public let path: GenesisPath
    /// What is wrong and what would be right, for the person who wrote the document.
    public let sentence: String

    init(_ reason: Reason, _ path: GenesisPath, _ sentence: String) {
        self.reason = reason
        self.path = path
        self.sentence = sentence
    }
}
