// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage

/// Usage as applications report it and as people look at it. Spec: Protocol/local-api.md §6.
enum MeteringAnswers {
    /// Takes events; an answer means durable.
    static func accept(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let isBatch = request.mediaType == MediaType.events
        let events: [UsageEvent]
        do throws(UsageEventRefusal) {
            events = isBatch ? try UsageEventReader.batch(request.body) : [try UsageEventReader.single(request.body)]
        } catch {
            throw .badRequest(
                "Nothing was taken; broken rules: \(error.total).",
                error.violations.map { .init(path: $0.path, message: $0.rule.sentence) })
        }
        let violations = await api.known.events(api.engine).violations(
            events, today: api.clock.today(), isBatch: isBatch, api.engine)
        guard violations.isEmpty else {
            throw .badRequest("Nothing was taken; broken rules: \(violations.count).", violations)
        }
        let result: Result<[AcceptOutcome], MeteringInbox.Foreign>
        do throws(StorageFailure) { result = try await api.node.metering.accept(events) } catch {
            throw APIProblem(error)
        }
        switch result {
        case .failure(let foreign): throw refusal(foreign, isBatch: isBatch, api)
        case .success(let outcomes): return try answer(outcomes, isBatch: isBatch)
        }
    }

    private static func refusal(_ foreign: MeteringInbox.Foreign, isBatch: Bool, _ api: LocalAPI) -> APIProblem {
        let oin = api.engine.member.oin
        return .badRequest(
            "Events that are not this member's to count; nothing was taken.",
            foreign.positions.prefix(MeteringLimits.violations).map { position in
                .init(
                    path: isBatch ? "[\(position)].data" : "data",
                    message: "names \(oin) neither as aanbieder nor as afnemer")
            })
    }

    private static func answer(_ outcomes: [AcceptOutcome], isBatch: Bool) throws(APIProblem) -> APIAnswer {
        var counts = (new: 0, again: 0, conflict: 0)
        var words: [JSON] = []
        words.reserveCapacity(outcomes.count)
        for outcome in outcomes {
            switch outcome {
            case .accepted:
                counts.new += 1
                words.append("nieuw")
            case .duplicate:
                counts.again += 1
                words.append("dubbel")
            case .conflict:
                counts.conflict += 1
                words.append("conflict")
            }
        }
        if !isBatch, counts.conflict > 0 {
            throw .conflict("This source and id are held with another content; nothing of this event was kept.")
        }
        return .json([
            "nieuw": .count(counts.new), "dubbel": .count(counts.again), "conflict": .count(counts.conflict),
            "uitkomsten": .array(words),
        ])
    }

    /// Takes an event back.
    static func retract(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["source", "id"])
        guard let source = body["source"]?.text, let id = body["id"]?.text else {
            throw .badRequest("source and id are texts.", ["source", "id"].filter { body[$0]?.text == nil }.map {
                .init(path: $0, message: "expected text")
            })
        }
        let outcome: RetractOutcome
        do throws(StorageFailure) { outcome = try await api.node.metering.retract(source: source, id: id) } catch {
            throw APIProblem(error)
        }
        switch outcome {
        case .retracted: return .json(["uitkomst": "ingetrokken"])
        case .already: return .json(["uitkomst": "al ingetrokken"])
        case .unknown: throw .notFound("No event with this source and id was ever taken.")
        case .expired: throw .conflict("The event has expired with its dispute window and can no longer be taken back.")
        }
    }

    /// Brings to the log what the small-count rule lets go.
    static func flush(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        do throws(EngineFailure) { return .json(["cellen": .count(try await api.node.flush())]) } catch {
            throw APIProblem(error)
        }
    }

    /// The cells of a month with both sides, and what this node's inbox holds.
    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let month = try request.month("maand")
        let rows: [CellCounters]
        do throws(StorageFailure) { rows = try await api.store.inbox.cells(months: month...month) } catch {
            throw APIProblem(error)
        }
        return .json(await api.engine.read { engine in
            var table = UsageRows(engine.state.usage(in: month))
            for row in rows { table.add(row) }
            return [
                "maand": .string(month.description), "cellen": .array(table.rows.map { $0.json(api) }),
                "volledigheid": Completeness(engine).json,
            ]
        })
    }
}

/// Cells of the state and of the inbox, side by side.
struct UsageRows {
    struct Row {
        let cell: UsageCell
        var provider: UsageCounters?
        var consumer: UsageCounters?
        var inbox: UsageCounters?

        func json(_ api: LocalAPI) -> JSON {
            [
                "applicatie": .string(cell.application), "aanbieder": api.party(cell.provider),
                "afnemer": api.party(cell.consumer), "klasse": .string(cell.tariffClass),
                "aanbiederzijde": Self.counters(provider), "afnemerzijde": Self.counters(consumer),
                "inbox": Self.counters(inbox),
            ]
        }

        private static func counters(_ counters: UsageCounters?) -> JSON {
            guard let counters else { return .null }
            return [
                "meldingen": .integer(counters.eventsCounted), "ingetrokken": .integer(counters.eventsRetracted),
                "aantal": .integer(counters.quantityCounted),
                "aantalIngetrokken": .integer(counters.quantityRetracted), "netto": .integer(counters.quantity),
            ]
        }
    }

    private var byCell: [UsageCell: Row] = [:]

    /// In the order of the wire.
    var rows: [Row] { byCell.values.sorted { $0.cell < $1.cell } }

    init(_ views: [UsageView]) {
        for view in views {
            let cell = view.cell(.provider)
            byCell[cell] = Row(cell: cell, provider: view.providerSide, consumer: view.consumerSide)
        }
    }

    mutating func add(_ row: CellCounters) {
        let cell = UsageCell(row.cell)
        let key = UsageCell(
            application: cell.application, provider: cell.provider, consumer: cell.consumer,
            tariffClass: cell.tariffClass, month: cell.month, side: .provider)
        byCell[key, default: Row(cell: key)].inbox = UsageCounters(row.current)
    }
}
