// SPDX-License-Identifier: EUPL-1.2

/// One strict pass over a JSON text (RFC 8259) that writes a tape.
struct JSONScanner {
    private(set) var nodes: [JSONTape.Node] = []
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func scan(bytesLimit: Int) throws(JSONError) {
        guard bytes.count <= min(bytesLimit, Int(UInt32.max)) else {
            throw failure(.tooLarge(bytesLimit: bytesLimit), at: 0)
        }
        if let bad = UTF8Text.firstInvalidByte(in: bytes) { throw failure(.invalidUTF8, at: bad) }
        nodes.reserveCapacity(bytes.count / 12 + 4)
        skipSpace()
        guard position < bytes.count else { throw failure(.empty, at: 0) }
        try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure(.textAfterEnd, at: position) }
    }

    private mutating func value(depth: Int) throws(JSONError) {
        guard position < bytes.count else { throw failure(.unexpectedEnd, at: position) }
        switch bytes[position] {
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "{"): try object(depth: depth + 1)
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        case UInt8(ascii: "t"): try word("true", .truth)
        case UInt8(ascii: "f"): try word("false", .falsehood)
        case UInt8(ascii: "n"): try word("null", .null)
        default: throw failure(.expectedValue, at: position)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) {
        let place = try open(.object, depth: depth)
        var memberCount = 0
        if !close(UInt8(ascii: "}")) {
            while true {
                guard position < bytes.count else { throw failure(.unexpectedEnd, at: position) }
                guard bytes[position] == UInt8(ascii: "\"") else { throw failure(.expectedName, at: position) }
                memberCount += 1
                guard memberCount <= NotationLimits.jsonMembers else {
                    throw failure(.tooManyMembers(limit: NotationLimits.jsonMembers), at: position)
                }
                try string()
                skipSpace()
                guard position < bytes.count else { throw failure(.unexpectedEnd, at: position) }
                guard bytes[position] == UInt8(ascii: ":") else { throw failure(.expectedColon, at: position) }
                position += 1
                skipSpace()
                try value(depth: depth)
                if try !comma(orEnd: UInt8(ascii: "}")) { break }
            }
        }
        finish(place)
        try refuseDuplicates(place, memberCount: memberCount)
    }

    private mutating func array(depth: Int) throws(JSONError) {
        let place = try open(.array, depth: depth)
        if !close(UInt8(ascii: "]")) {
            while true {
                try value(depth: depth)
                if try !comma(orEnd: UInt8(ascii: "]")) { break }
            }
        }
        finish(place)
    }

    private mutating func open(_ kind: JSONTape.Kind, depth: Int) throws(JSONError) -> Int {
        guard depth <= NotationLimits.jsonDepth else {
            throw failure(.tooDeep(limit: NotationLimits.jsonDepth), at: position)
        }
        nodes.append(.init(start: UInt32(position), end: 0, next: 0, kind: kind))
        position += 1
        skipSpace()
        return nodes.count - 1
    }

    private mutating func close(_ bracket: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == bracket else { return false }
        position += 1
        return true
    }

    private mutating func finish(_ place: Int) {
        nodes[place].end = UInt32(position)
        nodes[place].next = UInt32(nodes.count)
    }

    private mutating func comma(orEnd bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard position < bytes.count else { throw failure(.unexpectedEnd, at: position) }
        if close(bracket) { return false }
        guard bytes[position] == UInt8(ascii: ",") else { throw failure(.expectedCommaOrEnd, at: position) }
        position += 1
        skipSpace()
        return true
    }

    private mutating func append(_ kind: JSONTape.Kind, from start: Int, to end: Int) {
        nodes.append(.init(
            start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
            next: UInt32(truncatingIfNeeded: nodes.count + 1), kind: kind))
    }

    private mutating func word(_ text: StaticString, _ kind: JSONTape.Kind) throws(JSONError) {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count,
              (0..<text.utf8CodeUnitCount).allSatisfy({ bytes[position + $0] == text.utf8Start[$0] })
        else { throw failure(.expectedValue, at: position) }
        append(kind, from: position, to: end)
        position = end
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    // MARK: Strings

    private mutating func string() throws(JSONError) {
        position += 1
        let start = position
        var isPlain = true
        while true {
            position = JSONScanner.firstSpecial(in: bytes, from: position)
            guard position < bytes.count else { throw failure(.unexpectedEnd, at: position) }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") { break }
            guard byte == UInt8(ascii: "\\") else { throw failure(.controlCharacter, at: position) }
            isPlain = false
            try escape()
        }
        append(isPlain ? .plainString : .escapedString, from: start, to: position)
        position += 1
    }

    private mutating func escape() throws(JSONError) {
        guard position + 1 < bytes.count else { throw failure(.unexpectedEnd, at: position) }
        guard bytes[position + 1] == UInt8(ascii: "u") else {
            guard JSONEscapes.short(bytes[position + 1]) != nil else { throw failure(.badEscape, at: position) }
            position += 2
            return
        }
        guard let unit = JSONEscapes.hexadecimal(bytes, at: position + 2) else {
            throw failure(.badEscape, at: position)
        }
        switch unit {
        case 0xDC00...0xDFFF:
            throw failure(.loneSurrogate, at: position)
        case 0xD800...0xDBFF:
            guard position + 7 < bytes.count, bytes[position + 6] == UInt8(ascii: "\\"),
                  bytes[position + 7] == UInt8(ascii: "u"),
                  let low = JSONEscapes.hexadecimal(bytes, at: position + 8), low >= 0xDC00, low <= 0xDFFF
            else { throw failure(.loneSurrogate, at: position) }
            position += 12
        default:
            position += 6
        }
    }

    /// The next quote, backslash or control character, eight bytes at a time.
    private static func firstSpecial(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101, highs = ones << 7
        let quotes = ones &* 0x22, backslashes = ones &* 0x5C, spaces = ones &* 0x20
        let memory = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= bytes.count {
            let word = UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quote = word ^ quotes, backslash = word ^ backslashes
            let found = ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
                | (word &- spaces) & ~word) & highs
            // Borrows can only mark bytes above the first true one, so the lowest mark is right.
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
            index += 1
        }
        return index
    }
}

// MARK: Numbers, names and places

extension JSONScanner {
    private mutating func number() throws(JSONError) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let wholeStart = position
        let wholeCount = digits()
        guard wholeCount > 0, wholeCount == 1 || bytes[wholeStart] != UInt8(ascii: "0") else {
            throw failure(.badNumber, at: start)
        }
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            guard digits() > 0 else { throw failure(.badNumber, at: start) }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count,
               bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") { position += 1 }
            guard digits() > 0 else { throw failure(.badNumber, at: start) }
        }
        let isMinusZero = start < wholeStart && wholeCount == 1 && bytes[wholeStart] == UInt8(ascii: "0")
        let fits = isWhole && !isMinusZero && (wholeCount < 19
            || Int64(String(decoding: bytes[start..<position], as: UTF8.self)) != nil)
        append(fits ? .integer : .number, from: start, to: position)
    }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        return position - start
    }

    /// Few names are compared pairwise, by their bytes; many go through a set.
    private func refuseDuplicates(_ place: Int, memberCount: Int) throws(JSONError) {
        guard memberCount > 1 else { return }
        let tape = JSONTape(bytes: bytes, nodes: nodes)
        let end = Int(nodes[place].next)
        var name = place + 1
        if memberCount <= 16 {
            while name < end {
                var earlier = place + 1
                while earlier < name {
                    if sameName(earlier, name, tape) { throw duplicate(name, tape) }
                    earlier = Int(nodes[earlier + 1].next)
                }
                name = Int(nodes[name + 1].next)
            }
        } else {
            var seen: Set<[UInt8]> = []
            while name < end {
                guard seen.insert(Array((tape.string(at: name) ?? "").utf8)).inserted else {
                    throw duplicate(name, tape)
                }
                name = Int(nodes[name + 1].next)
            }
        }
    }

    private func sameName(_ left: Int, _ right: Int, _ tape: JSONTape) -> Bool {
        let one = nodes[left], other = nodes[right]
        guard one.kind == .plainString, other.kind == .plainString else {
            return Array((tape.string(at: left) ?? "").utf8) == Array((tape.string(at: right) ?? "").utf8)
        }
        let count = one.end - one.start
        guard count == other.end - other.start else { return false }
        for offset in 0..<Int(count) where bytes[Int(one.start) + offset] != bytes[Int(other.start) + offset] {
            return false
        }
        return true
    }

    private func duplicate(_ name: Int, _ tape: JSONTape) -> JSONError {
        failure(.duplicateName(tape.string(at: name) ?? ""), at: Int(nodes[name].start) - 1)
    }

    private func failure(_ reason: JSONError.Reason, at offset: Int) -> JSONError {
        let before = bytes[0..<min(offset, bytes.count)]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        // Continuation bytes of UTF-8 are no characters of their own.
        let column = bytes[lineStart..<before.endIndex].count { $0 & 0xC0 != 0x80 }
        return JSONError(reason: reason, line: before.count { $0 == 0x0A } + 1, column: column + 1)
    }
}
