// SPDX-License-Identifier: EUPL-1.2

extension TextTable {
    static let settling: [Text: (nl: String, en: String)] = [
        .stated: (
            "{0} vastgesteld tegenover {1} {1|wederpartij|wederpartijen}:",
            "{0} stated towards {1} {1|counterparty|counterparties}:"),
        .statedRow: (
            "  {0}: {1} {1|cel|cellen}, {2} {2|melding|meldingen} (regel {3})",
            "  {0}: {1} {1|cell|cells}, {2} {2|event|events} (entry {3})"),
        .statementTitle: ("VERBRUIKSOVERZICHT {0} - VOORLOPIG", "STATEMENT OF ACCOUNT {0} - PROVISIONAL"),
        .previewTitle: (
            "VOORUITBLIK {0} - VOORLOPIG, de maand kan nog groeien", "PREVIEW {0} - PROVISIONAL, the month may grow"),
        .statementParties: ("{0} aan {1}", "{0} to {1}"),
        .usColumn: ("Wij", "Us"), .providerCountColumn: ("Aanbieder", "Provider"),
        .billedColumn: ("Berekend", "Billed"), .priceColumn: ("Tarief", "Price"), .amountColumn: ("Bedrag", "Amount"),
        .statusColumn: ("Status", "Status"), .net: ("Exclusief", "Net"), .vatOf: ("Btw {0}", "VAT {0}"),
        .toPay: ("Te betalen", "To pay"), .toReceive: ("Te ontvangen", "To receive"),
        .disputed: (
            "Betwist, niet gefactureerd: {0}, verschil {1} = {2} excl. btw ({3})",
            "Disputed, not invoiced: {0}, difference {1} = {2} net ({3})"),
        .respondBy: ("Reageren t/m {0}.", "Respond by {0}."),
        .silence: ("Stilzwijgen is geen prestatieverklaring.", "Silence is no confirmation of performance."),
        .performance: (
            "Prestatie verklaard: nog niet     Akkoord controller: nog niet",
            "Performance confirmed: not yet     Approved by controller: not yet"),
        .tariffs: ("Tarieven: {0}", "Tariffs: {0}"),
        .explanation: ("Uitleg: korf explain {0}", "Why: korf explain {0}"),
        .completeness: ("Volledigheid: {0}", "Completeness: {0}"), .linesTitle: ("Regels:", "Lines:"),
        .received: ("Uit te betalen aan {0}", "To be paid to {0}"), .disputedWord: ("BETWIST", "DISPUTED"),
        .notStated: ("Nog niet vastgesteld door: {0}", "Not yet stated by: {0}"), .tiers: ("{0} treden", "{0} tiers"),
        .contributionLine: ("Contributie", "Contribution"),
        .developmentLine: ("Ontwikkelkosten {0}", "Development {0}"),
        .fundingLine: ("Bekostiging {0}", "Funding {0}"),
        .payoutTitle: ("Coöperatie betaalt {0} als aanbieder:", "The cooperative pays {0} as provider:"),
        .partInvoice: ("deelfactuur", "part invoice"),
        .compareTitle: ("VERGELIJKING {0} - VOORLOPIG", "COMPARISON {0} - PROVISIONAL"),
        .cellsWithoutUse: ("Cellen zonder verbruik: {0}", "Cells without usage: {0}"),
        .differenceColumn: ("Verschil", "Difference"),
        .compareFinding: ("Cellen die aandacht vragen: {0}.", "Cells that need attention: {0}."),
        .compareFine: ("Alle cellen gelijk of binnen tolerantie.", "All cells equal or within tolerance."),
        .compareNotStated: (
            "Nog door niemand vastgesteld, dus niets om te vergelijken: korf settle state --month {0}",
            "Stated by nobody yet, so there is nothing to compare: korf settle state --month {0}"),
        .contentDiffers: ("andere transacties", "other transactions"),
        .periodsTitle: ("MAAND {0}, per wederpartij", "MONTH {0}, by counterparty"),
        .periodsNone: ("Met niemand iets gedeeld of vastgesteld.", "Nothing shared or stated with anybody."),
        .periodsParty: ("{0}: {1}", "{0}: {1}"),
        .periodsClosed: (
            "  {0} in tijdperk {1}; later verbruik is een correctie",
            "  {0} in epoch {1}; later usage is a correction"),
        .periodsCell: ("  {0} {1}: aanbieder {2}, afnemer {3}", "  {0} {1}: provider {2}, consumer {3}"),
        .periodsAgreed: ("overeengekomen {0}", "agreed on {0}"),
        .periodsStance: ("  {0}: {1} over {2} {3}", "  {0}: {1} on {2} {3}"),
        .stanceTaken: ("{0} {1} in {2}: {3} (regel {4})", "{0} {1} in {2}: {3} (entry {4})"),
        .cutSigned: (
            "{0} met {1} getekend naar tijdperk {2}: {3} {3|cel|cellen} (regel {4})",
            "{0} with {1} signed as of epoch {2}: {3} {3|cell|cells} (entry {4})"),
        .cutWaitsForEpoch: (
            "Beide tekenden hetzelfde; het eerstvolgende tijdperk sluit de maand.",
            "Both signed the same; the next epoch closes the month."),
        .cutWaitsForOther: (
            "De maand sluit zodra {0} hetzelfde tekent: daar korf settle close.",
            "The month closes once {0} signs the same: korf settle close there."),
    ]

    static let differing: [Text: (nl: String, en: String)] = [
        .sheetTitle: ("VERSCHILLENBLAD {0}: {1} en {2}", "DIFFERENCE SHEET {0}: {1} and {2}"),
        .sheetNobody: ("Met niemand is in {0} iets geteld.", "Nothing was counted with anybody in {0}."),
        .sheetReleased: (
            "Uit quarantaine, want gelijk met alle wederpartijen: {0}",
            "Out of quarantine, being equal with all counterparties: {0}"),
        .sheetHindered: (
            "Dagen in quarantaine blijven wachten: met {0} kon niet worden vergeleken.",
            "Days in quarantine go on waiting: {0} could not be compared with."),
        .sheetStated: ("Vergeleken: wat beide hebben vastgesteld.", "Compared: what both have stated."),
        .sheetHeld: (
            "Vergeleken: wat beide nu hebben; de maand is niet door beide vastgesteld.",
            "Compared: what both have now; the month is not stated by both."),
        .sheetEqual: (
            "Gelijk: elke transactie, zonder dat een id de knoop verliet.",
            "Equal: every transaction, without an id leaving the node."),
        .sheetTooDifferent: (
            "! Te verschillend om transacties te noemen ({0}): een hele aanlevering ontbreekt.",
            "! Too different to name transactions ({0}): a whole feed is missing."),
        .sheetOwn: ("Niet vergeleken: {0}.", "Not compared: {0}."),
        .sheetNamed: ("Niet vergeleken: {0} antwoordt onjuist: {1}.", "Not compared: {0} answers falsely: {1}."),
        .sheetRefused: ("Niet vergeleken: {0} weigert: {1}", "Not compared: {0} refuses: {1}"),
        .sheetUnreachable: ("Niet vergeleken: {0} is onbereikbaar: {1}", "Not compared: {0} is out of reach: {1}"),
        .sheetCounts: (
            "Meldingen: wij {0}, zij {1}. Transacties die verschillen: {2}; al het andere is bewezen gelijk.",
            "Events: us {0}, them {1}. Transactions that differ: {2}; all else is proven equal."),
        .sheetMore: ("en nog {0}; met --json alle", "and {0} more; with --json all"),
        .sheetOtherwise: (
            "Anders wordt alleen berekend wat gelijk is en gaat het verschil naar het bevoegde orgaan.",
            "Otherwise only what is equal is billed, and the difference goes to the deciding organ."),
        .causeColumn: ("Vermoedelijke oorzaak", "Likely cause"), .transactionsColumn: ("Transacties", "Transactions"),
        .transactionColumn: ("Transactie", "Transaction"), .dayColumn: ("Dag", "Day"), .themColumn: ("Zij", "Them"),
        .whatColumn: ("Wat", "What"),
    ]

    static let explaining: [Text: (nl: String, en: String)] = [
        .explainTitle: ("{0}: {1} (VOORLOPIG)", "{0}: {1} (PROVISIONAL)"),
        .stepCounted: ("{0} {1} telde {2}", "{0} {1} counted {2}"),
        .stepNotCounted: ("{0} {1} stelde niets vast", "{0} {1} stated nothing"),
        .stepCompared: ("vergeleken: {0}", "compared: {0}"),
        .stepBilled: ("berekend aantal: {0}", "billed quantity: {0}"),
        .stepTariff: ("tarief {0}, geldig van {1} t/m {2}", "tariff {0}, from {1} to {2}"),
        .stepTariffOpen: ("tarief {0}, geldig vanaf {1}", "tariff {0}, from {1}"),
        .stepFunder: ("{0} bekostigt", "{0} pays"),
        .stepTier: ("trede {0}: {2} van boven {3} t/m {4}, elk {1}", "tier {0}: {2} above {3} up to {4}, each {1}"),
        .stepTierOpen: ("trede {0}: {2} boven {3}, elk {1}", "tier {0}: {2} above {3}, each {1}"),
        .stepInhabitants: ("inwoners {0} op 1 januari {1}: {2}", "inhabitants of {0} on 1 January {1}: {2}"),
        .stepContribution: ("contributie {0}: {1} per inwoner", "contribution {0}: {1} per inhabitant"),
        .stepMonths: ("lid van {0} t/m {1}", "member from {0} to {1}"),
        .stepYear: ("jaarbedrag, één keer afgerond: {0}", "amount of the year, rounded once: {0}"),
        .stepInstalment: ("termijn {0} van {1}", "instalment {0} of {1}"),
        .stepDecided: ("besluit {0}: {1}", "decision {0}: {1}"),
        .stepCost: ("ontwikkelkosten {0}: {1}", "development cost {0}: {1}"),
        .stepKey: ("  in de sleutel: {0} sinds {1}, gewicht {2}", "  in the key: {0} since {1}, weight {2}"),
        .stepAllocated: ("aandeel van het geheel (Sainte-Laguë): {0}", "share of the whole (Sainte-Laguë): {0}"),
        .stepCharged: ("eerder berekend: {0}", "charged before: {0}"),
        .stepExact: ("exact {0} / {1} cent, half van nul af afgerond", "exactly {0} / {1} cent, half away from zero"),
        .stepAmount: ("bedrag {0}", "amount {0}"),
        .stepVAT: ("btw {0} {1}, over de som van het document", "VAT {0} {1}, on the sum of the document"),
        .countersTitle: ("Tellers en handtekeningen:", "Counters and signatures:"),
        .counterRow: (
            "  {0} {1}: {2} geteld, {3} ingetrokken, netto {4}", "  {0} {1}: {2} counted, {3} retracted, net {4}"),
        .counterEntries: ("    regel {0}, ingetrokken in {1}", "    entry {0}, retracted in {1}"),
        .counterHead: ("    getekend hoofd: omvang {0}, wortel {1}", "    signed head: size {0}, root {1}"),
        .basis: (
            "Regelversie {0}, tijdperk {1}, toestand {2}", "Rule version {0}, epoch {1}, state {2}"),
    ]
}
