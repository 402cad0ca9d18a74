// SPDX-License-Identifier: EUPL-1.2

extension TextTable {
    static let reports: [Text: (nl: String, en: String)] = [
        .simulationTitle: (
            "DOORREKENING {0}, van {1} t/m {2}: er is niets besloten",
            "SIMULATION {0}, from {1} through {2}: nothing is decided"),
        .simulationBasis: (
            "Verwacht verbruik: zoals in de twaalf maanden t/m {0}. Bedragen zonder btw.",
            "Expected use: as in the twelve months through {0}. Amounts without VAT."),
        .partyColumn: ("LID", "MEMBER"), .lineColumn: ("REGEL", "LINE"), .beforeColumn: ("NU", "NOW"),
        .afterColumn: ("STRAKS", "THEN"), .usesColumn: ("GEBRUIK", "USES"),
        .changeColumn: ("VERSCHIL", "DIFFERENCE"), .pricePerUseColumn: ("PRIJS", "PRICE"),
        .simulationSum: ("samen", "together"),
        .simulationNetWords: (
            "Samen is wat een lid betaalt, min wat het ontvangt; onder nul is goedkoper.",
            "Together is what a member pays less what it receives; below zero is cheaper."),
        .lineReceived: ("{0}, ontvangt", "{0}, receives"),
        .priceTitle: (
            "Prijs per gebruik van {0} naarmate leden erbij komen, bij {1} ({2}):",
            "Price of one use of {0} as members join, at {1} ({2}):"),
        .yearTitle: (
            "JAARBLAD {0}: {1}, {2} ({3} {3|maand|maanden} voorbij; bedragen zonder btw)",
            "YEAR SHEET {0}: {1}, {2} ({3} {3|month|months} over; amounts without VAT)"),
        .yearBudget: ("Begroting", "Budget"), .yearCommitted: ("Vastgelegd", "Committed"),
        .yearRealised: ("Gerealiseerd", "Realised"), .yearForecast: ("Prognose", "Forecast"),
        .yearRoom: ("Ruimte", "Room"),
        .yearEndTitle: (
            "JAARAFSLUITING {0} ({1} {1|maand|maanden} voorbij; bedragen zonder btw)",
            "YEAR END {0} ({1} {1|month|months} over; amounts without VAT)"),
        .yearEndUnknown: (
            "Onbekend is wat de eigen boeken niet zeggen.", "Unknown is what the own books do not tell."),
        .directionColumn: ("RICHTING", "DIRECTION"), .computedColumn: ("BEREKEND", "COMPUTED"),
        .invoicedColumn: ("GEFACTUREERD", "INVOICED"), .toInvoiceColumn: ("NOG TE DOEN", "TO INVOICE"),
        .disputedColumn: ("BETWIST", "DISPUTED"), .correctedColumn: ("CORRECTIES", "CORRECTIONS"),
        .quarterTitle: (
            "KWARTAALRAPPORT {0} ({1} van 3 maanden voorbij; bedragen zonder btw)",
            "QUARTERLY REPORT {0} ({1} of 3 months over; amounts without VAT)"),
        .quarterColumn: ("DIT KWARTAAL", "THIS QUARTER"), .budgetColumn: ("BEGROTING", "BUDGET"),
        .yearAgoColumn: ("VORIG JAAR", "YEAR AGO"),
        .bundleDone: (
            "{0}: {1} bestanden, {2} overzichten, t/m tijdperk {3} van {4}",
            "{0}: {1} files, {2} statements, through epoch {3} of {4}"),
        .bundleDigest: ("Digest van het manifest: {0}", "Digest of the manifest: {0}"),
        .bundleVerify: ("Controleren, zonder knoop: korf verify {0}", "To check, without a node: korf verify {0}"),
        .bundleSound: (
            "{0}: in orde. Jaar {1}, netwerk {2}", "{0}: sound. Year {1}, network {2}"),
        .bundleFault: ("{0}: NIET IN ORDE: {1}", "{0}: NOT SOUND: {1}"),
        .bundleCounts: (
            "{0} bestanden, {1} logs, {2} regels, {3} overzichten opnieuw berekend; tijdperk {4}",
            "{0} files, {1} logs, {2} entries, {3} statements computed anew; epoch {4}"),
        .offerTitle: ("AANBOD van {0} aan {1}", "OFFER of {0} to {1}"),
        .offerFrom: ("Lid vanaf {0}; bedragen zonder btw", "Member from {0}; amounts without VAT"),
        .offerEntrance: ("Entreegeld, eenmalig", "Entrance fee, once"),
        .offerNotSet: ("niet vastgesteld", "not set"),
        .offerContribution: ("Contributie t/m {0}, naar rato", "Contribution through {0}, pro rata"),
        .offerBuyIn: ("Aandeel in de ontwikkeling van {0}, eenmalig", "Share of building {0}, once"),
        .offerFees: ("Verwacht verbruik t/m {0}", "Expected use through {0}"),
        .offerFirst: ("Eerste maand die wordt gefactureerd: {0}.", "First month that is billed: {0}."),
        .offerBasis: (
            "Volgt uit de vastgestelde regels en het verbruik t/m {0}. Een lid is nooit aansprakelijk voor schulden.",
            "Follows from the rules in force and the use through {0}. A member is never liable for debts."),
    ]
}
