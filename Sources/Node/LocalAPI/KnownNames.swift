// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Synchronization

/// Names of members and what metered events may name. Only an epoch changes them, so they are made anew once one was
/// applied.
final class KnownNames: Sendable {
    private struct Known {
        let epoch: Int
        let members: [OIN: String]
        let events: EventNames
    }

    private let known: Mutex<Known?> = Mutex(nil)

    /// Takes up what the last epoch changed.
    func refresh(_ engine: NodeEngine) async {
        let held = known.withLock { $0?.epoch }
        let fresh = await engine.read { engine -> Known? in
            let state = engine.state
            guard state.epoch.number != held else { return nil }
            let members = (state.members() + state.candidates()).map { ($0.oin, $0.card.name) }
            return Known(
                epoch: state.epoch.number, members: Dictionary(members) { first, _ in first },
                events: EventNames(state, own: engine.member.oin))
        }
        if let fresh { known.withLock { $0 = fresh } }
    }

    /// The name of a member; `nil` where the last epoch knew none.
    func name(of oin: OIN) -> String? { known.withLock { $0?.members[oin] } }

    /// What events may name now.
    func events(_ engine: NodeEngine) async -> EventNames {
        await refresh(engine)
        guard let events = known.withLock({ $0?.events }) else { preconditionFailure("a refresh leaves names") }
        return events
    }
}
