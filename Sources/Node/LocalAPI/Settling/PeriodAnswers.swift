// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage

/// Months between this member and others: where they stand, what is said of a cell, and signing what counts.
/// Spec: Protocol/local-api.md §7, Protocol/settling.md.
enum PeriodAnswers {
    /// The month with every counterparty.
    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let month = try request.month("maand")
        return .json(await api.engine.read { engine in
            let own = engine.member.oin
            let others = engine.state.members().map(\.oin).filter { $0 != own }.sorted()
            let held = PairPeriod.Held(engine.state, month, of: own)
            let months = others.map { PairPeriod(held, other: $0) }.filter { pair in
                !pair.cells.isEmpty || !pair.stated.isEmpty || !pair.cuts.isEmpty || pair.closed != nil
            }
            return [
                "maand": .string(month.description),
                "wederpartijen": .array(months.map { PeriodDocument.json($0, engine, api) }),
                "volledigheid": Completeness(engine).json,
            ]
        })
    }

    /// Says of a cell where this member stands.
    static func stand(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(
            mandatory: ["woord", "wederpartij", "applicatie", "klasse"], optional: ["zijde", "aantal", "reden"])
        let language = request.language
        let month = try request.month("maand")
        let other = try counterparty(body, api, language)
        let own = api.engine.member.oin
        let pair = await api.engine.read { PairPeriod($0.state, month, own: own, other: other) }
        guard pair.closed == nil else { throw closedRefusal(pair, language) }
        guard !pair.isSignedByBoth else { throw signedRefusal(pair, language) }
        let cell = try cell(body, pair, language)
        let isOwnSide = cell.isProvidedByLower == (own < other)
        let (provider, consumer) = isOwnSide ? (own, other) : (other, own)
        let said = pair.said(by: other, of: cell)
        let word = try word(body, cell, isProvider: isOwnSide, said, language)
        guard let stance = CellStance(
            month: month, application: cell.application, provider: provider, consumer: consumer,
            tariffClass: cell.tariffClass, word: word)
        else { throw .badRequest("aantal is out of range.", [.init(path: "aantal", message: "0 or more")]) }
        let text = try SaltedDecisionText(body["reden"]?.text, api, language)
        try await text?.keep(api)
        let appended: [AppendedEntry]
        do throws(EngineFailure) {
            appended = try await api.engine.append([stance.entry(commitment: text?.held.commitment)])
        } catch {
            try await text?.forget(api)
            throw APIProblem(error)
        }
        return .created([
            "maand": .string(month.description), "wederpartij": api.party(other),
            "applicatie": .string(cell.application), "klasse": .string(cell.tariffClass),
            "woord": .string(PeriodDocument.word(word)), "aantal": .optional(word.quantity),
            "regel": .string(appended[0].name),
        ])
    }

    /// Signs what counts of the month with one counterparty: as the other signed it where that says the same, else as
    /// of the newest epoch.
    static func close(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["wederpartij"], optional: [])
        let language = request.language
        let month = try request.month("maand")
        let other = try counterparty(body, api, language)
        let own = api.engine.member.oin
        let (pair, held, epoch) = await api.engine.read { engine in
            (PairPeriod(engine.settled, month, own: own, other: other),
             PairPeriod(engine.state, month, own: own, other: other), engine.settled.epoch)
        }
        let offered = held.cuts.first { $0.author == other && $0.cut.cells == pair.cells }?.cut
        guard pair.closed == nil else { throw closedRefusal(pair, language) }
        guard !held.isSignedByBoth else { throw signedRefusal(held, language) }
        guard epoch.date > month.lastDay else {
            throw .refused(
                409, language,
                nl: "\(month) kan nog niet worden afgesloten: het nieuwste tijdperk is van \(epoch.date).",
                en: "\(month) cannot be closed yet: the newest epoch is dated \(epoch.date).")
        }
        let missing = [own, other].filter { !pair.stated.contains($0) }
        guard missing.isEmpty else { throw notStated(missing, held, api, language) }
        guard let cut = offered ?? pair.cut(epoch: epoch.number, hash: epoch.hash) else {
            throw .conflict("A cut holds at most \(CooperativeLimits.cells) cells.")
        }
        // The same once more as of a later epoch would say nothing new.
        let isRepeated = held.cuts.contains { mine in
            mine.author == own && (offered == nil ? mine.cut.cells == cut.cells : mine.cut == cut)
        }
        if isRepeated {
            throw .refused(
                409, language, nl: "Dit is al getekend, en er is niets geschreven: het wacht tot "
                    + "\(api.name(of: other)) hetzelfde tekent (daar korf settle close).",
                en: "This is signed already, and nothing was written: it waits until \(api.name(of: other)) signs the "
                    + "same (korf settle close there).")
        }
        let appended: [AppendedEntry]
        do throws(EngineFailure) { appended = try await api.engine.append([cut.entry()]) } catch {
            throw APIProblem(error)
        }
        return .created([
            "maand": .string(month.description), "wederpartij": api.party(other), "tijdperk": .count(cut.epoch),
            "cellen": .count(cut.cells.count), "beide": .boolean(offered != nil),
            "regel": .string(appended[0].name),
        ])
    }

    private static func counterparty(
        _ body: JSON, _ api: LocalAPI, _ language: APILanguage
    ) throws(APIProblem) -> OIN {
        guard let other = body["wederpartij"]?.text.flatMap({ OIN($0) }), other != api.engine.member.oin else {
            throw .refused(
                400, language, nl: "De wederpartij is het OIN van een ander lid, 20 cijfers.",
                en: "The counterparty is the OIN of another member, 20 digits.",
                [.init(path: "wederpartij", message: BothLanguages(
                    nl: "20 cijfers, niet het eigen OIN", en: "20 digits, not the own OIN")[language])])
        }
        return other
    }

    /// Which of the two it is: not stated, or stated and not yet in an epoch.
    private static func notStated(
        _ missing: [OIN], _ held: PairPeriod, _ api: LocalAPI, _ language: APILanguage
    ) -> APIProblem {
        let never = missing.filter { !held.stated.contains($0) }
        guard never.isEmpty else {
            let names = never.map { api.name(of: $0) }
            return .refused(
                409, language,
                nl: "\(names.joined(separator: " en ")) \(names.count == 1 ? "heeft" : "hebben") \(held.month) nog "
                    + "niet vastgesteld (daar korf settle state --month \(held.month)); er is niets getekend.",
                en: "\(names.joined(separator: " and ")) \(names.count == 1 ? "has" : "have") not stated "
                    + "\(held.month) (korf settle state --month \(held.month) there); nothing was signed.")
        }
        let names = missing.map { api.name(of: $0) }
        return .refused(
            409, language,
            nl: "Wat \(names.joined(separator: " en ")) over \(held.month) vaststelde, staat nog in geen tijdperk. Dat "
                + "komt vanzelf, meestal binnen enkele minuten, zolang genoeg leden bereikbaar zijn (korf status); "
                + "teken daarna. Er is niets getekend.",
            en: "What \(names.joined(separator: " and ")) stated of \(held.month) is in no epoch yet. One comes by "
                + "itself, mostly within minutes, as long as enough members are reached (korf status); sign then. "
                + "Nothing was signed.")
    }

    private static func signedRefusal(_ pair: PairPeriod, _ language: APILanguage) -> APIProblem {
        .refused(
            409, language,
            nl: "\(pair.month) is door beide getekend; het eerstvolgende tijdperk sluit de maand. Er is niets "
                + "geschreven.",
            en: "\(pair.month) is signed by both; the next epoch closes the month. Nothing was written.")
    }

    private static func closedRefusal(_ pair: PairPeriod, _ language: APILanguage) -> APIProblem {
        let epoch = pair.closed?.closing ?? 0
        return .refused(
            409, language,
            nl: "\(pair.month) is afgesloten door tijdperk \(epoch); wat later komt, is een correctie in een "
                + "volgende maand.",
            en: "\(pair.month) was closed by epoch \(epoch); what comes later is a correction in a later month.")
    }

    /// The cell that the body names; where both provide each other one, `zijde` says which.
    private static func cell(
        _ body: JSON, _ pair: PairPeriod, _ language: APILanguage
    ) throws(APIProblem) -> PeriodCut.Cell {
        let found = pair.cells.filter { cell in
            let isOwnSide = cell.isProvidedByLower == (pair.own < pair.other)
            let side = body["zijde"]?.text
            return cell.application == body["applicatie"]?.text && cell.tariffClass == body["klasse"]?.text
                && (side == nil || (side == "aanbieder") == isOwnSide)
        }
        guard let cell = found.first, found.count == 1 else {
            throw noCell(found.count, pair, language)
        }
        return cell
    }

    private static func noCell(_ found: Int, _ pair: PairPeriod, _ language: APILanguage) -> APIProblem {
        if found > 1 {
            let words = BothLanguages(
                nl: "aanbieder of afnemer: beide bieden elkaar deze applicatie",
                en: "aanbieder or afnemer: both provide each other this application")
            return .refused(
                404, language, nl: "Er zijn twee zulke cellen in \(pair.month).",
                en: "There are two such cells in \(pair.month).", [.init(path: "zijde", message: words[language])])
        }
        guard !pair.cells.isEmpty else {
            return .refused(
                404, language,
                nl: "In \(pair.month) is tussen de twee nog niets geteld of vastgesteld: korf settle state --month "
                    + "\(pair.month).",
                en: "Nothing was counted or stated between the two in \(pair.month) yet: korf settle state --month "
                    + "\(pair.month).")
        }
        let known = pair.cells.map { "\($0.application) \($0.tariffClass)" }.joined(separator: ", ")
        return .refused(
            404, language, nl: "Zo'n cel is er niet in \(pair.month). Wel: \(known).",
            en: "There is no such cell in \(pair.month). There are: \(known).")
    }

    private static func word(
        _ body: JSON, _ cell: PeriodCut.Cell, isProvider: Bool, _ said: CellStance.Word?, _ language: APILanguage
    ) throws(APIProblem) -> CellStance.Word {
        let quantity = body["aantal"]?.wholeNumber
        let counted = isProvider ? cell.consumerCount : cell.providerCount
        if ["akkoord", "bevestigd"].contains(body["woord"]?.text) {
            try checkQuantity(quantity, counted: counted, said: said?.quantity, language)
        }
        let word: CellStance.Word? = switch body["woord"]?.text {
        case "betwist": .disputes(quantity)
        case "akkoord": (quantity ?? counted).map { .accepts($0) }
        case "ingetrokken": .withdrawn
        case "voorgelegd": .escalates
        case "bevestigd": isProvider ? nil : (quantity ?? counted).map { .confirms($0) }
        default: nil
        }
        guard let word else {
            throw .refused(
                400, language,
                nl: "Het woord is betwist, akkoord, ingetrokken, voorgelegd of (als afnemer) bevestigd; akkoord en "
                    + "bevestigd vragen een aantal dat de ander telde of dat hier wordt gegeven.",
                en: "The word is betwist, akkoord, ingetrokken, voorgelegd or (as consumer) bevestigd; akkoord and "
                    + "bevestigd need a number that the other counted or that is given here.",
                [.init(path: "woord", message: body["woord"]?.text ?? "")])
        }
        return word
    }
}

extension PeriodAnswers {
    /// Only what the other counted, or says to be right, can be accepted: anything else would settle nothing.
    fileprivate static func checkQuantity(
        _ quantity: Int64?, counted: Int64?, said: Int64?, _ language: APILanguage
    ) throws(APIProblem) {
        let numbers = [counted, said].compactMap(\.self)
        let isChoice = said != nil && counted != nil && said != counted
        guard quantity.map({ !numbers.isEmpty && !numbers.contains($0) }) ?? isChoice else { return }
        let dutch = [counted.map { "telde \($0)" }, said.map { "houdt \($0) voor juist" }].compactMap(\.self)
        let english = [counted.map { "counted \($0)" }, said.map { "holds \($0) to be right" }].compactMap(\.self)
        throw .refused(
            400, language,
            nl: "De wederpartij \(dutch.joined(separator: " en ")); er is niets geschreven.",
            en: "The counterparty \(english.joined(separator: " and ")); nothing was written.",
            [.init(path: "aantal", message: BothLanguages(
                nl: "moet zijn: \(numbers.map(String.init).joined(separator: " of "))",
                en: "has to be \(numbers.map(String.init).joined(separator: " or "))")[language])])
    }
}

/// A month with one counterparty as JSON. Spec: Protocol/local-api.md §7.
enum PeriodDocument {
    static func json(_ pair: PairPeriod, _ engine: isolated NodeEngine, _ api: LocalAPI) -> JSON {
        let signed = Set(pair.cuts.map(\.author))
        return [
            "wederpartij": api.party(pair.other),
            "vastgesteldDoor": .array([pair.own, pair.other].filter(pair.stated.contains).map { api.party($0) }),
            "getekendDoor": .array([pair.own, pair.other].filter(signed.contains).map { api.party($0) }),
            "stand": .string(standing(pair, signed)),
            "gesloten": pair.closed.map { closed in
                [
                    "wijze": .string(closed.ending == .signed ? "getekend" : "verlopen"),
                    "tijdperk": .count(closed.closing), "digest": .string(closed.bodyHash.description),
                ]
            } ?? .null,
            "cellen": .array(pair.cells.map { cell in
                let isOwnSide = cell.isProvidedByLower == (pair.own < pair.other)
                return [
                    "applicatie": .string(cell.application), "klasse": .string(cell.tariffClass),
                    "zijde": .string(isOwnSide ? "aanbieder" : "afnemer"),
                    "aantalAanbieder": .optional(cell.providerCount), "aantalAfnemer": .optional(cell.consumerCount),
                    "overeengekomen": .optional(cell.settled),
                ]
            }),
            "standpunten": .array(pair.stances.map { view in
                [
                    "lid": api.party(view.author), "applicatie": .string(view.stance.application),
                    "klasse": .string(view.stance.tariffClass), "woord": .string(word(view.stance.word)),
                    "aantal": .optional(view.stance.word.quantity),
                    "reden": .optional(view.commitment.flatMap { reason($0, engine) }),
                ]
            }),
        ]
    }

    private static func reason(_ commitment: TextCommitment, _ engine: isolated NodeEngine) -> String? {
        (try? engine.store.text(of: commitment)).flatMap(\.self).map { String(decoding: $0.text, as: UTF8.self) }
    }

    private static func standing(_ pair: PairPeriod, _ signed: Set<OIN>) -> String {
        if let closed = pair.closed { return closed.ending == .signed ? "afgesloten" : "verlopen" }
        if signed.contains(pair.own), signed.contains(pair.other) {
            return pair.isSignedByBoth ? "wacht op een tijdperk" : "ongelijk getekend"
        }
        if signed.contains(pair.other) { return "wacht op onze handtekening" }
        if signed.contains(pair.own) { return "wacht op de wederpartij" }
        return pair.stated.count == 2 ? "vastgesteld" : "open"
    }

    static func word(_ word: CellStance.Word) -> String {
        switch word {
        case .withdrawn: "ingetrokken"
        case .disputes: "betwist"
        case .accepts: "akkoord"
        case .escalates: "voorgelegd"
        case .confirms: "bevestigd"
        }
    }
}
