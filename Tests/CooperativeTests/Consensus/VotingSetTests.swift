// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Voters and quorum, Protocol/consensus.md §1")
struct VotingSetTests {
    @Test("two quorums share more than f voters, and a quorum is reached without f, at n from 1 to 400")
    func quorums() {
        for count in 1...400 {
            let (quorum, faults) = (VotingSet.quorum(of: count), VotingSet.faults(of: count))
            #expect(2 * quorum - count > faults)
            #expect(quorum <= count - faults)
            #expect(3 * faults < count)
            #expect(count < 4 || quorum == 2 * count / 3 + 1)
        }
        #expect([1, 2, 3, 4, 7].map(VotingSet.quorum(of:)) == [1, 2, 2, 3, 5])
        #expect([1, 2, 3, 4, 7].map(VotingSet.faults(of:)) == [0, 0, 0, 1, 2])
    }

    @Test("voters stand in order of log id and find their number", arguments: [1, 2, 3, 7, 40])
    func numbers(count: Int) {
        let voters = Council(count).voters
        #expect(zip(voters.logs, voters.logs.dropFirst()).allSatisfy { $0.log < $1.log })
        #expect(voters.logs.indices.allSatisfy { voters.voter(voters.logs[$0].log) == $0 })
        #expect(voters.voter(Council.identity(400).log) == nil)
        #expect(voters.failuresLeft(down: 0) == count - voters.quorum)
        #expect(voters.failuresLeft(down: count) == 0)
    }

    @Test("each voter proposes once in n rounds, in an order that hash(E_k) draws anew")
    func proposers() {
        let council = Council(7)
        let order = (0..<7).map(council.proposer)
        #expect(order.sorted() == Array(0..<7))
        #expect((7..<14).map(council.proposer) == order)
        let orders = (0..<20).map { seed in (0..<7).map(Council(7, hash: UInt8(seed)).proposer) }
        #expect(Set(orders).count > 10)
        let hashes = order.map { suite.hash(council.voters.hash.bytes, council.voters.logs[$0].log.bytes) }
        #expect(hashes == hashes.sorted())
    }
}
