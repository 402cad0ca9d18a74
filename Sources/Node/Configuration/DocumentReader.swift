// SPDX-License-Identifier: EUPL-1.2
public import Notation

/// Reads fields of a YAML document that an operator wrote and collects everything that is wrong with it,
/// so that one run tells all.
public struct DocumentReader {
    /// What is wrong so far, in the order of reading.
    public private(set) var findings: [Finding] = []

    /// A reader without findings.
    public init() {}

    /// Notes that a value is not what it has to be.
    public mutating func refuse(_ path: String, at node: PositionedNode, _ message: String) {
        findings.append(Finding(.error, path: path, line: node.line, column: node.column, code: "invalid",
                                message: message))
    }

    /// The members of a mapping. Unknown, doubled and absent mandatory names are noted.
    public mutating func mapping(
        _ node: PositionedNode, path: String, mandatory: [String], optional: [String] = []
    ) -> PositionedNode.Mapping? {
        guard let mapping = node.mapping else {
            refuse(path, at: node, "expected named fields: \((mandatory + optional).joined(separator: ", "))")
            return nil
        }
        for member in mapping.duplicates {
            findings.append(Finding(.error, path: join(path, member.name), line: member.line,
                                    column: member.column, code: "duplicate", message: "stands here twice"))
        }
        for member in mapping.members where !mandatory.contains(member.name) && !optional.contains(member.name) {
            let known = (mandatory + optional).joined(separator: ", ")
            findings.append(Finding(.error, path: join(path, member.name), line: member.line,
                                    column: member.column, code: "unknown",
                                    message: "is not a field here; known are: \(known)"))
        }
        for name in mandatory where mapping[name] == nil {
            findings.append(Finding(.error, path: join(path, name), line: node.line, column: node.column,
                                    code: "missing", message: "is missing"))
        }
        return mapping
    }

    /// The elements of a list.
    public mutating func elements(_ node: PositionedNode?, path: String) -> [PositionedNode] {
        guard let node, !node.isNull else { return [] }
        guard let sequence = node.sequence else {
            refuse(path, at: node, "expected a list")
            return []
        }
        return sequence
    }

    /// Text of 1 to 1,024 bytes without control characters. Plain numbers and dates count as the text they are.
    public mutating func text(_ node: PositionedNode?, path: String) -> String? {
        guard let node else { return nil }
        guard let scalar = node.scalar, scalar.value != .null, !scalar.text.isEmpty,
              scalar.text.utf8.count <= 1_024, scalar.text.unicodeScalars.allSatisfy({ $0.value >= 32 })
        else {
            refuse(path, at: node, "expected text on one line")
            return nil
        }
        return scalar.text
    }

    /// A whole number within a range.
    public mutating func integer(_ node: PositionedNode?, path: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let node else { return nil }
        guard let value = node.integer, range.contains(value) else {
            refuse(path, at: node, "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    /// `true` or `false`.
    public mutating func boolean(_ node: PositionedNode?, path: String) -> Bool? {
        guard let node else { return nil }
        guard let value = node.boolean else {
            refuse(path, at: node, "expected true or false")
            return nil
        }
        return value
    }

    /// A value that some type reads from text.
    public mutating func value<Value>(
        _ node: PositionedNode?, path: String, expected: String, _ read: (String) -> Value?
    ) -> Value? {
        guard let node, let text = text(node, path: path) else { return nil }
        guard let value = read(text) else {
            refuse(path, at: node, "expected \(expected), found \"\(text)\"")
            return nil
        }
        return value
    }

    private func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
