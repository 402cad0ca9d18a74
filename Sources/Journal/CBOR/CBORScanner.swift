// SPDX-License-Identifier: EUPL-1.2

/// The one place that decides whether bytes are canonical: a cursor over borrowed memory, used by the
/// reader, the entries and the admission of pages. Spec: Protocol/cbor.md §1 to §3.
struct CBORScanner {
    enum Major: UInt8 { case unsigned, negative, bytes, text, array, map, tag, simple }

    let base: UnsafePointer<UInt8>
    var position: Int
    let end: Int

    var isAtEnd: Bool { position == end }

    /// Reads the head of an item: major type and argument. A length is checked against what remains.
    @inline(__always)
    mutating func head() throws(CBORRefusal) -> (major: Major, argument: UInt64) {
        guard position < end else { throw .truncated }
        let initial = base[position]
        position += 1
        let information = initial & 31
        if initial < 0xC0, information < 24 {
            let major = Major(rawValue: initial >> 5).unsafelyUnwrapped
            let argument = UInt64(information)
            if initial >= 0x40, argument > UInt64(end - position) { throw .lengthExceedsInput }
            return (major, argument)
        }
        return try longHead(initial)
    }

    /// Judged in the order of §4: type and kind of length by the first byte, then the argument as a whole.
    private mutating func longHead(_ initial: UInt8) throws(CBORRefusal) -> (major: Major, argument: UInt64) {
        guard let major = Major(rawValue: initial >> 5), major != .tag else { throw .unsupportedType }
        let information = initial & 31
        guard information != 31 else { throw .indefiniteLength }
        if major == .simple {
            guard (20...22).contains(information) else { throw .unsupportedType }
            return (major, UInt64(information))
        }
        guard information < 28 else { throw .unsupportedType }
        let argument = try self.argument(byteCount: 1 << Int(information - 24))
        switch major {
        case .unsigned, .negative:
            if argument > UInt64(Int64.max) { throw .integerOutOfRange }
        default:
            if argument > UInt64(end - position) { throw .lengthExceedsInput }
        }
        return (major, argument)
    }

    private mutating func argument(byteCount: Int) throws(CBORRefusal) -> UInt64 {
        guard end - position >= byteCount else { throw .truncated }
        var value: UInt64 = 0
        for offset in 0..<byteCount { value = value << 8 | UInt64(base[position + offset]) }
        position += byteCount
        let smallest: UInt64 = byteCount == 1 ? 24 : 1 << UInt64(byteCount * 4)
        guard value >= smallest else { throw .notShortest }
        return value
    }

    /// Passes one whole item that begins inside `depth` containers.
    mutating func skipItem(depth: Int) throws(CBORRefusal) {
        if depth >= Limits.encodingDepth, position < end { try checkDepth(base[position]) }
        let (major, argument) = try head()
        switch major {
        case .unsigned, .negative, .simple, .tag: return
        case .bytes: position += Int(argument)
        case .text:
            guard UTF8Check.isValid(base + position, count: Int(argument)) else { throw .invalidUTF8 }
            position += Int(argument)
        case .array:
            for _ in 0..<argument { try skipItem(depth: depth + 1) }
        case .map:
            var previous: Range<Int>?
            for _ in 0..<argument {
                previous = try skipKey(after: previous)
                try skipItem(depth: depth + 1)
            }
        }
    }

    /// No container begins here; one whose length has no spelling is refused for that first.
    private func checkDepth(_ initial: UInt8) throws(CBORRefusal) {
        if initial & 0xC0 == 0x80, initial & 31 < 28 { throw .tooDeep }
    }

    /// Passes one key of a map and answers where it stands; it must follow `previous` in the order of bytes.
    mutating func skipKey(after previous: Range<Int>?) throws(CBORRefusal) -> Range<Int> {
        guard position < end else { throw .truncated }
        switch base[position] >> 5 {
        case 0, 1, 3: break
        default: throw .keyType
        }
        let start = position
        try skipItem(depth: 0)
        let key = start..<position
        if let previous {
            switch compare(previous, key) {
            case 0: throw .duplicateKey
            case 1: throw .keyOrder
            default: break
            }
        }
        return key
    }

    /// -1, 0 or 1, in the order of bytes.
    private func compare(_ left: Range<Int>, _ right: Range<Int>) -> Int {
        for offset in 0..<min(left.count, right.count) {
            let (a, b) = (base[left.lowerBound + offset], base[right.lowerBound + offset])
            if a != b { return a < b ? -1 : 1 }
        }
        return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
    }
}
