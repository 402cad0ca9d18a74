// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Storage

// The running number: begun after each epoch, taken up from the own log after a start, and driven event by event.
// Spec: Protocol/consensus.md §4 and §6.
extension NodeEngine {
    /// Begins the number after the last epoch, as the own log says that it was left.
    func beginHeight() {
        height?.stop()
        let voters = votersWithContinuation()
        let timings = settled.rules.timings
        let records = voters.voter(ownLogID) == nil ? [] : ownRecords(of: voters)
        let start = HeightStart(voters: voters, ownKey: signer.publicKey, timings: timings, records: records)
        height = ConsensusHeight(start, start.core(signer: signer, suite: suite))
        recorder?.begin(start)
        (isPermitted, trials) = (false, EpochTrials())
    }

    /// The own messages about the running number, with what was kept beside each.
    private func ownRecords(of voters: VotingSet) -> [OwnRecord] {
        let isContinued = voters.successor?.log == ownLogID
        var records = isContinued
            ? messages(of: voters.logs[voters.continuation?.voter ?? 0].log, voters.next) : []
        do throws(StorageFailure) {
            for kept in try store.justifications(of: voters.next.value) {
                // What is kept of a log that ended stands beside entries of its successor, or beyond them.
                if isContinued, kept.index.position >= tips[ownLogID]?.held.count ?? 0 { continue }
                let bytes = try store.entry(of: ownLogID, at: kept.index)
                guard let entry = try? Entry.parse(bytes), let message = try? ConsensusMessage.parse(entry),
                      message.number == voters.next
                else {
                    precondition(isContinued, "what is justified is an own message of consensus")
                    continue
                }
                let own = OwnMessage(
                    message, header: kept.header.flatMap { EpochHeader($0) },
                    polka: kept.polka.flatMap { try? Polka($0, voters, suite) })
                records.append(OwnRecord(own, at: kept.index))
            }
        } catch {
            preconditionFailure("the own messages of consensus cannot be read: \(error.description)")
        }
        return records
    }

    /// What this member said of a number on a log that ended; headers and polkas come again from the other voter.
    private func messages(of log: LogID, _ number: EpochNumber) -> [OwnRecord] {
        guard let tip = tips[log] else { return [] }
        var (records, next) = ([OwnRecord](), chain.epoch.head(of: log)?.size.count ?? 0)
        while next < tip.held.count {
            let batch = heldEntries(of: log, from: next)
            for position in 0..<batch.count where EntryClass.isConsensusMessage(batch[position]) {
                guard let entry = try? Entry.parse(batch[position]), let message = try? ConsensusMessage.parse(entry),
                      message.number == number
                else { continue }
                records.append(OwnRecord(OwnMessage(message), at: EntryIndex(known: next + position)))
            }
            next += batch.count
        }
        return records
    }

    /// From now on every event of consensus is recorded, with its effects.
    public func record(with recorder: EventRecorder) {
        self.recorder = recorder
        if let height { recorder.begin(height.start) }
    }

    /// From now on messages are counted, and this node votes once it may. Called when the node runs.
    public func startConsensus() {
        isConsensusRunning = true
        if let dispute { need(.disputePolkas(number: dispute.number)) }
        feedHeld()
        refreshPermission()
        scheduleView()
    }

    /// Gives every held message of the running number to the core, each log in its order, those of the own log too.
    /// Under E_0 not before every founder's entry 0 is held.
    func feedHeld() {
        guard isConsensusRunning, height?.isFed == false, foundersMissing.isEmpty else { return }
        height?.isFed = true
        for log in runningVoters.speakingLogs {
            guard let tip = tips[log] else { continue }
            var next = chain.epoch.head(of: log)?.size.count ?? 0
            while next < tip.held.count {
                let batch = heldEntries(of: log, from: next)
                feed(batch, of: log, from: next)
                next += batch.count
            }
        }
        feedDeadBranches()
    }

    /// Fork evidence removes no message: those of a branch that was replaced count as well. Protocol/consensus.md §4.
    private func feedDeadBranches() {
        for log in store.deadBranches where chain.voters.voter(log) != nil {
            var next = chain.epoch.head(of: log)?.size.count ?? 0
            while let batch = try? store.deadEntries(
                of: log, from: EntryIndex(known: next), byteLimit: Self.commitBytes), !batch.isEmpty {
                feed(batch, of: log, from: next, branch: Self.deadBranch)
                next += batch.count
            }
        }
    }

    /// The number by which consensus knows the branch that was replaced before this start.
    private static let deadBranch = Int(Int32.max)

    func heldEntries(of log: LogID, from position: Int) -> EntryBatch {
        do throws(StorageFailure) {
            return try store.entries(of: log, from: EntryIndex(known: position), byteLimit: Self.commitBytes)
        } catch { preconditionFailure("what is held can be read: \(error.description)") }
    }

    /// Gives the messages among entries to the core; answers whether there were any of consensus.
    @discardableResult
    func feed(_ entries: EntryBatch, of log: LogID, from first: Int, branch: Int? = nil) -> Bool {
        guard height?.core.voters.voter(log) != nil, let number = height?.number else { return false }
        let (isFed, branch) = (height?.isFed == true, branch ?? branches[log] ?? 0)
        if isFed { height?.heard.begin(branch, of: log, at: first) }
        var isAny = false
        for position in 0..<entries.count where EntryClass.isConsensusMessage(entries[position]) {
            isAny = true
            guard isFed else { break }
            let place = MessagePlace(log: log, branch: branch, index: EntryIndex(known: first + position))
            guard height?.heard.hears(place, byteCount: entries[position].count) == true else {
                if height?.heard.isFull(log, branch: branch) == true { break }
                continue
            }
            guard let entry = try? Entry.parse(entries[position]),
                  let message = try? ConsensusMessage.parse(entry), message.number == number
            else { continue }
            offer(message)
            take(.message(message, place))
        }
        return isAny
    }

    /// Remembers the heads that a proposal brings along.
    private func offer(_ message: ConsensusMessage) {
        guard case .proposal(let proposal) = message, let delta = proposal.delta,
              proposal.header.previous == chain.epoch.hash
        else { return }
        height?.offer(delta, root: proposal.header.vectorRoot)
    }

    /// Hands an event to the core, after those that came before.
    func take(_ event: ConsensusEvent) {
        height?.add(event)
        startPump()
    }

    func startPump() {
        guard !isPumping, height != nil else { return }
        isPumping = true
        Task { await pump() }
    }

    private func pump() async {
        var turn = 0
        while let event = height?.next() {
            // Thousands of events come at once; who asks this engine something waits for some of them only.
            turn += 1
            if turn % NodeLimits.eventsAtATime == 0 { await Task.yield() }
            guard let number = height?.number, let effects = height?.core.handle(event) else { break }
            if let recorder, let voters = height?.core.voters { recorder.record(event, effects, voters) }
            await perform(effects, of: number)
            tellRound()
        }
        isPumping = false
    }

    /// A round that ended without a decision is worth a line.
    private func tellRound() {
        guard let height, height.core.round > height.roundTold else { return }
        log(.warning, "round", String(height.number.value), result: "nil", [
            "round": String(height.roundTold.value), "next": String(height.core.round.value),
        ])
        self.height?.roundTold = height.core.round
        self.height?.roundSince = SystemClock.monotonicMilliseconds()
    }

    /// Founders whose entry 0 is not held, under the genesis.
    var foundersMissing: [OIN] {
        guard chain.number == 0 else { return [] }
        return chain.voters.logs.filter { tips[$0.log]?.held ?? .empty < 1 }.map(\.origin.oin)
    }
}

extension EntryClass {
    /// Whether the bytes of an entry are those of a proposal, prevote or precommit: the kind follows the version.
    static func isConsensusMessage(_ entry: ArraySlice<UInt8>) -> Bool {
        guard entry.count > 3 else { return false }
        return (16...18).contains(entry[entry.startIndex + 2])
    }
}
