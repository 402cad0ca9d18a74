// SPDX-License-Identifier: EUPL-1.2

/// Why a field does not hold what was asked for: `data.aantal: expected a whole number`.
public struct JSONFieldError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field, such as `data.aantal` or `items[3].id`; empty for the whole document.
    public let path: String
    /// What would be right, such as `expected a whole number`.
    public let expectation: String

    /// A refusal of a field.
    public init(path: String, expectation: String) {
        self.path = path
        self.expectation = expectation
    }

    /// The sentence.
    public var description: String { path.isEmpty ? expectation : "\(path): \(expectation)" }
}

/// A value together with the path that led to it, so that errors name the field.
public struct JSONField: Sendable {
    /// The value.
    public let value: JSON
    /// The path from the document's root; empty at the root.
    public let path: String

    /// The root of a document.
    public init(_ value: JSON, path: String = "") {
        self.value = value
        self.path = path
    }

    /// The member of that name.
    public func member(_ name: String) throws(JSONFieldError) -> JSONField {
        guard let found = try optional(name) else {
            throw JSONFieldError(path: inside(name), expectation: "is missing")
        }
        return found
    }

    /// The member of that name; `nil` where it is absent or `null`.
    public func optional(_ name: String) throws(JSONFieldError) -> JSONField? {
        guard case .object(let object) = value else { throw expected("an object") }
        guard let found = object[name], found != .null else { return nil }
        return JSONField(found, path: inside(name))
    }

    /// The object has no members but these.
    public func onlyMembers(_ names: String...) throws(JSONFieldError) {
        guard case .object(let object) = value else { throw expected("an object") }
        for member in object.members where !names.contains(member.name) {
            throw JSONFieldError(path: inside(member.name), expectation: "is not a known field")
        }
    }

    /// The text.
    public func string() throws(JSONFieldError) -> String {
        guard let text = value.text else { throw expected("text") }
        return text
    }

    /// The whole number.
    public func integer() throws(JSONFieldError) -> Int64 {
        guard let number = value.wholeNumber else { throw expected("a whole number") }
        return number
    }

    /// The truth value.
    public func boolean() throws(JSONFieldError) -> Bool {
        guard let truth = value.truth else { throw expected("true or false") }
        return truth
    }

    /// The elements of the list.
    public func elements() throws(JSONFieldError) -> [JSONField] {
        guard let elements = value.elements else { throw expected("a list") }
        return elements.enumerated().map { JSONField($1, path: "\(path)[\($0)]") }
    }

    /// A refusal of this field: `expected <what>`.
    public func expected(_ what: String) -> JSONFieldError {
        JSONFieldError(path: path, expectation: "expected \(what)")
    }

    private func inside(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

extension JSON {
    /// This value as the root of a document, for reading fields with their paths.
    public var field: JSONField { JSONField(self) }
}
