// SPDX-License-Identifier: EUPL-1.2

/// The shape of one JSON text, checked whole, before any value is copied out of it. A reader that knows what
/// it looks for takes from it without building a tree.
///
/// It borrows the bytes: it is valid inside the closure that `JSONTape.read` calls and not after it.
public struct JSONTape {
    /// What stands at a place of the tape.
    public enum Kind: UInt8, Sendable {
        case null, falsehood, truth, integer, number, plainString, escapedString, array, object
    }

    struct Node {
        /// First byte of a scalar, without the quote of a string; first byte of an array or object.
        var start: UInt32
        /// Byte after the scalar, without the quote.
        var end: UInt32
        /// Place after everything inside this value.
        var next: UInt32
        var kind: Kind
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let nodes: [Node]

    /// The place of the outermost value.
    public static let root = 0

    /// Checks `bytes` and lends the tape to `body`.
    public static func read<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, bytesLimit: Int = NotationLimits.jsonBytes,
        _ body: (borrowing JSONTape) -> Result
    ) throws(JSONError) -> Result {
        var scanner = JSONScanner(bytes)
        try scanner.scan(bytesLimit: bytesLimit)
        return body(JSONTape(bytes: bytes, nodes: scanner.nodes))
    }

    /// What stands at `place`.
    public func kind(at place: Int) -> Kind { nodes[place].kind }

    /// The place after the value at `place` and everything inside it.
    public func place(after place: Int) -> Int { Int(nodes[place].next) }

    /// Calls `body` with the places of each name and value of the object at `place`.
    public func forEachMember(of place: Int, _ body: (_ name: Int, _ value: Int) -> Void) {
        guard nodes[place].kind == .object else { return }
        let end = Int(nodes[place].next)
        var name = place + 1
        while name < end {
            body(name, name + 1)
            name = Int(nodes[name + 1].next)
        }
    }

    /// Calls `body` with the place of each element of the array at `place`.
    public func forEachElement(of place: Int, _ body: (_ element: Int) -> Void) {
        guard nodes[place].kind == .array else { return }
        let end = Int(nodes[place].next)
        var element = place + 1
        while element < end {
            body(element)
            element = Int(nodes[element].next)
        }
    }

    /// The bytes of a string written without escapes, where they stand; `nil` for anything else.
    public func plainText(at place: Int) -> UnsafeBufferPointer<UInt8>? {
        let node = nodes[place]
        guard node.kind == .plainString else { return nil }
        return UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
    }

    /// Whether the string at `place` is `text`, however it is escaped.
    public func isName(_ text: StaticString, at place: Int) -> Bool {
        let node = nodes[place]
        let count = text.utf8CodeUnitCount
        if node.kind == .plainString {
            guard Int(node.end - node.start) == count else { return false }
            for offset in 0..<count where bytes[Int(node.start) + offset] != text.utf8Start[offset] { return false }
            return true
        }
        guard node.kind == .escapedString, let unescaped = string(at: place) else { return false }
        return unescaped == text.description
    }

    /// The text of the string at `place`, unescaped; `nil` for anything else.
    public func string(at place: Int) -> String? {
        let node = nodes[place]
        let written = UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
        return switch node.kind {
        case .plainString: String(decoding: written, as: UTF8.self)
        case .escapedString: JSONEscapes.unescape(written)
        default: nil
        }
    }

    /// The whole number at `place`; `nil` for anything else.
    public func integer(at place: Int) -> Int64? {
        let node = nodes[place]
        guard node.kind == .integer else { return nil }
        var index = Int(node.start)
        let isNegative = bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var value: Int64 = 0
        while index < Int(node.end) {
            // The scanner calls a number whole only if it fits; negated digits reach one further.
            value = value &* 10 &- Int64(bytes[index] &- UInt8(ascii: "0"))
            index += 1
        }
        return isNegative ? value : 0 &- value
    }

    /// The tree of the value at `place`.
    public func json(at place: Int = root) -> JSON {
        let node = nodes[place]
        switch node.kind {
        case .null: return .null
        case .falsehood: return .boolean(false)
        case .truth: return .boolean(true)
        case .integer: return .integer(integer(at: place) ?? 0)
        case .number: return .number(String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self))
        case .plainString, .escapedString: return .string(string(at: place) ?? "")
        case .array:
            var elements: [JSON] = []
            forEachElement(of: place) { elements.append(json(at: $0)) }
            return .array(elements)
        case .object:
            var members: [JSONObject.Member] = []
            forEachMember(of: place) { name, value in
                members.append(JSONObject.Member(string(at: name) ?? "", json(at: value)))
            }
            return .object(JSONObject(checked: members))
        }
    }
}
