// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Cryptography
import Journal
import Notation
import Testing

@Suite("Kinds: vectors, Protocol/kinds.md")
struct KindVectorTests {
    /// What the shape of a body is found to be.
    static func judge(_ vector: VectorCase) throws(VoidReason) {
        let references = (0..<vector.number("references")).map { number in
            EntryReference(
                log: LogID(suite.hash([0, UInt8(number)])), index: .zero, leaf: suite.hash([UInt8(number)]))
        }
        let bytes = Entry.encode(
            kind: UInt16(vector.number("kind")), body: vector.bytes("body"), references: references)
        try bytes.withUnsafeBufferPointer { memory throws(VoidReason) in
            guard let base = memory.baseAddress,
                  let entry = EntryInHand(
                    base, in: 0..<memory.count,
                    .init(log: 0, index: vector.number("index"), leaf: suite.leafHash(bytes), judge: 0)),
                  let kind = EntryKinds.kind(entry.kind)
            else { throw VoidReason(rawValue: "unknown") }
            try kind.checkShape(entry)
            if kind.ownEntryNamed(by: entry) == nil, entry.kind == Destroyed.number {
                throw .destroyedNotEarlier
            }
        }
    }

    @Test("a valid body is read", arguments: ProtocolVectors.valid("kinds", "body"))
    func valid(vector: VectorCase) throws {
        try Self.judge(vector)
        let body = vector.bytes("body")
        switch UInt16(vector.number("kind")) {
        case UsageFlush.number: #expect(try UsageFlush.parse(body).encode() == body)
        case CellStance.number: #expect(try CellStance.parse(body).encode() == body)
        case PeriodCut.number: #expect(try PeriodCut.parse(body).encode() == body)
        default: break
        }
    }

    @Test("an invalid body is void", arguments: ProtocolVectors.invalid("kinds", "body"))
    func invalid(vector: VectorCase) {
        guard !Self.isOfAnotherAuthor(vector) else { return }
        #expect(throws: VoidReason.self) { try Self.judge(vector) }
    }

    /// A rule on who may write, which the fold judges.
    static func isOfAnotherAuthor(_ vector: VectorCase) -> Bool {
        let (body, author) = (vector.bytes("body"), vector.text("author"))
        switch UInt16(vector.number("kind")) {
        case Statement.number: return (try? Statement.parse(body))?.counterparty.digits == author
        case CellStance.number:
            guard let stance = try? CellStance.parse(body) else { return false }
            if case .confirms = stance.word { return stance.consumer.digits != author }
            return ![stance.provider.digits, stance.consumer.digits].contains(author)
        case PeriodCut.number:
            guard let cut = try? PeriodCut.parse(body) else { return false }
            return ![cut.lower.digits, cut.higher.digits].contains(author)
        default: return false
        }
    }
}
