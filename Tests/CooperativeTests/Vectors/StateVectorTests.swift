// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Cryptography
import Foundation
import Journal
import Notation
import Testing

@Suite("State: vectors, Protocol/state.md")
struct StateVectorTests {
    /// Histories of the vectors and, with `KORF_HISTORIES=FILE`, those that the checker drew into a file.
    static let histories = ProtocolVectors.valid("state", "histories") + ProtocolVectors.valid("state-random")
        + ProtocolVectors.valid(at: ProcessInfo.processInfo.environment["KORF_HISTORIES"])

    @Test("rows in any order have one digest", arguments: ProtocolVectors.valid("state", "rows"))
    func rows(vector: VectorCase) {
        let rows = vector.list("rows").compactMap { $0.text.flatMap { Hexadecimal.decode($0) } }
        #expect(StateDigest.ofRows(rows, suite).description == vector.text("digest"))
        #expect(StateDigest.ofRows(rows.reversed(), suite).description == vector.text("digest"))
    }

    /// What a history holds.
    struct History {
        let genesis: Genesis
        let held: EntriesInMemory
        let logs: [LogID]
        let vector: VectorCase

        init(_ vector: VectorCase) throws {
            self.vector = vector
            genesis = try Genesis.parse(vector.bytes("genesis"), suite)
            var held = EntriesInMemory()
            var logs: [LogID] = []
            for log in vector.list("logs") {
                let id = try #require(log["logId"]?.text.flatMap { LogID(hexadecimal: $0) })
                logs.append(id)
                for entry in log["entries"]?.elements ?? [] {
                    held.append(try #require(entry.text.flatMap { Hexadecimal.decode($0) }), to: id, hashing: suite)
                }
            }
            (self.held, self.logs) = (held, logs)
        }

        private func root(_ log: LogID, _ size: Int) -> Hash {
            var edge = RightEdge()
            for index in 0..<size {
                guard let leaf = held.leafHash(log: log, index: EntryIndex(known: index)) else { continue }
                edge.append(leaf: leaf, suite)
            }
            return edge.root(suite)
        }

        /// The settled states after E_0 and each epoch of the case.
        func settled() throws -> [CooperativeState] {
            var states = [CooperativeState(genesis: genesis, hashing: suite)]
            for item in vector.list("epochs") {
                let epoch = VectorCase(value: item)
                let heads = try epoch.list("vector").map { covered in
                    let id = try #require(covered.elements?[0].text.flatMap { LogID(hexadecimal: $0) })
                    let size = Int(covered.elements?[1].wholeNumber ?? 0)
                    return CoveredHead(log: id, head: Head(size: LogSize(known: size), root: root(id, size)))
                }
                var last = states[states.count - 1]
                let header = EpochHeader(
                    network: genesis.network, number: last.epoch.number + 1, previous: last.epoch.hash,
                    vectorRoot: EpochHeader.vectorRoot(heads, suite),
                    date: try #require(CivilDate(dayNumber: epoch.number("date"))),
                    ruleVersion: epoch.number("ruleVersion"), stateDigest: last.digest())
                let next = Epoch(
                    number: header.number, hash: header.hash(suite), date: header.date,
                    ruleVersion: header.ruleVersion, heads: heads)
                states.append(last.settled(by: next, held: held))
            }
            return states
        }

        /// The overlay on a settled state, logs made known and folded in the order that `permutation` gives.
        func overlay(on settled: CooperativeState, reversed: Bool = false) throws -> CooperativeState {
            var openings: [EntryZero] = []
            for log in logs {
                guard let bytes = held.entry(log: log, index: .zero), let zero = try? EntryZero.parse(bytes),
                      (try? zero.checkSignature(suite)) != nil
                else { continue }
                openings.append(zero)
            }
            var convicted: Set<LogID> = []
            let known = settled.overlay(convicted: [], openings: openings, held: held)
            for item in vector.list("evidence") {
                guard let bytes = item.text.flatMap({ Hexadecimal.decode($0) }),
                      let evidence = try? ForkEvidence.parse(bytes),
                      let identity = known.identity(of: evidence.log), (try? evidence.check(identity, suite)) != nil
                else { continue }
                convicted.insert(evidence.log)
            }
            var state = settled.overlay(convicted: convicted, openings: openings, held: EntriesInMemory())
            // Twice: an invitation makes a log known that came before it.
            for log in (reversed ? logs.reversed() : logs) + logs where state.size(of: log) != nil {
                if let batch = held.entries(log: log, from: .zero) {
                    try state.apply(log, from: .zero, batch, held: held)
                }
            }
            return state.isStale ? settled.overlay(convicted: convicted, openings: openings, held: held) : state
        }
    }

    /// The overlay of a history.
    static func state(_ vector: VectorCase, reversed: Bool = false) throws -> CooperativeState {
        let history = try History(vector)
        return try history.overlay(on: history.settled()[vector.list("epochs").count], reversed: reversed)
    }

    @Test("a history has its rows and its digest, whichever log comes first",
          arguments: histories, [false, true])
    func history(vector: VectorCase, reversed: Bool) throws {
        var state = try Self.state(vector, reversed: reversed)
        let rows = state.rows().map { Hexadecimal.encode($0) }
        let wanted = vector.list("rows").compactMap(\.text)
        #expect(rows.filter { !wanted.contains($0) } == [])
        #expect(wanted.filter { !rows.contains($0) } == [])
        #expect(state.digest().description == vector.text("digest"))
        #expect(StateDigest.ofRows(state.rows(), suite) == state.digest())
    }

    @Test("each epoch leaves its settled rows and digest",
          arguments: histories.filter { !$0.list("epochs").isEmpty })
    func settled(vector: VectorCase) throws {
        for (settled, item) in zip(try History(vector).settled().dropFirst(), vector.list("settled")) {
            var state = settled
            let expected = VectorCase(value: item)
            #expect(state.epoch.hash.description == expected.text("hash"))
            let rows = state.rows().map { Hexadecimal.encode($0) }
            let wanted = expected.list("rows").compactMap(\.text)
            #expect(rows.filter { !wanted.contains($0) } == [])
            #expect(wanted.filter { !rows.contains($0) } == [])
            #expect(state.digest().description == expected.text("digest"))
        }
    }

    @Test("no misreading of a history gives its digest", 
          arguments: ProtocolVectors.invalid("state", "histories") + ProtocolVectors.invalid("state-random"))
    func misreading(vector: VectorCase) throws {
        var state = try Self.state(vector)
        #expect(state.digest().description != vector.text("claimed"))
    }
}
