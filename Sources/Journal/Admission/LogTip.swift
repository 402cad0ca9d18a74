// SPDX-License-Identifier: EUPL-1.2

/// How far a log is held, and the signed head that vouches for it. Foreign logs grow by `admit` alone.
/// Spec: Protocol/log.md §4.
public struct LogTip: Hashable, Sendable {
    /// Which signature stands behind the entries held. The sizes always fit: no other code can make one.
    public enum Standing: Hashable, Sendable {
        /// Nothing is held.
        case empty
        /// The last signed head ends exactly here.
        case whole(VerifiedHead)
        /// The last signed head lies beyond what is held; the right-hand hashes cover the rest.
        case part(of: VerifiedHead, rightHandHashes: [Hash])
    }

    /// The log.
    public let identity: LogIdentity
    /// The right edge of what is held.
    public private(set) var edge: RightEdge
    /// The signature behind it.
    public private(set) var standing: Standing

    /// The log's id.
    public var log: LogID { identity.log }

    /// How many entries are held.
    public var held: LogSize { edge.size }

    /// The last signed head; at or beyond what is held. `nil` when nothing is.
    public var head: VerifiedHead? {
        switch standing {
        case .empty: nil
        case .whole(let head), .part(let head, _): head
        }
    }

    /// The right-hand hashes that a page ending at `held` brings along for `head`.
    public var rightHandHashes: [Hash] {
        if case .part(_, let hashes) = standing { hashes } else { [] }
    }

    /// Nothing held yet of a log that something authorises.
    public init(authorised identity: LogIdentity) {
        self.identity = identity
        edge = RightEdge()
        standing = .empty
    }

    /// Takes up again what a store kept; everything is checked anew (invariant: nothing is served unchecked).
    public init(
        restoring identity: LogIdentity, edge: RightEdge, head: SignedHead, rightHandHashes: [Hash],
        _ suite: some CipherSuite
    ) throws(PageRefusal) {
        guard let root = edge.root(at: head.size, rightHand: rightHandHashes, suite) else { throw .hashes }
        guard root == head.root, let verified = VerifiedHead(head, of: identity, suite) else {
            throw .headSignature
        }
        self.identity = identity
        self.edge = edge
        standing = Self.standing(verified, held: edge.size, rightHandHashes)
    }

    /// Only for the module: the caller vouches that the standing fits the edge.
    init(_ identity: LogIdentity, edge: RightEdge, standing: Standing) {
        self.identity = identity
        self.edge = edge
        self.standing = standing
    }

    private static func standing(_ head: VerifiedHead, held: LogSize, _ rightHand: [Hash]) -> Standing {
        head.size == held ? .whole(head) : .part(of: head, rightHandHashes: rightHand)
    }

    /// Checks a page and appends what is new of it. On a refusal the tip is as before.
    public mutating func admit(
        _ page: Page, _ suite: some CipherSuite
    ) throws(PageRefusal) -> AdmittedPage {
        let stop = try checkPosition(of: page)
        let new = page.entries.dropFirst(held.count - page.from.position)
        let first = held.next
        try new.check()
        if first == .zero, !new.isEmpty, LogID(suite.hash(new[0])) != log { throw .entryZeroMismatch }
        guard page.headSize >= stop, page.rightHandHashes.count <= Limits.rightHandHashes else {
            throw .hashes
        }
        let leaves = new.leafHashes(suite)
        var grown = edge
        grown.append(leaves: leaves, suite)
        guard let root = grown.root(at: page.headSize, rightHand: page.rightHandHashes, suite) else {
            throw .hashes
        }
        let signed = SignedHead(Head(size: page.headSize, root: root), signature: page.signature)
        // The pages under one head are verified once: the same text and signature need no second look.
        guard let verified = head?.signed == signed ? head : VerifiedHead(signed, of: identity, suite) else {
            throw .headSignature
        }
        edge = grown
        standing = Self.standing(verified, held: stop, page.rightHandHashes)
        return AdmittedPage(first: first, entries: new, leafHashes: leaves, tip: self)
    }

    /// Checks log, length and position before anything is read; answers where the page stops.
    private func checkPosition(of page: Page) throws(PageRefusal) -> LogSize {
        guard page.log == log else { throw .logNotAuthorised }
        let byteCount = page.encodedByteCount
        guard byteCount <= Limits.pageBytes else { throw .oversize(bytes: byteCount) }
        guard page.from.position <= held.count else { throw .gap(held: held, from: page.from) }
        let stop = LogSize(known: page.from.position + page.entries.count)
        guard stop > held || stop == held && page.headSize > held else { throw .empty }
        return stop
    }

    /// The owner's way to grow, which signs instead of checking.
    mutating func appendOwn(_ leaves: [Hash], signer: some Signing, _ hashing: some Hashing) {
        edge.append(leaves: leaves, hashing)
        let head = Head(size: edge.size, root: edge.root(hashing))
        standing = .whole(VerifiedHead(own: SignedHead(head, of: identity.origin, signer: signer), of: log))
    }
}
