// SPDX-License-Identifier: EUPL-1.2

/// A JSON value (RFC 8259). Numbers are exact: nothing ever passes through a floating-point type.
public enum JSON: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// A number written without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number, as it was written.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

/// The members of a JSON object in their written order. No name occurs twice.
public struct JSONObject: Hashable, Sendable {
    /// One name and its value.
    public struct Member: Hashable, Sendable {
        /// The member's name, unescaped.
        public let name: String
        /// The member's value.
        public let value: JSON

        /// A member.
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The members in order.
    public private(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    /// The caller promises that no name occurs twice.
    public init(_ members: [Member]) {
        precondition(Set(members.map(\.name)).count == members.count, "a name occurs twice")
        self.members = members
    }

    /// For the parser, which has compared the names already.
    init(checked members: [Member]) { self.members = members }

    /// The value of a member, `nil` where there is none.
    public subscript(name: String) -> JSON? { members.first { $0.name == name }?.value }

    /// Adds a member at the end, or replaces the value of the one with that name in its place.
    public mutating func set(_ name: String, _ value: JSON) {
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index] = Member(name, value)
        } else {
            members.append(Member(name, value))
        }
    }
}

extension JSON {
    /// The value of an object's member; `nil` for anything else.
    public subscript(name: String) -> JSON? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    /// The element of an array; `nil` for anything else.
    public subscript(index: Int) -> JSON? {
        if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil }
    }

    /// The text of a string; `nil` for anything else.
    public var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The value of a whole number; `nil` for anything else.
    public var wholeNumber: Int64? { if case .integer(let value) = self { value } else { nil } }

    /// The value of a boolean; `nil` for anything else.
    public var truth: Bool? { if case .boolean(let value) = self { value } else { nil } }

    /// The elements of an array; `nil` for anything else.
    public var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members of an object; `nil` for anything else.
    public var members: [JSONObject.Member]? {
        if case .object(let object) = self { object.members } else { nil }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral {
    /// `nil` is `null`.
    public init(nilLiteral: ()) { self = .null }
    /// A literal boolean.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// A literal whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A literal string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A literal array.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// A literal object, in the written order. The caller promises that no name occurs twice.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member($0.0, $0.1) }))
    }
}
