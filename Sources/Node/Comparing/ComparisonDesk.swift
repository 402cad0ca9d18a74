// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Settlement
import Storage

/// Answers the comparisons that other members ask for, each with its own pair alone: the caller is one of the two, and
/// no request can name another. Prepared codes are kept for a while, so that a comparison of many questions codes once.
/// Spec: Protocol/comparison.md §5 and §8.
public actor ComparisonDesk {
    /// What became of a request.
    enum Reply {
        case answered([UInt8])
        case refused(ComparisonRefusal)
        case failed
    }

    private struct Kept {
        let prepared: PairMonth.Prepared
        let answerer: ComparisonAnswerer
        var until: Int64
    }

    private let month: PairMonth
    private let engine: NodeEngine
    private var kept: [Kept] = []
    private var isPreparing = false
    /// When codes may be prepared for a member again.
    private var notBefore: [OIN: Int64] = [:]

    init(_ month: PairMonth) {
        self.month = month
        engine = month.engine
    }

    /// Answers one request of a member.
    func answer(_ body: [UInt8], from asker: OIN) async -> Reply {
        let parties = ComparisonParties(asker: asker, answerer: engine.member.oin)
        do throws(ComparisonRefusal) {
            let request = try ComparisonRequest(decoding: body, parties)
            let found: Kept
            do throws(ComparisonProblem) { found = try await codes(of: request, for: asker) } catch {
                switch error {
                case .refusal(let refusal): throw refusal
                case .noMember: throw .notStated
                case .storage: return .failed
                }
            }
            switch try found.answerer.answer(request, parties) {
            case .answer(let bytes): return .answered(bytes)
            case .lookUp(let question):
                let (held, neighbours) = try lookUp(question, found.prepared)
                guard let bytes = found.answerer.answer(question, with: held, neighbours: neighbours, parties)
                else { throw .changed }
                return .answered(bytes)
            }
        } catch { return .refused(error) }
    }

    private func lookUp(
        _ question: ComparisonAnswerer.RecordsQuestion, _ prepared: PairMonth.Prepared
    ) throws(ComparisonRefusal) -> (held: [HeldRecord], neighbours: [MatchKey: CivilDate]) {
        do throws(ComparisonProblem) {
            return try month.lookUp(prepared, places: question.places, beside: question.keys)
        } catch { throw .changed }
    }

    private func codes(of request: ComparisonRequest, for asker: OIN) async throws(ComparisonProblem) -> Kept {
        let now = SystemClock.monotonicMilliseconds()
        kept.removeAll { $0.until < now }
        if let index = kept.firstIndex(where: { kept in
            kept.prepared.counterparty == asker && kept.prepared.scope == request.scope
                && (request.isOpening ? isFresh(kept, request) : true)
        }) {
            kept[index].until = now + NodeLimits.comparisonMilliseconds
            return kept[index]
        }
        guard request.isOpening else { throw .refusal(.changed) }
        guard !isPreparing, notBefore[asker] ?? 0 <= now else { throw .refusal(.busy) }
        isPreparing = true
        defer { isPreparing = false }
        let prepared = try await month.prepare(request.scope, with: asker)
        let answerer = ComparisonAnswerer(prepared.records, engine.suite)
        let end = SystemClock.monotonicMilliseconds()
        notBefore[asker] = end + (end - now) * NodeLimits.comparisonPause
        kept.removeAll { $0.prepared.counterparty == asker && $0.prepared.scope == request.scope }
        if kept.count >= NodeLimits.comparisonsKept { kept.removeFirst() }
        let made = Kept(prepared: prepared, answerer: answerer, until: end + NodeLimits.comparisonMilliseconds)
        kept.append(made)
        return made
    }

    /// Whether an opening may be answered from kept codes: those of statements by their root, those of what is held
    /// never, for it moves on.
    private func isFresh(_ kept: Kept, _ request: ComparisonRequest) -> Bool {
        request.scope.basis == .stated && request.other == kept.answerer.root.root
    }
}
