// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// A series of document numbers: one issuer, one log of its member. Spec: Protocol/settlement-documents.md §5.
public struct BooksSeries: Sendable, Equatable {
    /// What its numbers begin with.
    public let prefix: String
    /// Whose documents it numbers.
    public let issuer: String
    /// The own log when it began; with another log the next prefix begins.
    public let log: LogID
    /// Its first number.
    public let first: Int
    /// The last number that was given.
    public let last: Int
}

/// A proposal that asks for a number, with everything that its document says.
public struct BooksProposal: Sendable, Equatable {
    /// The name of the proposal.
    public let name: String
    /// The digest of what it was computed from.
    public let inputs: Hash
    /// The document but for its number.
    public let body: [UInt8]

    /// A proposal; nothing is checked.
    public init(name: String, inputs: Hash, body: [UInt8]) {
        self.name = name
        self.inputs = inputs
        self.body = body
    }
}

/// A document that was numbered. It never changes.
public struct BooksDocument: Sendable, Equatable {
    /// The prefix of its series.
    public let prefix: String
    /// Its number in the series.
    public let sequence: Int
    /// The proposal that it was.
    public let proposal: String
    /// The digest of what it was computed from.
    public let inputs: Hash
    /// The document but for its number.
    public let body: [UInt8]
    /// Who had it numbered.
    public let person: String
    /// When, in milliseconds since 1970.
    public let atMilliseconds: Int64
    /// Rejected before it was handed over; its proposal may be numbered anew.
    public let isRejected: Bool
}

/// Something that a person did or noted, such as an approval. Nothing of it is ever changed or taken away.
public struct BooksAct: Sendable, Equatable {
    /// In the order in which they were noted, from 1.
    public let sequence: Int
    /// What it is.
    public let kind: String
    /// What it is about.
    public let subject: String
    /// The rest, as the caller wrote it.
    public let body: [UInt8]
    /// Who did it.
    public let person: String
    /// When, in milliseconds since 1970.
    public let atMilliseconds: Int64
}

/// What became of a proposal that asked for a number.
public enum NumberingOutcome: Sendable, Equatable {
    /// It was given this number, now.
    case given(Int)
    /// It had this number already, in that series.
    case had(String, Int)
    /// It had that number, and what it is computed from has changed since.
    case changed(String, Int)
}
