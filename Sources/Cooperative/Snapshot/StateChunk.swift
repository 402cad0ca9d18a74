// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A part of a saved state. Chunks are kept under (table, number) and replaced when they are given again; all
/// of them together are the state. Their form is this node's own affair: it is never sent.
public struct StateChunk: Hashable, Sendable {
    /// Which table.
    public let table: Int
    /// Which part of it.
    public let number: Int
    /// The bytes.
    public let bytes: [UInt8]

    /// A chunk as it was kept.
    public init(table: Int, number: Int, bytes: [UInt8]) {
        (self.table, self.number, self.bytes) = (table, number, bytes)
    }
}

/// Why chunks are no state. The node then folds its logs anew.
public enum SnapshotRefusal: Error, Equatable, Sendable {
    /// Written by a version with another form.
    case version
    /// Of an overlay on another settled state than the one at hand.
    case settledState
    /// Of another network.
    case network
    /// A chunk is missing, cut short or contradicts another.
    case damaged(table: Int, number: Int)
}

/// The tables of a snapshot. A change of form needs another `version`.
enum ChunkTable: Int, CaseIterable {
    static let version = 9

    case head, parties, applications, classes, fields, elementKeys
    case usage, registers, elements, statements, buckets, decisions, stances, cuts, periods, billings
    case decidedCounts
}

/// Writes numbers and bytes of a chunk.
struct ChunkWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// A number from 0 up, seven bits a byte, low bits first.
    mutating func number(_ value: Int) {
        var rest = UInt64(value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A number that may be absent, or that stands for "never".
    mutating func optional(_ value: Int?) {
        guard let value, value != Int.max else { return number(0) }
        number(value + 1)
    }

    mutating func bool(_ value: Bool) { number(value ? 1 : 0) }

    mutating func word(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func hash(_ value: some ThirtyTwoBytes) { value.withBytes { bytes.append(contentsOf: $0) } }

    mutating func string(_ value: some Collection<UInt8>) {
        number(value.count)
        bytes.append(contentsOf: value)
    }
}

/// Reads what `ChunkWriter` wrote; `isSound` turns false where it did not write this.
struct ChunkReader {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var isSound = true

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isDone: Bool { isSound && position == bytes.count }

    /// Says that something was read which `ChunkWriter` would not have written.
    mutating func fail() { isSound = false }

    mutating func number() -> Int {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            guard position < bytes.count else { break }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(value) }
        }
        isSound = false
        return 0
    }

    mutating func bool() -> Bool { number(below: 2) == 1 }

    mutating func optional() -> Int? {
        let value = number()
        return value == 0 ? nil : value - 1
    }

    /// A number that counts things of which each takes at least a byte.
    mutating func count() -> Int {
        let value = number()
        guard value <= bytes.count - position else {
            isSound = false
            return 0
        }
        return value
    }

    /// A number below a bound.
    mutating func number(below bound: Int) -> Int {
        let value = number()
        guard value < bound else {
            isSound = false
            return 0
        }
        return value
    }

    mutating func small() -> UInt32 {
        guard let value = UInt32(exactly: number()) else {
            isSound = false
            return 0
        }
        return value
    }

    mutating func word() -> UInt64 {
        guard let slice = take(8) else { return 0 }
        return slice.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    }

    mutating func hash<Value: ThirtyTwoBytes>() -> Value {
        guard let slice = take(32) else { return Value(Bytes32((0, 0, 0, 0))) }
        return slice.withUnsafeBytes { Value(Bytes32(unsafe: $0)) }
    }

    mutating func string() -> ArraySlice<UInt8> { take(count()) ?? [] }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= bytes.count - position else {
            isSound = false
            return nil
        }
        position += count
        return bytes[position - count..<position]
    }
}
