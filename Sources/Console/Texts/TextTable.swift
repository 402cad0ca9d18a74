// SPDX-License-Identifier: EUPL-1.2

/// All texts in all languages, in one table. A test checks that none is missing and that both have the same places.
enum TextTable {
    static let rows: [Text: (nl: String, en: String)] = general
        .merging(status) { first, _ in first }.merging(catalogue) { first, _ in first }
        .merging(settling) { first, _ in first }.merging(explaining) { first, _ in first }
        .merging(differing) { first, _ in first }.merging(governing) { first, _ in first }
        .merging(documents) { first, _ in first }.merging(ruling) { first, _ in first }
        .merging(reports) { first, _ in first }

    private static let general: [Text: (nl: String, en: String)] = [
        .initMade: ("Knoop van {0} ({1}) gemaakt in {2}", "Node of {0} ({1}) made in {2}"),
        .initCard: ("Kaart, voor de andere stichters:    {0}", "Card, for the other founders:       {0}"),
        .initRequest: ("Certificaatverzoek, voor de CA:     {0}", "Certificate request, for the CA:    {0}"),
        .initCertificate: ("Het certificaat komt hier:          {0}", "The certificate goes here:          {0}"),
        .initNextKey: (
            "Volgende sleutel, buiten back-ups:  {0}", "Next key, outside backups:          {0}"),
        .initRecoveryWritten: (
            "De herstelsleutel staat in {0}. Druk af, bewaar op papier, wis het bestand.",
            "The recovery key is in {0}. Print it, keep the paper, delete the file."),
        .initRecoveryOnce: (
            "De herstelsleutel, alleen nu te zien. Schrijf over of druk af:",
            "The recovery key, shown only now. Copy or print it:"),
        .networkTitle: ("{0} · {1} · regelversie {2}", "{0} · {1} · rule version {2}"),
        .networkCooperative: ("{0}, boeken bij {1}", "{0}, books kept by {1}"),
        .networkFounders: ("Stichters: {0}", "Founders: {0}"),
        .networkJoinFile: (
            "{0} gemaakt: wie deelneemt, belt {1}. Het bestand is openbaar en geeft geen rechten.",
            "{0} made: whoever joins dials {1}. The file is public and gives no rights."),
        .keysNotWriting: (
            "Deze knoop schrijft zijn log niet; na een verloren schijf of vork: korf keys replace.",
            "This node does not write its log; after a lost disk or a fork: korf keys replace."),
        .keysTwoMembers: (
            "Met twee leden legt een nieuwe log de besluiten stil, want die vragen beide oude logs. Niets geschreven.",
            "With two members another log stops decisions, which need both old logs. Nothing was written."),
        .keysNothing: (
            "Deze knoop schrijft zijn log gewoon: er hoeft niets vervangen te worden, en er is niets geschreven.\n"
                + "Een nieuwe sleutel zonder dat er iets verloren is: korf keys rotate.\n"
                + "Is de sleutel gestolen, of moet het toch: korf keys replace --yes.",
            "This node writes its log as it should: nothing has to be replaced, and nothing was written.\n"
                + "A new key while nothing is lost: korf keys rotate.\n"
                + "Where the key was stolen, or it has to be: korf keys replace --yes."),
        .keysPlan: (
            "Dit opent een opvolger van log {0}. Die eindigt voorgoed na {1} {1|regel|regels}; deze knoop schrijft\n"
                + "verder onder een nieuwe sleutel. Getekend met {2}.\n"
                + "Nieuwe sleutels komen in {3}; de oude blijven ernaast. Dit kan niet ongedaan worden gemaakt.",
            "This opens a successor of log {0}, which ends for good after {1} {1|entry|entries}; this node goes on\n"
                + "under a new key. Signed with {2}.\n"
                + "New keys go to {3}; the old ones stay beside them. This cannot be undone."),
        .keysWithNext: ("de volgende sleutel, {0}", "the next key, {0}"),
        .keysWithRecovery: ("de herstelsleutel", "the recovery key"),
        .keysConfirm: ("Typ ja om door te gaan:", "Type yes to go on:"),
        .keysNeedsYes: (
            "Hier is niemand om het te bevestigen: geef --yes om dit te doen. Er is niets geschreven.",
            "Nobody is here to confirm it: give --yes to do this. Nothing was written."),
        .keysNotConfirmed: ("Niet bevestigd; er is niets geschreven.", "Not confirmed; nothing was written."),
        .keysAskRecovery: (
            "De volgende sleutel is er niet meer. Typ de herstelsleutel van het papier, 64 tekens:",
            "The next key is gone. Type the recovery key from the paper, 64 digits:"),
        .keysRecoveryShape: (
            "Een herstelsleutel bestaat uit 64 cijfers 0-9 en a-f; er is niets geschreven.",
            "A recovery key has 64 digits 0-9 and a-f; nothing was written."),
        .keysWrongKey: (
            "Dit is niet de sleutel van {0}: zijn kaart noemt een andere. Nodig is de herstelsleutel op het papier\n"
                + "van {0}, of de next.key die bij zijn nieuwste log hoort. Er is niets geschreven.",
            "This is not the key of {0}: its card names another. Needed is the recovery key on the paper of {0},\n"
                + "or the next.key that belongs to its newest log. Nothing was written."),
        .keysSucceeded: (
            "Opvolger {0} geopend; de oude log eindigt na {1} {1|regel|regels}. De nieuwe sleutel staat in {2}.\n"
                + "Bewaar de nieuwe {3} buiten deze machine en haar back-ups.\n"
                + "Maak nu een nieuwe back-up: korf backup MAP. Een back-up van hiervoor kan alleen terug zolang de\n"
                + "oude sleutel, {2}.{4}.old, ernaast blijft staan.",
            "Successor {0} opened; the old log ends after {1} {1|entry|entries}. The new key is in {2}.\n"
                + "Keep the new {3} away from this machine and its backups.\n"
                + "Make a new backup now: korf backup FOLDER. One from before can be restored only while the old key,\n"
                + "{2}.{4}.old, stays beside it."),
        .keysWaits: ("{0} van {1} regels van de eigen log terug ...", "{0} of {1} entries of the own log are back ..."),
        .keysNoEnd: (
            "Waar de oude log eindigt, is nog niet bekend: geen ander lid antwoordt, of nog niet alles is terug. "
                + "Er is niets geschreven.",
            "Where the old log ends is not known yet: no other member answers, or not everything is back. "
                + "Nothing was written."),
        .joinInvitation: (
            "Wacht op een uitnodiging: een lid legt {0} met korf member propose aan de leden voor.",
            "Waits for an invitation: a member proposes {0} to the members with korf member propose."),
        .joinOtherCard: (
            "De leden nodigden een andere kaart uit dan die van deze knoop; laat de juiste voorleggen.",
            "The members invited another card than this node's; have the right one proposed."),
        .joinDecision: (
            "Besluit {0} over de toelating is open; nog niet gestemd: {1}.",
            "Decision {0} on the admission is open; not voted yet: {1}."),
        .joinCatchingUp: (
            "De toelating is aangenomen (voorlopig); deze knoop leest bij en meldt zich dan gereed.",
            "The admission is carried (provisionally); this node catches up and then says that it is ready."),
        .joinEpoch: (
            "Gereed gemeld; wacht op het tijdperk dat de toelating vastlegt (nu {0}).",
            "Ready; waits for the epoch that settles the admission (now {0})."),
        .joinMember: ("{0} is lid van {1}.", "{0} is a member of {1}."),
        .joinEnded: (
            "{0} is geen lid van {1} meer: wat deze knoop nog schrijft telt niet, en van anderen krijgt hij niets. "
                + "Lezen wat er was kan; een OIN dat lid was komt in deze regelversie niet terug.",
            "{0} is no member of {1} any more: what this node still writes does not count, and others send it nothing. "
                + "What was can be read; under this rule version an OIN that was a member does not come back."),
        .joinAnswer: ("  {0}: {1}", "  {0}: {1}"),
        .joinNotRunning: (
            "Start nu korfd; korf network join toont dan waar de toelating op wacht.",
            "Start korfd now; korf network join then shows what the admission waits for."),
        .quarantineNothing: (
            "Er wacht geen dag op vrijgave.", "No day waits to be released."),
        .quarantineTitle: (
            "Na een teruggezette back-up wacht dit; de oude log kan het al geteld hebben: vergelijk totalen",
            "After a restore this waits; the old log may have counted it already, so compare totals first:"),
        .quarantineWaits: ("  {0}: {1} meldingen wachten", "  {0}: {1} events wait"),
        .quarantineReleased: ("  {0}: {1} meldingen, vrijgegeven", "  {0}: {1} events, released"),
        .networkJoined: (
            "Netwerk {0} staat in {1}.\nNetwerk-id {2}\nVergelijk het netwerk-id met dat van een ander lid.",
            "Network {0} is in {1}.\nNetwork id {2}\nCompare the network id with that of another member."),
        .networkID: ("Netwerk-id {0}", "Network id {0}"),
        .networkStart: ("Start nu korfd.", "Start korfd now."),
        .networkDials: ("Wie met dit bestand deelneemt, belt: {0}", "Whoever joins by this file dials: {0}"),
        .complete: (
            "Volledig: {0} van {1} logs bijgewerkt tot laatst bekende stand",
            "Complete: {0} of {1} logs up to date as far as known"),
        .incomplete: (
            "NIET VOLLEDIG: {0} van {1} logs bijgewerkt tot laatst bekende stand",
            "NOT COMPLETE: {0} of {1} logs up to date as far as known"),
        .nameColumn: ("NAAM", "NAME"), .kindColumn: ("SOORT", "KIND"), .oinColumn: ("OIN", "OIN"),
        .endpointColumn: ("EINDPUNT", "ENDPOINT"), .entriesColumn: ("REGELS", "ENTRIES"),
        .heartbeatColumn: ("LEVENSTEKEN", "HEARTBEAT"),
        .memberLog: ("Log {0}: {1} {1|regel|regels}", "Log {0}: {1} {1|entry|entries}"),
        .memberKey: ("  Verificatiesleutel: {0}", "  Verifier key: {0}"),
        .memberSuspended: (
            "  OPGESCHORT boven {0}: de sleutel tekende twee geschiedenissen",
            "  SUSPENDED above {0}: the key signed two histories"),
        .memberStanding: ("{0} sinds tijdperk {1}; {2}", "{0} since epoch {1}; {2}"),
        .memberVotes: ("knoop stemt mee over tijdperken", "node votes on epochs"),
        .memberVotesNot: ("knoop stemt niet mee over tijdperken", "node does not vote on epochs"),
        .memberLogWaits: (
            "  staat nog in geen tijdperk en stemt daarom nog niet",
            "  no epoch names it yet, so it does not vote yet"),
        .memberLogEnds: (
            "  eindigt bij {0} {0|regel|regels}: een opvolger gaat verder",
            "  ends at {0} {0|entry|entries}: a successor goes on"),
        .sinceColumn: ("SINDS", "SINCE"),
        .memberLegend: (
            "SINDS: tijdperk waarmee de stand inging. LEVENSTEKEN: laatste dag waarop de knoop zich meldde.",
            "SINCE: epoch that gave the state. HEARTBEAT: last day on which the node said that it is alive."),
        .memberLegendVotes: (
            "*: deze knoop stemt niet mee over tijdperken.", "*: this node does not vote on epochs."),
        .memberTowns: ("Gemeenten: {0}", "Municipalities: {0}"), .memberPins: ("TLS-sleutel: {0}", "TLS key: {0}"),
        .verifySound: ("{0}: in orde", "{0}: sound"),
        .verifyCounts: (
            "{0} {0|log|logs}, {1} {1|regel|regels}, {2} {2|melding|meldingen}, {3} bekende {3|id|ids}",
            "{0} {0|log|logs}, {1} {1|entry|entries}, {2} {2|event|events}, {3} known {3|id|ids}"),
        .verifyFindings: ("{0}: {1} {1|bevinding|bevindingen}", "{0}: {1} {1|finding|findings}"),
        .backupDone: ("Back-up van {1} staat in {0}", "Backup of {1} is in {0}"),
        .restored: ("Teruggezet in {0}", "Restored to {0}"),
        .restoredReadsOnly: (
            "De knoop leest alleen: zijn oude log wordt nooit meer getekend. Zo gaat u verder:\n"
                + "1. Start korfd; het haalt terug wat de andere leden van deze knoop hebben.\n"
                + "2. korf keys replace: opent een opvolger, met de volgende sleutel of die op papier.\n"
                + "3. Vergelijk met de wederpartijen de dagen na de back-up; korf usage release geeft ze vrij.",
            "The node only reads: its old log is never signed again. Go on like this:\n"
                + "1. Start korfd; it fetches back what the other members hold of this node.\n"
                + "2. korf keys replace: opens a successor, with the next key or the one on paper.\n"
                + "3. Compare the days after the backup with the counterparties; korf usage release lets them count."),
        .tilesDone: ("{0} {0|log|logs} geschreven in {1}", "{0} {0|log|logs} written to {1}"),
        .tilesShort: (
            "  {0}: getekend {1}, gehouden {2}, geschreven {3}; de rest ontbreekt hier sinds {4}",
            "  {0}: signed {1}, held {2}, written {3}; the rest is missing here since {4}"),
        .tilesRow: ("  {0}  {1} {1|regel|regels}", "  {0}  {1} {1|entry|entries}"),
    ]

    private static let status: [Text: (nl: String, en: String)] = [
        .noActions: ("geen acties", "no actions"), .oneAction: ("1 ACTIE", "1 ACTION"),
        .manyActions: ("{0} ACTIES", "{0} ACTIONS"), .nodeColumn: ("KNOOP", "NODE"),
        .reachableColumn: ("BEREIKBAAR", "REACHABLE"), .exchangedColumn: ("UITGEWISSELD", "EXCHANGED"),
        .behindColumn: ("ACHTER", "BEHIND"), .standColumn: ("STAND", "STATE"), .ownNode: ("{0} (wij)", "{0} (us)"),
        .yes: ("ja", "yes"), .no: ("nee", "no"), .unknown: ("onbekend", "unknown"), .equalStand: ("gelijk", "equal"),
        .statusInbox: (
            "Inbox {0} · nog niet verzonden {1} · schijf {2} vrij · back-up {3}",
            "Inbox {0} · not yet sent {1} · disk {2} free · backup {3}"),
        .statusCertificate: (
            "Eigen certificaat {0} {0|dag|dagen} · versie {1}", "Own certificate {0} {0|day|days} · version {1}"),
        .statusDigest: ("Toestand {0}", "State {0}"), .statusDiskUnknown: ("onbekend", "unknown"),
        .statusBackupNever: ("nooit", "never"),
        .statusEpoch: (
            "Tijdperk {0} van {1} · {2} {2|stemmer|stemmers}, {3} nodig · {4}",
            "Epoch {0} of {1} · {2} {2|voter|voters}, {3} needed · {4}"),
        .statusFailures: (
            "nog {0} {0|uitvaller|uitvallers} tot er niets meer besloten kan worden",
            "{0} more {0|failure|failures} until nothing can be decided"),
        .statusNoQuorum: ("er kan nu niets besloten worden", "nothing can be decided now"),
        .statusFailuresUnknown: ("bereikbaarheid onbekend", "reachability unknown"),
        .statusNoLiar: (
            "Met {0} {0|stemmer|stemmers} wordt geen enkele leugenaar verdragen; dat kan pas vanaf vier.",
            "With {0} {0|voter|voters} not one liar is tolerated; that takes four."),
        .statusNextEpoch: (
            "Tijdperk {0} is nodig: ronde {1}, {2}; {3} van {4} stemmers bereikbaar, {5} nodig",
            "Epoch {0} is due: round {1}, {2}; {3} of {4} voters reached, {5} needed"),
        .statusRoundStalled: (
            "Ronde {0} loopt al {1} min zonder voortgang, al stemde iedereen erin",
            "Round {0} has made no progress for {1} min, although everybody voted in it"),
        .statusRoundSilent: (
            "Ronde {0} loopt al {1} min zonder voortgang; stem ontbreekt van: {2}",
            "Round {0} has made no progress for {1} min; no vote yet from: {2}"),
        .statusEpochDecided: (
            "Tijdperk {0} is besloten en wacht op regels die het dekt",
            "Epoch {0} is decided and waits for entries that it covers"),
        .actionSuccessorWaits: (
            "Nieuwe log van {0} stemt mee zodra {1} bevestigt dat de oude log eindigt na {2} regels",
            "The new log of {0} votes once {1} confirms that the old log ends after {2} entries"),
        .actionSuccessorShort: (
            "Nieuwe log van {0} noemt een einde na {1} regels; deze knoop heeft er {2} en bevestigt niet",
            "The new log of {0} names an end after {1} entries; this node holds {2} and does not confirm it"),
        .actionSuccessorForked: (
            "Van de oude log van {0} zijn twee geschiedenissen bekend; de nieuwe wordt niet bevestigd",
            "Two histories of the old log of {0} are known; the new one is not confirmed"),
        .actionVotesNot: ("Deze knoop stemt niet mee over tijdperken: {0}", "This node does not vote on epochs: {0}"),
        .obstacleNoVoter: (
            "zijn log is in het laatste tijdperk geen stemmer", "its log is no voter under the last epoch"),
        .obstacleReadsOnly: ("hij leest alleen ({0})", "it only reads ({0})"),
        .obstacleOwnHead: (
            "deze leden zeiden nog niet hoever zij zijn log hebben: {0}",
            "these members have not said yet how much of its log they hold: {0}"),
        .obstacleFounders: (
            "de eerste regel van deze stichters ontbreekt nog: {0}",
            "the first entry of these founders is still missing: {0}"),
        .statusDecisions: (
            "{0} {0|besluit staat|besluiten staan} open: korf decision list",
            "{0} {0|decision is|decisions are} open: korf decision list"),
        .statusTexts: (
            "{0} {0|toelichting ontbreekt|toelichtingen ontbreken} nog", "{0} {0|text is|texts are} still missing"),
        .actionVotes: (
            "Stem van dit lid gevraagd over {0} {0|besluit|besluiten}, t/m {1}: korf todo",
            "This member's vote is due on {0} {0|decision|decisions}, until {1}: korf todo"),
        .actionDigest: (
            "Eigen toestand wijkt af van die in tijdperk {0}; deze knoop stemt niet mee tot zij gelijk is",
            "Own state differs from that of epoch {0}; this node does not vote until they are equal"),
        .actionDisputed: (
            "Tijdperk {0} is betwist: twee certificaten, dus een derde of meer loog; besluiten staat stil",
            "Epoch {0} is disputed: two certificates, so a third or more lied; deciding has stopped"),
        .disputedNamed: ("{0}; het bewijs wijst aan: {1}", "{0}; the evidence names: {1}"),
        .actionNoQuorum: (
            "Er kan nu niets besloten worden: {0} van {1} {1|stemmer|stemmers} bereikbaar, {2} nodig",
            "Nothing can be decided now: {0} of {1} {1|voter|voters} reached, {2} needed"),
        .statusVoid: ("Regels zonder gevolg: {0}", "Entries without effect: {0}"),
        .statusWaiting: ("Regels die wachten op iets dat nog ontbreekt: {0}", "Entries that wait for others: {0}"),
        .refusedBy: ("Geweigerd van {0}: {1}", "Refused from {0}: {1}"),
        .actionEnded: (
            "{0} is geen lid meer sinds tijdperk {1}: wat deze knoop schrijft telt niet, anderen sturen hem niets",
            "{0} is no member since epoch {1}: what this node writes does not count, and others send it nothing"),
        .actionReadsOnly: ("Deze knoop leest alleen: {0}", "This node only reads: {0}"),
        .actionFork: (
            "vork: sleutel van {0} tekende twee geschiedenissen; log opgeschort, bewijs bewaard",
            "fork: the key of {0} signed two histories; log suspended, evidence kept"),
        .actionUnreachable: (
            "{0} onbereikbaar, laatst {1} geleden ({2})", "{0} unreachable, last {1} ago ({2})"),
        .actionNeverReached: (
            "{0} onbereikbaar, laatste uitwisseling onbekend ({1})", "{0} unreachable, last exchange unknown ({1})"),
        .actionDifference: (
            "Boven tolerantie in {1}: {0}, reageren t/m {2}: korf settle compare --month {1}",
            "Above tolerance in {1}: {0}, respond by {2}: korf settle compare --month {1}"),
        .actionConflict: (
            "{0} {0|veld|velden} in de catalogus met meer dan één waarde (korf catalogue conflicts)",
            "{0} catalogue {0|field|fields} with more than one value (korf catalogue conflicts)"),
        .actionCertificate: (
            "Eigen certificaat nog {0} {0|dag|dagen} geldig", "Own certificate valid for {0} more {0|day|days}"),
        .actionCertificateExpired: (
            "Eigen certificaat is verlopen; anderen weigeren deze knoop tot er een nieuw is geladen",
            "Own certificate has expired; others refuse this node until a new one is loaded"),
        .actionDisk: ("Nog {0}% van de schijf vrij", "Only {0}% of the disk is free"),
        .actionBackupNever: ("Nog nooit een back-up gemaakt: korf backup MAP", "No backup yet: korf backup FOLDER"),
        .actionBackupOld: ("Laatste back-up {0}: korf backup MAP", "Last backup {0}: korf backup FOLDER"),
        .forkEvidence: (
            "  {0}, log {1}: omvang {2} met wortel {3} en omvang {4} met wortel {5}",
            "  {0}, log {1}: size {2} with root {3} and size {4} with root {5}"),
        .secondsAgo: ("{0} s", "{0} s"), .minutesAgo: ("{0} min", "{0} min"), .hoursAgo: ("{0} uur", "{0} h"),
        .daysAgo: ("{0} dagen", "{0} days"),
    ]

    private static let catalogue: [Text: (nl: String, en: String)] = [
        .applicationColumn: ("APPLICATIE", "APPLICATION"), .leadColumn: ("TREKKER", "LEAD"),
        .phaseColumn: ("FASE", "PHASE"), .licenceColumn: ("LICENTIE", "LICENCE"), .gradeColumn: ("OORDEEL", "GRADE"),
        .conflictsColumn: ("CONFLICTEN", "CONFLICTS"),
        .importDone: (
            "{0}: beoordeling {1}, {2} {2|fout|fouten}, {3} {3|waarschuwing|waarschuwingen}",
            "{0}: grade {1}, {2} {2|error|errors}, {3} {3|warning|warnings}"),
        .importNothingChanged: ("Niets veranderd.", "Nothing changed."),
        .importChanged: ("Gewijzigd: {0}", "Changed: {0}"),
        .editDone: ("{0} gewijzigd: {1} (regel {2})", "{0} changed: {1} (entry {2})"),
        .editNothing: ("{0}: staat er al zo, niets gewijzigd", "{0}: is so already, nothing changed"),
        .conflictsNone: ("Geen conflicten", "No conflicts"),
        .conflictTitle: ("{0} · {1}: {2} waarden", "{0} · {1}: {2} values"),
        .conflictHint: (
            "Oplossen: korf catalogue edit {0} --set \"{1}=...\"",
            "Resolve: korf catalogue edit {0} --set \"{1}=...\""),
        .fieldColumn: ("VELD", "FIELD"), .valueColumn: ("WAARDE", "VALUE"), .writerColumn: ("SCHRIJVER", "WRITER"),
        .participants: ("Deelnemers: {0}", "Participants: {0}"), .exportWritten: ("Geschreven: {0}", "Written: {0}"),
        .usageCounts: (
            "{0} {0|melding|meldingen}: {1} nieuw, {2} dubbel, {3} conflict",
            "{0} {0|event|events}: {1} new, {2} duplicate, {3} conflict"),
        .totalCounts: (
            "{0} {0|totaal|totalen}: {1} nieuw, {2} gelijk, {3} vervangen",
            "{0} {0|total|totals}: {1} new, {2} the same, {3} replaced"),
        .usageBadLine: ("regel {0}: {1}", "line {0}: {1}"),
        .usageNothing: ("geen verbruik in {0}", "no usage in {0}"),
        .retracted: ("{0} {1}: {2}", "{0} {1}: {2}"),
        .flushed: (
            "{0} {0|cel|cellen} naar de log geschreven", "{0} {0|cell|cells} written to the log"),
        .classColumn: ("KLASSE", "CLASS"), .providerColumn: ("AANBIEDER", "PROVIDER"),
        .consumerColumn: ("AFNEMER", "CONSUMER"), .providerSideColumn: ("TELT AANB.", "BY PROV."),
        .consumerSideColumn: ("TELT AFN.", "BY CONS."), .inboxColumn: ("INBOX", "INBOX"),
        .usageTitle: ("VERBRUIK {0}", "USAGE {0}"),
    ]
}
