// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Notation
import Testing

@Suite("State: vectors, Protocol/state.md")
struct StateVectorTests {
    @Test("rows in any order have one digest", arguments: ProtocolVectors.valid("state", "rows"))
    func rows(vector: VectorCase) {
        let rows = vector.list("rows").compactMap { $0.text.flatMap { Hexadecimal.decode($0) } }
        #expect(StateDigest.ofRows(rows, suite).description == vector.text("digest"))
        #expect(StateDigest.ofRows(rows.reversed(), suite).description == vector.text("digest"))
    }

    /// The state of a history, logs folded in the order that `permutation` gives.
    static func state(_ vector: VectorCase, reversed: Bool = false) throws -> CooperativeState {
        let genesis = try Genesis.parse(vector.bytes("genesis"), suite)
        var held = EntriesInMemory()
        var state = CooperativeState(genesis: genesis, hashing: suite)
        let logs = vector.list("logs")
        for log in reversed ? logs.reversed() : logs {
            let id = try #require(log["logId"]?.text.flatMap { LogID(hexadecimal: $0) })
            for entry in log["entries"]?.elements ?? [] {
                held.append(try #require(entry.text.flatMap { Hexadecimal.decode($0) }), to: id, hashing: suite)
            }
            if let batch = held.entries(log: id, from: .zero), state.size(of: id) != nil {
                try state.apply(id, from: .zero, batch, held: held)
            }
        }
        for item in vector.list("evidence") {
            guard let bytes = item.text.flatMap({ Hexadecimal.decode($0) }),
                  let evidence = try? ForkEvidence.parse(bytes),
                  let oin = state.author(of: evidence.log),
                  let member = state.member(oin),
                  let fork = try? evidence.check(member.logs[0], suite)
            else { continue }
            state = state.suspending(fork, held: held)
        }
        return state
    }

    @Test("a history has its rows and its digest, whichever log comes first",
          arguments: ProtocolVectors.valid("state", "histories"), [false, true])
    func history(vector: VectorCase, reversed: Bool) throws {
        var state = try Self.state(vector, reversed: reversed)
        #expect(state.rows().map { Hexadecimal.encode($0) } == vector.list("rows").compactMap(\.text))
        #expect(state.digest().description == vector.text("digest"))
        #expect(StateDigest.ofRows(state.rows(), suite) == state.digest())
    }

    @Test("no misreading of a history gives its digest", arguments: ProtocolVectors.invalid("state", "histories"))
    func misreading(vector: VectorCase) throws {
        var state = try Self.state(vector)
        #expect(state.digest().description != vector.text("claimed"))
    }
}
