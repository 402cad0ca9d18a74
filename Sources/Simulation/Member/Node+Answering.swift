// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

extension Node {
    /// `POST /v1/exchange`: what it brings is kept first, then answered.
    func takeRequest(_ message: Message, in world: World) {
        if liar?.isSilent(in: world) == true { return }
        let asked: ResolvedRequest
        do throws(BodyRefusal) {
            asked = try ResolvedRequest(ExchangeRequest(decoding: message.body), network.numbers)
        } catch {
            world.send(message.reply(.refusal, []))
            return
        }
        let evidence = asked.request.parcel.evidence
        guard !asked.pages.isEmpty || !evidence.isEmpty else {
            answer(asked, message, refused: [], in: world)
            return
        }
        if !asked.pages.isEmpty { world.marks.hit(.pushed) }
        add(Job(.admit(asked.pages, evidence: evidence), .answer(asked, message)), in: world)
    }

    func answer(_ asked: ResolvedRequest, _ message: Message, refused: [RefusedPage], in world: World) {
        var refusals: [LogRefusal] = []
        for page in refused where !refusals.contains(where: { $0.log == page.log }) {
            refusals.append(LogRefusal(log: page.log, reason: page.refusal.reason))
        }
        let plan = AnswerPlan(asked, &heads, epoch: 0, refusals: refusals, suite)
        var source = disk
        let body = plan.fill(from: &source).body
        world.ledger.told(body, isRequest: false, by: self, in: world)
        world.send(message.reply(.answer, liar?.change(body, isRequest: false, of: self, in: world) ?? body))
    }

    /// `POST /v1/prove`.
    func takeProve(_ message: Message, in world: World) {
        guard let request = try? ProveRequest(decoding: message.body), let log = network.numbers.log(request.log),
              let held = disk.logs[log]
        else { return }
        guard let tree = disk.tree(of: log, held.tip.head?.size ?? .empty)?.source,
              let answer = ProveAnswer.answering(
                request, log: log, head: held.tip.head?.signed, held: held.tip.held, tree, suite)
        else { return }
        world.send(message.reply(.answer, liar?.changeProof(answer.encode(), in: world) ?? answer.encode()))
    }

    func judge(_ message: Message, in world: World) {
        guard let answer = try? ProveAnswer(decoding: message.body), let tip = disk.logs[answer.log]?.tip,
              let head = tip.head, let tree = disk.tree(of: answer.log, head.size)?.source
        else { return }
        switch ForkCheck(tip.identity, own: head.signed, held: tip.held, tree, suite).judge(answer) {
        case .fork(let convicted):
            add(Job(.admit([], evidence: [convicted.evidence.encode()])), in: world)
        case .oneHistory: world.marks.hit(.relayFault)
        case .worthlessAnswer: world.marks.hit(.proofWorthless)
        case .ask(let next):
            guard message.request < ExchangeLimits.proofQuestions else { return }
            world.marks.hit(.proofByLeaf)
            world.send(Message(
                from: address, to: message.from, path: .prove, kind: .request, session: message.session,
                request: message.request + 1, body: next.encode()))
        case .undecided: world.marks.hit(.proofUndecided)
        }
    }
}
