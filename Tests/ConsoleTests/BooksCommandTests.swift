// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Notation
import Testing

@Suite("korf settle: two people, orders, payments")
struct BooksCommandTests {
    @Test("amounts are whole cents, or a sentence that names the option", arguments: [
        ("1250.40", 125_040), ("1250,4", 125_040), ("-7", -700), ("0.05", 5),
    ])
    func amounts(text: String, cents: Int64) throws {
        #expect(try EuroAmount.cents(text, option: "amount") == cents)
    }

    @Test("what is no amount is refused", arguments: ["", "-", "1.234", "1.2.3", "€ 5", "1e3", "9999999999999999"])
    func noAmounts(text: String) {
        #expect(throws: ConsoleFailure.self) { try EuroAmount.cents(text, option: "amount") }
    }

    @Test("approve takes a number to hand over or a month to pay, and neither both nor none")
    func approve() async {
        let node = FixtureNode([:])
        #expect(await korf(["settle", "approve"], node).code == .usage)
        #expect(await korf(["settle", "approve", "EHV1-000001", "--month", "2026-10"], node).code == .usage)
        #expect(await korf(["settle", "order", "set", "--year", "2026", "--number", "4", "--amount", "5"], node).code
            == .usage)
    }

    @Test("a held account, a used up order and an entry that fits nothing are findings")
    func findings() async {
        let account = """
            {"rekeningen": [{"naam": "Borne", "partij": "b", "aanvaard": "NL1", "kaart": "NL2",
             "vastgehouden": ["NL2"]}]}
            """
        let held = await korf(["settle", "iban"], FixtureNode(["/v1/rekeningen": (200, account)]))
        #expect(held.code == .finding && held.out.contains("korf settle iban accept b --iban NL2"))
        let order = """
            {"inkooporders": [{"applicatie": null, "jaar": 2026, "nummer": "4", "bedragCent": 100, "gebruiktCent": 90,
             "waarschuwing": true}]}
            """
        let orders = await korf(["settle", "orders"], FixtureNode(["/v1/inkooporders": (200, order)]))
        #expect(orders.code == .finding && orders.out.contains("! overige regels 2026, order 4: € 1,00"))
    }
}
