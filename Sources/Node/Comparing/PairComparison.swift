// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Settlement
import Storage

/// Compares a month with other members, as the side that wants to know. Spec: Protocol/comparison.md §3.
public struct PairComparison: Sendable {
    let month: PairMonth
    private let routes: PartnerRoutes

    init(_ month: PairMonth, _ routes: PartnerRoutes) {
        self.month = month
        self.routes = routes
    }

    var engine: NodeEngine { month.engine }

    /// How a comparison with one member ended.
    enum Outcome {
        /// Proven equal.
        case equal
        /// They differ in these.
        case differs(DifferenceSheet)
        /// In more than can be narrowed down.
        case tooDifferent(own: RecordRoot, other: RecordRoot)
        /// This node's own records do not allow it.
        case ownRefusal(ComparisonRefusal)
        /// The other side's answer was none: it is named.
        case named(ComparisonRefusal)
        /// The other side answered that it cannot, or not now, or not at all.
        case refused(String)
        /// The other side cannot be reached, or stalls.
        case outOfReach(String)
    }

    /// A comparison that came to an end.
    struct Compared {
        let counterparty: OIN
        let basis: ComparisonBasis
        let outcome: Outcome
        var bytes = 0
    }

    /// Compares on the statements of both where both have stated the month, else on what is held.
    func compare(
        _ civilMonth: CivilMonth, with counterparty: OIN, basis wanted: ComparisonBasis? = nil
    ) async throws(StorageFailure) -> Compared {
        let stated = await month.stated(civilMonth, with: counterparty)
        let basis = wanted ?? (stated.own != nil && stated.other != nil ? .stated : .held)
        var bytes = 0
        let outcome: Outcome
        do throws(ComparisonProblem) {
            outcome = try await run(
                ComparisonScope(civilMonth, basis), with: counterparty, basis == .stated ? stated : nil, &bytes)
        } catch {
            switch error {
            case .storage(let failure): throw failure
            case .refusal(let refusal): outcome = .ownRefusal(refusal)
            case .noMember: outcome = .ownRefusal(.notStated)
            }
        }
        if case .named(let refusal) = outcome { await engine.count("compare-" + refusal.name, for: counterparty) }
        return Compared(counterparty: counterparty, basis: basis, outcome: outcome, bytes: bytes)
    }

    private func run(
        _ scope: ComparisonScope, with counterparty: OIN, _ stated: PairMonth.Stated?, _ bytes: inout Int
    ) async throws(ComparisonProblem) -> Outcome {
        if let stated {
            guard let own = stated.own, let other = stated.other else { throw .refusal(.notStated) }
            if own.root == other.root { return .equal }
        }
        let prepared = try await month.prepare(scope, with: counterparty)
        let parties = ComparisonParties(asker: engine.member.oin, answerer: counterparty)
        var asker = ComparisonAsker(
            prepared.records, scope: scope, parties: parties, stated: stated?.other, engine.suite)
        var step = asker.start()
        let deadline = SystemClock.monotonicMilliseconds() + NodeLimits.comparisonMilliseconds
        while true {
            switch step {
            case .ask(let request):
                let body = request.encode(parties)
                guard SystemClock.monotonicMilliseconds() < deadline else { return .outOfReach("took too long") }
                guard let partner = routes.partners.first(where: { $0.oin == counterparty }) else {
                    return .outOfReach("no address is known")
                }
                let answer: [UInt8]
                switch await ask(partner, body) {
                case .success(let bytes): answer = bytes
                case .failure(let failure):
                    return failure.kind == .outOfReach ? .outOfReach(failure.sentence) : .refused(failure.sentence)
                }
                bytes += body.count + answer.count
                do throws(ComparisonRefusal) {
                    step = try asker.receive(answer, engine.suite, prepared.key.hash)
                } catch { return .named(error) }
            case .lookUp(let places):
                let found = try month.lookUp(prepared, places: places, beside: [])
                guard let next = asker.provide(found.held, engine.suite) else { throw .refusal(.notReproducible) }
                step = next
            case .equal: return .equal
            case .tooDifferent(let own, let other): return .tooDifferent(own: own, other: other)
            case .narrowed(let narrowed): return .differs(try sheet(narrowed, prepared))
            }
        }
    }

    /// Sends a request; a member that prepares codes for somebody, or did so for us just now, is asked again.
    private func ask(_ partner: PartnerRoutes.Partner, _ body: [UInt8]) async -> Result<[UInt8], AskFailure> {
        for attempt in 1...NodeLimits.comparisonAttempts {
            let result = await routes.ask(partner, FederationPath.compare.rawValue, body)
            guard case .failure(let failure) = result, failure.isBusy, attempt < NodeLimits.comparisonAttempts,
                  (try? await Task.sleep(for: .milliseconds(NodeLimits.comparisonRetryMilliseconds))) != nil
            else { return result }
        }
        preconditionFailure("the last attempt returns")
    }

    private func sheet(
        _ narrowed: NarrowedRecords, _ prepared: PairMonth.Prepared
    ) throws(ComparisonProblem) -> DifferenceSheet {
        var finder = DifferenceFinder(narrowed, month: prepared.scope.month)
        var sources: [String: UInt64] = [:]
        try month.forEach(prepared, besideToo: true) { stored in
            let source = sources[stored.event.source] ?? UInt64(sources.count)
            sources[stored.event.source] = source
            finder.see(TransactionRecord(stored.event), source: source)
        }
        return finder.sheet()
    }
}
