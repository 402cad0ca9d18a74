// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Notation
import Testing

@Suite("Genesis: vectors, Protocol/genesis.md §1 and §2")
struct GenesisVectorTests {
    @Test("a valid genesis gives its network and the vector of epoch 0", arguments: ProtocolVectors.valid("genesis"))
    func valid(vector: VectorCase) throws {
        let genesis = try Genesis.parse(vector.bytes("hex"), suite)
        #expect(genesis.network.description == vector.text("network"))
        let epoch = Epoch(genesis: genesis, suite)
        #expect(epoch.vector.logs.map(\.description) == vector.list("vector").compactMap { $0["logId"]?.text })
        #expect(epoch.hash.value == genesis.network.value)
    }

    @Test("an invalid genesis is refused with its reason and place", arguments: ProtocolVectors.invalid("genesis"))
    func invalid(vector: VectorCase) {
        let refusal = #expect(throws: GenesisRefusal.self) { try Genesis.parse(vector.bytes("hex"), suite) }
        #expect(refusal?.reason.rawValue == vector.reason)
        #expect(refusal?.path.description == vector.text("path"))
    }

    @Test("there are vectors") func notEmpty() {
        #expect(ProtocolVectors.valid("genesis").count >= 9 && ProtocolVectors.invalid("genesis").count >= 90)
    }
}
