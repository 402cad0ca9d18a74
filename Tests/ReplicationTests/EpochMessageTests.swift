// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication
import Testing

@Suite("Epoch messages, Protocol/exchange.md §8")
struct EpochMessageTests {
    private static func hash(_ byte: UInt8) throws -> Hash { try #require(Hash([UInt8](repeating: byte, count: 32))) }
    private static func log(_ byte: UInt8) throws -> LogID { try #require(LogID([UInt8](repeating: byte, count: 32))) }

    private static func delta(_ bytes: [UInt8]) throws -> VectorDelta {
        VectorDelta(try bytes.map { byte in
            DeltaHead(log: try log(byte), head: Head(size: LogSize(known: Int(byte)), root: try hash(byte)))
        })
    }

    @Test("each message is read as it was written")
    func roundTrip() throws {
        let delta = try Self.delta([1, 2, 9])
        let answer = EpochsAnswer(items: [.init(number: 3, certificate: [1, 2], delta: delta)], highest: 7)
        #expect(try EpochsAnswer(decoding: answer.encode()) == answer)
        #expect(try EpochsRequest(decoding: EpochsRequest(first: 3).encode()).first == 3)
        let request = QuorumProofRequest(number: 4, round: 2, hash: try Self.hash(5))
        #expect(try QuorumProofRequest(decoding: request.encode()) == request)
        for proof in [nil, [UInt8](repeating: 1, count: 70)] as [[UInt8]?] {
            #expect(try QuorumProofAnswer(decoding: QuorumProofAnswer(proof: proof).encode()).proof == proof)
        }
        let asked = VectorRequest(number: 4, root: try Self.hash(6))
        #expect(try VectorRequest(decoding: asked.encode()) == asked)
        for delta in [nil, delta] {
            #expect(try VectorAnswer(decoding: VectorAnswer(delta: delta).encode()).delta == delta)
        }
        #expect(VectorDelta(delta.encode()) == delta)
    }

    @Test("a delta out of order, twice of one log, or with something behind it is none")
    func disordered() throws {
        let good = try Self.delta([1, 2]).encode()
        var twice = CBORWriter(capacity: 200)
        twice.array(count: 2)
        let one = try Self.delta([1]).encode().dropFirst()
        twice.raw(one)
        twice.raw(one)
        #expect(VectorDelta(twice.bytes) == nil)
        var turned = CBORWriter(capacity: 200)
        turned.array(count: 2)
        turned.raw(try Self.delta([2]).encode().dropFirst())
        turned.raw(one)
        #expect(VectorDelta(turned.bytes) == nil)
        #expect(VectorDelta(good + [0]) == nil)
        #expect(VectorDelta([]) == nil)
    }

    @Test("all keys are mandatory, and a number is at least 1")
    func mandatory() throws {
        func refusal(_ read: () throws(BodyRefusal) -> Void) -> String? {
            do throws(BodyRefusal) {
                try read()
                return nil
            } catch { return error.reason }
        }
        #expect(refusal { () throws(BodyRefusal) in _ = try EpochsRequest(decoding: [0xA0]) } == "body-field")
        #expect(refusal { () throws(BodyRefusal) in _ = try EpochsRequest(decoding: [0xA1, 1, 0]) } == "body-field")
        let one: [UInt8] = [0xA1, 1, 1]
        #expect(refusal { () throws(BodyRefusal) in _ = try QuorumProofRequest(decoding: one) } == "body-field")
        #expect(refusal { () throws(BodyRefusal) in _ = try VectorRequest(decoding: [0xA1, 1, 1]) } == "body-field")
        #expect(refusal { () throws(BodyRefusal) in _ = try EpochsAnswer(decoding: [0xA1, 1, 0x80]) } == "body-field")
        let large = [UInt8](repeating: 0, count: ExchangeLimits.smallBodyBytes + 1)
        #expect(refusal { () throws(BodyRefusal) in _ = try VectorRequest(decoding: large) } == "body-oversize")
    }
}
