// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// The names that a metered event may use. What nobody could ever bill is refused at the door, where its sender can
/// still mend it: an application or party that this network does not know, and a use that lies in the future.
struct EventNames: Sendable {
    private let applications: Set<String>
    private let parties: Set<String>
    /// The classes of each application that a decision or the genesis made.
    private let classes: [String: [String]]

    /// Names of the rules in force: members, those that leave, and customers; this node's member also while it is a
    /// candidate. Applications founded by an entry are looked up.
    init(_ state: CooperativeState, own: OIN) {
        applications = Set(state.rules.applications.map(\.id.description))
        classes = Dictionary(
            state.rules.applications.map { ($0.id.description, $0.classes.map(\.description)) }) { first, _ in first }
        let members = state.members().filter { $0.standing < .ended }.map(\.oin.digits)
        parties = Set(members + [own.digits] + state.rules.applications.flatMap(\.customers).map(\.id))
    }

    /// What is wrong with the names of some events, in their order.
    func violations(
        _ events: [UsageEvent], today: CivilDate, isBatch: Bool, _ engine: NodeEngine
    ) async -> [APIProblem.Violation] {
        var found: [APIProblem.Violation] = []
        for (position, event) in events.enumerated() where found.count < MeteringLimits.violations {
            func add(_ field: String, _ message: String) {
                found.append(.init(path: (isBatch ? "[\(position)]." : "") + field, message: message))
            }
            if !applications.contains(event.application), await engine.read({ $0.isUnknown(event.application) }) {
                let known = applications.sorted().joined(separator: ", ")
                add("data.applicatie", "\(event.application) is no application of this network; it knows \(known)")
            }
            if let known = classes[event.application], !known.contains(event.tariffClass) {
                let names = known.joined(separator: ", ")
                add("data.klasse", "\(event.application) has no class \(event.tariffClass); it has \(names)")
            }
            if !parties.contains(event.provider.digits), await engine.read({ $0.isStranger(event.provider) }) {
                add("data.aanbieder", "\(event.provider) is no member of this network")
            }
            if !parties.contains(event.consumer.digits), await engine.read({ $0.isStranger(event.consumer) }) {
                add("data.afnemer", "\(event.consumer) is no member or customer of this network")
            }
            if event.day > today { add("time", "\(event.day) lies in the future") }
        }
        return found
    }
}

extension NodeEngine {
    /// Neither this node's member nor somebody whom the state knows.
    func isStranger(_ oin: OIN) -> Bool { oin != member.oin && state.member(oin) == nil }

    func isUnknown(_ application: String) -> Bool { state.application(application) == nil }
}
