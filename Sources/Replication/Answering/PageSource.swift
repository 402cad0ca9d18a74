// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Where entries are read to be sent: a store, called synchronously. What it hands out it has checked against
/// the hashes that it keeps. Spec: Protocol/exchange.md §3.
public protocol PageSource {
    /// What can go wrong while reading.
    associatedtype Failure: Error

    /// Offers the entries of `log` from `first` on, below `end`, to `sink` in order, and stops as soon as
    /// the sink takes no more. Both lie within what the table says is held.
    mutating func entries(
        of log: LogID, from first: EntryIndex, below end: LogSize, to sink: inout EntrySink
    ) throws(Failure)

    /// The roots that cover what lies between `stop` and the head of `headSize`, as in Protocol/log.md §4;
    /// `nil` where they cannot be told, and then the page is not sent.
    mutating func rightHandHashes(
        of log: LogID, from stop: LogSize, to headSize: LogSize
    ) throws(Failure) -> [Hash]?

    /// The canonical bytes of the evidence held against `log`.
    mutating func evidence(against log: LogID) throws(Failure) -> [UInt8]?

    /// The text of a commitment, with its salt, where it is held and may be given.
    mutating func text(of commitment: TextCommitment) throws(Failure) -> SaltedText?
}

/// Takes entries for one page up to a number of bytes.
public struct EntrySink: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0
    private let budgetBytes: Int

    /// Room for `budgetBytes` of entries with their lengths.
    public init(budgetBytes: Int) { self.budgetBytes = budgetBytes }

    /// Takes one entry; `false` where it does not fit, and then no further one is to be offered.
    public mutating func offer(_ entry: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count + 3 + entry.count <= budgetBytes else { return false }
        appendHead(entry.count)
        bytes.append(contentsOf: entry)
        count += 1
        return true
    }

    /// Takes one entry; `false` where it does not fit, and then no further one is to be offered.
    public mutating func offer(_ entry: ArraySlice<UInt8>) -> Bool {
        entry.withUnsafeBytes { offer($0) }
    }

    /// Takes one entry; `false` where it does not fit, and then no further one is to be offered.
    public mutating func offer(_ entry: [UInt8]) -> Bool {
        entry.withUnsafeBytes { offer($0) }
    }

    /// The head of a byte string (Protocol/cbor.md §2); an entry has at most 65,535 bytes.
    private mutating func appendHead(_ count: Int) {
        precondition(count <= Limits.entryBytes, "an entry has at most 65,535 bytes")
        if count < 24 {
            bytes.append(0x40 | UInt8(count))
        } else if count < 256 {
            bytes.append(0x58)
            bytes.append(UInt8(count))
        } else {
            bytes.append(0x59)
            bytes.append(UInt8(count >> 8))
            bytes.append(UInt8(count & 0xFF))
        }
    }
}
