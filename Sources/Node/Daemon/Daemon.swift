// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Glibc
import Journal
import Notation
import Replication
import Storage
public import Transport
import YAML

/// `korfd`: opens the store, takes up the log, serves members and this machine, asks partners, and ends cleanly.
public struct Daemon: Sendable {
    /// Answers requests on the local socket.
    public typealias LocalHandler = @Sendable (HTTPRequest) async -> HTTPResponse

    private let configuration: Configuration
    private let clock = SystemClock()
    private let log: LogWriter
    private let notifier = ServiceNotifier()
    private let limits: NodeLimits

    /// Reads `korf.yaml`.
    public init(
        configurationPath path: String, limits: NodeLimits = NodeLimits()
    ) throws(StartFailure) {
        self.limits = limits
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        do {
            let document = try YAML.parse(PlainFile.read(path))
            configuration = try Configuration(document, folder: folder.isEmpty ? "/" : folder)
        } catch {
            throw StartFailure(error is FileFailure ? "\(error)" : "\(path): \(error)")
        }
        log = LogWriter(least: configuration.logLevel, clock: clock)
    }

    /// Runs until a request for the end. `nextRequest` waits for requests; `local` makes the handler of the local
    /// socket.
    public func run(
        _ nextRequest: @escaping @Sendable () async -> StopSignals.Request,
        local: @escaping @Sendable (RunningNode) -> LocalHandler
    ) async throws(StartFailure) {
        let opened = try await open()
        let engine = opened.node.engine
        let client = HTTPClient(opened.clientSettings)
        let introduced = opened.introduction?.addresses ?? []
        let routes = await PartnerRoutes(engine, client: client, configuration: configuration, introduced: introduced)
        let headQuestion = HeadQuestion(engine, routes)
        let federation = FederationHandler(
            engine, clock: clock, limits: limits, headQuestion: headQuestion,
            comparison: ComparisonDesk(opened.pairMonth))
        let watch = PeerWatch(engine, federation.peers, routes)
        await watch.look()
        var node = opened.node
        node.headQuestion = headQuestion
        node.comparison = PairComparison(opened.pairMonth, routes)
        let server = try serve(opened, federation, local(node))
        let driver = await driver(engine, routes)
        let timetable = Timetable()
        await schedule(timetable, opened.node, opened.receipts)
        await timetable.every(1) {
            await watch.look()
            await engine.goOnJoining()
        }
        await engine.onNewHeads { hasMessages in Task { await driver.headsChanged(hasMessages: hasMessages) } }
        let consensus = ConsensusDriver(engine, routes: routes, log: log)
        await engine.onNeed { need in Task { await consensus.need(need) } }
        await engine.onEpoch {
            Task {
                await watch.look()
                await driver.membersChanged()
            }
        }
        await engine.startConsensus()
        log(.info, "start", engine.member.oin.digits, ["network": engine.genesis.network.description])
        notifier.ready(status: "serving \(engine.genesis.name)")
        let inquiry = OwnHeadInquiry(engine: engine, routes: routes, seconds: configuration.ownHeadSeconds, log: log)
        let asking = Task { await inquiry.perform() }
        await driver.start()
        await waitForEnd(nextRequest, opened.node, server, client)
        notifier.stopping()
        asking.cancel()
        await server.stop(withinMilliseconds: NodeLimits.stopMilliseconds)
        await engine.forgetListeners()
        await consensus.stop()
        await driver.stop()
        await timetable.stop()
        await engine.saveState()
        await engine.savePartners()
        client.close()
        log(.info, "stop", engine.member.oin.digits)
    }

    private struct Opened {
        let node: RunningNode
        let identity: TLSIdentity
        let anchors: TrustAnchors
        let clientSettings: ClientSettings
        let introduction: JoinFile?
        let receipts: ReceiptWatch
        let pairMonth: PairMonth
    }

    private func open() async throws(StartFailure) -> Opened {
        let suite = OpenSSLSuite()
        do {
            let genesisBytes = try PlainFile.read(configuration.genesis)
            let genesis = try Genesis.parse(genesisBytes, suite)
            let agreement = try onKey(configuration.agreementKey) { path throws(KeyError) in
                try KeyAgreement(file: path)
            }
            let (identity, anchors) = try loadTLS()
            let introduction = try NetworkFounding.introduction(configuration, to: genesis)
            // A founder's genesis has its card; another one beside it is of use where a decision replaced its keys.
            let isFounder = genesis.founder(identity.summary.oin) != nil
            let newcomer = isFounder
                ? try? NetworkFounding.card(configuration) : try NetworkFounding.card(configuration)
            let store = try NodeStore(
                path: configuration.dataDirectory, headFile: configuration.externalHead, suite: suite)
            let signer = try KeyFolder(configuration).signer(of: store.journal)
            let receipts = try ReceiptWatch(store, startDay: clock.today())
            let engine = try await NodeEngine(
                genesis: genesis, member: identity.summary.oin, newcomer: newcomer, signer: signer,
                store: store.journal, suite: suite, log: log, clock: clock, limits: limits)
            if let path = configuration.recordEvents {
                await engine.record(with: try EventRecorder(path: path, log: log))
            }
            var settings = ClientSettings()
            settings.identity = identity
            settings.anchors = anchors
            settings.proxy = configuration.proxy
            let turn = OneAtATime()
            let node = RunningNode(
                engine: engine, store: store,
                metering: MeteringInbox(store.inbox, member: engine.member.oin),
                statements: MonthStatement(
                    engine, inbox: store.inbox, agreement: agreement, turn: turn, feeds: configuration.feeds),
                certificate: OwnCertificate(identity.summary), configuration: configuration, clock: clock,
                flusher: UsageFlusher(engine, inbox: store.inbox, turn: turn),
                expiry: RawEventExpiry(engine, inbox: store.inbox))
            return Opened(
                node: node, identity: identity, anchors: anchors, clientSettings: settings,
                introduction: introduction, receipts: receipts,
                pairMonth: PairMonth(engine: engine, inbox: store.inbox, agreement: agreement))
        } catch let failure as StartFailure {
            throw failure
        } catch {
            throw StartFailure("\(error)")
        }
    }

    private func onKey<Key>(_ path: String, _ load: (String) throws(KeyError) -> Key) throws(StartFailure) -> Key {
        do throws(KeyError) { return try load(path) } catch { throw StartFailure("\(path): \(error)") }
    }

    private func loadTLS() throws(IdentityFailure) -> (TLSIdentity, TrustAnchors) {
        let tls = configuration.tls
        return (
            try TLSIdentity(chainPath: tls.certificate, keyPath: tls.key),
            try TrustAnchors(anchorsPath: tls.anchors, revocationPath: tls.revocation)
        )
    }

    private func serve(
        _ opened: Opened, _ federation: FederationHandler, _ local: @escaping LocalHandler
    ) throws(StartFailure) -> HTTPServer {
        var settings = ServerSettings()
        settings.admit = { federation.admission(of: $0) }
        settings.bodyBytesLimit = { head, caller in
            guard case .peer(_, let lane) = caller else { return LocalLimits.bodyBytes }
            return FederationHandler.bodyBytesLimit(head.path, lane: lane)
        }
        let profile = TLSProfile(identity: opened.identity, anchors: opened.anchors)
        do throws(ServerFailure) {
            return try HTTPServer(
                listeners: [
                    .tls(host: configuration.listen.host, port: configuration.listen.port, profile),
                    .unix(path: configuration.socket),
                ],
                settings: settings
            ) { request in
                if case .peer = request.caller { return await federation.handle(request) }
                return await local(request)
            }
        } catch { throw StartFailure(error.description) }
    }

    private func driver(_ engine: NodeEngine, _ routes: PartnerRoutes) async -> ExchangeDriver {
        var timings = ScheduleTimings()
        timings.roundMilliseconds = configuration.exchangeSeconds * 1_000
        timings.coalesceMilliseconds = configuration.coalesceMilliseconds
        timings.backOffCapMilliseconds = max(timings.backOffMilliseconds, min(300_000, timings.roundMilliseconds * 30))
        return await ExchangeDriver(engine, routes: routes, timings: timings, log: log)
    }

    private func schedule(_ timetable: Timetable, _ node: RunningNode, _ receipts: ReceiptWatch) async {
        let log = log
        await timetable.every(1) {
            do throws(StorageFailure) { try await receipts.look() } catch {
                log(.error, "quarantine", result: "not-noted", ["reason": error.description])
            }
        }
        let flush: @Sendable () async -> Void = {
            do throws(EngineFailure) {
                let cells = try await node.flush()
                if cells > 0 { log(.info, "flush", node.engine.member.oin.digits, ["cells": String(cells)]) }
            } catch { log(.warning, "flush", result: "failed", ["reason": error.description]) }
        }
        switch configuration.flush {
        case .daily(let minute): await timetable.daily(minute: minute, clock: clock, flush)
        case .every(let seconds): await timetable.every(seconds, flush)
        }
        let clock = clock
        await timetable.daily(minute: 10, clock: clock) {
            do throws(StorageFailure) {
                let count = try await node.expiry.expire(on: clock.today())
                if count > 0 { log(.info, "expire", "events", ["count": String(count)]) }
            } catch { log(.warning, "expire", result: "failed", ["reason": error.description]) }
        }
        await timetable.daily(minute: 5, clock: clock) { await node.engine.heartbeat() }
        await timetable.every(NodeLimits.partnersSaveSeconds) { await node.engine.savePartners() }
        await timetable.every(30) { await node.engine.saveState() }
        await timetable.every(60) { await node.engine.refreshView() }
        let notifier = notifier
        await timetable.every(10) { notifier.watchdog() }
    }

    /// Waits for SIGTERM or SIGINT; SIGHUP loads certificates anew. A store that stopped ends the process at once:
    /// after a failed write nothing may be acknowledged any more.
    private func waitForEnd(
        _ nextRequest: @Sendable () async -> StopSignals.Request, _ node: RunningNode, _ server: HTTPServer,
        _ client: HTTPClient
    ) async {
        let log = log
        let failing = Task {
            while !Task.isCancelled {
                do { try await Task.sleep(for: .milliseconds(200)) } catch { return }
                if let failure = node.engine.store.stopped {
                    log(.error, "store", result: "stopped", ["reason": failure.description])
                    exit(1)
                }
            }
        }
        defer { failing.cancel() }
        while await nextRequest() == .reload {
            do {
                let (identity, anchors) = try loadTLS()
                guard identity.summary.oin == node.engine.member.oin else {
                    let other = "\(configuration.tls.certificate) is of \(identity.summary.oin), another member"
                    log(.error, "reload", "certificates", result: "failed", ["reason": other])
                    continue
                }
                try server.reload(TLSProfile(identity: identity, anchors: anchors))
                client.reload(identity: identity, anchors: anchors)
                node.certificate.replace(by: identity.summary)
                log(.info, "reload", "certificates")
            } catch {
                log(.error, "reload", "certificates", result: "failed", ["reason": "\(error)"])
            }
        }
    }
}

/// Bounds of what this machine's own programs may send.
enum LocalLimits {
    /// A metering request or a publiccode.yml.
    static let bodyBytes = 2 << 20
}
