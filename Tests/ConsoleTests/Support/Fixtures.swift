// SPDX-License-Identifier: EUPL-1.2

/// What a node of Woerden answers in the stories of these tests.
enum Fixtures {
    static let complete = """
        {"volledig": true, "logsBijgewerkt": 3, "logsTotaal": 3, "toelichting": []}
        """
    static let incomplete = """
        {"volledig": false, "logsBijgewerkt": 2, "logsTotaal": 3,
         "toelichting": ["MijnGemeenteDichtbij: laatste levensteken 2026-11-01; wat daarna kwam, is onbekend."]}
        """

    static let status = """
        {"lid": {"oin": "00000099000000632000", "naam": "Woerden"},
         "netwerk": {"id": "ab12", "naam": "Beware"}, "versie": "0.1.0", "tijdstip": "2026-11-03T08:14:30.000Z",
         "volledigheid": \(incomplete),
         "acties": [
           {"ernst": "actie", "code": "vork", "tekst": "",
            "gegevens": {"naam": "Proefgemeente", "logId": "901ca8f5ca84be05"}},
           {"ernst": "actie", "code": "onbereikbaar", "tekst": "",
            "gegevens": {"naam": "MijnGemeenteDichtbij", "reden": "The peer's certificate has expired.",
                         "sindsTijdstip": "2026-11-02T06:14:30.000Z"}},
           {"ernst": "let op", "code": "backup", "tekst": "", "gegevens": {"laatsteTijdstip": null}}],
         "tijdperk": {"nummer": 0, "datum": "2026-11-02", "stemmers": 4, "quorum": 3, "bereikbareStemmers": 3,
           "uitvalMogelijk": 0, "leugenaarsMogelijk": true, "toestandGelijk": true, "betwist": null,
           "belemmering": null,
           "volgend": {"nummer": 1, "verschuldigd": true, "besloten": false, "ronde": 2, "stap": "voorstem"}},
         "besluitenOpen": 1,
         "knopen": [
           {"oin": "00000099000000632000", "naam": "Woerden", "eigen": true, "bereikbaar": null, "reden": null,
            "uitgewisseldTijdstip": null, "achter": 0, "stand": "gelijk", "logOmvang": 18204, "weigeringen": []},
           {"oin": "00000099000000772000", "naam": "Eindhoven", "eigen": false, "bereikbaar": true, "reden": null,
            "uitgewisseldTijdstip": "2026-11-03T08:14:22.000Z", "achter": 0, "stand": "gelijk", "logOmvang": 9,
            "weigeringen": [{"reden": "head-signature", "aantal": 2}]},
           {"oin": "00000099000000757000", "naam": "MijnGemeenteDichtbij", "eigen": false, "bereikbaar": false,
            "reden": "x", "uitgewisseldTijdstip": "2026-11-02T06:14:30.000Z", "achter": null, "stand": "onbekend",
            "logOmvang": 7, "weigeringen": []}],
         "toestandsdigest": "28dbfcc0", "logtabeldigest": "01",
         "vorken": [{"logId": "901ca8f5ca84be05", "oin": "00000099000000999000", "naam": "Proefgemeente",
                     "omvangEersteLog": 2, "wortelEersteLog": "356a68f20bd7aa", "omvangTweedeLog": 2,
                     "wortelTweedeLog": "a959047acf62bb", "bewijs": "AA=="}],
         "inbox": {"ontvangen": 5046, "nietVerzonden": 12}, "schijf": {"bytesVrij": 31, "bytesTotaal": 100},
         "backup": {"laatsteTijdstip": null},
         "certificaat": {"geldigTotTijdstip": "2027-06-03T00:00:00Z", "dagen": 212},
         "ontbrekendeTeksten": 2, "wachtendeRegels": 0, "nietigeRegels": [],
         "eigenLog": {"modus": "schrijft", "reden": null}}
        """

    static let cells = """
        [{"applicatie": "corv", "applicatieNaam": "CORV",
          "aanbieder": "00000099000000772000", "aanbiederNaam": "Eindhoven",
          "afnemer": "00000099000000632000", "afnemerNaam": "Woerden", "klasse": "standaard", "maand": "2026-10",
          "aantalAanbieder": 2310, "aantalAfnemer": 2310, "stand": "gelijk", "reden": null, "aantalBerekend": 2310,
          "bedragCent": 8085, "verschil": 0, "verschilCent": 0, "inhoudVerschilt": false, "tarief": "genesis:8.0"},
         {"applicatie": "korf", "applicatieNaam": "Korf",
          "aanbieder": "00000099000000757000", "aanbiederNaam": "MijnGemeenteDichtbij",
          "afnemer": "00000099000000632000", "afnemerNaam": "Woerden", "klasse": "standaard", "maand": "2026-10",
          "aantalAanbieder": 0, "aantalAfnemer": 0, "stand": "geen tarief", "reden": null, "aantalBerekend": null,
          "bedragCent": null, "verschil": null, "verschilCent": null, "inhoudVerschilt": false, "tarief": null},
         {"applicatie": "zaaksysteem", "applicatieNaam": "Zaaksysteem",
          "aanbieder": "00000099000000757000", "aanbiederNaam": "MijnGemeenteDichtbij",
          "afnemer": "00000099000000632000", "afnemerNaam": "Woerden", "klasse": "standaard", "maand": "2026-10",
          "aantalAanbieder": 1400, "aantalAfnemer": 900, "stand": "verschil", "reden": "boven aantalgrens",
          "aantalBerekend": 900, "bedragCent": 9000, "verschil": 500, "verschilCent": 5000,
          "inhoudVerschilt": false, "tarief": "genesis:8.2"}]
        """

    static let differences = """
        {"maand": "2026-10", "lid": {"oin": "00000099000000632000", "naam": "Woerden"}, "paren": [
        {"wederpartij": {"oin": "00000099000000772000", "naam": "Eindhoven"}, "grondslag": "vastgesteld",
        "stand": "verschil", "reden": null, "bytesUitgewisseld": 12345, "meldingenEigen": 900,
        "meldingenWederpartij": 902, "dagen": [{"aanbieder": "00000099000000772000", "applicatie": "zaaksysteem",
        "klasse": "standaard", "datum": "2026-10-12", "meldingenEigen": 30, "aantalEigen": 30,
        "meldingenWederpartij": 32, "aantalWederpartij": 33}], "oorzaken": [{"aanbieder": "00000099000000772000",
        "applicatie": "zaaksysteem", "klasse": "standaard", "oorzaak": "uren niet gemeten", "transacties": 2,
        "verschil": -3, "bedragCent": 30}], "transactiesTotaal": 42, "transacties": [
        {"aanbieder": "00000099000000772000", "applicatie": "zaaksysteem", "transactie": "t-1", "soort": "ontbreekt",
        "kant": "eigen", "oorzaak": "uren niet gemeten", "eigen": [], "ander": [{"datum": "2026-10-12",
        "klasse": "standaard", "aantal": 1, "keer": 2}]}]},
        {"wederpartij": {"oin": "00000099000000773000", "naam": "Boxtel"}, "grondslag": "aanwezig",
        "stand": "niet vergeleken", "reden": {"code": "genoemd root", "tekst": "the leaves do not fit"},
        "bytesUitgewisseld": 9000},
        {"wederpartij": {"oin": "00000099000000774000", "naam": "Helmond"}, "grondslag": "vastgesteld",
        "stand": "gelijk", "reden": null, "bytesUitgewisseld": 0}],
        "vrijgegeven": ["2026-10-11"], "nietVrijgegevenOm": [], "reactietermijnDatum": "2026-12-01"}
        """

    static let comparison = """
        {"maand": "2026-10", "voorlopig": true, "cellen": \(cells), "reactietermijnDatum": "2026-12-01",
         "vastgesteldDoor": [], "volledigheid": \(complete)}
        """

    static func line(_ id: String, _ kind: String, _ cents: Int, _ rest: String) -> String {
        """
        {"id": "\(id)", "richting": "lid betaalt", "soort": "\(kind)", "bedragCent": \(cents), "btwCategorie": "S",
         "btwBasispunten": 2100, "vrijstelling": null, \(rest)}
        """
    }

    static func cell(_ application: String, _ provider: String, _ count: Int, _ price: Int) -> String {
        """
        "applicatie": "\(application)", "aanbieder": "\(provider)", "afnemer": "00000099000000632000",
         "klasse": "standaard", "aantal": \(count), "prijsMicroEuro": \(price)
        """
    }

    static let nothing = """
        "applicatie": null, "aanbieder": null, "afnemer": null, "klasse": null, "aantal": null, "prijsMicroEuro": null
        """

    static let statement = """
        {"maand": "2026-10", "voorlopig": true, "lid": {"oin": "00000099000000632000", "naam": "Gemeente Woerden"},
         "cooperatie": "Coöperatie Beware U.A.", "cellen": \(cells),
         "regels": [
           \(line("V-2026-10/corv", "verbruik", 8_085, cell("corv", "00000099000000772000", 2_310, 35_000))),
           \(line("V-2026-10/zaaksysteem", "verbruik", 9_000,
                  cell("zaaksysteem", "00000099000000757000", 900, 100_000))),
           \(line("C-2026-10/00000099000000632000", "contributie", 154_239, nothing))],
         "documenten": [{"richting": "lid betaalt", "nummer": 1, "soort": "factuur", "deelfactuur": true,
           "wordtUitgegeven": true, "regels": [], "nettoCent": 171324, "btwCent": 35978, "brutoCent": 207302,
           "btw": [{"categorie": "S", "basispunten": 2100, "grondslagCent": 171324, "btwCent": 35978}],
           "vrijstelling": null}],
         "totalen": [{"richting": "lid betaalt", "nettoCent": 171324, "btwCent": 35978, "brutoCent": 207302},
                     {"richting": "coöperatie betaalt", "nettoCent": 0, "btwCent": 0, "brutoCent": 0}],
         "betwistTeBetalenCent": 5000, "betwistTeOntvangenCent": 0, "reactietermijnDatum": "2026-12-01",
         "vastgesteldDoor": [{"oin": "00000099000000632000", "naam": "Woerden"},
                             {"oin": "00000099000000757000", "naam": "MijnGemeenteDichtbij"}],
         "tarieven": ["genesis:8.0", "genesis:8.2"], "canoniekeTekst": "korf-statement/v1\\nparty X 2026-10\\n",
         "digest": "00", "volledigheid": \(incomplete)}
        """

    static let conflicts = """
        {"conflicten": [{"applicatie": "zaaksysteem", "naam": "Zaaksysteem", "veld": "hosting", "waarden": [
           {"waarde": "Eindhoven, eigen rekencentrum", "regel": "2563bbff038b:4",
            "schrijver": {"oin": "00000099000000772000", "naam": "Eindhoven"}},
           {"waarde": "Woerden\\u001b[2J", "regel": "0bbf6ad3ad97:2",
            "schrijver": {"oin": "00000099000000632000", "naam": "Woerden"}}]}],
         "volledigheid": \(complete)}
        """

    static let explanation = """
        {"id": "V-2026-10/corv", "maand": "2026-10", "voorlopig": true,
         "lid": {"oin": "00000099000000632000", "naam": "Woerden"},
         "regel": \(line("V-2026-10/corv", "verbruik", 8_085, nothing)),
         "stappen": [
           {"soort": "geteld", "zijde": "aanbieder", "naam": "Eindhoven", "netto": 2310},
           {"soort": "geteld", "zijde": "afnemer", "naam": "Woerden", "netto": null},
           {"soort": "vergeleken", "stand": "gelijk", "reden": null}, {"soort": "berekend", "aantal": 2310},
           {"soort": "tarief", "besluit": "genesis:8.0", "vanafMaand": "2026-01", "totEnMetMaand": null},
           {"soort": "trede", "nummer": 1, "boven": 0, "totEnMet": null, "aantal": 2310, "prijsMicroEuro": 35000},
           {"soort": "exact", "teller": "80850000", "noemer": "10000"}, {"soort": "bedrag", "bedragCent": 8085},
           {"soort": "btw", "categorie": "S", "basispunten": 2100}],
         "tellers": [{"zijde": "aanbieder", "lid": {"oin": "00000099000000772000", "naam": "Eindhoven"},
           "logId": "25", "meldingen": 2310, "meldingenIngetrokken": 0, "aantal": 2310, "aantalIngetrokken": 0,
           "netto": 2310, "regelGeteld": "2563bbff038b:6", "regelIngetrokken": null,
           "hoofd": {"omvang": 9, "wortel": "1c4b0d47", "handtekening": "AA==", "verificatiesleutel": "k"}}],
         "grondslag": {"netwerk": "ab12", "regelversie": 1, "tijdperk": 0, "toestandsdigest": "28dbfcc0"},
         "volledigheid": \(complete)}
        """
}
