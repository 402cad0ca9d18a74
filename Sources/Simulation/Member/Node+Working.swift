// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

extension Node {
    /// Day 0 of a simulation, by right clocks.
    private static let daysAfterGenesis = 300

    /// What the local clock takes for today.
    func today(in world: World) -> CivilDate {
        let days = Self.daysAfterGenesis + world.now / 60_000 + clockErrorDays
        return CivilDate(dayNumber: Int(network.genesis.date.dayNumber) + max(0, days)) ?? network.genesis.date
    }

    /// Writes something, as users, applications and timers make a node do.
    func work(in world: World) {
        guard own != nil, !forks.contains(ownID) else {
            world.marks.hit(.workNotWritable)
            return
        }
        let waits = jobs.contains { if case .append = $0.work { true } else { false } }
        let isBusy = waits || commit?.acknowledged != nil
        guard !isBusy else { return }
        var entries: [[UInt8]] = []
        // A second draft of one kind would not know of the first: one of each is drawn from one state.
        var kinds = Set<Int>()
        for _ in 0...world.random.below(3) {
            let kind = world.random.below(10)
            guard kinds.insert(min(kind, 7)).inserted else { continue }
            entries += draft(kind, in: world)
        }
        guard !entries.isEmpty else { return }
        note(world, 40, [entries.count], "writes \(entries.count) entries")
        add(Job(.append(entries), .application), in: world)
    }

    private func draft(_ kind: Int, in world: World) -> [[UInt8]] {
        switch kind {
        case 0:
            world.marks.hit(.workHeartbeat)
            if clockErrorDays > 0 { world.marks.hit(.workFuture) }
            return [Heartbeat(date: today(in: world)).entry()]
        case 1: return founding(in: world)
        case 2: return unknown(in: world)
        case 3:
            world.marks.hit(.workContact)
            let pin = TLSPin(suite.hash(world.random.bytes(4)).value)
            return Contact(pins: [pin], endpoints: []).map { [$0.entry()] } ?? []
        case 4, 5, 6: return edit(in: world)
        default: return flush(in: world)
        }
    }

    private func founding(in world: World) -> [[UInt8]] {
        guard let slug = Slug("nieuw\(world.random.below(3))"),
              let founding = ApplicationFounded(slug: slug, name: "Nieuw \(member)")
        else { return [] }
        world.marks.hit(.workFounding)
        return [founding.entry()]
    }

    /// Kinds that this version does not know are kept and forwarded; some are big.
    private func unknown(in world: World) -> [[UInt8]] {
        world.marks.hit(.workUnknown)
        let isBig = world.random.happens(world.settings.bigEntryPercent)
        if isBig { world.marks.hit(.entryBig) }
        let bytes = isBig
            ? [UInt8](repeating: UInt8(world.random.below(256)), count: 40_000 + world.random.below(20_000))
            : world.random.bytes(1 + world.random.below(40))
        return [Entry.encode(kind: 999, body: CBOR.bytes(bytes).encode())]
    }

    private func edit(in world: World) -> [[UInt8]] {
        let views = state.applicationViews()
        guard !views.isEmpty else { return [] }
        let view = world.random.pick(views)
        var draft = EditDraft(view, author: ownID)
        if !view.conflicts.isEmpty { world.marks.hit(.conflict) }
        let field = CatalogueField(1 + world.random.below(3))
        if view.values(field).contains(where: { $0.source.log != ownID }) { world.marks.hit(.workNaming) }
        draft.set(field, .text("v\(world.random.below(1_000))"))
        if world.random.happens(40) { draft.add(.platforms, .text("p\(world.random.below(4))")) }
        if world.random.happens(20) { draft.remove(.platforms, .text("p\(world.random.below(4))")) }
        world.marks.hit(.workEdit)
        return (try? draft.entries()) ?? []
    }

    /// Usage between two members, counted by one of the two.
    private func flush(in world: World) -> [[UInt8]] {
        var cells: [UsageCell: UsageCounters] = [:]
        for _ in 0...world.random.below(3) {
            let cell = cell(in: world)
            var counters = state.counters(of: cell, log: ownID)
            counters.eventsCounted += Int64(world.random.below(50))
            counters.quantityCounted += Int64(world.random.below(500))
            let retracted = min(Int64(world.random.below(4)), counters.events)
            counters.eventsRetracted += max(0, retracted)
            counters.inboxPosition += Int64(1 + world.random.below(60))
            if planted == .flushesLess, counters.eventsCounted > 60, world.random.happens(20) {
                counters = UsageCounters(eventsCounted: 1, quantityCounted: 1, inboxPosition: 1)
            }
            cells[cell] = counters
        }
        world.marks.hit(.workFlush)
        return UsageFlush.entries(cells.map { CountedCell($0.key, $0.value) })
    }

    private func cell(in world: World) -> UsageCell {
        let other = network.genesis.founders[world.random.below(network.memberCount)].oin
        let mine = network.genesis.founders[member].oin
        let isProvider = world.random.happens(50)
        guard let month = CivilMonth(monthNumber: 2_026 * 12 + world.random.below(2)) else {
            preconditionFailure("a month of 2026")
        }
        return UsageCell(
            application: world.random.pick(SimulatedNetwork.applications), provider: isProvider ? mine : other,
            consumer: isProvider ? other : mine, tariffClass: SimulatedNetwork.tariffClass, month: month,
            side: isProvider ? .provider : .consumer)
    }
}
