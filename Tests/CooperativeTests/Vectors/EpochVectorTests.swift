// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Notation
import Testing

@Suite("Epochs: vectors, Protocol/genesis.md §3 and §4")
struct EpochVectorTests {
    static func heads(_ vector: VectorCase) -> [CoveredHead]? {
        var heads: [CoveredHead] = []
        for item in vector.list("heads") {
            guard let log = item[0]?.text.flatMap({ LogID(hexadecimal: $0) }),
                  let size = item[1]?.wholeNumber.flatMap({ LogSize(Int($0)) }),
                  let root = item[2]?.text.flatMap({ Hash(hexadecimal: $0) })
            else { return nil }
            heads.append(CoveredHead(log: log, head: Head(size: size, root: root)))
        }
        return heads
    }

    @Test("a head vector has one root", arguments: ProtocolVectors.valid("epoch", "vector"))
    func vector(vector: VectorCase) throws {
        let heads = try #require(Self.heads(vector))
        #expect(EpochHeader.isOrdered(heads))
        #expect(EpochHeader.vectorRoot(heads, suite).description == vector.text("root"))
    }

    @Test("a head vector out of order, or with a log twice, is known",
          arguments: ProtocolVectors.invalid("epoch", "vector"))
    func invalidVector(vector: VectorCase) throws {
        let heads = try #require(Self.heads(vector))
        #expect(!EpochHeader.isOrdered(heads))
    }

    @Test("a header is read, written back and hashed", arguments: ProtocolVectors.valid("epoch", "header"))
    func header(vector: VectorCase) throws {
        let header = try #require(EpochHeader(vector.bytes("hex")))
        #expect(header.encode() == vector.bytes("hex"))
        #expect(header.number == vector.number("number"))
        #expect(Int(header.date.dayNumber) == vector.number("date"))
        #expect(header.ruleVersion == vector.number("ruleVersion"))
        #expect(header.hash(suite).description == vector.text("hash"))
    }

    @Test("bytes that are no header are refused", arguments: ProtocolVectors.invalid("epoch", "header"))
    func invalidHeader(vector: VectorCase) {
        #expect(EpochHeader(vector.bytes("hex")) == nil)
    }

    @Test("a vote is a note over its text", arguments: ProtocolVectors.valid("epoch", "vote"))
    func vote(vector: VectorCase) throws {
        let note = try Note.parse(vector.text("note"))
        let vote = try #require(VoteText(note.text))
        #expect(vote.step.rawValue == "korf-\(vector.text("step"))/v1")
        #expect(vote.number == vector.number("number"))
        #expect(vote.round == vector.number("round"))
        #expect(vote.epoch.description == vector.text("hash"))
        #expect(vote.text == vector.text("text"))
    }

    @Test("a text that is no vote is refused", arguments: ProtocolVectors.invalid("epoch", "vote"))
    func invalidVote(vector: VectorCase) {
        guard vector.reason == "vote-shape" else { return }
        #expect((try? Note.parse(vector.text("note"))).flatMap { VoteText($0.text) } == nil)
    }
}
