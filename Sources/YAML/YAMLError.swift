// SPDX-License-Identifier: EUPL-1.2

/// Why a text is not read as YAML, and where.
public struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that the text breaks.
    public enum Reason: Hashable, Sendable {
        case tooLarge
        case tooDeep
        case tooManyNodes
        case invalidUTF8
        case empty
        case secondDocument
        case anchor
        case foreignTag(String)
        case contradictedTag(String)
        case nameIsNoScalar
        case notYAML(String)
        case outOfMemory
    }

    /// The rule.
    public let reason: Reason
    /// 1-based; 0 where the whole text is meant.
    public let line: Int
    /// 1-based, in characters; 0 where the whole text is meant.
    public let column: Int

    /// `line 3, column 1: not YAML: found a tab where indentation is needed`.
    public var description: String {
        line > 0 ? "line \(line), column \(column): \(reason.sentence)" : reason.sentence
    }
}

extension YAMLError.Reason {
    /// The rule in plain words.
    public var sentence: String {
        switch self {
        case .tooLarge: "the document is longer than \(YAMLLimits.bytes) bytes"
        case .tooDeep: "lists and mappings nest deeper than \(YAMLLimits.depth)"
        case .tooManyNodes: "the document has more than \(YAMLLimits.nodes) values"
        case .invalidUTF8: "not YAML: the bytes are not UTF-8"
        case .empty: "the document is empty"
        case .secondDocument: "a second document starts here; one file holds one document"
        case .anchor: "anchors and aliases (& and *) are not accepted; write the value out"
        case .foreignTag(let tag): "the tag \(tag) is not accepted; only those of the core schema are"
        case .contradictedTag(let tag): "the value is not what its tag \(tag) says"
        case .nameIsNoScalar: "the name of a field has to be text"
        case .notYAML(let problem): "not YAML: \(problem)"
        case .outOfMemory: "there is not enough memory to read the document"
        }
    }
}
