// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage
import Transport

/// Something that this member has to do, with the command that does it.
struct WorklistTask {
    let kind: String
    let isDue: Bool
    var deadline: CivilDate?
    /// Dutch, whole.
    let sentence: String
    let command: String
    let facts: [(String, JSON)]

    var json: JSON {
        [
            "soort": .string(kind), "dringend": .boolean(isDue), "termijnDatum": .optional(deadline?.description),
            "tekst": .string(sentence), "opdracht": .string(command),
            "gegevens": .object(JSONObject(facts.map { JSONObject.Member($0.0, $0.1) })),
        ]
    }

    /// Due ones first, then by deadline; those without one last.
    static func precedes(_ left: WorklistTask, _ right: WorklistTask) -> Bool {
        if left.isDue != right.isDue { return left.isDue }
        guard let first = left.deadline, let second = right.deadline else {
            return left.deadline != nil && right.deadline == nil
        }
        return first < second
    }
}

/// The worklist. Spec: Protocol/local-api.md §9.
enum WorklistAnswer {
    /// Days before a deadline from which a vote is due.
    static let dueDays = 7

    static func tasks(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let certificate = CertificateTerm(
            endSeconds: api.node.certificate.current.notAfterSeconds, now: api.clock.milliseconds())
        let waiting: [QuarantinedDay]
        do throws(StorageFailure) {
            waiting = try api.store.inbox.quarantinedDays().filter { !$0.isReleased }
        } catch { throw APIProblem(error) }
        let books = try Books(api.store.books)
        return .json(await api.engine.read { engine in
            let all = membership(engine) + votes(engine) + forks(engine) + quarantine(waiting) + term(certificate)
                + candidates(engine) + differences(engine) + conflicts(engine) + BooksTasks.all(books, engine)
            // A stable order: sorting keeps equal ones as they were found.
            let sorted = all.enumerated().sorted { left, right in
                WorklistTask.precedes(left.element, right.element)
                    || (!WorklistTask.precedes(right.element, left.element) && left.offset < right.offset)
            }
            return ["taken": .array(sorted.map(\.element.json)), "volledigheid": Completeness(engine).json]
        })
    }

    /// Open decisions on which this member may vote and has not, and whose outcome its vote can still change.
    static func openVotes(_ engine: isolated NodeEngine) -> [(view: DecisionView, name: String)] {
        let own = engine.member.oin
        return DecisionFinder(engine.state).decisions.filter { found in
            found.view.standing == .open && found.view.absent.contains(own) && !found.view.isCertain
        }
    }

    /// Whether a vote is due: soon, or past.
    static func isDue(_ view: DecisionView, today: CivilDate) -> Bool {
        today.adding(days: dueDays).map { view.proposal.deadline <= $0 } ?? true
    }

    private static func party(_ oin: OIN, _ engine: isolated NodeEngine) -> JSON {
        ["oin": .string(oin.digits), "naam": .string(engine.name(of: oin))]
    }

    private static func membership(_ engine: isolated NodeEngine) -> [WorklistTask] {
        guard let own = engine.state.member(engine.member.oin), own.standing == .ended else { return [] }
        return [WorklistTask(
            kind: "oud-lid", isDue: true, sentence: "\(own.card.name) is geen lid meer sinds tijdperk \(own.since)",
            command: "", facts: [("lid", party(own.oin, engine)), ("tijdperk", .count(own.since))])]
    }

    private static func votes(_ engine: isolated NodeEngine) -> [WorklistTask] {
        let today = engine.clock.today()
        return openVotes(engine).map { view, name in
            let proposer = engine.name(of: view.proposer)
            return WorklistTask(
                kind: "stem", isDue: isDue(view, today: today), deadline: view.proposal.deadline,
                sentence: "Stem over \"\(view.proposal.title)\" van \(proposer)",
                command: "korf decision vote \(name) voor|tegen|blanco",
                facts: [
                    ("id", .string(name)), ("titel", .string(view.proposal.title)),
                    ("indiener", party(view.proposer, engine)),
                ])
        }
    }

    /// Forked logs of members about which no decision is open or was carried.
    private static func forks(_ engine: isolated NodeEngine) -> [WorklistTask] {
        let decisions = engine.state.decisions()
        return engine.state.suspended.compactMap { log in
            guard log.oin != engine.member.oin, engine.state.member(log.oin)?.standing == .member,
                  engine.state.log(of: log.oin) == log.log, !isDecided(log, decisions)
            else { return nil }
            let name = engine.name(of: log.oin)
            return WorklistTask(
                kind: "vork", isDue: true,
                sentence: "\(name) tekende twee geschiedenissen; beslis over ontzetting of een nieuwe sleutel",
                command: "korf decision propose --kind expulsion --member \(log.oin.digits) "
                    + "--title \"Ontzetting van \(name)\"",
                facts: [("lid", party(log.oin, engine)), ("logId", .string(log.log.description))])
        }
    }

    private static func isDecided(_ log: SuspendedLog, _ decisions: [DecisionView]) -> Bool {
        decisions.contains { decision in
            guard [.open, .carried].contains(decision.standing), decision.proposal.payload.member == log.oin else {
                return false
            }
            return [.expulsion, .keyReplacement].contains(decision.proposal.payload.kind)
        }
    }

    private static func quarantine(_ waiting: [QuarantinedDay]) -> [WorklistTask] {
        guard !waiting.isEmpty else { return [] }
        let days = waiting.map(\.day.description)
        return [WorklistTask(
            kind: "quarantaine", isDue: true,
            sentence: "Meetdagen die een herstel vergat, wachten: \(days.joined(separator: ", "))",
            command: "korf usage release \(days.joined(separator: " ")) --reason \"...\"",
            facts: [("dagen", .array(days.map { .string($0) }))])]
    }

    private static func term(_ certificate: CertificateTerm) -> [WorklistTask] {
        guard certificate.days < StatusActions.certificateWarningDays else { return [] }
        return [WorklistTask(
            kind: "certificaat", isDue: certificate.days < StatusActions.certificateActionDays,
            sentence: "Eigen certificaat nog \(certificate.days) dagen geldig", command: "",
            facts: [("dagen", .integer(certificate.days))])]
    }

    /// Candidates whose admission was carried and that have not come.
    private static func candidates(_ engine: isolated NodeEngine) -> [WorklistTask] {
        let carried = engine.state.decisions().compactMap { decision -> OIN? in
            guard case .admission(let card) = decision.proposal.payload else { return nil }
            return decision.standing == .carried ? card.oin : nil
        }
        return engine.state.candidates().filter { carried.contains($0.oin) }.map { candidate in
            WorklistTask(
                kind: "kandidaat", isDue: false,
                sentence: "\(candidate.card.name) is toegelaten en heeft zich nog niet gemeld",
                command: "korf network show --join netwerk.korf-join",
                facts: [("lid", party(candidate.oin, engine))])
        }
    }

    private static func differences(_ engine: isolated NodeEngine) -> [WorklistTask] {
        OwnDifferences.all(engine).map { month, count, deadline in
            WorklistTask(
                kind: "verschil", isDue: true, deadline: deadline,
                sentence: "\(count) afwijkingen boven tolerantie in \(month)",
                command: "korf settle compare --month \(month)",
                facts: [
                    ("maand", .string(month.description)), ("aantal", .count(count)),
                    ("termijnDatum", .optional(deadline?.description)),
                ])
        }
    }

    /// Fields of applications in which this member takes part.
    private static func conflicts(_ engine: isolated NodeEngine) -> [WorklistTask] {
        let own = engine.member.oin
        return engine.state.applicationViews().filter { $0.participants.contains(own) }.flatMap { view in
            view.conflicts.map { field in
                let word = CatalogueWords.word(field.field)
                return WorklistTask(
                    kind: "conflict", isDue: false, sentence: "\(view.id): \(word) heeft meer dan één waarde",
                    command: "korf catalogue edit \(view.id) --set \"\(word)=...\"",
                    facts: [("applicatie", .string(view.id)), ("veld", .string(word))])
            }
        }
    }
}
