// SPDX-License-Identifier: EUPL-1.2

/// What a node of Woerden answers about decisions in the stories of these tests.
extension Fixtures {
    static let eindhoven = #"{"oin": "00000099000000772000", "naam": "Eindhoven"}"#
    static let woerden = #"{"oin": "00000099000000632000", "naam": "Woerden"}"#
    static let dichtbij = #"{"oin": "00000099000000757000", "naam": "MijnGemeenteDichtbij"}"#

    static let tariffPayload = """
        {"applicatie": "subsidiesysteem", "klasse": "standaard", "vanafMaand": "2027-01", "totEnMetMaand": null,
         "treden": [{"totEnMet": 1000, "prijsMicroEuro": 50000}, {"totEnMet": null, "prijsMicroEuro": 40000}],
         "btwCategorie": "S", "btwBasispunten": 2100, "betaler": \(eindhoven)}
        """

    /// A decision; `rest` gives stand, tally, ballots and so on.
    static func decision(_ kind: String, _ payload: String, _ rest: String) -> String {
        """
        {"id": "2563bbff-12", "regel": "2563bbff038b:12", "titel": "Besluit over \(kind)", "soort": "\(kind)",
         "indiener": \(eindhoven),
         "orgaan": {"id": "alv", "naam": "Algemene ledenvergadering", "kiezers": "leden", "drempel": [1, 2],
                    "grondslag": "stemmen zonder blanco", "opkomst": [2, 3]},
         "applicatie": null, "termijnDatum": "2026-12-15", "inhoud": \(payload), "oordeelTijdperk": 3,
         \(rest), "volledigheid": \(complete)}
        """
    }

    static let openRest = """
        "kostenCent": 2500000, "dekking": "Exploitatiebegroting 2027", "stand": "open", "voorlopig": true,
        "reden": null, "sluitTijdperk": null, "telling": {"kiesgerechtigd": 4, "voor": 2, "tegen": 1, "blanco": 0},
        "uitslag": {"aangenomen": true, "zeker": false},
        "stemmen": [
          {"lid": \(eindhoven), "keuze": "voor", "definitief": true, "stand": "telt", "tegenstrijdig": false,
           "regel": "2563bbff038b:13"},
          {"lid": \(dichtbij), "keuze": "tegen", "definitief": false, "stand": "telt", "tegenstrijdig": false,
           "regel": "77aa:3"}],
        "nietGestemd": [\(woerden)], "eigenStem": {"mag": true, "keuze": null, "definitief": null},
        "wachtOp": [{"code": "stemmen", "gegevens": {"aantal": 1, "termijnDatum": "2026-12-15"}},
                    {"code": "quorum", "gegevens": {"nodig": 3, "bereikbaar": 2}}],
        "tekst": {"stand": "aanwezig", "inhoud": "Doel: dekkend tarief.\\nVerwacht: \\u001b[2Jlagere kosten."}
        """

    static let closedRest = """
        "kostenCent": null, "dekking": null, "stand": "zonder gevolg", "voorlopig": false,
        "reden": "effect-tariffs-overlap", "sluitTijdperk": 4,
        "telling": {"kiesgerechtigd": 4, "voor": 3, "tegen": 0, "blanco": 1},
        "uitslag": {"aangenomen": true, "zeker": true},
        "stemmen": [{"lid": \(woerden), "keuze": "blanco", "definitief": true, "stand": "telt", "tegenstrijdig": true,
                     "regel": "0bbf6ad3ad97:2"},
                    {"lid": \(dichtbij), "keuze": "tegen", "definitief": null, "stand": "te laat",
                     "tegenstrijdig": false, "regel": "77aa:9"}],
        "nietGestemd": [], "eigenStem": {"mag": true, "keuze": "blanco", "definitief": true}, "wachtOp": [],
        "tekst": {"stand": "vernietigd", "inhoud": null}
        """

    static let consequence = """
        "gevolg": {"beeindigt": {"vanafMaand": "2026-01", "totEnMetMaand": "2026-12"}, "rekentVanafMaand": "2027-01",
                   "rekentTotEnMetMaand": "2027-12", "volgendeVanafMaand": "2028-01", "reiktTerug": false}
        """

    static let openDecision = decision("tarief", tariffPayload, openRest + ", " + consequence)
    static let closedDecision = decision("tarief", tariffPayload, closedRest)
    static let decisions = """
        {"besluiten": [\(openDecision), \(closedDecision)], "volledigheid": \(complete)}
        """

    static let tasks = """
        {"taken": [
          {"soort": "stem", "dringend": true, "termijnDatum": "2026-12-15", "tekst": "",
           "opdracht": "korf decision vote 2563bbff-12 voor|tegen|blanco",
           "gegevens": {"id": "2563bbff-12", "titel": "Tarief Subsidiesysteem 2027", "indiener": \(eindhoven)}},
          {"soort": "vork", "dringend": true, "termijnDatum": null, "tekst": "",
           "opdracht": "korf decision propose --kind expulsion --member 00000099000000757000 --title \\"...\\"",
           "gegevens": {"lid": \(dichtbij), "logId": "901ca8f5ca84be05"}},
          {"soort": "quarantaine", "dringend": true, "termijnDatum": null, "tekst": "",
           "opdracht": "korf usage release 2026-11-02 2026-11-03 --reason \\"...\\"",
           "gegevens": {"dagen": ["2026-11-02", "2026-11-03"]}},
          {"soort": "certificaat", "dringend": false, "termijnDatum": null, "tekst": "", "opdracht": "",
           "gegevens": {"dagen": 1}},
          {"soort": "kandidaat", "dringend": false, "termijnDatum": null, "tekst": "",
           "opdracht": "korf network show --join beware.korf-join", "gegevens": {"lid": \(woerden)}},
          {"soort": "conflict", "dringend": false, "termijnDatum": null, "tekst": "",
           "opdracht": "korf catalogue conflicts", "gegevens": {"applicatie": "corv", "veld": "hosting"}},
          {"soort": "verschil", "dringend": false, "termijnDatum": "2026-12-01", "tekst": "",
           "opdracht": "korf settle compare --month 2026-10",
           "gegevens": {"maand": "2026-10", "aantal": 1, "termijnDatum": "2026-12-01"}}],
         "volledigheid": \(complete)}
        """

    static let members = """
        {"leden": [
          {"oin": "00000099000000632000", "naam": "Woerden", "soort": "gemeente", "eigen": true, "stand": "lid",
           "sindsTijdperk": 2, "stemt": true, "gemeenten": [], "eindpunten": ["korf.woerden.example:8443"],
           "hartslagDatum": "2026-11-03", "logs": [{"logId": "0bbf6ad3ad97", "omvang": 1}]},
          {"oin": "00000099000000757000", "naam": "MijnGemeenteDichtbij", "soort": "gemeenschappelijke regeling",
           "eigen": false, "stand": "treedt uit", "sindsTijdperk": 4, "stemt": false, "gemeenten": [],
           "eindpunten": [], "hartslagDatum": null, "logs": [{"logId": "77aa", "omvang": 1204}]}],
         "volledigheid": \(complete)}
        """

    static let member = """
        {"oin": "00000099000000757000", "naam": "MijnGemeenteDichtbij", "soort": "gemeenschappelijke regeling",
         "eigen": false, "stand": "lid", "sindsTijdperk": 0, "stemt": true,
         "gemeenten": [{"code": "GM0757", "naam": "Boxtel"}], "eindpunten": [], "hartslagDatum": null,
         "kaart": {"tlsPinnen": ["ab"]}, "factuurgegevens": null,
         "logs": [{"logId": "aa1ca8f5ca84be05", "omvang": 1, "verificatiesleutel": "k2", "opgeschortVanaf": null,
                   "inTijdperk": false, "eindOmvang": null},
                  {"logId": "901ca8f5ca84be05", "omvang": 12, "verificatiesleutel": "k1", "opgeschortVanaf": 7,
                   "inTijdperk": true, "eindOmvang": 7}],
         "volledigheid": \(complete)}
        """
}
