// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Statement for people, Protocol/documents.md §7")
struct StatementSheetTests {
    private func sheet(_ name: String = "Woerden in October, with a late joiner") throws -> StatementSheet {
        let vectors = try Repository.vectors("settlement-statement.json")
        let value = try vectors.first { $0["name"].text == name }.orUnreadable()["case"]
        return StatementSheet(
            try StatementCase.statement(value), digest: try Hash(Array(repeating: 7, count: 32)).orUnreadable(),
            cooperative: "Coöperatie Beware U.A.")
    }

    @Test("§7.4: the Dutch text says what a controller asks, and calls unknown what is not known")
    func dutchText() throws {
        let text = try sheet().text()
        for words in [
            "VERBRUIKSOVERZICHT OKTOBER 2026", "Woerden aan Coöperatie Beware U.A.", "! Voorlopig", "BETWIST",
            "Betwist, niet gefactureerd: zaak, verschil 500 = € 50,00 exclusief btw.", "Inkooporder",
            "Reageren tot en met onbekend. Stilzwijgen is geen prestatieverklaring.", "€ 220,20", "€ 0,12",
            "Akkoord controller", "nog niet", String(repeating: "07", count: 32),
        ] { #expect(text.contains(words), "\(words)\n\(text)") }
        #expect(text.split(separator: "\n").first { $0.hasPrefix("Inkooporder") }?.hasSuffix("onbekend") == true)
        #expect(text.hasSuffix("\n") && !text.contains("\r") && !text.contains(" \n"))
    }

    @Test("§7.4: what is known is printed in both languages")
    func known() throws {
        var sheet = try sheet()
        let statement = sheet.statement
        let day = try CivilDate("2026-11-09").orUnreadable()
        sheet.order = SheetOrder(reference: "45001234", amount: Cents(500_000), used: Cents(391_050))
        sheet.previousNet = try statement.total(.memberPays).net.adding(Cents(1_000))
        sheet.respondBy = try CivilDate("2026-12-01").orUnreadable()
        sheet.confirmation = SheetAct(person: "A. de Vries", date: day, digest: sheet.digest)
        sheet.isProvisional = false
        sheet.vatLabels = [try Identifier("zaak"): .compensable]
        let (dutch, english) = (sheet.text(.dutch), sheet.text(.english))
        for words in [
            "45001234: € 5.000,00, gebruikt € 3.910,50, over € 1.089,50", "€ -10,00", "1 december 2026",
            "A. de Vries, 9 november 2026 (0707070707070707)", "compensabel",
        ] { #expect(dutch.contains(words), "\(words)\n\(dutch)") }
        for words in [
            "STATEMENT OF OCTOBER 2026", "45001234: € 5,000.00, used € 3,910.50, left € 1,089.50", "1 December 2026",
            "DISPUTED", "compensable",
        ] { #expect(english.contains(words), "\(words)\n\(english)") }
        #expect(!dutch.contains("Voorlopig"))
    }

    @Test("§7.4: HTML loads nothing, escapes everything and says its language")
    func html() throws {
        var sheet = try sheet()
        sheet.partyNames = [sheet.statement.party: "<script>alert('x & \"y\"')</script>\u{1B}[2J"]
        for language in SheetLanguage.allCases {
            let html = sheet.html(language)
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
            #expect(html.contains("&lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)&lt;/script&gt;\u{FFFD}[2J"))
            for word in ["<script", "http:", "https:", "src=", "url(", "@import", "<link", "\u{1B}"] {
                #expect(!html.contains(word), "\(word)")
            }
            #expect(html.contains("default-src 'none'") && html.contains("size: A4"))
        }
        #expect(!sheet.text().contains("\u{1B}"))
    }

    @Test("every statement vector is printed, the same each time")
    func all() throws {
        for value in try Repository.vectors("settlement-statement.json") where value["reason"] == .null {
            let sheet = try sheet(try Cases.text(value["name"]))
            for language in SheetLanguage.allCases {
                #expect(sheet.text(language) == sheet.text(language))
                #expect(sheet.html(language).contains("</html>"))
            }
        }
    }
}
