// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Foundation
import Journal
import Testing

/// How many orders of arrival are tried in all; `KORF_ORDERS=100000` for a long run.
let ordersTried = ProcessInfo.processInfo.environment["KORF_ORDERS"].flatMap { Int($0) } ?? 400

extension Cooperation {
    /// Some epochs with random acts between them; nothing of the result may hang on what else was held.
    static func random(seed: UInt64) throws -> (Cooperation, isSame: Bool) {
        var cooperation = try Cooperation(seed: seed)
        var isSame = true
        for _ in 0..<(3 + cooperation.choices.below(5)) {
            for _ in 0..<(10 + cooperation.choices.below(30)) { try cooperation.write() }
            isSame = cooperation.close() && isSame
        }
        for _ in 0..<25 { try cooperation.write() }
        return (cooperation, isSame)
    }

    /// What a node folds that is given everything in an order that the choices give: an unknown log comes with its
    /// entry 0, and evidence at any time. A stale overlay is made anew of what is held so far.
    func delivered(_ order: inout Choices, convicted: Set<LogID>) throws -> CooperativeState {
        var sizes = Dictionary(uniqueKeysWithValues: last.epoch.heads.map { ($0.log, $0.head.size.count) })
        var registered: [EntryZero] = []
        var seen: Set<LogID> = []
        let due = convicted.sorted()
        var state = last.overlay(convicted: [], held: HeldPrefix(all: held, sizes: sizes))
        while let log = undelivered(state).randomElement(using: &order) {
            if order.below(6) == 0, seen.count < due.count {
                seen.insert(due[seen.count])
                state = last.overlay(
                    convicted: seen, openings: registered, held: HeldPrefix(all: held, sizes: sizes))
            }
            if state.size(of: log) == nil, let zero = openings.first(where: { $0.log(suite) == log }) {
                state.register(zero)
                registered.append(zero)
            }
            if let size = state.size(of: log), let rest = held.entries(log: log, from: size.next) {
                let count = 1 + order.below(rest.count)
                sizes[log] = size.count + count
                try state.apply(
                    log, from: size.next, rest.prefix(count), held: HeldPrefix(all: held, sizes: sizes))
            }
            if state.isStale {
                state = last.overlay(
                    convicted: seen, openings: registered, held: HeldPrefix(all: held, sizes: sizes))
            }
        }
        guard seen.count < due.count else { return state }
        return last.overlay(convicted: convicted, openings: registered, held: HeldPrefix(all: held, sizes: sizes))
    }
}

extension Cooperation {
    /// The logs of which something can be given to a state.
    private func undelivered(_ state: CooperativeState) -> [LogID] {
        pens.map(\.log).filter { log in
            if let size = state.size(of: log) { return size < held.size(of: log) }
            return openings.contains { zero in
                var tried = state
                guard zero.log(suite) == log else { return false }
                tried.register(zero)
                return tried.size(of: log) != nil
            }
        }
    }
}

@Suite("Fold: epochs, Protocol/state.md §4")
struct EpochLawTests {
    static let seeds = UInt64(1)...40

    @Test("whatever comes first, the overlay is the same; a settled state hangs on what is covered alone",
          arguments: seeds)
    func order(seed: UInt64) throws {
        let (cooperation, isSame) = try Cooperation.random(seed: seed)
        #expect(isSame)
        var choices = Choices(seed: seed)
        let convicted = Set(cooperation.pens.map(\.log).filter { _ in choices.below(5) == 0 })
        var expected = cooperation.overlay(convicted: convicted)
        let digest = expected.digest()
        #expect(StateDigest.ofRows(expected.rows(), suite) == digest)
        for run in 0..<max(1, ordersTried / 40) {
            var order = Choices(seed: seed &* 100_000 &+ UInt64(run))
            var state = try cooperation.delivered(&order, convicted: convicted)
            #expect(state.digest() == digest)
            if state.digest() != digest {
                let (rows, wanted) = (state.rows(), expected.rows())
                Issue.record("run \(run): \(rows.filter { !wanted.contains($0) }.map { Hexadecimal.encode($0) })")
                Issue.record("wanted \(wanted.filter { !rows.contains($0) }.map { Hexadecimal.encode($0) })")
                return
            }
            #expect(state.waitingEntries() == expected.waitingEntries())
            #expect(state.decisions() == expected.decisions())
            #expect(state.members() == expected.members())
        }
    }

    @Test("a settled state is the overlay of what is covered, but for what the epoch closes", arguments: seeds)
    func steps(seed: UInt64) throws {
        let (cooperation, _) = try Cooperation.random(seed: seed)
        for (before, after) in zip(cooperation.settled, cooperation.settled.dropFirst()) {
            let sizes = Dictionary(uniqueKeysWithValues: after.epoch.heads.map { ($0.log, $0.head.size.count) })
            let openings = cooperation.openings.filter { sizes[$0.log(suite)] != nil }
            let overlay = before.overlay(
                convicted: [], openings: openings, held: HeldPrefix(all: cooperation.held, sizes: sizes))
            #expect(overlay.rows().filter(Self.isOfEntries) == after.rows().filter(Self.isOfEntries))
        }
    }

    /// Tables that no closing changes: 3 to 9, 11, 13 and 16.
    private static func isOfEntries(_ row: [UInt8]) -> Bool { ![1, 2, 10, 12, 14, 15].contains(row[1]) }

    @Test("what an epoch closed stays as it was closed", arguments: seeds)
    func closed(seed: UInt64) throws {
        let (cooperation, _) = try Cooperation.random(seed: seed)
        var closed: [Decision.ID: DecisionView] = [:]
        for state in cooperation.settled + [cooperation.overlay()] {
            let decisions = state.decisions()
            for (id, known) in closed {
                let now = decisions.first { $0.id == id }
                #expect(now?.tally == known.tally && now?.standing == known.standing)
                #expect(now?.closing == known.closing)
            }
            for decision in decisions where decision.standing != .open { closed[decision.id] = decision }
        }
    }

    @Test("a saved state is the same state and goes on as one", arguments: seeds)
    func snapshot(seed: UInt64) throws {
        let (cooperation, _) = try Cooperation.random(seed: seed)
        let convicted = Set(cooperation.pens.prefix(1).map(\.log))
        for var state in cooperation.settled + [cooperation.overlay(convicted: convicted)] {
            let chunks = state.snapshotChunks(whole: true)
            var restored = try CooperativeState(
                restoring: chunks, genesis: cooperation.genesis, hashing: suite)
            #expect(restored.rehash() == state.digest())
            #expect(restored.rows() == state.rows())
            #expect(restored.decisions() == state.decisions())
            #expect(restored.members() == state.members() && restored.epochs == state.epochs)
            #expect(restored.votingSet == state.votingSet && restored.rules == state.rules)
            guard !state.isOverlay else { continue }
            var before = state.overlay(
                convicted: convicted, openings: cooperation.openings, held: cooperation.held)
            var after = restored.overlay(
                convicted: convicted, openings: cooperation.openings, held: cooperation.held)
            #expect(after.digest() == before.digest())
        }
    }

    @Test("a random cooperation decides, succeeds and expels")
    func coverage() throws {
        var standings: [DecisionStanding: Int] = [:]
        var kinds: Set<DecisionPayload.Kind> = []
        var members: [MemberStanding: Int] = [:]
        var reasons: Set<String> = []
        var logs = 0
        for seed in Self.seeds {
            let (cooperation, _) = try Cooperation.random(seed: seed)
            for decision in cooperation.last.decisions() {
                standings[decision.standing, default: 0] += 1
                if decision.standing == .carried { kinds.insert(decision.proposal.payload.kind) }
            }
            for member in cooperation.last.members() {
                members[member.standing, default: 0] += 1
            }
            logs += cooperation.last.epoch.heads.count - 4
            reasons.formUnion(cooperation.overlay().voidCounts().map(\.reason.rawValue))
        }
        #expect(DecisionStanding.allCases.allSatisfy { standings[$0] ?? 0 > 0 })
        #expect([.member, .leaving, .ended].allSatisfy { members[$0] ?? 0 > 0 })
        #expect(kinds.count >= 8 && logs > 15)
        let wanted = ["ballot-late", "ballot-second", "ballot-final", "ballot-not-entitled", "after-final",
                      "ready-wrong", "ready-not-candidate", "author-not-member", "final-not-leaving"]
        #expect(wanted.filter { !reasons.contains($0) } == [])
    }
}
