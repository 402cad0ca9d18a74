// SPDX-License-Identifier: EUPL-1.2

/// What screens of governing look like.
enum GoverningGoldens {
    static let listDutch = """
    BESLUIT      TITEL                SOORT   TERMIJN     V/T/B      WIJ       STAND
    2563bbff-12  Besluit over tarief  tarief  2026-12-15  2/1/0 (4)  nog niet  voorlopig aangenomen
    2563bbff-12  Besluit over tarief  tarief  2026-12-15  3/0/1 (4)  blanco    zonder gevolg

    Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

    """

    static let listEnglish = """
    DECISION     TITLE                KIND    DEADLINE    F/A/B      US       STATE
    2563bbff-12  Besluit over tarief  tariff  2026-12-15  2/1/0 (4)  not yet  provisionally carried
    2563bbff-12  Besluit over tarief  tariff  2026-12-15  3/0/1 (4)  blank    carried without effect

    Complete: 3 of 3 logs up to date as far as known

    """

    static let openDutch = """
    2563bbff-12 · Besluit over tarief
    Soort: tarief · ingediend door Eindhoven (regel 2563bbff038b:12)
    Beslist: Algemene ledenvergadering, elk lid één stem; wie mag stemmen volgt uit tijdperk 3
    Regel: meer dan de helft van de uitgebrachte stemmen, blanco niet meegeteld; minstens twee derde van
      de kiesgerechtigden stemt
    Stemmen kan t/m 15 december 2026
    Kosten € 25.000,00, gedekt door: Exploitatiebegroting 2027

    Tarief van subsidiesysteem, klasse standaard, vanaf januari 2027
      boven 0 tot en met 1.000: € 0,050 per eenheid
      boven 1.000: € 0,040 per eenheid
      btw S 21%
      betaald door Eindhoven
      Beëindigt het tarief dat vanaf januari 2026 geldt: dat rekent tot en met december 2026
      Rekent vanaf januari 2027 tot en met december 2027
      Vanaf januari 2028 geldt het volgende tarief

    LID                   STEM   DEFINITIEF
    Eindhoven             voor   ja
    MijnGemeenteDichtbij  tegen  vervangbaar
    Woerden               -      -            nog niet gestemd

    2 van 3 stemmen voor; nodig: meer dan de helft van de uitgebrachte stemmen, blanco niet meegeteld
    3 van 4 kiesgerechtigden stemden, 0 blanco; minstens twee derde van de kiesgerechtigden stemt
    VOORLOPIG aangenomen: stemmen kunnen dit nog veranderen
    Wacht op stemmen: 1 lid stemde nog niet; zonder die stemmen sluit het na 15 december 2026.
    Wacht op knopen: 3 stemmers nodig, 2 bereikbaar.

    Toelichting:
      Doel: dekkend tarief.
      Verwacht: ?[2Jlagere kosten.

    Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

    """

    static let openEnglish = """
    2563bbff-12 · Besluit over tarief
    Kind: tariff · proposed by Eindhoven (entry 2563bbff038b:12)
    Decides: Algemene ledenvergadering, one vote a member; epoch 3 says who may vote
    Rule: more than half of the votes cast, blanks not counted; at least two thirds of those entitled
      vote
    Voting ends after 15 December 2026
    Cost € 25.000,00, covered by: Exploitatiebegroting 2027

    Tariff of subsidiesysteem, class standaard, from January 2027
      above 0 up to 1.000: € 0,050 a unit
      above 1.000: € 0,040 a unit
      VAT S 21%
      paid by Eindhoven
      Ends the tariff that holds from January 2026: it bills until the end of December 2026
      Bills from January 2027 until the end of December 2027
      From January 2028 the next tariff holds

    MEMBER                VOTE     FINAL
    Eindhoven             for      yes
    MijnGemeenteDichtbij  against  replaceable
    Woerden               -        -            not voted yet

    2 of 3 votes in favour; needed: more than half of the votes cast, blanks not counted
    3 of 4 entitled voted, 0 blank; at least two thirds of those entitled vote
    PROVISIONALLY carried: votes can still change this
    Waits for votes: 1 member has not voted; without them it closes after 15 December 2026.
    Waits for nodes: 3 voters needed, 2 up.

    Text:
      Doel: dekkend tarief.
      Verwacht: ?[2Jlagere kosten.

    Complete: 3 of 3 logs up to date as far as known

    """

    static let closedDutch = """
    2563bbff-12 · Besluit over tarief
    Soort: tarief · ingediend door Eindhoven (regel 2563bbff038b:12)
    Beslist: Algemene ledenvergadering, elk lid één stem; wie mag stemmen volgt uit tijdperk 3
    Regel: meer dan de helft van de uitgebrachte stemmen, blanco niet meegeteld; minstens twee derde van
      de kiesgerechtigden stemt
    Stemmen kon t/m 15 december 2026

    Tarief van subsidiesysteem, klasse standaard, vanaf januari 2027
      boven 0 tot en met 1.000: € 0,050 per eenheid
      boven 1.000: € 0,040 per eenheid
      btw S 21%
      betaald door Eindhoven

    LID                   STEM    DEFINITIEF
    Woerden               blanco  ja          telt als blanco: twee logs stemden verschillend
    MijnGemeenteDichtbij  tegen   -           telt niet: kwam na sluiting

    3 van 3 stemmen voor; nodig: meer dan de helft van de uitgebrachte stemmen, blanco niet meegeteld
    4 van 4 kiesgerechtigden stemden, 1 blanco; minstens twee derde van de kiesgerechtigden stemt
    Definitief aangenomen, gesloten door tijdperk 4
    ZONDER GEVOLG: er gold al een tarief in een van deze maanden

    De toelichting is door de indiener vernietigd.

    Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

    """

    static let closedEnglish = """
    2563bbff-12 · Besluit over tarief
    Kind: tariff · proposed by Eindhoven (entry 2563bbff038b:12)
    Decides: Algemene ledenvergadering, one vote a member; epoch 3 says who may vote
    Rule: more than half of the votes cast, blanks not counted; at least two thirds of those entitled
      vote
    Voting would have ended after 15 December 2026

    Tariff of subsidiesysteem, class standaard, from January 2027
      above 0 up to 1.000: € 0,050 a unit
      above 1.000: € 0,040 a unit
      VAT S 21%
      paid by Eindhoven

    MEMBER                VOTE     FINAL
    Woerden               blank    yes    counts as blank: two logs voted differently
    MijnGemeenteDichtbij  against  -      does not count: came after closing

    3 of 3 votes in favour; needed: more than half of the votes cast, blanks not counted
    4 of 4 entitled voted, 1 blank; at least two thirds of those entitled vote
    Final: carried, closed by epoch 4
    WITHOUT EFFECT: another tariff held in one of these months

    Its author destroyed the text.

    Complete: 3 of 3 logs up to date as far as known

    """

    static let closeDutch = """
    2563bbff-12 is nog open. Niemand sluit een besluit met de hand; een tijdperk doet dat.
    2 van 3 stemmen voor; nodig: meer dan de helft van de uitgebrachte stemmen, blanco niet meegeteld
    3 van 4 kiesgerechtigden stemden, 0 blanco; minstens twee derde van de kiesgerechtigden stemt
    VOORLOPIG aangenomen: stemmen kunnen dit nog veranderen
    Wacht op stemmen: 1 lid stemde nog niet; zonder die stemmen sluit het na 15 december 2026.
    Wacht op knopen: 3 stemmers nodig, 2 bereikbaar.

    """

    static let closeEnglish = """
    2563bbff-12 is still open. Nobody closes a decision by hand; an epoch does.
    2 of 3 votes in favour; needed: more than half of the votes cast, blanks not counted
    3 of 4 entitled voted, 0 blank; at least two thirds of those entitled vote
    PROVISIONALLY carried: votes can still change this
    Waits for votes: 1 member has not voted; without them it closes after 15 December 2026.
    Waits for nodes: 3 voters needed, 2 up.

    """

    static let todoDutch = """
    TE DOEN: 7 taken, 3 dringend
    ! Stem over "Tarief Subsidiesysteem 2027" van Eindhoven · t/m 15 december 2026
        korf decision vote 2563bbff-12 voor|tegen|blanco
    ! MijnGemeenteDichtbij tekende twee geschiedenissen (log 901ca8f5ca84); beslis over ontzetting of
      een nieuwe sleutel
        korf decision propose --kind expulsion --member 00000099000000757000 --title "..."
    ! Meetdagen die een herstel vergat: 2026-11-02, 2026-11-03; vergelijk de totalen met de wederpartij
      en geef ze vrij
        korf usage release 2026-11-02 2026-11-03 --reason "..."
    - Eigen certificaat nog 1 dag geldig; vraag een nieuw aan
    - Woerden is toegelaten en heeft zich nog niet gemeld; geef het de JOIN-file
        korf network show --join beware.korf-join
    - corv: hosting heeft meer dan één waarde
        korf catalogue conflicts
    - 1 afwijking boven tolerantie in 2026-10 · t/m 1 december 2026
        korf settle compare --month 2026-10

    Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

    """

    static let todoEnglish = """
    TO DO: 7 tasks, 3 urgent
    ! Vote on "Tarief Subsidiesysteem 2027" of Eindhoven · until 15 December 2026
        korf decision vote 2563bbff-12 voor|tegen|blanco
    ! MijnGemeenteDichtbij signed two histories (log 901ca8f5ca84); decide on expulsion or a new key
        korf decision propose --kind expulsion --member 00000099000000757000 --title "..."
    ! Metering days that a restore forgot: 2026-11-02, 2026-11-03; compare totals with the counterparty
      and release them
        korf usage release 2026-11-02 2026-11-03 --reason "..."
    - Own certificate valid for 1 more day; ask for a new one
    - Woerden is admitted and has not come yet; give it the JOIN file
        korf network show --join beware.korf-join
    - corv: hosting has more than one value
        korf catalogue conflicts
    - 1 difference above tolerance in 2026-10 · until 1 December 2026
        korf settle compare --month 2026-10

    Complete: 3 of 3 logs up to date as far as known

    """

    static let membersDutch = """
    NAAM               OIN                   STAND        SINDS  EINDPUNT            REGELS  LEVENSTEKEN
    Woerden (wij)      00000099000000632000  lid              2  korf.woerden.exam…       1  2026-11-03
    MijnGemeenteDich…  00000099000000757000  treedt uit*      4  -                    1.204  -

    SINDS: tijdperk waarmee de stand inging. LEVENSTEKEN: laatste dag waarop de knoop zich meldde.
    *: deze knoop stemt niet mee over tijdperken.

    Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

    """

    static let membersEnglish = """
    NAME                 OIN                   STATE     SINCE  ENDPOINT             ENTRIES  HEARTBEAT
    Woerden (us)         00000099000000632000  member        2  korf.woerden.examp…        1  2026-11-03
    MijnGemeenteDichtb…  00000099000000757000  leaving*      4  -                      1.204  -

    SINCE: epoch that gave the state. HEARTBEAT: last day on which the node said that it is alive.
    *: this node does not vote on epochs.

    Complete: 3 of 3 logs up to date as far as known

    """

    static let memberDutch = """
    MijnGemeenteDichtbij · 00000099000000757000 · gemeenschappelijke regeling
    lid sinds tijdperk 0; knoop stemt mee over tijdperken
    Gemeenten: Boxtel (GM0757)
    TLS-sleutel: ab
    Log aa1ca8f5ca84be05: 1 regel
      Verificatiesleutel: k2
      staat nog in geen tijdperk en stemt daarom nog niet
    Log 901ca8f5ca84be05: 12 regels
      Verificatiesleutel: k1
      eindigt bij 7 regels: een opvolger gaat verder
      OPGESCHORT boven 7: de sleutel tekende twee geschiedenissen

    Volledig: 3 van 3 logs bijgewerkt tot laatst bekende stand

    """

    static let memberEnglish = """
    MijnGemeenteDichtbij · 00000099000000757000 · joint arrangement
    member since epoch 0; node votes on epochs
    Municipalities: Boxtel (GM0757)
    TLS key: ab
    Log aa1ca8f5ca84be05: 1 entry
      Verifier key: k2
      no epoch names it yet, so it does not vote yet
    Log 901ca8f5ca84be05: 12 entries
      Verifier key: k1
      ends at 7 entries: a successor goes on
      SUSPENDED above 7: the key signed two histories

    Complete: 3 of 3 logs up to date as far as known

    """
}
