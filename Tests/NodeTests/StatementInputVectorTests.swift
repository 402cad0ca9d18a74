// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Cryptography
import Foundation
import Journal
@testable import Node
import Notation
import Settlement
import Testing

@Suite("Statement input: vectors, Protocol/settlement-input.md")
struct StatementInputVectorTests {
    private static let vectors: [JSON] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        guard let data = try? Data(contentsOf: root.appending(path: "Protocol/vectors/statement-input.json")),
              let json = try? JSON(parsing: Array(data), bytesLimit: data.count)
        else { return [] }
        return json["valid"]?.elements ?? []
    }()

    private let suite = OpenSSLSuite()

    @Test("genesis, epochs and logs give the statement", arguments: vectors.indices)
    func statement(position: Int) throws {
        let vector = Self.vectors[position]
        let state = try overlay(of: vector)
        let month = try #require(vector["month"]?.text.flatMap { CivilMonth($0) })
        let party = try PartyID(try #require(vector["party"]?.text))
        let text = try SettlementInput(state, through: month).statement(of: party, in: month).canonicalText
        #expect(text == vector["text"]?.text, "\(vector["name"]?.text ?? "")")
    }

    @Test("there are cases with and without epochs")
    func withAndWithoutEpochs() {
        #expect(Self.vectors.contains { $0["epochs"] == nil } && Self.vectors.contains { $0["epochs"] != nil })
    }

    private func overlay(of vector: JSON) throws -> CooperativeState {
        let genesis = try Genesis.parse(try bytes(vector["genesis"]), suite)
        var held = EntriesInMemory()
        var logs: [LogID] = []
        for log in vector["logs"]?.elements ?? [] {
            let id = try #require(log["logId"]?.text.flatMap { LogID(hexadecimal: $0) })
            logs.append(id)
            for entry in log["entries"]?.elements ?? [] { held.append(try bytes(entry), to: id, hashing: suite) }
        }
        var settled = CooperativeState(genesis: genesis, hashing: suite)
        for epoch in vector["epochs"]?.elements ?? [] {
            settled = settled.settled(by: try next(epoch, after: &settled, held), held: held)
        }
        let openings = try logs.compactMap { log in
            try held.entry(log: log, index: .zero).map { try EntryZero.parse($0) }
        }
        var state = settled.overlay(convicted: [], openings: openings, held: EntriesInMemory())
        // Twice: an invitation makes a log known that came before it.
        for log in logs + logs where state.size(of: log) != nil {
            if let batch = held.entries(log: log, from: .zero) {
                try state.apply(log, from: .zero, batch, held: held)
            }
        }
        return state
    }

    private func next(
        _ epoch: JSON, after last: inout CooperativeState, _ held: EntriesInMemory
    ) throws -> Epoch {
        let heads = try (epoch["vector"]?.elements ?? []).map { covered in
            let log = try #require(covered.elements?[0].text.flatMap { LogID(hexadecimal: $0) })
            let size = Int(covered.elements?[1].wholeNumber ?? 0)
            var edge = RightEdge()
            for index in 0..<size {
                edge.append(leaf: try #require(held.leafHash(log: log, index: EntryIndex(known: index))), suite)
            }
            return CoveredHead(log: log, head: Head(size: LogSize(known: size), root: edge.root(suite)))
        }
        let header = EpochHeader(
            network: last.genesis.network, number: last.epoch.number + 1, previous: last.epoch.hash,
            vectorRoot: EpochHeader.vectorRoot(heads, suite),
            date: try #require(epoch["date"]?.wholeNumber.flatMap { CivilDate(dayNumber: Int($0)) }),
            ruleVersion: Int(epoch["ruleVersion"]?.wholeNumber ?? 0), stateDigest: last.digest())
        return Epoch(
            number: header.number, hash: header.hash(suite), date: header.date, ruleVersion: header.ruleVersion,
            heads: heads)
    }

    private func bytes(_ value: JSON?) throws -> [UInt8] {
        try #require(value?.text.flatMap { Hexadecimal.decode($0) })
    }
}
