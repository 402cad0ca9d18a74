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
            let months = others.map { PairPeriod(engine.state, month, own: own, other: $0) }.filter { pair in
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
        let cell = try cell(body, pair, language)
        let isOwnSide = cell.isProvidedByLower == (own < other)
        let (provider, consumer) = isOwnSide ? (own, other) : (other, own)
        let word = try word(body, cell, isProvider: isOwnSide, language)
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
        let (pair, offered, epoch) = await api.engine.read { engine in
            let settled = PairPeriod(engine.settled, month, own: own, other: other)
            let held = PairPeriod(engine.state, month, own: own, other: other)
            let offered = held.cuts.first { $0.author == other && $0.cut.cells == settled.cells }
            return (settled, offered?.cut, engine.settled.epoch)
        }
        guard pair.closed == nil else { throw closedRefusal(pair, language) }
        guard epoch.date > month.lastDay else {
            throw .refused(
                409, language,
                nl: "\(month) kan nog niet worden afgesloten: het nieuwste tijdperk is van \(epoch.date).",
                en: "\(month) cannot be closed yet: the newest epoch is dated \(epoch.date).")
        }
        let missing = [own, other].filter { !pair.stated.contains($0) }
        guard missing.isEmpty else {
            let names = missing.map { api.name(of: $0) }.joined(separator: ", ")
            throw .refused(
                409, language,
                nl: "\(names) heeft \(month) nog niet vastgesteld, of geen tijdperk dekt dat al; er is niets getekend.",
                en: "\(names) has not stated \(month), or no epoch covers it yet; nothing was signed.")
        }
        guard let cut = offered ?? pair.cut(epoch: epoch.number, hash: epoch.hash) else {
            throw .conflict("A cut holds at most \(CooperativeLimits.cells) cells.")
        }
        if pair.cuts.contains(where: { $0.author == own && $0.cut == cut }) {
            throw .refused(
                409, language, nl: "Dit is al getekend; het wacht op \(api.name(of: other)) en een tijdperk.",
                en: "This is signed already; it waits for \(api.name(of: other)) and an epoch.")
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
            let known = pair.cells.map { "\($0.application) \($0.tariffClass)" }.joined(separator: ", ")
            throw .refused(
                404, language,
                nl: "Zo'n cel is er niet in \(pair.month), of er zijn er twee (geef dan zijde). Wel: \(known).",
                en: "There is no such cell in \(pair.month), or there are two (then give zijde). There are: \(known).")
        }
        return cell
    }

    private static func word(
        _ body: JSON, _ cell: PeriodCut.Cell, isProvider: Bool, _ language: APILanguage
    ) throws(APIProblem) -> CellStance.Word {
        let quantity = body["aantal"]?.wholeNumber
        let counted = isProvider ? cell.consumerCount : cell.providerCount
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
            let own = pair.cuts.filter { $0.author == pair.own }.map(\.bodyHash)
            let isEqual = pair.cuts.contains { $0.author == pair.other && own.contains($0.bodyHash) }
            return isEqual ? "wacht op een tijdperk" : "ongelijk getekend"
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
