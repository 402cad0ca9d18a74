// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Testing

@Suite("Decisions: bodies that somebody else wrote, Protocol/voting.md §2 and §3")
struct HostileBodyTests {
    /// Changes up to three bytes, or cuts, or repeats a part.
    private static func spoil(_ bytes: [UInt8], _ choices: inout Choices) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<1 + choices.below(3) where !bytes.isEmpty {
            let place = choices.below(bytes.count)
            switch choices.below(4) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(bytes[choices.below(bytes.count)], at: place)
            default: bytes[place] = UInt8(choices.below(256))
            }
        }
        return bytes
    }

    @Test("what is read is written back byte for byte, and nothing else is read",
          arguments: ProtocolVectors.valid("voting", "proposal"))
    func proposals(vector: VectorCase) {
        var choices = Choices(seed: UInt64(vector.bytes("hex").count))
        for _ in 0..<500 {
            let bytes = Self.spoil(vector.bytes("hex"), &choices)
            do throws(VoidReason) {
                let proposal = try DecisionProposal.parse(bytes)
                #expect(proposal.encode() == bytes)
            } catch { #expect(error == .decisionShape) }
        }
    }

    @Test("so with ballots", arguments: ProtocolVectors.valid("voting", "ballot"))
    func ballots(vector: VectorCase) {
        var choices = Choices(seed: UInt64(vector.bytes("hex").count))
        for _ in 0..<500 {
            let bytes = Self.spoil(vector.bytes("hex"), &choices)
            do throws(VoidReason) {
                let ballot = try Ballot.parse(bytes, referenceCount: vector.number("references"))
                #expect(ballot.encode() == bytes)
            } catch { #expect(error == .ballotShape) }
        }
    }

    @Test("an entry's proposal is named by the place where its reference was sorted to")
    func namesReference() throws {
        let logs = try (1...4).map { number in
            try #require(LogID(hexadecimal: String(repeating: "\(number)", count: 64)))
        }
        let references = logs.map { EntryReference(log: $0, index: 5, leaf: suite.leafHash([1])) }
        let others = [references[0], references[3]]
        let bytes = try Ballot.entry(.for, on: references[1], in: logs[2], otherLogs: others)
        let entry = try Entry.parse(bytes)
        let ballot = try Ballot.parse(Array(entry.body), referenceCount: entry.references.count)
        #expect(ballot.proposal == .reference(position: 1) && entry.references[1] == references[1])
        let own = try Entry.parse(try Ballot.entry(.blank, on: references[1], in: logs[1]))
        #expect(own.references.isEmpty)
        #expect(try Ballot.parse(Array(own.body), referenceCount: 0).proposal == .own(5))
        let many = (0..<8).map { EntryReference(log: logs[0], index: EntryIndex(known: $0), leaf: references[0].leaf) }
        #expect(throws: VoidReason.ballotShape) {
            try Ballot.entry(.for, on: references[1], in: logs[2], otherLogs: many)
        }
    }
}
