// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication
import Testing

/// How unkind the network is.
struct TestFaults: Sendable {
    var lossPercent = 0
    var duplicatePercent = 0
    var cutPercent = 0
}

/// Nodes and the messages between them, delivered in an order that a seed decides.
struct TestNetwork {
    enum Message {
        case request(session: Int, [UInt8])
        case answer(session: Int, [UInt8])
        case admit(session: Int, PageBatch)
        case lost(session: Int)
    }

    struct Running {
        let asker: Int
        let partner: Int
        var session: ExchangeSession
    }

    var nodes: [TestNode]
    var generator: SeededGenerator
    var faults = TestFaults()
    var running: [Int: Running] = [:]
    var messages: [Message] = []
    var summaries: [ExchangeSummary] = []
    var findings: [ForkFinding] = []
    /// What a liar in the middle makes of an answer.
    var alter: (@Sendable ([UInt8]) -> [UInt8])?
    private var sessions = 0

    init(_ nodes: [TestNode], seed: UInt64 = 1) {
        self.nodes = nodes
        generator = SeededGenerator(seed)
    }

    mutating func start(_ asker: Int, _ partner: Int) {
        sessions += 1
        let session = ExchangeSession(
            nodes[asker].memories[partner] ?? .none, numbers: nodes[asker].numbers, ruleVersion: 1, epoch: 0,
            epochHash: suite.hash([1]))
        running[sessions] = Running(asker: asker, partner: partner, session: session)
        ask(sessions)
    }

    private mutating func ask(_ id: Int) {
        guard var run = running[id] else { return }
        var source = nodes[run.asker]
        let body = run.session.compose(&nodes[run.asker].heads, from: &source, suite)
        running[id] = run
        send(.request(session: id, body))
    }

    private mutating func send(_ message: Message) {
        var message = message
        if generator.happens(percent: faults.cutPercent) { message = cut(message) }
        switch message {
        case .request(let id, _), .answer(let id, _):
            if generator.happens(percent: faults.lossPercent) {
                messages.append(.lost(session: id))
                return
            }
            if generator.happens(percent: faults.duplicatePercent) { messages.append(message) }
        default: break
        }
        messages.append(message)
    }

    private mutating func cut(_ message: Message) -> Message {
        switch message {
        case .request(let id, let body):
            .request(session: id, Array(body.prefix(Int.random(in: 0..<body.count, using: &generator))))
        case .answer(let id, let body):
            .answer(session: id, Array(body.prefix(Int.random(in: 0..<body.count, using: &generator))))
        default: message
        }
    }

    /// Delivers until nothing is under way. Every exchange must end within the bound.
    mutating func run(_ maximum: Int = 200_000) -> Bool {
        var steps = 0
        while !messages.isEmpty {
            steps += 1
            guard steps < maximum else { return false }
            deliver(messages.remove(at: Int.random(in: 0..<messages.count, using: &generator)))
        }
        return running.isEmpty
    }

    private mutating func deliver(_ message: Message) {
        switch message {
        case .request(let id, let body):
            guard let run = running[id] else { return }
            guard let answer = try? nodes[run.partner].answer(body) else {
                messages.append(.lost(session: id))
                return
            }
            send(.answer(session: id, alter.map { $0(answer) } ?? answer))
        case .answer(let id, let body):
            guard var run = running[id] else { return }
            let effects = run.session.received(body, &nodes[run.asker].heads, suite)
            running[id] = run
            carryOut(effects, id)
        case .admit(let id, let chosen):
            let batch = oldestBatch(of: id, insteadOf: chosen)
            guard var run = running[id] else { return }
            let refused = nodes[run.asker].admit(batch.pages)
            let effects = run.session.settled(batch.number, refused: refused, &nodes[run.asker].heads, suite)
            running[id] = run
            carryOut(effects, id)
        case .lost(let id):
            guard var run = running[id] else { return }
            let effects = run.session.failed("timeout")
            running[id] = run
            carryOut(effects, id)
        }
    }

    /// Batches of one session are admitted in their order, whatever the network does.
    private mutating func oldestBatch(of id: Int, insteadOf chosen: PageBatch) -> PageBatch {
        var oldest = chosen
        for position in messages.indices {
            guard case .admit(id, let other) = messages[position], other.number < oldest.number else { continue }
            messages[position] = .admit(session: id, oldest)
            oldest = other
        }
        return oldest
    }

    private mutating func carryOut(_ effects: [ExchangeEffect], _ id: Int) {
        guard let run = running[id] else { return }
        for effect in effects {
            switch effect {
            case .ask: ask(id)
            case .admit(let batch): messages.append(.admit(session: id, batch))
            case .keepEvidence(let items): for item in items { nodes[run.asker].keep(item) }
            case .keepTexts: break
            case .prove(let request, _): proveNow(request, run)
            case .remember(let memory):
                let old = nodes[run.asker].memories[run.partner] ?? .none
                nodes[run.asker].memories[run.partner] = memory.token == nil ? memory : old.merged(with: memory)
            case .finished(let summary):
                summaries.append(summary)
                nodes[run.asker].health[run.partner, default: PeerHealth()]
                    .ended(summary, at: MonotonicTime(milliseconds: summaries.count))
                running[id] = nil
            }
        }
    }

    private mutating func proveNow(_ request: ProveRequest, _ run: Running) {
        var request = request
        for _ in 0..<ExchangeLimits.proofQuestions {
            guard let answer = try? nodes[run.partner].prove(request.encode()),
                  let finding = nodes[run.asker].judge(request, answer)
            else { return }
            guard case .ask(let next) = finding else { return findings.append(finding) }
            request = next
        }
    }

    /// Exchanges until all digests are equal; the number of rounds, or `nil`.
    mutating func converge(_ pairs: [(Int, Int)], rounds: Int = 20) -> Int? {
        for round in 1...rounds {
            for (asker, partner) in pairs {
                start(asker, partner)
                guard run() else { return nil }
            }
            if hasEqualDigests() { return round }
        }
        return nil
    }

    mutating func hasEqualDigests() -> Bool {
        let first = nodes[0].digest()
        for index in nodes.indices where nodes[index].digest() != first { return false }
        return true
    }

    /// Demands that everything under way ends.
    mutating func mustEnd(_ location: SourceLocation = #_sourceLocation) {
        let hasEnded = run()
        #expect(hasEnded, sourceLocation: location)
    }

    /// Demands that all hold the same.
    mutating func mustBeEqual(_ location: SourceLocation = #_sourceLocation) {
        let isEqual = hasEqualDigests()
        #expect(isEqual, sourceLocation: location)
    }

    /// Demands that these pairs bring all to the same within the rounds.
    mutating func mustConverge(
        _ pairs: [(Int, Int)], rounds: Int = 20, _ location: SourceLocation = #_sourceLocation
    ) {
        let needed = converge(pairs, rounds: rounds)
        #expect(needed != nil, sourceLocation: location)
    }
}
