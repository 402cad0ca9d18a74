// SPDX-License-Identifier: EUPL-1.2

/// Size and root of a log. Spec: Protocol/log.md §3.
public struct Head: Hashable, Sendable {
    /// How many entries.
    public let size: LogSize
    /// The root over them.
    public let root: Hash

    /// Joins size and root.
    public init(size: LogSize, root: Hash) {
        self.size = size
        self.root = root
    }
}

/// A head and a signature that claims to be its log's; `VerifiedHead` is one that is.
/// Spec: Protocol/log.md §3.
public struct SignedHead: Hashable, Sendable {
    /// Size and root.
    public let head: Head
    /// The signature over the checkpoint's text.
    public let signature: Signature

    /// The size.
    public var size: LogSize { head.size }
    /// The root.
    public var root: Hash { head.root }

    /// A claim.
    public init(_ head: Head, signature: Signature) {
        self.head = head
        self.signature = signature
    }

    /// Signs a head. Whether the log may be signed at that size is for its owner to know (§7).
    public init(_ head: Head, of origin: Origin, signer: some Signing) {
        self.head = head
        signature = signer.sign(Array(Checkpoint(origin, head).text.utf8))
    }

    /// Whether the log's key signed it.
    public func verifies(_ log: LogIdentity, _ verifier: some SignatureVerifying) -> Bool {
        verifier.verifies(signature, of: Array(Checkpoint(log.origin, head).text.utf8), by: log.key)
    }

    /// The head as a note that public tools read.
    public func note(_ log: LogIdentity, _ hashing: some Hashing) -> Note {
        Note(text: Checkpoint(log.origin, head).text, signatures: [(VerifierKey(log, hashing), signature)])
    }
}

/// A head that its log's key signed; only the check can make one.
public struct VerifiedHead: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The head with its signature.
    public let signed: SignedHead

    /// The size.
    public var size: LogSize { signed.size }
    /// The root.
    public var root: Hash { signed.root }

    /// `nil` unless the log's key signed the head.
    public init?(_ signed: SignedHead, of log: LogIdentity, _ verifier: some SignatureVerifying) {
        guard signed.verifies(log, verifier) else { return nil }
        self.log = log.log
        self.signed = signed
    }

    /// Reads a note that holds a checkpoint of this log, signed by it.
    public init(note bytes: [UInt8], of log: LogIdentity, _ suite: some CipherSuite) throws(NoteRefusal) {
        let note = try Note.parse(bytes)
        let verified = try note.verify([VerifierKey(log, suite)], suite)
        let checkpoint = try Checkpoint.parse(note.text)
        try checkpoint.check(origin: log.origin)
        self.log = log.log
        signed = SignedHead(checkpoint.head, signature: verified[0].signature)
    }

    /// The owner has just signed it.
    init(own signed: SignedHead, of log: LogID) {
        self.log = log
        self.signed = signed
    }
}
