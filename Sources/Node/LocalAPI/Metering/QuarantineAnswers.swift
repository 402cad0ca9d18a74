// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage

/// Days that wait since this store was put back, and their release by a person who compared totals.
/// Spec: Protocol/local-api.md §6.
enum QuarantineAnswers {
    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(try document(api))
    }

    static func release(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["dagen", "reden"])
        let texts = body["dagen"]?.elements ?? []
        let days = texts.compactMap { $0.text.flatMap { CivilDate($0) } }
        guard !days.isEmpty, days.count == texts.count else {
            throw .badRequest(
                "dagen has to be a list of days.", [.init(path: "dagen", message: "expected days, YYYY-MM-DD")])
        }
        guard let reason = body["reden"]?.text, (1...CooperativeLimits.reasonBytes).contains(reason.utf8.count) else {
            throw .badRequest(
                "reden has to say why, in 1 to \(CooperativeLimits.reasonBytes) bytes.",
                [.init(path: "reden", message: "expected text")])
        }
        let quarantines: [Quarantine]
        do throws(StorageFailure) { quarantines = try api.store.inbox.quarantines() } catch { throw APIProblem(error) }
        if let free = days.first(where: { day in !quarantines.contains { $0.holds(day) } }) {
            throw .conflict("\(free) does not wait; korf usage release without days lists those that do.")
        }
        do throws(StorageFailure) {
            let now = Int(api.clock.milliseconds() / 1_000)
            try await api.store.inbox.release(days, reason: reason, atSeconds: now)
        } catch { throw APIProblem(error) }
        return .json(try document(api))
    }

    private static func document(_ api: LocalAPI) throws(APIProblem) -> JSON {
        do throws(StorageFailure) {
            let quarantines = try api.store.inbox.quarantines()
            return [
                "perioden": .array(quarantines.map { quarantine in
                    [
                        "vanafDatum": .optional(quarantine.firstDay?.description),
                        "totEnMetDatum": .string(quarantine.lastDay.description),
                        "vrijgegeven": .array(quarantine.released.sorted().map { .string($0.description) }),
                    ]
                }),
                "dagen": .array(try api.store.inbox.quarantinedDays().map { day in
                    [
                        "datum": .string(day.day.description), "meldingen": .integer(Int64(day.events)),
                        "vrijgegeven": .boolean(day.isReleased),
                    ]
                }),
            ]
        } catch { throw APIProblem(error) }
    }
}
