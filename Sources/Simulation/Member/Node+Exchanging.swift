// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

extension Node {
    /// Asks to be woken when the schedule has something to do.
    func setWake(in world: World) {
        let due = max(schedule.nextWake.milliseconds, world.now + 1)
        if let wakeAt, wakeAt <= due, wakeAt > world.now { return }
        wakeAt = due
        world.later(due - world.now, .wake, to: address)
    }

    func wake(in world: World) {
        guard wakeAt == world.now else { return }
        wakeAt = nil
        for log in schedule.due(at: world.time, suite) {
            guard let partner = network.member(of: log) else { continue }
            beginExchange(with: partner, in: world)
        }
        setWake(in: world)
    }

    private func beginExchange(with partner: Int, in world: World) {
        sessions += 1
        let memory = memories[partner] ?? PartnerMemory.none
        if memory.token != nil { world.marks.hit(.exchangeWithToken) }
        let session = ExchangeSession(memory, numbers: network.numbers, ruleVersion: 1, epoch: 0)
        exchanges[sessions] = Exchange(partner: partner, session: session)
        ask(sessions, in: world)
    }

    private func ask(_ id: Int, in world: World) {
        guard var exchange = exchanges[id] else { return }
        var source = disk
        let body = exchange.session.compose(&heads, from: &source, suite)
        exchange.request += 1
        exchange.isAwaiting = true
        exchanges[id] = exchange
        if exchange.request == 4 { world.marks.hit(.exchangeManyRequests) }
        world.ledger.told(body, isRequest: true, by: self, in: world)
        let sent = liar?.change(body, isRequest: true, of: self, in: world) ?? body
        let message = Message(
            from: address, to: world.address(of: exchange.partner, seenBy: member), path: .exchange, kind: .request,
            session: id, request: exchange.request, body: sent)
        world.send(message)
        if planted != .neverGivesUp {
            let event = ActorEvent.timeout(session: id, request: exchange.request)
            world.later(world.settings.timeoutMilliseconds, event, to: address)
        }
    }

    func timeout(_ id: Int, _ request: Int, in world: World) {
        guard var exchange = exchanges[id], exchange.request == request, exchange.isAwaiting else { return }
        world.marks.hit(.exchangeTimeout)
        let effects = exchange.session.failed("timeout")
        exchanges[id] = exchange
        carryOut(effects, id, in: world)
    }

    func take(_ message: Message, in world: World) {
        note(
            world, 20 + message.kind.rawValue, [message.from.member, message.path.rawValue],
            content: Trace.digest(message.body),
            "gets \(message.path) \(message.kind) of \(message.body.count) bytes from \(message.from.member)")
        switch (message.path, message.kind) {
        case (.exchange, .request): takeRequest(message, in: world)
        case (.exchange, _): takeAnswer(message, in: world)
        case (.prove, .request): takeProve(message, in: world)
        case (.prove, .answer): judge(message, in: world)
        case (.prove, .refusal): break
        }
    }

    private func takeAnswer(_ message: Message, in world: World) {
        guard var exchange = exchanges[message.session] else {
            world.marks.hit(.answerLate)
            return
        }
        guard exchange.request == message.request, exchange.isAwaiting,
              message.from.member == exchange.partner
        else {
            world.marks.hit(.answerTwice)
            return
        }
        exchange.isAwaiting = false
        let effects: [ExchangeEffect]
        if message.kind == .refusal {
            world.marks.hit(.exchangeRefused)
            effects = exchange.session.failed("refused")
        } else {
            effects = exchange.session.received(message.body, &heads, suite)
        }
        exchanges[message.session] = exchange
        if planted == .tokenBeforeEntries, let answer = try? ExchangeAnswer(decoding: message.body),
           let token = answer.token {
            add(Job(.remember(partner: message.from.member, token: token)), in: world)
        }
        carryOut(effects, message.session, in: world)
    }

    func carryOut(_ effects: [ExchangeEffect], _ id: Int, in world: World) {
        for effect in effects {
            guard let exchange = exchanges[id] else { return }
            switch effect {
            case .ask: ask(id, in: world)
            case .admit(let batch):
                world.marks.hit(.pulled)
                add(Job(.admit(batch.pages, evidence: []), .settle(session: id, batch: batch.number)), in: world)
            case .keepEvidence(let items):
                world.marks.hit(.evidenceGossiped)
                add(Job(.admit([], evidence: items)), in: world)
            case .keepTexts: break
            case .prove(let request, _):
                guard planted != .forkIgnored else { continue }
                world.send(Message(
                    from: address, to: world.address(of: exchange.partner, seenBy: member), path: .prove,
                    kind: .request, session: 0, request: 0, body: request.encode()))
            case .remember(let memory):
                let old = memories[exchange.partner] ?? PartnerMemory.none
                let kept = memory == PartnerMemory.none ? memory : old.merged(with: memory)
                memories[exchange.partner] = kept
                if memory.token == nil { world.marks.hit(.tokenUnreadable) }
                add(Job(.remember(partner: exchange.partner, token: kept.token)), in: world)
            case .finished(let summary): finished(summary, id, in: world)
            }
        }
    }

    private func finished(_ summary: ExchangeSummary, _ id: Int, in world: World) {
        guard let exchange = exchanges.removeValue(forKey: id) else { return }
        note(
            world, 30, [exchange.partner, summary.requests],
            "ends its exchange with \(exchange.partner): \(summary.outcome), "
                + "\(summary.digests), \(summary.faults.map(\.reason))")
        let log = network.log(exchange.partner)
        if !summary.refusedByPartner.isEmpty { world.marks.hit(.pushRefused) }
        switch summary.outcome {
        case .failed:
            guard planted != .neverTriesAgain else { return }
            schedule.failed(log, at: world.time)
            if schedule.backOffEnd(of: log, at: world.time) != nil { world.marks.hit(.backedOff) }
            return
        case .complete: world.marks.hit(.exchangeComplete)
        case .partial: world.marks.hit(.exchangePartial)
        }
        switch summary.digests {
        case .equal: world.marks.hit(.exchangeEqual)
        case .unequal: world.marks.hit(.exchangeUnequal)
        case .unknown: break
        }
        // Its turn came meanwhile: it stays busy, and is asked again.
        if schedule.succeeded(log) { beginExchange(with: exchange.partner, in: world) }
    }
}
