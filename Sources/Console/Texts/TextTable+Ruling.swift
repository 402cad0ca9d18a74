// SPDX-License-Identifier: EUPL-1.2

extension TextTable {
    /// Rules in force.
    static let ruling: [Text: (nl: String, en: String)] = [
        .rulesTitle: ("Regels die gelden, volgens tijdperk {0} van {1}", "Rules in force, by epoch {0} of {1}"),
        .rulesFounding: ("Regels van de stichting", "Rules of the founding"),
        .rulesOrgan: ("Orgaan {0}, {1}: {2}; {3}", "Organ {0}, {1}: {2}; {3}"),
        .rulesContribution: (
            "Contributie vanaf {0}: {1} per inwoner, btw {2} ({3})",
            "Contribution from {0}: {1} per inhabitant, VAT {2} ({3})"),
        .rulesSharing: (
            "Kostenverdeling {0}: {1} naar inwoners op 1 januari {2}; {3} ({4})",
            "Cost sharing {0}: {1} by inhabitants of 1 January {2}; {3} ({4})"),
        .participantsColumn: ("DEELNEMERS", "PARTICIPANTS"), .fromColumn: ("VANAF", "FROM"),
        .untilColumn: ("T/M", "UNTIL"), .unitPriceColumn: ("PRIJS", "PRICE"), .vatColumn: ("BTW", "VAT"),
        .untilDay: ("t/m {0}", "until {0}"), .aboveCount: ("boven {0}: {1}", "above {0}: {1}"),
        .termSmallCount: (
            "Meldingen die een cel groeit voordat zij wordt verstuurd: {0}",
            "Events that a cell grows by before it is sent: {0}"),
        .termTolerance: ("Verschil dat wordt verdragen: {0}", "Difference that is tolerated: {0}"),
        .termTolerancePart: (
            "Verschil dat wordt verdragen, als deel van het bedrag: {0}",
            "Difference that is tolerated, as a part of the amount: {0}"),
        .termCap: (
            "Nooit verdragen boven dit deel van het laagste aantal: {0}",
            "Never tolerated above this part of the lower quantity: {0}"),
        .termYear: ("Hoogstens verdragen in een jaar: {0}", "Tolerated in a year at most: {0}"),
        .termDispute: ("Werkdagen om te reageren: {0}", "Working days to respond: {0}"),
        .termStatement: (
            "Werkdag van de volgende maand waarop een maand is vastgesteld: {0}",
            "Working day of the next month by which a month is stated: {0}"),
        .termBilling: (
            "Dag van de volgende maand waarop wordt gefactureerd (0: pas na afsluiting): {0}",
            "Day of the next month of billing (0: only what is closed): {0}"),
        .termOffset: ("Verrekening (1 is aan): {0}", "Offset (1 is on): {0}"),
        .termCorrection: ("Correctie vanaf: {0}", "Correction from: {0}"),
        .termCorrectionAge: ("Maanden dat nog gecorrigeerd wordt: {0}", "Months that are still corrected: {0}"),
        .termCapFrom: (
            "Grens van de laagste hoeveelheid geldt vanaf: {0}", "Part of the lower quantity applies from: {0}"),
        .termPayment: ("Dagen om te betalen: {0}", "Days to pay: {0}"),
        .termPropose: ("Tijd voor een voorstel voor een tijdperk: {0}", "Time for a proposal of an epoch: {0}"),
        .termPrevote: ("Tijd voor voorstemmen: {0}", "Time for prevotes: {0}"),
        .termPrecommit: ("Tijd voor eindstemmen: {0}", "Time for precommits: {0}"),
        .termGrowth: ("Langer bij elke volgende ronde: {0}", "Longer with each further round: {0}"),
        .termHold: ("Wachttijd voordat wat bekend is, gedekt moet zijn: {0}",
                    "Time before what is known has to be covered: {0}"),
    ]
}
