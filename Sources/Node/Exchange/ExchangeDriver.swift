// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage
import Transport

/// Asks partners: decides by `PartnerSchedule` whom and when, and runs one exchange a partner at a time.
actor ExchangeDriver {
    private let engine: NodeEngine
    private let route: PartnerRoutes
    private let log: LogWriter
    private var schedule: PartnerSchedule
    private var epochHash: Hash
    private var sleeper: Task<Void, Never>?
    private var isStopped = false
    private var running: [LogID: Task<Void, Never>] = [:]

    init(_ engine: NodeEngine, routes: PartnerRoutes, timings: ScheduleTimings, log: LogWriter) async {
        self.engine = engine
        route = routes
        self.log = log
        var schedule = PartnerSchedule(
            own: engine.ownLogID, epochHash: Hash(engine.genesis.network.value), timings: timings, at: Self.now)
        epochHash = await engine.read { $0.chain.epoch.hash }
        schedule.setPartners(routes.partners.map(\.log), epochHash: epochHash)
        self.schedule = schedule
    }

    private static var now: MonotonicTime {
        MonotonicTime(milliseconds: Int(SystemClock.monotonicMilliseconds()))
    }

    /// Heads changed; partners are asked soon, and at once where messages of consensus are among what they sign.
    func headsChanged(hasMessages: Bool = false) {
        schedule.headsChanged(at: Self.now, isUrgent: hasMessages)
        wakeAtNext()
    }

    /// Members came or went with an epoch.
    func membersChanged() async {
        await route.refresh()
        epochHash = await engine.read { $0.chain.epoch.hash }
        schedule.setPartners(route.partners.map(\.log), epochHash: epochHash)
        wakeAtNext()
    }

    /// Begins asking.
    func start() { work() }

    /// Asks nobody any more and waits for what is under way.
    func stop() async {
        isStopped = true
        sleeper?.cancel()
        for task in running.values { task.cancel() }
        for task in running.values { await task.value }
    }

    private func work() {
        guard !isStopped else { return }
        schedule.setPartners(route.partners.map(\.log), epochHash: epochHash)
        for partner in schedule.due(at: Self.now, engine.suite) {
            running[partner] = Task { await self.exchange(with: partner) }
        }
        wakeAtNext()
    }

    private func wakeAtNext() {
        guard !isStopped else { return }
        sleeper?.cancel()
        let wait = max(0, schedule.nextWake.milliseconds - Self.now.milliseconds)
        sleeper = Task {
            do { try await Task.sleep(for: .milliseconds(wait)) } catch { return }
            self.work()
        }
    }

    private func exchange(with partner: LogID) async {
        defer { running[partner] = nil }
        guard let peer = route.partners.first(where: { $0.log == partner }) else { return }
        let run = ExchangeRun(engine, peer: peer, route: route, log: log)
        while await run.perform() {
            guard schedule.succeeded(partner), !isStopped, !Task.isCancelled else { return wakeAtNext() }
        }
        schedule.failed(partner, at: Self.now)
        wakeAtNext()
    }
}
