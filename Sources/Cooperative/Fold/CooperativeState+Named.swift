// SPDX-License-Identifier: EUPL-1.2
import Journal

// Whom and which month a statement, stance or cut may name: without this, few bytes make rows of people and months
// that never were. Spec: Protocol/kinds.md §3.
extension CooperativeState {
    /// Whether somebody is or was a member under an epoch, or is a customer of an application that its rules know.
    func mayBeNamed(_ oin: OIN, under judge: Int) -> Bool {
        if let member = memberNumbers[oin], folk[Int(member)].joined <= judge { return true }
        let digits = oin.digits
        return rules.applications.contains { application in
            application.customers.contains { $0.id == digits }
                && isInForce(application.id.description, under: judge)
        }
    }

    /// Whether a month is that of the date of an epoch, or one of those before it that are still spoken of.
    func mayBeNamed(_ month: CivilMonth, under judge: Int) -> Bool {
        let running = CivilMonth(containing: epochs[judge].date).monthNumber
        return month.monthNumber <= running && running - month.monthNumber <= CooperativeLimits.monthsNamed
    }
}
