// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The words of a statement for people, in Dutch and English.
struct SheetWords {
    let language: SheetLanguage

    private func of(_ dutch: String, _ english: String) -> String { language == .dutch ? dutch : english }

    func title(_ month: CivilMonth) -> String { "\(of("Verbruiksoverzicht", "Statement of")) \(self.month(month))" }

    func month(_ month: CivilMonth) -> String {
        let english = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return of(month.dutch, "\(english[month.monthOfYear - 1]) \(month.year)")
    }

    func day(_ date: CivilDate) -> String { "\(date.day) \(month(date.month))" }
    func money(_ cents: Cents) -> String {
        of(cents.dutch, "€ " + DecimalText.write(cents.value, fractionDigits: 2, minimum: 2, group: ","))
    }
    func price(_ price: MicroEuro) -> String {
        of(price.dutch(), "€ " + DecimalText.write(price.value, fractionDigits: 6, minimum: 2, group: ","))
    }
    func count(_ count: Int64) -> String {
        DecimalText.write(count, fractionDigits: 0, minimum: 0, group: of(".", ","))
    }
    func percent(_ rate: BasisPoints) -> String {
        DecimalText.write(rate.value, fractionDigits: 2, minimum: 0, point: of(",", ".")) + "%"
    }

    func parties(_ member: String, _ cooperative: String) -> String {
        of("\(member) aan \(cooperative)", "\(member) to \(cooperative)")
    }
    func payout(_ member: String) -> String {
        of("Te ontvangen door \(member) als aanbieder", "To be received by \(member) as provider")
    }
    func disputed(_ name: String, _ count: String, _ amount: String) -> String {
        of("Betwist, niet gefactureerd: \(name), verschil \(count) = \(amount) exclusief btw.",
           "Disputed, not invoiced: \(name), difference \(count) = \(amount) without VAT.")
    }
    func respond(_ day: String) -> String {
        of("Reageren tot en met \(day). Stilzwijgen is geen prestatieverklaring.",
           "Answer until \(day). Silence is no confirmation of performance.")
    }
    func act(_ act: SheetAct?) -> String {
        guard let act else { return of("nog niet", "not yet") }
        return "\(act.person), \(day(act.date)) (\(act.digest.description.prefix(16)))"
    }

    var provisional: String { of("Voorlopig: deze maand is nog niet gesloten.", "Provisional: not closed yet.") }
    var unknown: String { of("onbekend", "unknown") }
    var application: String { of("Applicatie", "Application") }
    var ours: String { of("Wij", "We") }
    var provider: String { of("Aanbieder", "Provider") }
    var consumer: String { of("Afnemer", "Consumer") }
    var billed: String { of("Berekend", "Billed") }
    var tariff: String { of("Tarief", "Price") }
    var amount: String { of("Bedrag", "Amount") }
    var status: String { of("Status", "State") }
    var vatLabel: String { of("Btw-label", "VAT label") }
    var otherLines: String { of("Overige posten", "Other lines") }
    var line: String { of("Post", "Line") }
    var net: String { of("Exclusief btw", "Without VAT") }
    var toPay: String { of("Te betalen", "To pay") }
    var toReceive: String { of("Te ontvangen", "To receive") }
    var vat: String { of("Btw", "VAT") }
    var order: String { of("Inkooporder", "Purchase order") }
    var change: String { of("Verschil met vorige maand (exclusief btw)", "Change since last month (without VAT)") }
    var confirmation: String { of("Prestatie verklaard", "Performance confirmed") }
    var approval: String { of("Akkoord controller", "Payment approved") }
    var completeness: String { of("Volledigheid", "Completeness") }
    var decisions: String { of("Tarieven volgens", "Prices by") }
    var digest: String { of("Controlesom (SHA-256)", "Digest (SHA-256)") }
    var nothing: String { of("Geen verbruik in deze maand.", "No usage this month.") }

    func balance(_ order: SheetOrder) -> String {
        let whole = "\(order.reference): \(money(order.amount))"
        guard let used = order.used, let left = try? order.amount.subtracting(used) else {
            return "\(whole), \(of("gebruikt", "used")) \(unknown)"
        }
        return "\(whole), \(of("gebruikt", "used")) \(money(used)), \(of("over", "left")) \(money(left))"
    }

    func state(_ outcome: CellOutcome) -> String {
        let word = switch outcome.state {
        case .ownUse: of("eigen gebruik", "own use")
        case .notAParty: of("geen deelnemer", "not a party")
        case .noTariff: of("geen tarief", "no tariff")
        case .singleSided: of("enkelzijdig", "single-sided")
        case .providerOnly: of("alleen aanbieder", "provider only")
        case .consumerOnly: of("alleen afnemer", "consumer only")
        case .matched: of("gelijk", "matched")
        case .withinTolerance: of("binnen tolerantie", "within tolerance")
        case .differs: of("BETWIST", "DISPUTED")
        }
        return outcome.contentDiffers ? "\(word), \(of("inhoud verschilt", "content differs"))" : word
    }

    func label(_ label: VATLabel?) -> String {
        switch label {
        case .compensable: of("compensabel", "compensable")
        case .deductible: of("aftrekbaar", "deductible")
        case .cost: of("kosten", "cost")
        case nil: unknown
        }
    }

    func name(_ line: StatementLine, _ application: String) -> String {
        switch line.kind {
        case .transactionFee: of("Transacties \(application)", "Transactions \(application)")
        case .funding: of("Bekostiging \(application)", "Funding of \(application)")
        case .contribution: of("Contributie", "Contribution")
        case .contributionCorrection: of("Correctie contributie", "Correction of the contribution")
        case .developmentShare: of("Aandeel ontwikkelkosten \(application)", "Share of building \(application)")
        case .entranceFee: of("Entreegeld", "Entrance fee")
        case .exitCharge: of("Uittreedsom", "Exit charge")
        case .fixedSplit: of("Aandeel in vaste verdeling", "Fixed share")
        case .decided: of("Post volgens besluit", "Line by decision")
        case .advance: of("Voorschot", "Advance")
        case .advanceSettlement: of("Verrekend voorschot", "Advance settled")
        }
    }
}
