// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

/// Asks other members for what consensus lacks, again with growing pauses until it is there or no longer needed.
/// Spec: Protocol/exchange.md §8.
actor ConsensusDriver {
    private let engine: NodeEngine
    private let route: PartnerRoutes
    private let log: LogWriter
    private var running: [ConsensusNeed: Task<Void, Never>] = [:]
    private var isStopped = false

    init(_ engine: NodeEngine, routes: PartnerRoutes, log: LogWriter) {
        self.engine = engine
        route = routes
        self.log = log
    }

    /// Begins to ask, once a need.
    func need(_ need: ConsensusNeed) {
        guard !isStopped, running[need] == nil, running.count < NodeLimits.consensusNeeds else { return }
        running[need] = Task {
            await self.satisfy(need)
            self.running[need] = nil
        }
    }

    /// Asks nobody any more and waits for what is under way.
    func stop() async {
        isStopped = true
        for task in running.values { task.cancel() }
        for task in running.values { await task.value }
    }

    private func satisfy(_ need: ConsensusNeed) async {
        if case .disputePolkas = need { return await inquire() }
        if case .otherEpoch(let mention, let peer) = need { return await askOther(mention, of: peer) }
        var pause = NodeLimits.needMilliseconds
        while !Task.isCancelled {
            if let number = need.number, await engine.read({ $0.chain.number >= number }) { return }
            for partner in route.partners where !Task.isCancelled {
                if await ask(partner, for: need) { return }
            }
            do { try await Task.sleep(for: .milliseconds(pause)) } catch { return }
            pause = min(pause * 2, NodeLimits.needCapMilliseconds)
        }
    }

    /// Asks one member; whether it gave what was asked.
    private func ask(_ partner: PartnerRoutes.Partner, for need: ConsensusNeed) async -> Bool {
        if case .branch(let branch) = need {
            return await BranchFetch(engine: engine, route: route, peer: partner, branch: branch).perform()
        }
        guard case .success(let body) = await route.ask(partner, need.path, need.body) else { return false }
        do throws(BodyRefusal) {
            switch need {
            case .polka(let number, _, let hash):
                guard let proof = try QuorumProofAnswer(decoding: body).proof else { return false }
                return await engine.take(proof, isPolka: true, of: number, hash, from: partner.oin)
            case .certificate(let number, _, let hash):
                guard let proof = try QuorumProofAnswer(decoding: body).proof else { return false }
                return await engine.take(proof, isPolka: false, of: number, hash, from: partner.oin)
            case .vector(let number, let root):
                guard let delta = try VectorAnswer(decoding: body).delta else { return false }
                return await engine.take(delta, of: number, root: root, from: partner.oin)
            case .epochs:
                return await engine.take(try EpochsAnswer(decoding: body), from: partner.oin)
            case .pastEpochs:
                await engine.compare(try EpochsAnswer(decoding: body), from: partner.oin)
                return await engine.read { $0.dispute != nil }
            case .disputePolkas, .branch, .otherEpoch: return true
            }
        } catch {
            await engine.count(error.reason, for: partner.oin)
            return false
        }
    }

    /// A member says that it holds another epoch: it shows the certificate, or where both pasts differ from earlier on
    /// its epochs; one that shows neither has made it up.
    private func askOther(_ mention: EpochMention, of peer: OIN) async {
        let need = ConsensusNeed.otherEpoch(mention, of: peer)
        for attempt in 0..<NodeLimits.otherEpochAttempts where !Task.isCancelled {
            guard let partner = route.partners.first(where: { $0.oin == peer }) else { return }
            if case .success(let body) = await route.ask(partner, need.path, need.body) {
                if let proof = try? QuorumProofAnswer(decoding: body).proof,
                   await engine.takeOther(proof, mention, from: peer) { return }
                if await ask(partner, for: .pastEpochs(through: mention.number)) { return }
                return await engine.count("epoch-unproven", for: peer)
            }
            do { try await Task.sleep(for: .milliseconds(NodeLimits.needMilliseconds << attempt)) } catch { return }
        }
    }

    /// Everybody is asked for every polka of the disputed rounds before anybody is named; who cannot be reached now is
    /// asked again later, and what is named may then be named otherwise.
    private func inquire() async {
        while !Task.isCancelled {
            var produced: [(peer: OIN, bytes: [UInt8])] = []
            var isEveryoneAsked = true
            for need in await engine.read({ $0.polkasDisputed }) {
                for partner in route.partners where !Task.isCancelled {
                    guard case .success(let body) = await route.ask(partner, need.path, need.body) else {
                        isEveryoneAsked = false
                        continue
                    }
                    if let proof = (try? QuorumProofAnswer(decoding: body))?.proof {
                        produced.append((partner.oin, proof))
                    }
                }
            }
            await engine.nameLiars(by: produced, isEveryoneAsked: isEveryoneAsked)
            if isEveryoneAsked { return }
            do { try await Task.sleep(for: .milliseconds(NodeLimits.needCapMilliseconds)) } catch { return }
        }
    }
}

extension ConsensusNeed {
    /// Where it is asked.
    var path: String {
        switch self {
        case .polka, .disputePolkas: "/v1/polka"
        case .certificate, .otherEpoch: "/v1/certificate"
        case .vector: "/v1/vector"
        case .epochs, .pastEpochs: "/v1/epochs"
        case .branch: "/v1/branch"
        }
    }

    /// The request.
    var body: [UInt8] {
        switch self {
        case .polka(let number, let round, let hash), .certificate(let number, let round, let hash):
            QuorumProofRequest(number: number, round: round, hash: hash).encode()
        case .otherEpoch(let mention, _):
            QuorumProofRequest(number: mention.number, round: 0, hash: mention.hash).encode()
        case .vector(let number, let root): VectorRequest(number: number, root: root).encode()
        case .epochs(let first): EpochsRequest(first: first).encode()
        case .pastEpochs(let number): EpochsRequest(first: max(1, number - NodeLimits.pastEpochs)).encode()
        case .branch(let branch): BranchRequest(log: branch.log, head: branch.head, from: .zero).encode()
        case .disputePolkas(let number): EpochsRequest(first: number).encode()
        }
    }
}
