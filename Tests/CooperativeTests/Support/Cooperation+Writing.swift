// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal

extension Cooperation {
    /// One random act by one random log.
    mutating func write() throws {
        let pen = pens[choices.below(pens.count)]
        switch choices.below(16) {
        case 0: append(Heartbeat(date: last.epoch.date).entry(), to: pen.log)
        case 1:
            let pins = [TLSPin(suite.hash([UInt8(choices.below(9))]).value)]
            if let contact = Contact(pins: pins, endpoints: []) { append(contact.entry(), to: pen.log) }
        case 2:
            guard let slug = Slug("nieuw\(choices.below(3))"),
                  let founding = ApplicationFounded(slug: slug, name: "Nieuw") else { return }
            founded.append(founding.id(leaf: append(founding.entry(), to: pen.log).leaf))
        case 3: append(flush(pen), to: pen.log)
        case 4: append(edit(pen), to: pen.log)
        case 5: if let supports = Supports(ruleVersion: choices.below(4)) { append(supports.entry(), to: pen.log) }
        case 6:
            let leaving = last.members().filter { $0.standing == .leaving }.flatMap(\.logs).map(\.log)
            append(Final.entry(), to: choices.below(2) == 0 ? leaving.first ?? pen.log : pen.log)
        case 7: ready(pens.filter { $0.card.oin > World.oin(4) }.randomElement(using: &choices) ?? pen)
        case 8: succeed(pen)
        case 9, 10, 11: try propose(pen)
        default:
            guard !proposals.isEmpty else { return }
            let recent = proposals.suffix(5)
            let decision = recent[recent.startIndex + choices.below(recent.count)]
            try vote(pen, decision)
            for other in pens where choices.below(3) == 0 { try vote(other, decision) }
        }
    }

    private mutating func flush(_ pen: Pen) -> [UInt8] {
        guard let month = CivilMonth(monthNumber: 24_312 + choices.below(2)) else { return [] }
        let events = Int64(choices.below(50))
        let cell = UsageCell(
            application: "zaak", provider: World.oin(1), consumer: pen.card.oin, tariffClass: "standaard",
            month: month, side: choices.below(2) == 0 ? .provider : .consumer)
        let counters = UsageCounters(
            eventsCounted: events, eventsRetracted: Int64(choices.below(9)), quantityCounted: events,
            quantityRetracted: 0, inboxPosition: events)
        return UsageFlush(sorted: [CountedCell(cell, counters)]).entry()
    }

    private mutating func named(_ pen: Pen, _ count: Int) -> [EntryReference] {
        var places: [String: EntryReference] = [:]
        for place in written.suffix(30) where place.log != pen.log && choices.below(9) == 0 {
            places["\(place.log)/\(place.index)"] = place
        }
        return Array(places.values.sorted().prefix(count))
    }

    private mutating func edit(_ pen: Pen) -> [UInt8] {
        let application = choices.below(3) == 0 ? founded.randomElement(using: &choices) ?? "zaak"
            : choices.below(4) == 0 ? "wijk" : "zaak"
        return World.edit(
            application, CatalogueField(choices.below(3) + 1), .integer(Int64(choices.below(5))),
            naming: named(pen, 3))
    }

    private mutating func ready(_ pen: Pen) {
        let number = choices.below(settled.count)
        let record = last.epochs[number]
        let digest = choices.below(6) == 0 ? suite.hash([1]) : record.stateDigest
        let ready = Ready(epoch: EpochNumber(known: number), hash: record.hash, stateDigest: digest)
        append(ready.entry(), to: pen.log)
    }

    private mutating func succeed(_ pen: Pen) {
        guard choices.below(3) == 0, openings.count < 6 else { return }
        let size = 1 + choices.below(held.size(of: pen.log).count)
        guard let end = PredecessorEnd(
            log: pen.log, size: LogSize(known: size), root: suite.hash(pen.log.bytes)) else { return }
        let salt = UInt8(openings.count)
        let zero = EntryZero(
            network: genesis.network, oin: pen.card.oin, logKey: PublicKey(suite.hash([7, salt]).value),
            nextKeyHash: suite.hash([8, salt]), after: end, authority: .recoveryKey,
            signer: SilentSigner(publicKey: pen.card.recoveryKey))
        open(zero, pen.card)
    }

    private mutating func newCard(of oin: Int) throws -> Card {
        cards += 1
        let made = try World.card(cards)
        return try Card(
            oin: World.oin(oin), name: made.name, kind: .municipality, logKey: made.logKey,
            nextKeyHash: made.nextKeyHash, recoveryKey: made.recoveryKey, agreementKey: made.agreementKey,
            pins: made.pins, endpoints: made.endpoints)
    }

    private mutating func payload() throws -> DecisionPayload {
        let oin = World.oin(1 + choices.below(5))
        guard let slug = Slug(choices.below(3) == 0 ? "wijk" : "zaak") else { return .freeText }
        switch choices.below(13) {
        case 12, 0, 1:
            let card = try newCard(of: 5 + choices.below(3))
            open(EntryZero(network: genesis.network, card: card), card)
            return .admission(card)
        case 2, 3: return .exit(member: oin, lastDate: last.epoch.date.adding(days: choices.below(60)) ?? genesis.date)
        case 4: return .expulsion(member: oin)
        case 5: return .votingFlag(member: oin, votes: choices.below(2) == 0)
        case 6: return .communityJoining(application: slug, member: oin, since: last.epoch.date)
        case 7: return .communityLeaving(application: slug, member: oin, until: last.epoch.date)
        case 8:
            guard let wijk = Slug("wijk"), let standard = TariffClass("standaard") else { return .freeText }
            return .application(.init(
                id: wijk, name: "Wijk", lead: oin, participants: [], isSensitive: false, classes: [standard],
                modes: [], customers: [], providers: [oin]))
        case 9:
            let old = pens[choices.below(pens.count)]
            let card = try newCard(of: 1 + choices.below(4))
            open(EntryZero(network: genesis.network, card: card), card)
            let end = Head(size: LogSize(known: 1 + choices.below(9)), root: suite.hash([9]))
            return KeyReplacement(card: card, log: old.log, end: end).map { .keyReplacement($0) } ?? .freeText
        case 10:
            guard let standard = TariffClass("standaard"), let month = CivilMonth(monthNumber: 24_312) else {
                return .freeText
            }
            return .tariff(.init(
                application: slug, tariffClass: standard, firstMonth: month, lastMonth: nil,
                tiers: [.init(upTo: nil, priceMicroEuro: 7)], vatCategory: "S", vatRateBasisPoints: 2_100,
                funder: nil))
        default: return .freeText
        }
    }

    private mutating func propose(_ pen: Pen) throws {
        let payload = try payload()
        let isOfParticipants = choices.below(4) == 0
        guard let organ = Slug(isOfParticipants ? "gemeenschap" : "alv"), let slug = Slug("zaak"),
              let deadline = last.epoch.date.adding(days: choices.below(8) == 0 ? 500 : choices.below(60))
        else { return }
        let proposal = try DecisionProposal(
            organ: organ, payload: payload, title: "Voorstel", deadline: deadline,
            application: isOfParticipants ? slug : nil)
        proposals.append(append(proposal.entry(), to: pen.log))
    }

    private mutating func vote(_ pen: Pen, _ wanted: EntryReference) throws {
        var decision = wanted
        if choices.below(12) == 0 { decision = EntryReference(log: decision.log, index: 0, leaf: decision.leaf) }
        let own = ballots[pen.log] ?? []
        let others = pens.filter { $0.card.oin == pen.card.oin && $0.log != pen.log }
            .flatMap { ballots[$0.log] ?? [] }.filter { _ in choices.below(2) == 0 }
        // Something of another log that it names for no reason, and so may wait for.
        let stray = choices.below(4) == 0 ? named(pen, 1).filter { $0 != decision } : []
        let entry = try Ballot.entry(
            choices.below(7) == 0 ? .against : choices.below(7) == 0 ? .blank : .for, on: decision, in: pen.log,
            isFinal: choices.below(3) > 0,
            replaced: choices.below(3) == 0 ? own.randomElement(using: &choices)?.index : nil,
            otherLogs: Array(Set((others.suffix(3) + stray).filter { $0 != decision }).sorted().prefix(6)))
        ballots[pen.log, default: []].append(append(entry, to: pen.log))
    }
}
