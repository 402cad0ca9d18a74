// SPDX-License-Identifier: EUPL-1.2

/// Gives byte strings small numbers, in order of first use: an OIN, an application or a field is held once,
/// and rows hold its number. The numbers mean nothing outside one state and never reach output.
struct NameTable: Sendable {
    /// Names that go into one chunk of a snapshot.
    static let namesPerChunk = 256

    private var arena: [UInt8] = []
    private var ends: [Int] = []
    // Number + 1 of the name in each slot, 0 for none; a power of two long.
    private var slots: [UInt32] = Array(repeating: 0, count: 64)
    /// The first chunk that changed since the last snapshot.
    private(set) var firstDirtyChunk = 0

    /// How many names there are.
    var count: Int { ends.count }

    private func range(_ number: UInt32) -> Range<Int> {
        let index = Int(number)
        return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    /// Lends the bytes of a name.
    @inline(__always)
    func withName<Result>(_ number: UInt32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let range = range(number)
        return arena.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// The bytes of a name.
    func name(_ number: UInt32) -> ArraySlice<UInt8> { arena[range(number)] }

    /// The name as text, which it is where only texts were given numbers.
    func text(_ number: UInt32) -> String { withName(number) { $0.utf8Text } }

    private func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: bytes)
        return hasher.finalize()
    }

    /// The number of a name, `nil` when it has none yet.
    @inline(__always)
    func number(of bytes: UnsafeRawBufferPointer) -> UInt32? {
        let mask = slots.count - 1
        var slot = hash(bytes) & mask
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if withName(number, { $0.equals(bytes) }) { return number }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The number of a text, `nil` when it has none yet.
    func number(of text: String) -> UInt32? { Array(text.utf8).withUnsafeBytes { number(of: $0) } }

    /// The number of a name, given now if it has none.
    mutating func intern(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        if let number = number(of: bytes) { return number }
        if (ends.count + 1) * 4 > slots.count * 3 { grow() }
        let number = UInt32(ends.count)
        firstDirtyChunk = min(firstDirtyChunk, Int(number) / Self.namesPerChunk)
        arena.append(contentsOf: bytes)
        ends.append(arena.count)
        place(number)
        return number
    }

    /// The number of a text, given now if it has none.
    mutating func intern(_ text: String) -> UInt32 { Array(text.utf8).withUnsafeBytes { intern($0) } }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for number in 0..<UInt32(ends.count) { place(number) }
    }

    private mutating func place(_ number: UInt32) {
        let mask = slots.count - 1
        var slot = withName(number) { hash($0) } & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = number + 1
    }

    /// How many chunks the names fill.
    var chunkCount: Int { (ends.count + Self.namesPerChunk - 1) / Self.namesPerChunk }

    /// The numbers of the names of a chunk.
    func numbers(ofChunk chunk: Int) -> Range<UInt32> {
        UInt32(chunk * Self.namesPerChunk)..<UInt32(min(ends.count, (chunk + 1) * Self.namesPerChunk))
    }

    /// Takes nothing as written.
    mutating func markDirty() { firstDirtyChunk = 0 }

    /// Forgets what changed; the caller has written it.
    mutating func markClean() { firstDirtyChunk = ends.count / Self.namesPerChunk }
}
