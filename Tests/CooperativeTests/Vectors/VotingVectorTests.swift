// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Notation
import Testing

@Suite("Decisions: vectors, Protocol/voting.md §2 to §5")
struct VotingVectorTests {
    @Test("a proposal is read and written back", arguments: ProtocolVectors.valid("voting", "proposal"))
    func proposal(vector: VectorCase) throws {
        let proposal = try DecisionProposal.parse(vector.bytes("hex"))
        #expect(proposal.encode() == vector.bytes("hex"))
        #expect(proposal.organ.description == vector.text("organ"))
        #expect(proposal.payload.kind.rawValue == vector.number("kind"))
        #expect(proposal.payload.encode() == vector.bytes("payload"))
        #expect(try DecisionPayload.parse(proposal.payload.kind, vector.bytes("payload")) == proposal.payload)
        #expect(proposal.title == vector.text("title"))
        #expect(Int(proposal.deadline.dayNumber) == vector.number("deadline"))
        #expect(proposal.costCents == vector.value["cost"]?.wholeNumber)
        #expect(proposal.cover == vector.value["cover"]?.text)
        #expect(proposal.application?.description == vector.value["application"]?.text)
    }

    @Test("a body of another shape is no proposal", arguments: ProtocolVectors.invalid("voting", "proposal"))
    func invalidProposal(vector: VectorCase) {
        #expect(throws: VoidReason(rawValue: vector.reason)) { try DecisionProposal.parse(vector.bytes("hex")) }
    }

    private static func rules(_ vector: VectorCase) throws -> RulesInForce {
        RulesInForce(try Genesis.parse(vector.bytes("genesis"), suite))
    }

    private static func members(_ vector: VectorCase) -> [OIN] {
        vector.list("members").compactMap { $0.text.flatMap { OIN($0) } }
    }

    private static func judge(_ vector: VectorCase) throws {
        let proposal = try DecisionProposal.parse(vector.bytes("hex"))
        let members = members(vector)
        let author = try #require(OIN(vector.text("author")))
        let date = try #require(CivilDate(dayNumber: vector.number("date")))
        try proposal.check(
            author: author, isMember: members.contains, under: rules(vector), date: date)
    }

    @Test("a proposal counts under the epoch that judges it", arguments: ProtocolVectors.valid("voting", "judgement"))
    func judgement(vector: VectorCase) throws { try Self.judge(vector) }

    @Test("or is void, the first reason of the page first",
          arguments: ProtocolVectors.invalid("voting", "judgement"))
    func invalidJudgement(vector: VectorCase) {
        #expect(throws: VoidReason(rawValue: vector.reason)) { try Self.judge(vector) }
    }

    @Test("a ballot is read and written back", arguments: ProtocolVectors.valid("voting", "ballot"))
    func ballot(vector: VectorCase) throws {
        let ballot = try Ballot.parse(vector.bytes("hex"), referenceCount: vector.number("references"))
        #expect(ballot.encode() == vector.bytes("hex"))
        switch ballot.proposal {
        case .own(let index): #expect(index.position == vector.number("own") && vector.number("position") == -1)
        case .reference(let position):
            #expect(position == vector.number("position") && vector.number("own") == -1)
        }
        #expect(ballot.choice.rawValue == vector.number("choice"))
        #expect(ballot.isFinal == vector.value["final"]?.truth)
        #expect(ballot.replaced?.position ?? -1 == vector.number("replaced"))
    }

    @Test("a body of another shape is no ballot", arguments: ProtocolVectors.invalid("voting", "ballot"))
    func invalidBallot(vector: VectorCase) {
        #expect(throws: VoidReason(rawValue: vector.reason)) {
            try Ballot.parse(vector.bytes("hex"), referenceCount: vector.number("references"))
        }
    }

    /// For, against, blank, flagged, carried, certain.
    private static func poll(_ vector: VectorCase) throws -> [JSON] {
        let numbers = vector.list("rule").compactMap { $0.wholeNumber.map(Int.init) }
        var draft = try World.draft(founders: 1)
        draft.organs = [.init(id: "alv", name: "ALV", electorate: 0, rule: numbers)]
        let organ = try #require(try draft.checked(suite).organs.first)
        var poll = Poll(entitled: vector.number("entitled"))
        for voter in vector.list("voters") {
            poll.add((voter.elements ?? []).compactMap { ballot in
                guard let choice = ballot[0]?.wholeNumber.flatMap({ Ballot.Choice(rawValue: Int($0)) }),
                      let isFinal = ballot[1]?.truth
                else { return nil }
                return Poll.Vote(choice, isFinal: isFinal)
            })
        }
        let tally = poll.tally
        let counts = [tally.votesFor, tally.against, tally.blank, poll.flagged].map { JSON.integer(Int64($0)) }
        return counts + [.boolean(organ.carries(tally)), .boolean(poll.isCertain(organ))]
    }

    @Test("ballots give one tally, outcome and certainty", arguments: ProtocolVectors.valid("voting", "poll"))
    func poll(vector: VectorCase) throws {
        let names = ["for", "against", "blank", "flagged", "carried", "certain"]
        #expect(try Self.poll(vector) == names.map { vector.value[$0] ?? .null })
    }

    @Test("a misreading gives another", arguments: ProtocolVectors.invalid("voting", "poll"))
    func invalidPoll(vector: VectorCase) throws { #expect(try Self.poll(vector) != vector.list("claimed")) }

    private static func payloads(_ vector: VectorCase) throws -> [DecisionPayload] {
        try vector.list("decisions").map { decision in
            let number = Int(decision[0]?.wholeNumber ?? 0)
            let kind = try #require(DecisionPayload.Kind(rawValue: number))
            return try DecisionPayload.parse(kind, Hexadecimal.decode(decision[1]?.text ?? "") ?? [])
        }
    }

    /// Decision `index` of the case, closed in the case's month.
    private static func ground(_ vector: VectorCase, _ index: Int, _ members: [OIN]) throws -> EffectGround {
        EffectGround(
            month: try #require(CivilMonth(monthNumber: vector.number("month"))), decision: World.decision(index),
            isMember: members.contains)
    }

    @Test("carried decisions make new rules of old ones", arguments: ProtocolVectors.valid("voting", "effects"))
    func effects(vector: VectorCase) throws {
        var rules = try Self.rules(vector)
        let members = Self.members(vector)
        for (index, payload) in try Self.payloads(vector).enumerated() {
            try rules.apply(payload, Self.ground(vector, index, members))
        }
        #expect(vector.list("rules").count == rules.standingKeys.count)
        for (position, key) in rules.standingKeys.enumerated() {
            let row = vector.list("rules")[position]
            #expect(row[0]?.wholeNumber == Int64(key))
            #expect(row[1]?.text == rules.hash(key: key, suite).description, "key \(key)")
        }
        #expect(RulesInForce(rules.encode()) == rules)
    }

    @Test("or are refused with the reason, and change nothing",
          arguments: ProtocolVectors.invalid("voting", "effects"))
    func refusedEffects(vector: VectorCase) throws {
        var rules = try Self.rules(vector)
        let members = Self.members(vector)
        let payloads = try Self.payloads(vector)
        for (index, payload) in payloads.dropLast().enumerated() {
            try rules.apply(payload, Self.ground(vector, index, members))
        }
        let before = rules
        let reason = try #require(EffectRefusal(rawValue: vector.reason))
        #expect(throws: reason) {
            for payload in payloads.suffix(1) {
                try rules.apply(payload, Self.ground(vector, payloads.count - 1, members))
            }
        }
        #expect(rules == before)
    }
}
