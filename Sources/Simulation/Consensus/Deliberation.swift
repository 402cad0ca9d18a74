// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What an epoch settles in a simulation: who votes, which decisions are open and closed, and a digest of it all. It
/// stands where `CooperativeState` stands in a node, and is as pure: a function of E_k, the vector and the header.
final class SettledEpoch {
    let epoch: Epoch
    let voters: VotingSet
    /// The log of each member that votes or will, by member; `nil` for one that is not in yet.
    let logs: [Int?]
    /// Covered, by log number; `nil` for a log outside the vector.
    let covered: [Head?]
    /// Decisions that are covered and open, in order of number.
    let open: [(decision: Int, deadline: CivilDate)]
    let outcomes: [Int: Bool]
    /// Counted ballots on open decisions, a member once.
    let ballots: [Int: [Int: Bool]]
    let digest: Hash

    init(
        epoch: Epoch, voters: VotingSet, logs: [Int?], covered: [Head?], open: [(Int, CivilDate)],
        outcomes: [Int: Bool], ballots: [Int: [Int: Bool]], digest: Hash
    ) {
        (self.epoch, self.voters, self.logs, self.covered) = (epoch, voters, logs, covered)
        (self.open, self.outcomes, self.ballots, self.digest) = (open, outcomes, ballots, digest)
    }

    var number: Int { epoch.number }
    var hash: Hash { epoch.hash }

    func covered(_ log: Int) -> Head? { log < covered.count ? covered[log] : nil }
}

/// What one vector adds to E_k.
struct Addition {
    var open: [(decision: Int, deadline: CivilDate)]
    var ballots: [Int: [Int: Bool]]
    var newcomers: [Int] = []
    var isLogPastHalf = false

    /// The decisions that an epoch of that date closes, with their outcomes.
    func closing(_ date: CivilDate, electorate: Int) -> [(decision: Int, outcome: Bool)] {
        open.compactMap { decision, deadline in
            let yes = ballots[decision]?.count { $0.value } ?? 0
            let no = (ballots[decision]?.count ?? 0) - yes
            let isFixed = yes * 2 > electorate || no * 2 >= electorate
            return isFixed || date > deadline ? (decision, yes * 2 > electorate) : nil
        }
    }
}

/// The rules of that settled state.
struct Deliberation {
    let book: LogBook
    /// Entries of a log above E_k that are past half its limit.
    let halfLimit: Int
    /// A planted bug: a ballot counts as often as it stands.
    var countsTwice = false

    /// Reads what a vector covers above E_k; heads of branches that nobody wrote add nothing.
    func addition(_ vector: [CoveredHead], to settled: SettledEpoch) -> Addition {
        var addition = Addition(open: settled.open, ballots: settled.ballots)
        // A predecessor's ballots come before its successor's, so logs are read in the order of their opening.
        let numbered = vector.compactMap { covered in book.numbers[covered.log].map { ($0, covered.head) } }
        for (log, head) in numbered.sorted(by: { $0.0 < $1.0 }) {
            let from = settled.covered(log)?.size.count ?? 0
            if settled.covered(log) == nil { addition.newcomers.append(log) }
            if head.size.count - from > halfLimit { addition.isLogPastHalf = true }
            guard head.size.count > from, let branch = book.branch(of: log, with: head) else { continue }
            for entry in book.branches[branch].entries[from..<head.size.count] {
                read(entry, of: book.logs[log].member, settled, &addition)
            }
        }
        addition.open.sort { $0.decision < $1.decision }
        return addition
    }

    private func read(_ entry: BookEntry, of member: Int, _ settled: SettledEpoch, _ addition: inout Addition) {
        switch entry {
        case .decision(let decision, let deadline):
            guard settled.outcomes[decision] == nil, !addition.open.contains(where: { $0.decision == decision })
            else { return }
            addition.open.append((decision, deadline))
        case .ballot(let decision, let yes):
            guard settled.outcomes[decision] == nil, member < settled.logs.count, settled.logs[member] != nil
            else { return }
            if countsTwice, addition.ballots[decision]?[member] != nil {
                let another = member + 1_000 + (addition.ballots[decision]?.count ?? 0)
                addition.ballots[decision, default: [:]][another] = yes
            } else if addition.ballots[decision]?[member] == nil {
                addition.ballots[decision, default: [:]][member] = yes
            }
        case .zero, .message, .ready, .work: return
        }
    }

    /// What but the calendar makes an epoch due.
    func trigger(_ vector: [CoveredHead], _ date: CivilDate, _ settled: SettledEpoch) -> Trigger? {
        let addition = addition(vector, to: settled)
        if !addition.newcomers.isEmpty { return .newcomer }
        if !addition.closing(date, electorate: settled.voters.count).isEmpty { return .decision }
        return addition.isLogPastHalf ? .logPastHalf : nil
    }

    /// E_{k+1} from E_k and a certificate, whose vector is known.
    func settle(
        _ certificate: Certificate, _ vector: [CoveredHead], after settled: SettledEpoch, _ hashing: SimulatedSuite
    ) -> SettledEpoch? {
        guard let epoch = Epoch(certificate, heads: vector, hashing) else { return nil }
        let addition = addition(vector, to: settled)
        var (logs, covered, outcomes) = (settled.logs, settled.covered, settled.outcomes)
        for head in vector {
            guard let log = book.numbers[head.log] else { continue }
            while covered.count <= log { covered.append(nil) }
            covered[log] = head.head
        }
        for log in addition.newcomers.sorted() {
            let member = book.logs[log].member
            while logs.count <= member { logs.append(nil) }
            logs[member] = log
        }
        let closing = addition.closing(epoch.date, electorate: settled.voters.count)
        var text = certificate.hash.bytes
        for (decision, outcome) in closing {
            outcomes[decision] = outcome
            text += [UInt8(truncatingIfNeeded: decision), outcome ? 1 : 0]
        }
        let open = addition.open.filter { outcomes[$0.decision] == nil }
        var ballots: [Int: [Int: Bool]] = [:]
        // A ballot may be covered before the decision that it is about.
        for decision in addition.ballots.keys.sorted() where outcomes[decision] == nil {
            ballots[decision] = addition.ballots[decision]
            for (member, yes) in (addition.ballots[decision] ?? [:]).sorted(by: { $0.key < $1.key }) {
                text += [UInt8(truncatingIfNeeded: member), yes ? 1 : 0]
            }
        }
        let voters = VotingSet(
            network: settled.voters.network, number: certificate.number, hash: certificate.hash,
            logs: logs.compactMap { $0.map { book.logs[$0].identity } }, hashing)
        return SettledEpoch(
            epoch: epoch, voters: voters, logs: logs, covered: covered, open: open, outcomes: outcomes,
            ballots: ballots, digest: hashing.hash(settled.digest.bytes, text))
    }
}
