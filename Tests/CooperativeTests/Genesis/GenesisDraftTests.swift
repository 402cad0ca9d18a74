// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Genesis: drafts, Protocol/genesis.md §1")
struct GenesisDraftTests {
    @Test("a draft gives a genesis that is read back, whatever the order of its lists")
    func roundTrip() throws {
        var draft = try World.draft(founders: 4)
        let genesis = try draft.checked(suite)
        let read = try Genesis.parse(genesis.bytes, suite)
        #expect(read == genesis)
        draft.founders.reverse()
        draft.applications[0].participants.reverse()
        #expect(try draft.checked(suite).network == genesis.network)
    }

    @Test("all that is wrong is listed with its place, in numbers and in words")
    func violations() throws {
        var draft = try World.draft(founders: 2)
        draft.name = ""
        draft.date = "2026-02-30"
        draft.applications[0].lead = World.oin(9).digits
        draft.applications[0].classes = ["Groot"]
        var tariff = GenesisDraft.Tariff()
        tariff.application = "onbekend"
        tariff.tariffClass = "standaard"
        tariff.firstMonth = "2026-13"
        (tariff.vatCategory, tariff.vatRate) = ("S", 2_100)
        draft.tariffs = [tariff]
        let refusals = #expect(throws: GenesisRefusals.self) { try draft.checked(suite) }
        let found = try #require(refusals).all.map { "\($0.reason.rawValue) \($0.path) \($0.path.words)" }
        #expect(found == [
            "genesis-field 2 name", "genesis-field 3 date",
            "genesis-unknown-member 7[0].3 applications[0].lead",
            "genesis-field 7[0].6[0] applications[0].classes[0]",
            "genesis-unknown-application 8[0].0 tariffs[0].application",
            "genesis-field 8[0].2 tariffs[0].from", "genesis-field 8[0].4 tariffs[0].tiers",
        ])
        #expect(refusals?.all.allSatisfy { !$0.sentence.isEmpty } == true)
    }

    @Test("no prefix of a genesis and none with a byte changed in its frame is one", arguments: [0, 1, 2, 60])
    func damaged(position: Int) throws {
        let bytes = try World.draft(founders: 2).checked(suite).bytes
        #expect(throws: GenesisRefusal.self) { try Genesis.parse(Array(bytes.prefix(position)), suite) }
        #expect(throws: GenesisRefusal.self) { try Genesis.parse(bytes + [0], suite) }
    }

    @Test("one byte above the bound is refused")
    func oversize() {
        let bytes = [UInt8](repeating: 0, count: CooperativeLimits.genesisBytes + 1)
        let refusal = #expect(throws: GenesisRefusal.self) { try Genesis.parse(bytes, suite) }
        #expect(refusal?.reason == .oversize)
    }
}
