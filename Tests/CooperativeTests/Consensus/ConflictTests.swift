// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Two certificates name liars, Protocol/consensus.md §7")
struct ConflictTests {
    let council = Council(7)

    private func conflict(_ one: (UInt8, Int, Range<Int>), _ other: (UInt8, Int, Range<Int>)) throws -> Conflict {
        try #require(Conflict(
            council.certificate(one.0, round: one.1, by: one.2),
            council.certificate(other.0, round: other.1, by: other.2)))
    }

    private func logs(_ numbers: some Sequence<Int>) -> [LogID] { numbers.map { council.voters.logs[$0].log } }

    @Test("one hash, or two numbers, are no conflict")
    func noConflict() throws {
        let one = try council.certificate(1, round: 0, by: 0..<5)
        #expect(try Conflict(one, council.certificate(1, round: 4, by: 2..<7)) == nil)
    }

    @Test("(a) in one round: who precommitted both")
    func oneRound() throws {
        let conflict = try conflict((1, 2, 0..<5), (2, 2, 2..<7))
        let liars = conflict.liars(polkas: [], council.voters)
        #expect(liars.map(\.log) == logs(2..<5))
        #expect(liars.allSatisfy { $0.lie == .doublePrecommit(Round(known: 2)) })
    }

    @Test("(c) without the polka of its round: who precommitted")
    func withoutPolka() throws {
        let conflict = try conflict((1, 0, 0..<5), (2, 2, 2..<7))
        let first = try council.polka(1, round: 0, by: 0..<5)
        let second = try council.polka(2, round: 2, by: 2..<7)
        #expect(conflict.liars(polkas: [second], council.voters).map(\.log) == logs(0..<5))
        let liars = conflict.liars(polkas: [first], council.voters)
        #expect(liars.map(\.log) == logs(2..<7))
        #expect(liars[0].lie == .precommitWithoutPolka(Round(known: 2)))
    }

    @Test("(a) two polkas of the first round: who prevoted both")
    func twoPolkas() throws {
        let conflict = try conflict((1, 0, 0..<5), (2, 2, 2..<7))
        let polkas = try [
            council.polka(1, round: 0, by: 0..<5), council.polka(2, round: 0, by: 1..<6),
            council.polka(2, round: 2, by: 2..<7),
        ]
        let liars = conflict.liars(polkas: polkas, council.voters)
        #expect(liars.map(\.log) == logs(1..<5) && liars[0].lie == .doublePrevote(.zero))
    }

    @Test("(b) else the first polka for another hash: who was locked, and not who had a polka to unlock with")
    func brokenLock() throws {
        let conflict = try conflict((1, 0, 0..<5), (2, 3, 2..<7))
        let polkas = try [
            council.polka(2, round: 3, by: 0..<5), council.polka(1, round: 0, by: 0..<5),
            council.polka(2, round: 1, by: 2..<7),
        ]
        let liars = conflict.liars(polkas: polkas, council.voters)
        #expect(liars.map(\.log) == logs(2..<5))
        #expect(liars[0].lie == .brokenLock(precommit: .zero, prevote: Round(known: 1)))
    }

    @Test("with 2q - n liars or more every double certificate names at least 2q - n liars and no correct member",
          arguments: [(3, 1), (3, 2), (4, 2), (5, 3), (7, 4)])
    func random(count: Int, liars: Int) throws {
        var conflicts = 0
        for seed in UInt64(1)...300 {
            var assembly = Assembly(count, liars: liars, seed: seed, values: 2)
            for _ in 0..<(count > 5 ? 700 : 400) { assembly.step() }
            let council = assembly.council
            var certificates: [Certificate] = []
            var polkas: [Polka] = []
            for round in 0..<6 {
                for value in UInt8(0)..<2 {
                    let precommits = assembly.signers(.precommit, value, round)
                    if precommits.count >= council.voters.quorum, precommits.count > liars {
                        certificates.append(try council.certificate(value, round: round, by: precommits))
                    }
                    // Liars produce what helps them, and what they must.
                    let prevotes = assembly.signers(.prevote, value, round)
                    if prevotes.count >= council.voters.quorum {
                        polkas.append(try council.polka(value, round: round, by: prevotes))
                    }
                }
            }
            for one in certificates {
                for other in certificates {
                    guard let conflict = Conflict(one, other) else { continue }
                    conflicts += 1
                    let named = conflict.liars(polkas: polkas, council.voters).map(\.log)
                    #expect(named.count >= 2 * council.voters.quorum - count)
                    #expect(named.allSatisfy { (council.voters.voter($0) ?? count) < liars }, "seed \(seed)")
                }
            }
        }
        #expect(conflicts > 0, "\(count) \(liars)")
    }
}
