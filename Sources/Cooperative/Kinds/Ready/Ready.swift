// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 3: a candidate has reached an epoch. Spec: Protocol/membership.md §1.
public struct Ready: Hashable, Sendable, PlainBody {
    static let number: UInt16 = 3
    static let name = "ready"
    static let shape = VoidReason.readyShape

    /// The number of the epoch.
    public let epoch: EpochNumber
    /// Its hash.
    public let hash: Hash
    /// The candidate's settled digest after it.
    public let stateDigest: Hash

    /// Says that an epoch was reached.
    public init(epoch: EpochNumber, hash: Hash, stateDigest: Hash) {
        (self.epoch, self.hash, self.stateDigest) = (epoch, hash, stateDigest)
    }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Ready {
        try read(body)
    }

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 3, let number = cursor.unsigned(), let hash = cursor.bytes(),
              hash.count == Hash.byteCount, let digest = cursor.bytes(), digest.count == Hash.byteCount,
              cursor.isAtEnd
        else { throw .readyShape }
        epoch = EpochNumber(known: number)
        self.hash = Hash(unsafe: hash)
        stateDigest = Hash(unsafe: digest)
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 80)
        writer.array(count: 3)
        writer.integer(epoch.value)
        writer.bytes(hash)
        writer.bytes(stateDigest)
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static var isOfMembers: Bool { false }

    func take(_ entry: EntryInHand, into state: inout CooperativeState) throws(VoidReason) {
        guard state.logs[Int(entry.log)].memberSince > entry.judge else { throw .readyNotCandidate }
        guard epoch.value <= entry.judge, hash == state.history[epoch.value].hash,
              stateDigest == state.history[epoch.value].stateDigest
        else { throw .readyWrong }
        state.noteReady(entry)
    }

    var line: String { "at epoch \(epoch)" }
}

extension VoidReason {
    /// The body is not a number and two hashes, or the entry has references or a commitment.
    public static let readyShape = VoidReason("ready-shape")
    /// The log is no candidate's.
    public static let readyNotCandidate = VoidReason("ready-not-candidate")
    /// There is no such epoch yet, or hash or digest are not its own.
    public static let readyWrong = VoidReason("ready-wrong")
}
