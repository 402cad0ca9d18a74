// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Notation
import Testing

@Suite("JOIN file: vectors, Protocol/membership.md §1")
struct JoinFileTests {
    @Test("a valid file gives network and addresses, and is written as it was read",
          arguments: ProtocolVectors.valid("membership", "joinFile"))
    func valid(vector: VectorCase) throws {
        let file = try JoinFile(text: vector.text("text"), suite)
        #expect(file.genesis.network.description == vector.text("network"))
        let addresses = file.addresses.map { address -> JSON in
            [
                .string(address.oin.digits), .array(address.endpoints.map { .string($0.description) }),
                .array(address.pins.map { .string($0.description) }),
            ]
        }
        #expect(addresses == vector.list("addresses"))
        #expect(file.text == vector.text("text"))
    }

    @Test("an invalid file is refused with its reason", arguments: ProtocolVectors.invalid("membership", "joinFile"))
    func invalid(vector: VectorCase) {
        let refusal = #expect(throws: JoinFileRefusal.self) { try JoinFile(text: vector.text("text"), suite) }
        #expect(refusal?.reason == vector.reason)
    }

    @Test("there are vectors") func notEmpty() {
        #expect(ProtocolVectors.valid("membership", "joinFile").count >= 5)
        #expect(ProtocolVectors.invalid("membership", "joinFile").count >= 20)
    }

    @Test("a text one byte too long is refused before it is read")
    func oversize() {
        let text = String(repeating: "A", count: CooperativeLimits.joinFileBytes + 1)
        #expect(throws: JoinFileRefusal.oversize(bytes: text.utf8.count)) { try JoinFile(text: text, suite) }
    }

    @Test("a file names one to three members, each once")
    func addresses() throws {
        let vector = try #require(ProtocolVectors.valid("membership", "joinFile").last)
        let file = try JoinFile(text: vector.text("text"), suite)
        let address = file.addresses[0]
        #expect(JoinFile(genesis: file.genesis, addresses: []) == nil)
        #expect(JoinFile(genesis: file.genesis, addresses: [address, address]) == nil)
        #expect(JoinFile.Address(oin: address.oin, endpoints: [], pins: address.pins) == nil)
        #expect(JoinFile.Address(oin: address.oin, endpoints: address.endpoints, pins: []) == nil)
    }
}
