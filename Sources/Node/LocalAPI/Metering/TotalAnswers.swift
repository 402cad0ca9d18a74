// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage

/// Monthly totals of a consumer that cannot count events. Spec: Protocol/metering-events.md §10.
enum TotalAnswers {
    /// How many totals a request has at most.
    private static let totalsLimit = 2_000

    /// The totals of a month that stand, and the cells that still lack one.
    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let month = try request.month("maand")
        let standing: [InboxCell: UInt64]
        do throws(StorageFailure) { standing = try api.store.inbox.totals(months: month...month) } catch {
            throw APIProblem(error)
        }
        let wanted = await api.engine.read { StatedTotals.cells($0.state.rules, of: $0.member.oin, in: month) }
        return .json([
            "maand": .string(month.description),
            "totalen": .array(standing.sorted { $0.key < $1.key }.map { cell, quantity in
                document(cell, [("aantal", .integer(Int64(quantity)))])
            }),
            "ontbreken": .array(wanted.filter { standing[$0] == nil }.map { document($0, []) }),
        ])
    }

    private static func document(_ cell: InboxCell, _ more: [(String, JSON)]) -> JSON {
        var object = JSONObject()
        object.set("maand", .string(cell.month.description))
        object.set("applicatie", .string(cell.application))
        object.set("aanbieder", .string(cell.provider.digits))
        object.set("klasse", .string(cell.usageClass))
        for (name, value) in more { object.set(name, value) }
        return .object(object)
    }

    /// Keeps totals, all or none.
    static func keep(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["totalen"], optional: ["reden"])
        let reason = try reason(body["reden"])
        guard let items = body["totalen"]?.elements, (1...totalsLimit).contains(items.count) else {
            throw .badRequest(
                "totalen is a list of 1 to \(totalsLimit) totals.",
                [.init(path: "totalen", message: "expected 1 to \(totalsLimit) totals")])
        }
        let rules = await api.engine.read { $0.state.rules }
        var reader = TotalReader(rules, of: api.engine.member.oin, today: api.clock.today())
        for (place, item) in items.enumerated() { reader.read(item, at: "totalen[\(place)]") }
        guard reader.violations.isEmpty else {
            throw .badRequest("Nothing was taken; broken rules: \(reader.violations.count).", reader.violations)
        }
        let seconds = Int(api.clock.milliseconds() / 1_000)
        let result: Result<[TotalOutcome], TotalConflict>
        do throws(StorageFailure) {
            result = try await api.store.inbox.keep(reader.totals, reason: reason, atSeconds: seconds)
        } catch { throw APIProblem(error) }
        switch result {
        case .success(let outcomes): return answer(outcomes)
        case .failure(let conflict):
            throw .refused(
                409, request.language,
                nl: "Er staan al andere totalen. Geef een reden waarom ze worden vervangen; er is niets overgenomen.",
                en: "Other totals stand already. Say in reden why they are replaced; nothing was taken.",
                conflict.items.map { item in
                    .init(path: "totalen[\(item.position)].aantal", message: "held is \(item.held)")
                })
        }
    }

    private static func reason(_ value: JSON?) throws(APIProblem) -> String? {
        guard let value, value != .null else { return nil }
        guard let text = value.text, (1...CooperativeLimits.reasonBytes).contains(text.utf8.count) else {
            throw .badRequest(
                "reden has to say why, in 1 to \(CooperativeLimits.reasonBytes) bytes.",
                [.init(path: "reden", message: "expected text")])
        }
        return text
    }

    private static func answer(_ outcomes: [TotalOutcome]) -> APIAnswer {
        let words = outcomes.map { outcome in
            switch outcome {
            case .kept: "nieuw"
            case .same: "gelijk"
            case .replaced: "vervangen"
            }
        }
        func count(_ word: String) -> JSON { .count(words.filter { $0 == word }.count) }
        return .json([
            "nieuw": count("nieuw"), "gelijk": count("gelijk"), "vervangen": count("vervangen"),
            "uitkomsten": .array(words.map { .string($0) }),
        ])
    }
}

/// Reads totals and judges them by the rules in force: only what this member states by month can be handed over.
struct TotalReader {
    private let rules: RulesInForce
    private let member: OIN
    private let today: CivilDate
    private(set) var totals: [StatedTotal] = []
    private(set) var violations: [APIProblem.Violation] = []

    init(_ rules: RulesInForce, of member: OIN, today: CivilDate) {
        (self.rules, self.member, self.today) = (rules, member, today)
    }

    mutating func read(_ item: JSON, at path: String) {
        let fields = ["maand", "applicatie", "aanbieder", "klasse", "aantal"]
        guard case .object(let object) = item, object.members.allSatisfy({ fields.contains($0.name) }) else {
            return note(path, "expected an object of \(fields.joined(separator: ", "))")
        }
        guard let month = item["maand"]?.text.flatMap({ CivilMonth($0) }) else {
            return note(path + ".maand", "expected a month, YYYY-MM")
        }
        guard month.lastDay < today else { return note(path + ".maand", "\(month) is not over yet") }
        guard let provider = item["aanbieder"]?.text.flatMap({ OIN($0) }) else {
            return note(path + ".aanbieder", "expected an OIN: twenty digits")
        }
        guard let quantity = item["aantal"]?.wholeNumber, (0...MeteringLimits.quantity).contains(quantity) else {
            return note(path + ".aantal", "expected a whole number from 0 to \(MeteringLimits.quantity)")
        }
        let name = item["klasse"].flatMap { $0 == .null ? nil : $0.text } ?? "standaard"
        let own = StatedTotals.cells(rules, of: member, in: month)
        guard let application = item["applicatie"]?.text, own.contains(where: { $0.application == application }) else {
            let known = Set(own.map(\.application)).sorted().joined(separator: ", ")
            return note(
                path + ".applicatie",
                "no application of which this member states totals in \(month); those are: "
                    + (known.isEmpty ? "none" : known))
        }
        guard let cell = own.first(where: {
            $0.application == application && $0.provider == provider && $0.usageClass == name
        }) else {
            return note(path, "\(application) has no class \(name) of \(provider)")
        }
        guard !totals.contains(where: { $0.cell == cell }) else { return note(path, "stands twice in this request") }
        totals.append(StatedTotal(cell, quantity: UInt64(quantity)))
    }

    private mutating func note(_ path: String, _ message: String) {
        violations.append(.init(path: path, message: message))
    }
}
