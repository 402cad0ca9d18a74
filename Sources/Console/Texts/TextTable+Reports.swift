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
