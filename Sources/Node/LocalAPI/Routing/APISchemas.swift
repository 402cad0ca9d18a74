// SPDX-License-Identifier: EUPL-1.2
import Notation

/// The schemas of the OpenAPI document: for each answer and request its members and their types.
enum APISchemas {
    /// `name: type`, a `?` after the name for what may be null, a `*` for what may be left out.
    private static let rows: [(name: String, members: String)] = [
        ("Probleem", "status: integer, title: string, detail: string, violations*: Overtreding[]"),
        ("Overtreding", "path: string, line*: integer, column*: integer, message: string"),
        ("Volledigheid", "volledig: boolean, logsBijgewerkt: integer, logsTotaal: integer, tekorten: object[], "
            + "toelichting: string[]"),
        ("Partij", "oin: string, naam: string"),
        ("OpenApi", "openapi: string, info: object, servers: object[], paths: object, components: object"),
        ("Gezondheid", "status: string"),
        ("Status", "lid: Partij, netwerk: object, versie: string, tijdstip: date-time, volledigheid: Volledigheid, "
            + "acties: Actie[], tijdperk: object, knopen: Knoop[], toestandsdigest: string, logtabeldigest: string, "
            + "vorken: Vork[], inbox: object, schijf: object, backup: object, certificaat: object, "
            + "besluitenOpen: integer, ontbrekendeTeksten: integer, wachtendeRegels: integer, "
            + "nietigeRegels: object[], eigenLog: object"),
        ("Actie", "ernst: string, code: string, tekst: string, gegevens: object"),
        ("Knoop", "oin: string, naam: string, eigen: boolean, bereikbaar?: boolean, reden?: string, "
            + "uitgewisseldTijdstip?: date-time, achter?: integer, stand: string, logOmvang: integer, "
            + "weigeringen: object[]"),
        ("Vork", "logId: string, oin?: string, naam?: string, omvangEersteLog: integer, wortelEersteLog: string, "
            + "omvangTweedeLog: integer, wortelTweedeLog: string, bewijs: string"),
        ("Netwerk", "id: string, naam: string, datum: date, tijdperk: object, regelversie: integer, "
            + "cooperatie: object, stichters: Partij[], organen: object[], applicaties: object[], "
            + "tarieven: object[], contributies: object[], kostenverdelingen: object[], "
            + "besluitregels: object[], inwoners: object[], termijnen: object, tijden: object"),
        ("Toetreding", "lid: Partij, netwerk: string, stap: string, besluit?: string, nietGestemd: Partij[], "
            + "tijdperk: integer, antwoorden: object[]"),
        ("EindeEigenLog", "netwerk: string, lid: Partij, logId: string, volgendeSleutelHash: string, "
            + "herstelsleutel: string, modus: string, omvang: integer, wortel?: string, omvangElders?: integer, "
            + "leden: object[]"),
        ("OpvolgingVerzoek", "regel: string, sleutel: string"),
        ("Opvolging", "logId: string, voorganger: string"),
        ("JoinBestand", "netwerk: string, naam: string, bestand: string, adressen: object[]"),
        ("Besluiten", "besluiten: Besluit[], volledigheid: Volledigheid"),
        ("BesluitVerzoek", "soort: string, titel: string, inhoud*?: object, orgaan*: string, termijnDatum*: date, "
            + "kostenCent*: integer, dekking*: string, applicatie*: string, tekst*: string"),
        ("Besluit", decision), ("Stem", decision),
        ("StemVerzoek", "keuze: string, definitief*: boolean, vervangt*: boolean"),
        ("Vernietiging", "id: string, regel: string"),
        ("Taken", "taken: Taak[], volledigheid: Volledigheid"),
        ("Taak", "soort: string, dringend: boolean, termijnDatum?: date, tekst: string, opdracht: string, "
            + "gegevens: object"),
        ("Leden", "leden: Lid[], volledigheid: Volledigheid"),
        ("Lid", "oin: string, naam: string, soort: string, eigen: boolean, stand: string, sindsTijdperk: integer, "
            + "laatsteDatum?: date, stemt: boolean, gemeenten: object[], eindpunten: string[], "
            + "hartslagDatum?: date, logs: object[], kaart*: object, factuurgegevens*?: object, "
            + "volledigheid*: Volledigheid"),
        ("Applicaties", "applicaties: object[], volledigheid: Volledigheid"),
        ("Applicatie", "id: string, naam: string, lead: Partij, gevoelig: boolean, deelnemers: object[], "
            + "gesticht?: object, velden: object[], verzamelingen: object[], volledigheid: Volledigheid"),
        ("GestichtVerzoek", "slug: string, naam: string"),
        ("Gesticht", "id: string, naam: string, regels: string[]"),
        ("Import", "applicatie: string, beoordeling: string, fouten: integer, waarschuwingen: integer, "
            + "bevindingen: object[], gewijzigd: string[], regels: string[]"),
        ("WijzigingVerzoek", "velden*: object, toevoegen*: object, verwijderen*: object"),
        ("Wijziging", "applicatie: string, gewijzigd: string[], regels: string[]"),
        ("Conflicten", "conflicten: object[], volledigheid: Volledigheid"),
        ("Melding", "specversion: string, type: string, source: string, id: string, time: date-time, "
            + "datacontenttype*: string, data: MeldingGegevens"),
        ("MeldingGegevens", "applicatie: string, aanbieder: string, afnemer: string, klasse*?: string, "
            + "aantal*: integer, transactie*?: string"),
        ("Meldingen", "nieuw: integer, dubbel: integer, conflict: integer, uitkomsten: string[]"),
        ("IntrekkingVerzoek", "source: string, id: string"),
        ("Intrekking", "uitkomst: string"),
        ("Verzending", "cellen: integer"),
        ("QuarantaineVerzoek", "dagen: string[], reden: string"),
        ("Quarantaine", "perioden: object[], dagen: object[]"),
        ("Totaal", "maand: string, applicatie: string, aanbieder: string, klasse*?: string, aantal: integer"),
        ("TotalenOvernameVerzoek", "totalen: Totaal[], reden*?: string"),
        ("TotalenOvername", "nieuw: integer, gelijk: integer, vervangen: integer, uitkomsten: string[]"),
        ("Totalen", "maand: string, totalen: Totaal[], ontbreken: object[]"),
        ("Verbruik", "maand: string, cellen: object[], volledigheid: Volledigheid"),
        ("VaststellingVerzoek", "maand: string, reden*?: string"),
        ("Vaststelling", "maand: string, vastgesteld: object[]"),
        ("Cel", "applicatie: string, applicatieNaam: string, aanbieder: string, "
            + "aanbiederNaam: string, afnemer: string, afnemerNaam: string, "
            + "klasse: string, maand: string, aantalAanbieder?: integer, aantalAfnemer?: integer, stand: string, "
            + "reden?: string, aantalBerekend?: integer, bedragCent?: integer, verschil?: integer, "
            + "verschilCent?: integer, inhoudVerschilt: boolean, tarief?: string"),
        ("Vergelijking", "maand: string, voorlopig: boolean, cellen: Cel[], reactietermijnDatum?: date, "
            + "vastgesteldDoor: Partij[], afgesloten: object[], volledigheid: Volledigheid"),
        ("VerschillenVerzoek", "wederpartij*?: string, grondslag*?: string"),
        ("Verschillen", "maand: string, lid: Partij, paren: object[], vrijgegeven: string[], "
            + "nietVrijgegevenOm: Partij[], reactietermijnDatum?: date"),
        ("Regel", "id: string, richting: string, soort: string, applicatie?: string, aanbieder?: string, "
            + "afnemer?: string, klasse?: string, aantal?: integer, prijsMicroEuro?: integer, bedragCent: integer, "
            + "btwCategorie: string, btwBasispunten: integer, vrijstelling?: string"),
        ("Overzicht", "maand: string, voorlopig: boolean, lid: Partij, cooperatie: string, cellen: Cel[], "
            + "regels: Regel[], documenten: object[], totalen: object[], betwistTeBetalenCent: integer, "
            + "betwistTeOntvangenCent: integer, reactietermijnDatum?: date, vastgesteldDoor: Partij[], "
            + "afgesloten: object[], "
            + "tarieven: string[], canoniekeTekst: string, digest: string, prestatie?: object, "
            + "akkoord?: object, inkooporder?: object, volledigheid: Volledigheid"),
        ("Maand", "maand: string, wederpartijen: object[], volledigheid: Volledigheid"),
        ("StandpuntVerzoek", "woord: string, wederpartij: string, applicatie: string, klasse: string, "
            + "zijde*?: string, aantal*?: integer, reden*?: string"),
        ("Standpunt", "maand: string, wederpartij: Partij, applicatie: string, klasse: string, woord: string, "
            + "aantal?: integer, regel: string"),
        ("AfsluitingVerzoek", "wederpartij: string"),
        ("Afsluiting", "maand: string, wederpartij: Partij, tijdperk: integer, cellen: integer, beide: boolean, "
            + "regel: string"),
        ("Uitleg", "id: string, maand: string, voorlopig: boolean, lid: Partij, regel: Regel, stappen: object[], "
            + "tellers: object[], grondslag: object, volledigheid: Volledigheid"),
        ("OverzichtbestandenVerzoek", "maand: string, lid*: string, taal*: string, boeking*: object"),
        ("Overzichtbestanden", "maand: string, bestanden: object[]"),
        ("DocumentenVerzoek", "maand: string, profiel*: string, datum*: date, nummers*: object[]"),
        ("Documenten", "maand: string, documenten: Document[]"),
        ("Document", "voorstel: string, nummer?: string, soort: string, richting: string, van: string, aan: string, "
            + "deelfactuur: boolean, nettoCent: integer, btwCent: integer, brutoCent: integer, datum: date, "
            + "vervalDatum: date, invoerDigest: string, bestand?: string, weigering?: string"),
        ("NummeringVerzoek", "maand: string, reeks: string, cooperatie*: boolean, eerste*: integer, datum*?: date, "
            + "profiel*: string, door*?: string"),
        ("Nummering", "maand: string, documenten: Uitgaand[]"),
        ("Uitgaand", outgoing), ("Goedkeuring", outgoing), ("Overhandiging", outgoing), ("Afwijzing", outgoing),
        ("Uitbak", "documenten: Uitgaand[], reeksen: object[]"),
        ("GoedkeuringVerzoek", "door*?: string"), ("OverhandigingVerzoek", "door*?: string"),
        ("AfwijzingVerzoek", "reden: string, door*?: string"),
        ("Ontvangen", "maand: string, documenten: object[]"), ("Prestatie", "maand: string, documenten: object[]"),
        ("Betaalakkoord", "maand: string, documenten: object[]"),
        ("PrestatieVerzoek", "document*?: string, regels*: string[], door*?: string"),
        ("BetaalakkoordVerzoek", "document*?: string, door*?: string"),
        ("Inkooporders", "inkooporders: object[]"), ("Inkooporder", "inkooporders: object[]"),
        ("InkooporderVerzoek", "applicatie*?: string, jaar: integer, nummer: string, bedragCent: integer, "
            + "door*?: string"),
        ("Rekeningen", "rekeningen: object[]"), ("Rekening", "rekeningen: object[]"),
        ("RekeningVerzoek", "partij: string, iban: string, door*?: string"),
        ("Betaling", openItem), ("Beginsaldo", openItem),
        ("BetalingVerzoek", "nummer: string, datum: date, bedragCent: integer, door*?: string"),
        ("BeginsaldoVerzoek", "nummer: string, richting: string, lid: string, vervalDatum: date, "
            + "bedragCent: integer, door*?: string"),
        ("BankimportVerzoek", "bestand: string, door*?: string"),
        ("Bankimport", "geboekt: object[], eerder: integer, overgeslagen: object[]"),
        ("Openstaand", "posten: object[], ouderdom: object[]"),
        ("Verrekening", "datum: date, betalingen: object[]"),
        ("Penningmeester", "datum: date, liquiditeit: object[], reeksen: object[], btw: object[], "
            + "omzetLedenCent?: integer, omzetAnderenCent?: integer, boven80Procent?: boolean"),
        ("FactuurcontroleVerzoek", "bestand: string, maand*: string, inkooporder*: string, "
            + "bewaren*: boolean, door*?: string"),
        ("Factuurcontrole", "nummer: string, maand: string, datum: date, afzender: string, brutoCent: integer, "
            + "voorstel?: string, bevindingen: object[]"),
        ("DoorrekeningVerzoek", "soort: string, vanafDatum: date, lid*: string, naam*: string, applicatie*: string, "
            + "gebruik*: object[], gewicht*: integer, teller*: integer, noemer*: integer, inwoners*: integer, "
            + "maanden*: integer, kostenCent*: integer"),
        ("Doorrekening", "lid: Partij, vanafDatum: date, vanafMaand: string, totEnMetMaand: string, "
            + "partijen: object[], prijsPerGebruik?: object, grondslag: object"),
        ("AanbodVerzoek", "lid: string, inwoners: integer, vanafDatum: date, naam*: string, applicaties*: object[]"),
        ("Aanbod", "lid: Partij, cooperatie: string, vanafDatum: date, entreegeldCent?: integer, "
            + "contributieCent: integer, inkoop: object[], verbruikCent: integer, eersteMaand: string, "
            + "totEnMetMaand: string, grondslag: object"),
        ("Jaarblad", "jaar: integer, applicatie: string, applicatieNaam: string, lid: Partij, maandenVoorbij: integer, "
            + "begrotingCent?: integer, vastgelegdCent?: integer, gerealiseerdCent?: integer, prognoseCent?: integer, "
            + "ruimteCent?: integer, grondslag: object"),
        ("Jaarafsluiting", "jaar: integer, maandenVoorbij: integer, wederpartijen: object[], grondslag: object"),
        ("Kwartaalrapport", "kwartaal: string, maandenVoorbij: integer, onderwerpen: object[], grondslag: object"),
        ("JaarbundelVerzoek", "map: string, jaar: integer"),
        ("Jaarbundel", "map: string, jaar: integer, bestanden: integer, overzichten: integer, tijdperk: integer, "
            + "tijdperkDatum: date, toestandsdigest: string, digest: string"),
        ("BackupVerzoek", "map: string"), ("Backup", "map: string, tijdstip: date-time"),
        ("TegelsVerzoek", "map: string"),
        ("Tegels", "map: string, logs: object[], tekorten: object[], bewijzen: integer, tijdperken: integer"),
    ]

    private static let decision =
        "id: string, regel: string, titel: string, soort: string, indiener: Partij, orgaan: object, "
        + "applicatie?: string, termijnDatum: date, kostenCent?: integer, dekking?: string, inhoud?: object, "
        + "gevolg?: object, stand: string, voorlopig: boolean, reden?: string, oordeelTijdperk: integer, "
        + "sluitTijdperk?: integer, "
        + "telling: object, uitslag: object, stemmen: object[], nietGestemd: Partij[], eigenStem: object, "
        + "wachtOp: object[], tekst: object, volledigheid*: Volledigheid"

    private static let openItem =
        "nummer: string, richting: string, partij: string, vervalDatum: date, brutoCent: integer, "
        + "openCent: integer, ouderdom: string, betwist: boolean, betalingen: object[]"

    private static let outgoing =
        "voorstel: string, nummer?: string, soort: string, richting: string, van: string, aan: string, "
        + "deelfactuur: boolean, nettoCent: integer, btwCent: integer, brutoCent: integer, datum: date, "
        + "vervalDatum: date, invoerDigest: string, stand: string, gemaakt?: object, handelingen: object[], "
        + "bestand?: string, weigering?: string"

    /// All schemas.
    static var json: JSON {
        .object(JSONObject(rows.map { JSONObject.Member($0.name, schema($0.members)) }))
    }

    private static func schema(_ members: String) -> JSON {
        var properties = JSONObject()
        var required: [JSON] = []
        for member in members.split(separator: ", ") {
            let parts = member.split(separator: ": ")
            let name = String(parts[0].prefix { $0 != "?" && $0 != "*" })
            let marks = parts[0].dropFirst(name.count)
            if !marks.contains("*") { required.append(.string(name)) }
            properties.set(name, type(String(parts[1]), isNullable: marks.contains("?")))
        }
        return ["type": "object", "required": .array(required), "properties": .object(properties)]
    }

    private static func type(_ text: String, isNullable: Bool) -> JSON {
        if text.hasSuffix("[]") { return ["type": "array", "items": type(String(text.dropLast(2)), isNullable: false)] }
        let base: [JSONObject.Member] = switch text {
        case "string", "integer", "boolean", "object": [.init("type", .string(text))]
        case "date", "date-time": [.init("type", "string"), .init("format", .string(text))]
        default: [.init("$ref", .string("#/components/schemas/\(text)"))]
        }
        return .object(JSONObject(isNullable ? base + [.init("nullable", true)] : base))
    }
}
