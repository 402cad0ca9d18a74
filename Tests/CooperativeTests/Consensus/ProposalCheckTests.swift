// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

/// A member that holds everything and finds an epoch due, until a test says otherwise.
struct PlainView: ProposalView {
    var epoch: Epoch
    var ownDate: CivilDate
    var stateDigest = suite.hash([7])
    var vector: [CoveredHead]?
    var holdings: [LogID: HeadHolding] = [:]
    var entering: [LogID] = []
    var ends: [LogID: Head?] = [:]
    var supporters = 0
    var due: Trigger? = .decision
    var missesBallot = false
    var bounds: [LogID: Int] = [:]
    var isAdmitting = true

    func bound(of log: LogID, on date: CivilDate) -> Int? { bounds[log] }
    func vector(of proposal: Proposal) -> [CoveredHead]? { proposal.delta.map(epoch.heads(applying:)) ?? vector }
    func holding(of covered: CoveredHead) -> HeadHolding { holdings[covered.log] ?? .held }
    func mayEnter(_ log: LogID) -> Bool { entering.contains(log) }
    func admits(_ entering: [LogID], _ vector: [CoveredHead], _ date: CivilDate) -> Bool { isAdmitting }
    func namedEnd(ofForked log: LogID) -> Head?? { ends[log] }
    func supporters(of ruleVersion: Int, in vector: [CoveredHead]) -> Int { supporters }
    func trigger(_ vector: [CoveredHead], _ date: CivilDate) -> Trigger? { due }
    func leavesOutBallot(_ vector: [CoveredHead], _ date: CivilDate) -> Bool { missesBallot }
}

@Suite("A fresh proposal is judged, Protocol/consensus.md §5")
struct ProposalCheckTests {
    let world: World
    let epoch: Epoch
    let heads: [CoveredHead]

    init() throws {
        world = try World(founders: 4)
        epoch = Epoch(genesis: world.genesis, suite)
        heads = epoch.heads.map { CoveredHead(log: $0.log, head: Head(size: 2, root: suite.hash($0.log.bytes))) }
    }

    private func view() -> PlainView {
        PlainView(epoch: epoch, ownDate: epoch.date.adding(days: 3) ?? epoch.date, vector: heads)
    }

    private func judge(
        _ view: PlainView, days: Int = 3, ruleVersion: Int = 1, digest: UInt8 = 7, root: Hash? = nil
    ) -> Judgement {
        let header = EpochHeader(
            network: world.genesis.network, number: 1, previous: epoch.hash,
            vectorRoot: root ?? EpochHeader.vectorRoot(view.vector ?? heads, suite),
            date: epoch.date.adding(days: days) ?? epoch.date, ruleVersion: ruleVersion,
            stateDigest: suite.hash([digest]))
        return ProposalCheck.judge(Proposal(round: .zero, header: header), in: view, quorum: 3, suite)
    }

    @Test("what fits is valid")
    func valid() { #expect(judge(view()) == .valid) }

    @Test("E_k's date ≤ date ≤ own civil date, and date ≥ own civil date - 2 days")
    func dates() {
        let expected: [Judgement] = [
            .held(.dateBeforeEpoch), .held(.dateTooOld), .valid, .valid, .valid, .held(.dateInFuture),
        ]
        #expect([-1, 0, 1, 2, 3, 4].map { judge(view(), days: $0) } == expected)
    }

    @Test("the digest is one's own, and the rule version E_k's or one that a quorum supports")
    func digestAndRules() {
        #expect(judge(view(), digest: 8) == .held(.stateDigest))
        var view = view()
        #expect(judge(view, ruleVersion: 2) == .held(.ruleVersion))
        view.supporters = 2
        #expect(judge(view, ruleVersion: 2) == .held(.ruleVersion))
        view.supporters = 3
        #expect(judge(view, ruleVersion: 2) == .valid)
    }

    @Test("the vector gives the root, names every log of E_k's and only logs that may enter, and none shrinks")
    func vectors() throws {
        var view = view()
        #expect(judge(view, root: suite.hash([1])) == .refused(.vectorRoot))
        view.vector = heads.reversed()
        #expect(judge(view) == .refused(.vectorRoot))
        view.vector = Array(heads.dropLast())
        #expect(judge(view) == .refused(.logLeft))
        let newcomer = CoveredHead(log: LogID(suite.hash([5])), head: Head(size: 1, root: suite.hash([5])))
        view.vector = (heads + [newcomer]).sorted { $0.log < $1.log }
        #expect(judge(view) == .refused(.logNotAuthorised))
        view.entering = [newcomer.log]
        #expect(judge(view) == .valid)
        view.isAdmitting = false
        #expect(judge(view) == .held(.logNotAuthorised))
        let grown = Epoch(genesis: world.genesis, suite)
        #expect(grown.heads.allSatisfy { $0.head.size == .empty })
    }

    @Test("a delta that does not give the root counts as none: the vector is fetched by the root")
    func falseDelta() {
        var view = view()
        let header = EpochHeader(
            network: world.genesis.network, number: 1, previous: epoch.hash,
            vectorRoot: EpochHeader.vectorRoot(heads, suite), date: view.ownDate, ruleVersion: 1,
            stateDigest: suite.hash([7]))
        let proposal = Proposal(round: .zero, header: header, delta: [])
        #expect(ProposalCheck.judge(proposal, in: view, quorum: 3, suite) == .valid)
        view.vector = nil
        #expect(ProposalCheck.judge(proposal, in: view, quorum: 3, suite) == .missing)
    }

    @Test("missing heads or a missing vector are waited for, unless it would get no vote anyway")
    func missing() {
        var view = view()
        view.holdings[heads[1].log] = .missing
        #expect(judge(view) == .missing)
        #expect(judge(view, digest: 8) == .refused(.stateDigest))
        view.holdings[heads[1].log] = .contradicts
        #expect(judge(view) == .refused(.headContradicts))
        view.vector = nil
        #expect(judge(view) == .missing)
        #expect(judge(view, days: 4) == .refused(.dateInFuture))
        #expect(!judge(view).isHeld)
    }

    @Test("a forked log stands where E_k has it, or at its named end")
    func forks() {
        var view = view()
        view.ends[heads[2].log] = .some(nil)
        #expect(judge(view) == .held(.forked))
        view.ends[heads[2].log] = .some(heads[2].head)
        #expect(judge(view) == .valid)
        view.ends[heads[2].log] = .some(nil)
        view.vector?[2] = epoch.heads[2]
        #expect(judge(view) == .valid)
    }

    @Test("no log stands above its bound, but where E_k has it")
    func bounds() {
        var view = view()
        view.bounds[heads[1].log] = 2
        #expect(judge(view) == .valid)
        view.bounds[heads[1].log] = 1
        #expect(judge(view) == .held(.forked))
        view.vector?[1] = epoch.heads[1]
        view.bounds[heads[1].log] = 0
        #expect(judge(view) == .valid)
    }

    @Test("the header triggers, and leaves out no ballot")
    func triggersAndBallots() {
        var view = view()
        view.missesBallot = true
        #expect(judge(view) == .held(.ballotLeftOut) && judge(view).isHeld)
        view.missesBallot = false
        view.due = nil
        #expect(judge(view) == .held(.notTriggered))
    }

    @Test("the 1st, 5th and 12th after E_k and thirty days trigger by themselves", arguments: [
        ("2026-01-01", "2026-01-04", nil as Trigger?),
        ("2026-01-01", "2026-01-01", nil),
        ("2026-01-01", "2026-01-05", .periodDay(CivilDate(dayNumber: 20_458)!)),
        ("2026-01-04", "2026-01-13", .periodDay(CivilDate(dayNumber: 20_458)!)),
        ("2026-01-12", "2026-01-31", nil),
        ("2026-01-12", "2026-02-02", .periodDay(CivilDate(dayNumber: 20_485)!)),
        ("2026-01-12", "2027-02-02", .periodDay(CivilDate(dayNumber: 20_485)!)),
        ("2026-01-13", "2026-01-12", nil),
    ])
    func calendar(from: String, to: String, expected: Trigger?) throws {
        let (from, to) = (try #require(CivilDate(from)), try #require(CivilDate(to)))
        #expect(Trigger.calendar(from: from, to: to) == expected)
    }
}
