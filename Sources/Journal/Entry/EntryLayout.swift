// SPDX-License-Identifier: EUPL-1.2

/// Where the parts of one entry stand. Reading it is the whole check of an entry and allocates nothing, so
/// admission does it for every entry of a page. Spec: Protocol/log.md §1.
struct EntryLayout {
    static let version: UInt64 = 1

    let kind: UInt16
    let body: Range<Int>
    let referenceCount: Int
    /// Where the fourth item begins; the end of the body when there is none.
    let references: Int
    /// Where the thirty-two bytes of the commitment begin.
    let commitment: Int?

    /// Checks that `range` of the memory is exactly one entry.
    static func check(
        _ base: UnsafePointer<UInt8>, in range: Range<Int>
    ) throws(EntryRefusal) -> EntryLayout {
        guard range.count <= Limits.entryBytes else { throw .oversize(bytes: range.count) }
        var scanner = CBORScanner(base: base, position: range.lowerBound, end: range.upperBound)
        do {
            return try read(&scanner)
        } catch {
            // A wrong shape is only named for bytes that are canonical as a whole.
            var whole = CBORScanner(base: base, position: range.lowerBound, end: range.upperBound)
            do throws(CBORRefusal) {
                try whole.skipItem(depth: 0)
                if !whole.isAtEnd { throw .trailingBytes }
            } catch { throw .notCanonical(error) }
            throw error
        }
    }

    private static func read(_ scanner: inout CBORScanner) throws(EntryRefusal) -> EntryLayout {
        let (major, count) = try step { () throws(CBORRefusal) in try scanner.head() }
        guard major == .array, (3...5).contains(count) else { throw .shape }
        let version = try step { () throws(CBORRefusal) in try scanner.head() }
        guard version.major == .unsigned, version.argument == Self.version else { throw .version }
        let kind = try step { () throws(CBORRefusal) in try scanner.head() }
        guard kind.major == .unsigned, kind.argument <= UInt64(Limits.entryKind) else { throw .shape }
        let start = scanner.position
        try step { () throws(CBORRefusal) in try scanner.skipItem(depth: 1) }
        let body = start..<scanner.position
        var referenceCount = 0
        var commitment: Int?
        if count >= 4 { referenceCount = try readReferences(&scanner, mayBeEmpty: count == 5) }
        if count == 5 {
            let (major, length) = try step { () throws(CBORRefusal) in try scanner.head() }
            guard major == .bytes, length == 32 else { throw .commitment }
            commitment = scanner.position
            scanner.position += 32
        }
        guard scanner.isAtEnd else { throw .notCanonical(.trailingBytes) }
        return EntryLayout(
            kind: UInt16(kind.argument), body: body, referenceCount: referenceCount,
            references: body.upperBound, commitment: commitment)
    }

    private static func readReferences(
        _ scanner: inout CBORScanner, mayBeEmpty: Bool
    ) throws(EntryRefusal) -> Int {
        let (major, count) = try step { () throws(CBORRefusal) in try scanner.head() }
        guard major == .array, mayBeEmpty || count > 0 else { throw .shape }
        guard count <= UInt64(Limits.entryReferences) else { throw .referencesTooMany }
        var previous: (log: Bytes32, index: UInt64)?
        for _ in 0..<count {
            let (major, length) = try step { () throws(CBORRefusal) in try scanner.head() }
            guard major == .array, length == 3 else { throw .shape }
            let log = try bytes32(&scanner)
            let index = try step { () throws(CBORRefusal) in try scanner.head() }
            guard index.major == .unsigned else { throw .shape }
            _ = try bytes32(&scanner)
            if let previous, (previous.log, previous.index) >= (log, index.argument) {
                throw .referencesUnsorted
            }
            previous = (log, index.argument)
        }
        return Int(count)
    }

    private static func bytes32(_ scanner: inout CBORScanner) throws(EntryRefusal) -> Bytes32 {
        let (major, length) = try step { () throws(CBORRefusal) in try scanner.head() }
        guard major == .bytes, length == 32 else { throw .shape }
        let start = scanner.position
        scanner.position += 32
        return Bytes32(unsafe: UnsafeRawBufferPointer(start: scanner.base + start, count: 32))
    }

    @inline(__always)
    private static func step<Value>(
        _ body: () throws(CBORRefusal) -> Value
    ) throws(EntryRefusal) -> Value {
        do throws(CBORRefusal) { return try body() } catch { throw .notCanonical(error) }
    }
}
