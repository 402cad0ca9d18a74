// SPDX-License-Identifier: EUPL-1.2
import Journal

/// An event of which fields are still being read, one at a time, from JSON or CSV.
struct UsageEventDraft {
    /// A field that has to be there.
    struct Fields: OptionSet {
        let rawValue: UInt16
        static let specificationVersion = Fields(rawValue: 1)
        static let id = Fields(rawValue: 1 << 1)
        static let source = Fields(rawValue: 1 << 2)
        static let type = Fields(rawValue: 1 << 3)
        static let time = Fields(rawValue: 1 << 4)
        static let data = Fields(rawValue: 1 << 5)
        static let application = Fields(rawValue: 1 << 6)
        static let provider = Fields(rawValue: 1 << 7)
        static let consumer = Fields(rawValue: 1 << 8)

        static let envelope: [(Fields, String)] = [
            (.specificationVersion, "specversion"), (.id, "id"), (.source, "source"), (.type, "type"),
            (.time, "time"), (.data, "data"),
        ]
        static let content: [(Fields, String)] = [
            (.application, "data.applicatie"), (.provider, "data.aanbieder"), (.consumer, "data.afnemer"),
        ]
    }

    /// Fields that were met, right or wrong.
    var met: Fields = []
    /// A rule was broken.
    var isBroken = false

    var source: String?
    var id: String?
    var timeMilliseconds: Int64?
    var application: String?
    var provider: OIN?
    var consumer: OIN?
    var tariffClass: String?
    var quantity: Int64 = 1
    var transaction: String?

    /// The day that counts: the transaction's where that is a UUIDv7, else the time's. The time has to lie in
    /// the years of the protocol either way.
    func day() throws(UsageEventRule) -> CivilDate? {
        guard let timeMilliseconds else { return nil }
        let day: CivilDate
        do { day = try CivilDate(amsterdamAt: timeMilliseconds) } catch {
            switch error { case .tooOld: throw .timeTooOld; case .tooLate: throw .timeTooLate }
        }
        guard let transaction, let shared = UsageEventField.millisecondsOfUUIDv7(transaction) else { return day }
        do { return try CivilDate(amsterdamAt: shared) } catch {
            switch error { case .tooOld: throw .transactionTooOld; case .tooLate: throw .transactionTooLate }
        }
    }

    /// The event, once nothing is missing or broken.
    func event(on day: CivilDate) -> UsageEvent? {
        guard !isBroken, let source, let id, let timeMilliseconds, let application, let provider, let consumer
        else { return nil }
        return UsageEvent(
            source: source, id: id, application: application, provider: provider, consumer: consumer,
            tariffClass: tariffClass ?? UsageEvent.defaultTariffClass, quantity: quantity,
            transaction: transaction, timeMilliseconds: timeMilliseconds, day: day)
    }
}
