// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage

// What the core asks for is done here, in its order. Spec: Protocol/consensus.md §4 to §7.
extension NodeEngine {
    func perform(_ effects: [ConsensusEffect], of number: EpochNumber) async {
        var own: [OwnMessage] = []
        for effect in effects {
            if case .append(let message) = effect {
                own.append(message)
                continue
            }
            await append(own, of: number)
            own = []
            guard height?.number == number else { return }
            await perform(effect)
        }
        await append(own, of: number)
    }

    private func perform(_ effect: ConsensusEffect) async {
        switch effect {
        case .append: preconditionFailure("own messages are appended together")
        case .startTimer(let timer, let milliseconds): start(timer, milliseconds)
        case .prepareProposal(let round):
            height?.preparing = round
            prepareProposal()
        case .judge(let proposal): judge(proposal)
        case .keep(let polka): await keep(polka)
        case .fetchPolka(let round, let hash): ask(for: round, hash, isPolka: true)
        case .fetchCertificate(let round, let hash): ask(for: round, hash, isPolka: false)
        case .decided(let certificate):
            height?.decided = certificate
            tryApply()
        case .disputed(let first, let second): await stopDisputed(first, second)
        case .evidence(let double):
            count("message-twice", ofLog: double.second.log)
        case .refused(let refusal, let place): count(refusal.rawValue, ofLog: place.log)
        case .refusedProof(let refusal):
            // Proofs of peers were checked before they came here.
            log(.error, "consensus", result: refusal.rawValue)
        }
    }

    /// Appends own messages with what justifies them, in one commit, and tells the core once they are durable. A disk
    /// that is full is waited for: nothing of them has left.
    private func append(_ own: [OwnMessage], of number: EpochNumber) async {
        guard !own.isEmpty else { return }
        let drafts = own.map { message in
            JustificationDraft(
                number: number.value, header: message.header?.encode(),
                polka: message.polka.map { $0.encode(chain.voters) })
        }
        while height?.number == number {
            do throws(EngineFailure) {
                let entries = OwnEntries(own.map { $0.message.entry() }, justifications: drafts)
                let appended = try await submitOwn(entries)
                guard height?.number == number else { return }
                height?.addFirst(zip(own, appended).map { .appended($0.message, at: $1.index) })
                return
            } catch {
                log(.error, "consensus", "append", result: "failed", ["reason": error.description])
                guard case .storage = error, failure == nil else { return }
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
            }
        }
    }

    private func start(_ timer: ConsensusTimer, _ milliseconds: Int) {
        guard let number = height?.number else { return }
        height?.timers.append(Task {
            do { try await Task.sleep(for: .milliseconds(min(milliseconds, NodeLimits.timerMilliseconds))) } catch {
                return
            }
            self.ran(out: timer, of: number)
        })
    }

    private func ran(out timer: ConsensusTimer, of number: EpochNumber) {
        guard height?.number == number else { return }
        take(.timeout(timer))
    }

    private func keep(_ polka: Polka) async {
        let stored = StoredPolka(
            number: polka.header.number, round: polka.round.value, hash: polka.hash.hash,
            bytes: polka.encode(chain.voters))
        do throws(StorageFailure) { try await store.keep(stored) } catch {
            log(.error, "polka", result: "not-kept", ["reason": error.description])
        }
    }

    private func ask(for round: Round, _ hash: EpochHash, isPolka: Bool) {
        guard let number = height?.number.value else { return }
        need(isPolka
            ? .polka(number: number, round: round.value, hash: hash.hash)
            : .certificate(number: number, round: round.value, hash: hash.hash))
    }

    /// Whoever listens asks other members for it.
    func need(_ need: ConsensusNeed) {
        for listener in needListeners { listener(need) }
    }

    private func count(_ reason: String, ofLog log: LogID) {
        guard let oin = tips[log]?.identity.origin.oin, oin != member.oin else { return }
        count(reason, for: oin)
    }
}
