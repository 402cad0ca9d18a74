// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Notation
import Testing

@Suite("Screens: golden outputs")
struct ScreenTests {
    @Test("status tells the worst first and never calls unknown zero")
    func status() throws {
        let text = StatusScreen(status: try JSON(parsing: Fixtures.status), texts: Texts(.nl)).text
        #expect(text == """
            Woerden · Beware · 3 november 2026 09:14                            2 ACTIES

            NIET VOLLEDIG: 2 van 3 logs bijgewerkt tot laatst bekende stand
              MijnGemeenteDichtbij: laatste levensteken 2026-11-01; wat daarna kwam, is onbekend.

            ! vork: sleutel van Proefgemeente tekende twee geschiedenissen; log opgeschort, bewijs bewaard
              Proefgemeente, log 901ca8f5ca84: omvang 2 met wortel 356a68f20bd7 en omvang 2 met wortel
                  a959047acf62
            ! MijnGemeenteDichtbij onbereikbaar, laatst 26 uur geleden (zijn certificaat is verlopen)
            - Nog nooit een back-up gemaakt: korf backup MAP

            KNOOP                 BEREIKBAAR  UITGEWISSELD  ACHTER    STAND
            Woerden (wij)         -           -             -         18.204
            Eindhoven             ja          8 s           0         gelijk
            MijnGemeenteDichtbij  nee         26 uur        onbekend  onbekend
            Geweigerd van Eindhoven: head-signature 2×

            Inbox 5.046 · nog niet verzonden 12 · schijf 31% vrij · back-up nooit
            Eigen certificaat 212 dagen · versie 0.1.0
            Tijdperk 0 van 2 november 2026 · 4 stemmers, 3 nodig · nog 1 uitvaller tot er niets meer besloten
              kan worden
            Tijdperk 1 is nodig: ronde 2, voorstem; 3 van 4 stemmers bereikbaar, 3 nodig
            1 besluit staat open: korf decision list
            2 toelichtingen ontbreken nog
            Toestand 28dbfcc0

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("a statement is marked provisional, adds up, and shows what is disputed and who has not stated")
    func statement() throws {
        let text = StatementScreen(statement: try JSON(parsing: Fixtures.statement), texts: Texts(.nl)).text
        #expect(text == """
            VERBRUIKSOVERZICHT oktober 2026 - VOORLOPIG
            Gemeente Woerden aan Coöperatie Beware U.A.

            Applicatie     Wij  Aanbieder  Berekend      Tarief      Bedrag  Status
            CORV         2.310      2.310     2.310     € 0,035     € 80,85  gelijk
            Zaaksysteem    900      1.400       900     € 0,100     € 90,00  BETWIST
            Contributie                                          € 1.542,39
                                                      Exclusief  € 1.713,24
                                                        Btw 21%    € 359,78
                                                     Te betalen  € 2.073,02

            Betwist, niet gefactureerd: Zaaksysteem, verschil 500 = € 50,00 excl. btw (boven aantalgrens)
            Reageren t/m 1 december 2026. Stilzwijgen is geen prestatieverklaring.

            Prestatie verklaard: nog niet     Akkoord controller: nog niet
            NIET VOLLEDIG: 2 van 3 logs bijgewerkt tot laatst bekende stand
              MijnGemeenteDichtbij: laatste levensteken 2026-11-01; wat daarna kwam, is onbekend.
            Nog niet vastgesteld door: Eindhoven
            Tarieven: genesis:8.0, genesis:8.2
            Uitleg: korf explain V-2026-10/corv
            Regels:
              V-2026-10/corv                                                                    € 80,85
              V-2026-10/zaaksysteem                                                             € 90,00
              C-2026-10/00000099000000632000                                                    € 1.542,39

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("a comparison begins with what asks for attention; a cell of zeros does not")
    func compare() throws {
        let text = CompareScreen(comparison: try JSON(parsing: Fixtures.comparison), texts: Texts(.nl)).text
        #expect(text == """
            VERGELIJKING oktober 2026 - VOORLOPIG
            Applicatie     Aanbieder             Afnemer  Telt aanb.  Telt afn.  Verschil  Status
            ! Zaaksysteem  MijnGemeenteDichtbij  Woerden       1.400        900   € 50,00  verschil
            CORV           Eindhoven             Woerden       2.310      2.310    € 0,00  gelijk

            ! Zaaksysteem: boven aantalgrens
            Cellen zonder verbruik: 1
            Cellen die aandacht vragen: 1. Reageren t/m 1 december 2026.
            Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("an explanation goes from counters to amount, with entries and signed heads")
    func explain() throws {
        let text = ExplainScreen(explanation: try JSON(parsing: Fixtures.explanation), texts: Texts(.nl)).text
        #expect(text == """
            V-2026-10/corv: € 80,85 (VOORLOPIG)
              1. aanbieder Eindhoven telde 2.310
              2. afnemer Woerden stelde niets vast
              3. vergeleken: gelijk
              4. berekend aantal: 2.310
              5. tarief genesis:8.0, geldig vanaf 2026-01
              6. trede 1: 2.310 boven 0, elk € 0,035
              7. exact 80850000 / 10000 cent, half van nul af afgerond
              8. bedrag € 80,85
              9. btw S 21%, over de som van het document

            Tellers en handtekeningen:
              aanbieder Eindhoven: 2.310 geteld, 0 ingetrokken, netto 2.310
                regel 2563bbff038b:6, ingetrokken in -
                getekend hoofd: omvang 9, wortel 1c4b0d47

            Regelversie 1, tijdperk 0, toestand 28dbfcc0
            Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("a conflict shows who wrote what, and nothing of a value moves the cursor")
    func conflicts() throws {
        let text = CatalogueScreens.conflicts(try JSON(parsing: Fixtures.conflicts), Texts(.nl))
        #expect(text == """
            Zaaksysteem · hosting: 2 waarden
              Eindhoven: Eindhoven, eigen rekencentrum (2563bbff038b:4)
              Woerden: Woerden?[2J (0bbf6ad3ad97:2)
              Oplossen: korf catalogue edit zaaksysteem --set "hosting=..."

            Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("status tells the worst first and never calls unknown zero (English)")
    func statusInEnglish() throws {
        let text = StatusScreen(status: try JSON(parsing: Fixtures.status), texts: Texts(.en)).text
        #expect(text == """
            Woerden · Beware · 3 November 2026 09:14                           2 ACTIONS

            NOT COMPLETE: 2 of 3 logs up to date as far as known
              MijnGemeenteDichtbij: laatste levensteken 2026-11-01; wat daarna kwam, is onbekend.

            ! fork: the key of Proefgemeente signed two histories; log suspended, evidence kept
              Proefgemeente, log 901ca8f5ca84: size 2 with root 356a68f20bd7 and size 2 with root a959047acf62
            ! MijnGemeenteDichtbij unreachable, last 26 h ago (The peer's certificate has expired.)
            - No backup yet: korf backup FOLDER

            NODE                  REACHABLE  EXCHANGED  BEHIND   STATE
            Woerden (us)          -          -          -        18.204
            Eindhoven             yes        8 s        0        equal
            MijnGemeenteDichtbij  no         26 h       unknown  unknown
            Refused from Eindhoven: head-signature 2×

            Inbox 5.046 · not yet sent 12 · disk 31% free · backup never
            Own certificate 212 days · version 0.1.0
            Epoch 0 of 2 November 2026 · 4 voters, 3 needed · 1 more failure until nothing can be decided
            Epoch 1 is due: round 2, prevote; 3 of 4 voters reached, 3 needed
            1 decision is open: korf decision list
            2 texts are still missing
            State 28dbfcc0

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("a statement is marked provisional, adds up, and shows what is disputed and who has not stated (English)")
    func statementInEnglish() throws {
        let text = StatementScreen(statement: try JSON(parsing: Fixtures.statement), texts: Texts(.en)).text
        #expect(text == """
            STATEMENT OF ACCOUNT October 2026 - PROVISIONAL
            Gemeente Woerden to Coöperatie Beware U.A.

            Application      Us  Provider  Billed    Price      Amount  Status
            CORV          2.310     2.310   2.310  € 0,035     € 80,85  equal
            Zaaksysteem     900     1.400     900  € 0,100     € 90,00  DISPUTED
            Contribution                                    € 1.542,39
                                                       Net  € 1.713,24
                                                   VAT 21%    € 359,78
                                                    To pay  € 2.073,02

            Disputed, not invoiced: Zaaksysteem, difference 500 = € 50,00 net (above quantity limit)
            Respond by 1 December 2026. Silence is no confirmation of performance.

            Performance confirmed: not yet     Approved by controller: not yet
            NOT COMPLETE: 2 of 3 logs up to date as far as known
              MijnGemeenteDichtbij: laatste levensteken 2026-11-01; wat daarna kwam, is onbekend.
            Not yet stated by: Eindhoven
            Tariffs: genesis:8.0, genesis:8.2
            Why: korf explain V-2026-10/corv
            Lines:
              V-2026-10/corv                                                                    € 80,85
              V-2026-10/zaaksysteem                                                             € 90,00
              C-2026-10/00000099000000632000                                                    € 1.542,39

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("a comparison begins with what asks for attention; a cell of zeros does not (English)")
    func compareInEnglish() throws {
        let text = CompareScreen(comparison: try JSON(parsing: Fixtures.comparison), texts: Texts(.en)).text
        #expect(text == """
            COMPARISON October 2026 - PROVISIONAL
            Application    Provider              Consumer  By prov.  By cons.  Difference  Status
            ! Zaaksysteem  MijnGemeenteDichtbij  Woerden      1.400       900     € 50,00  differs
            CORV           Eindhoven             Woerden      2.310     2.310      € 0,00  equal

            ! Zaaksysteem: above quantity limit
            Cells without usage: 1
            Cells that need attention: 1. Respond by 1 December 2026.
            Complete: 3 of 3 logs up to date as far as known

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("an explanation goes from counters to amount, with entries and signed heads (English)")
    func explainInEnglish() throws {
        let text = ExplainScreen(explanation: try JSON(parsing: Fixtures.explanation), texts: Texts(.en)).text
        #expect(text == """
            V-2026-10/corv: € 80,85 (PROVISIONAL)
              1. provider Eindhoven counted 2.310
              2. consumer Woerden stated nothing
              3. compared: equal
              4. billed quantity: 2.310
              5. tariff genesis:8.0, from 2026-01
              6. tier 1: 2.310 above 0, each € 0,035
              7. exactly 80850000 / 10000 cent, half away from zero
              8. amount € 80,85
              9. VAT S 21%, on the sum of the document

            Counters and signatures:
              provider Eindhoven: 2.310 counted, 0 retracted, net 2.310
                entry 2563bbff038b:6, retracted in -
                signed head: size 9, root 1c4b0d47

            Rule version 1, epoch 0, state 28dbfcc0
            Complete: 3 of 3 logs up to date as far as known

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("a conflict shows who wrote what, and nothing of a value moves the cursor (English)")
    func conflictsInEnglish() throws {
        let text = CatalogueScreens.conflicts(try JSON(parsing: Fixtures.conflicts), Texts(.en))
        #expect(text == """
            Zaaksysteem · hosting: 2 values
              Eindhoven: Eindhoven, eigen rekencentrum (2563bbff038b:4)
              Woerden: Woerden?[2J (0bbf6ad3ad97:2)
              Resolve: korf catalogue edit zaaksysteem --set "hosting=..."

            Complete: 3 of 3 logs up to date as far as known

            """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }
}
