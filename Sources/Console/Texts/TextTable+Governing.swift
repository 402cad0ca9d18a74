// SPDX-License-Identifier: EUPL-1.2

extension TextTable {
    /// Decisions, members that come and go, and the worklist.
    static let governing: [Text: (nl: String, en: String)] = deciding
        .merging(payloads) { first, _ in first }.merging(effects) { first, _ in first }
        .merging(worklist) { first, _ in first }

    private static let deciding: [Text: (nl: String, en: String)] = [
        .decisionsNone: ("Geen besluiten die openstaan", "No decisions are open"),
        .idColumn: ("BESLUIT", "DECISION"), .titleColumn: ("TITEL", "TITLE"), .deadlineColumn: ("TERMIJN", "DEADLINE"),
        .tallyColumn: ("V/T/B", "F/A/B"), .ownVoteColumn: ("WIJ", "US"), .voterColumn: ("LID", "MEMBER"),
        .choiceColumn: ("STEM", "VOTE"), .finalColumn: ("DEFINITIEF", "FINAL"),
        .notVoted: ("niet gestemd", "not voted"), .notVotedShort: ("nog niet", "not yet"),
        .notVotedYet: ("nog niet gestemd", "not voted yet"),
        .replaceable: ("vervangbaar", "replaceable"),
        .ballotContradicts: (
            "telt als blanco: twee logs stemden verschillend",
            "counts as blank: two logs voted differently"),
        .ballotLate: ("telt niet: kwam na sluiting", "does not count: came after closing"),
        .ballotReplaced: ("telt niet: vervangen", "does not count: replaced"),
        .noVotesYet: ("nog geen stemmen", "no votes yet"),
        .noVotesOutcome: ("Nog geen stemmen: er is nog geen uitslag", "No votes yet: there is no outcome yet"),
        .provisionally: ("voorlopig {0}", "provisionally {0}"),
        .wouldCarry: ("aangenomen", "carried"), .wouldFall: ("verworpen", "not carried"),
        .half: ("de helft", "half"), .twoThirds: ("twee derde", "two thirds"),
        .threeQuarters: ("drie kwart", "three quarters"), .nothing: ("geen", "none"),
        .baseWithoutBlanks: (
            "de uitgebrachte stemmen, blanco niet meegeteld", "the votes cast, blanks not counted"),
        .baseVotes: ("de uitgebrachte stemmen, blanco meegeteld", "the votes cast, blanks counted"),
        .baseEntitled: ("alle kiesgerechtigden", "all who may vote"),
        .ruleThreshold: ("meer dan {0} van {1}", "more than {0} of {1}"),
        .ruleNoQuorum: ("geen opkomsteis", "no turnout needed"),
        .ruleQuorum: ("minstens {0} van de kiesgerechtigden stemt", "at least {0} of those entitled vote"),
        .tallySentence: (
            "{0} van {1} {1|stem|stemmen} voor; nodig: {2}", "{0} of {1} {1|vote|votes} in favour; needed: {2}"),
        .turnoutSentence: (
            "{0} van {1} {1|kiesgerechtigde|kiesgerechtigden} stemden, {2} blanco; {3}",
            "{0} of {1} entitled voted, {2} blank; {3}"),
        .finalOutcome: ("Definitief {0}, gesloten door tijdperk {1}", "Final: {0}, closed by epoch {1}"),
        .provisionalOutcome: (
            "VOORLOPIG {0}: stemmen kunnen dit nog veranderen", "PROVISIONALLY {0}: votes can still change this"),
        .provisionalCertain: (
            "VOORLOPIG {0}: de uitslag staat vast, een tijdperk moet hem nog sluiten",
            "PROVISIONALLY {0}: the outcome is certain, an epoch has yet to close it"),
        .withoutEffect: ("ZONDER GEVOLG: {0}", "WITHOUT EFFECT: {0}"),
        .decisionHead: ("Soort: {0} · ingediend door {1} (regel {2})", "Kind: {0} · proposed by {1} (entry {2})"),
        .decisionOrgan: (
            "Beslist: {0}, {1}; wie mag stemmen volgt uit tijdperk {2}",
            "Decides: {0}, {1}; epoch {2} says who may vote"),
        .electorateMembers: ("elk lid één stem", "one vote a member"),
        .electorateParticipants: ("elke deelnemer van {0} één stem", "one vote a participant of {0}"),
        .decisionRule: ("Regel: {0}; {1}", "Rule: {0}; {1}"),
        .decisionDeadline: ("Stemmen kan t/m {0}", "Voting ends after {0}"),
        .decisionDeadlinePast: ("Stemmen kon t/m {0}", "Voting would have ended after {0}"),
        .decisionCost: ("Kosten {0}, gedekt door: {1}", "Cost {0}, covered by: {1}"),
        .decisionText: ("Toelichting:", "Text:"),
        .decisionTextMissing: (
            "De toelichting is hier nog niet; zij komt met een volgende uitwisseling.",
            "The text is not here yet; it comes with a later exchange."),
        .decisionTextDestroyed: ("De toelichting is door de indiener vernietigd.", "Its author destroyed the text."),
        .waitsForVotes: (
            "Wacht op stemmen: {0} {0|lid stemde|leden stemden} nog niet; zonder die stemmen sluit het na {1}.",
            "Waits for votes: {0} {0|member has|members have} not voted; without them it closes after {1}."),
        .waitsForEpoch: (
            "Wacht op tijdperk {0}: de knopen sluiten het zelf zodra genoeg van hen bereikbaar zijn.",
            "Waits for epoch {0}: the nodes close it themselves once enough of them are up."),
        .waitsForQuorum: (
            "Wacht op knopen: {0} stemmers nodig, {1} bereikbaar.", "Waits for nodes: {0} voters needed, {1} up."),
        .proposed: ("Ingediend: {0} · {1}", "Proposed: {0} · {1}"),
        .proposedHint: (
            "Stem: korf decision vote {0} voor|tegen|blanco", "Vote: korf decision vote {0} for|against|blank"),
        .voted: ("Gestemd: {0} over {1} · {2}", "Voted: {0} on {1} · {2}"),
        .votedReplaceable: (
            "Deze stem kan worden vervangen (--replace) en maakt de uitslag niet zeker.",
            "This vote may be replaced (--replace) and makes no outcome certain."),
        .closedAlready: ("{0} is gesloten.", "{0} is closed."),
        .stillOpen: (
            "{0} is nog open. Niemand sluit een besluit met de hand; een tijdperk doet dat.",
            "{0} is still open. Nobody closes a decision by hand; an epoch does."),
        .admissionTitle: ("Toelating van {0}", "Admission of {0}"),
        .exitTitle: ("Uittreding van {0}", "Exit of {0}"),
        .textDestroyed: (
            "De toelichting van {0} is vernietigd (regel {1}); elke knoop wist haar zodra hij deze regel heeft.",
            "The text of {0} is destroyed (entry {1}); every node deletes it once it holds that entry."),
    ]

    private static let payloads: [Text: (nl: String, en: String)] = [
        .payloadAdmission: ("{0} ({1}) wordt lid", "{0} ({1}) becomes a member"),
        .payloadEndpoints: ("Bereikbaar op: {0}", "Reached at: {0}"),
        .payloadExit: ("{0} treedt uit, laatste dag {1}", "{0} leaves, last day {1}"),
        .payloadExpulsion: ("{0} wordt uit het lidmaatschap ontzet", "{0} is expelled"),
        .payloadTariff: ("Tarief van {0}, klasse {1}, vanaf {2}", "Tariff of {0}, class {1}, from {2}"),
        .payloadEnds: (
            "Beëindigt het tarief dat vanaf {0} geldt: dat rekent tot en met {1}",
            "Ends the tariff that holds from {0}: it bills until the end of {1}"),
        .payloadEndsNone: ("Beëindigt geen ander tarief", "Ends no other tariff"),
        .payloadBillsOn: (
            "Rekent vanaf {0}, tot een volgend tarief begint", "Bills from {0}, until a next tariff begins"),
        .payloadBillsUntil: ("Rekent vanaf {0} tot en met {1}", "Bills from {0} until the end of {1}"),
        .payloadNext: ("Vanaf {0} geldt het volgende tarief", "From {0} the next tariff holds"),
        .payloadGap: (
            "Daarna geldt geen tarief, tot een besluit er een vaststelt",
            "After that no tariff holds, until a decision makes one"),
        .payloadBack: (
            "LET OP: dit tarief rekent ook over maanden die al voorbij zijn",
            "NOTE: this tariff bills months, too, that are past"),
        .payloadUntil: ("tot en met {0}", "until the end of {0}"),
        .payloadPrice: ("{0} per eenheid", "{0} a unit"),
        .payloadTier: ("boven {0} tot en met {1}: {2} per eenheid", "above {0} up to {1}: {2} a unit"),
        .payloadLastTier: ("boven {0}: {1} per eenheid", "above {0}: {1} a unit"),
        .payloadVAT: ("btw {0} {1}", "VAT {0} {1}"), .payloadFunder: ("betaald door {0}", "paid by {0}"),
        .payloadContribution: ("Contributie vanaf {0}: {1} per inwoner", "Contribution from {0}: {1} per inhabitant"),
        .payloadSharing: (
            "{0} voor {1}, verdeeld naar inwoners op 1 januari {2}",
            "{0} for {1}, shared by inhabitants of 1 January {2}"),
        .payloadSharer: ("{0} sinds {1}", "{0} since {1}"),
        .payloadInhabitants: ("Inwoners van {0} in {1}: {2} ({3})", "Inhabitants of {0} in {1}: {2} ({3})"),
        .payloadLine: (
            "{0}: {1} van leden aan de coöperatie in {2}", "{0}: {1} from members to the cooperative in {2}"),
        .payloadLineOut: (
            "{0}: {1} van de coöperatie aan leden in {2}", "{0}: {1} from the cooperative to members in {2}"),
        .payloadBearer: ("{0}: gewicht {1}", "{0}: weight {1}"),
        .payloadSettledIn: ("verrekend in {0}", "carried back in {0}"),
        .payloadAdvance: ("Voorschot {0} wordt verrekend in {1}", "Advance {0} is carried back in {1}"),
        .payloadTerms: ("Voorwaarden voor wie later deelneemt aan {0}", "Terms for who joins {0} later"),
        .payloadCharged: ("{0}: {1} eerder gefactureerd", "{0}: {1} charged before"),
        .payloadKeyJoining: (
            "Vanaf {0}: inwoners van het jaar van toetreding", "From {0}: inhabitants of the year of joining"),
        .payloadKeyOriginal: ("Vanaf {0}: inwoners van het sleuteljaar", "From {0}: inhabitants of the key year"),
        .payloadTermsTotal: ("Te verdelen: {0}", "To divide: {0}"),
        .payloadTermsIndex: ("Index {0} tegen {1}", "Index {0} against {1}"),
        .payloadTermsLife: ("Afgeschreven in {0} maanden", "Written off in {0} months"),
        .figureFinal: ("definitief", "final"), .figureProvisional: ("voorlopig", "provisional"),
        .payloadApplication: ("Nieuwe applicatie {0} ({1}), trekker {2}", "New application {0} ({1}), lead {2}"),
        .payloadClasses: ("Klassen: {0}", "Classes: {0}"),
        .payloadSensitive: (
            "Gevoelig: verbruik wordt alleen per maand vastgesteld", "Sensitive: usage is stated by the month only"),
        .payloadJoining: ("{0} neemt deel aan {1} vanaf {2}", "{0} takes part in {1} from {2}"),
        .payloadLeaving: ("{0} neemt deel aan {1} tot {2}", "{0} takes part in {1} until {2}"),
        .payloadVotes: ("De knoop van {0} stemt mee over tijdperken", "The node of {0} votes on epochs"),
        .payloadVotesNot: (
            "De knoop van {0} stemt niet meer mee over tijdperken", "The node of {0} no longer votes on epochs"),
        .payloadKeys: (
            "{0} krijgt een nieuwe sleutel; van log {1} {2|staat|staan} {2} {2|regel|regels} vast",
            "{0} gets a new key; of log {1} {2} {2|entry stands|entries stand}"),
        .payloadNone: ("Geen gevolg dat de knoop uitvoert", "Nothing that the node carries out"),
    ]

    private static let effects: [Text: (nl: String, en: String)] = [
        .effectMemberKnown: ("het was al lid of kandidaat", "it was a member or candidate already"),
        .effectKeyKnown: ("de sleutel hoort al bij een log", "the key belongs to a log already"),
        .effectMemberUnknown: ("het was geen lid (meer)", "it was no member (any more)"),
        .effectApplicationUnknown: ("de applicatie bestond niet", "the application did not exist"),
        .effectClassUnknown: ("de applicatie kent deze klasse niet", "the application has no such class"),
        .effectTariffsOverlap: (
            "er gold al een tarief in een van deze maanden", "another tariff held in one of these months"),
        .effectExists: ("het bestond al", "it existed already"),
        .effectNotParticipant: ("het nam geen deel, of is de trekker", "it took no part, or leads"),
        .effectDate: ("de datum ligt vóór de deelname", "the date is before it joined"),
        .effectLastVoter: ("er zou geen stemmende knoop overblijven", "no voting node would be left"),
        .effectCellUnknown: ("in die cel had niemand iets geteld", "nobody had counted anything in that cell"),
        .effectNotEscalated: (
            "geen van beide partijen had die cel voorgelegd, en geen termijn was verlopen",
            "neither party had handed that cell over, and no window had lapsed"),
        .payloadCount: (
            "{0} {1}, klasse {2}: van {3} aan {4} telt {5}", "{0} {1}, class {2}: from {3} to {4} counts {5}"),
        .effectLog: ("het was niet de nieuwste log van dat lid", "it was not the newest log of that member"),
    ]

    private static let worklist: [Text: (nl: String, en: String)] = [
        .todoNothing: ("Niets te doen", "Nothing to do"),
        .todoTitle: ("TE DOEN: {0} {0|taak|taken}, {1} dringend", "TO DO: {0} {0|task|tasks}, {1} urgent"),
        .todoUntil: (" · t/m {0}", " · until {0}"),
        .todoVote: ("Stem over \"{0}\" van {1}", "Vote on \"{0}\" of {1}"),
        .todoFork: (
            "{0} tekende twee geschiedenissen (log {1}); beslis over ontzetting of een nieuwe sleutel",
            "{0} signed two histories (log {1}); decide on expulsion or a new key"),
        .todoConflict: ("{0}: {1} heeft meer dan één waarde", "{0}: {1} has more than one value"),
        .todoQuarantine: (
            "Meetdagen die een herstel vergat: {0}; vergelijk de totalen met de wederpartij en geef ze vrij",
            "Metering days that a restore forgot: {0}; compare totals with the counterparty and release them"),
        .todoCertificate: (
            "Eigen certificaat nog {0} {0|dag|dagen} geldig; vraag een nieuw aan",
            "Own certificate valid for {0} more {0|day|days}; ask for a new one"),
        .todoCandidate: (
            "{0} is toegelaten en heeft zich nog niet gemeld; geef het de JOIN-file",
            "{0} is admitted and has not come yet; give it the JOIN file"),
        .todoDifference: (
            "{0} {0|afwijking|afwijkingen} boven tolerantie in {1}",
            "{0} {0|difference|differences} above tolerance in {1}"),
    ]
}
