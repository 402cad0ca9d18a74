// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Node
import Notation

/// `korf usage`.
enum UsageCommands {
    static let all = [
        Command(
            "usage record", "Records one use by hand.",
            options: [
                Option("application", .text, isRequired: true, "The application's id."),
                Option("provider", .oin, isRequired: true, "Who offered the use."),
                Option("consumer", .oin, isRequired: true, "Who used it."),
                Option("id", .text, isRequired: true, "The event's id: with the source it names the event for ever."),
                Option("source", .text, isRequired: true,
                       "Where it was counted, such as urn:nld:oin:OIN:systeem:corv."),
                Option("time", .text, isRequired: true, "When, such as 2026-10-12T09:30:00+02:00."),
                Option("class", .text, "The tariff class; standaard where not given."),
                Option("quantity", .number(1...1_000_000_000_000), "How much; 1 where not given."),
                Option("transaction", .text, "The id that both sides share."),
            ],
            example: "korf usage record --application corv --provider 00000099000000772000 --consumer "
                + "00000099000000632000 --source urn:nld:oin:00000099000000632000:systeem:hand --id 2026-17 "
                + "--time 2026-10-12T09:30:00+02:00",
            run: record),
        Command(
            "usage import",
            "Imports usage events from a file: NDJSON, a JSON list, or CSV (Protocol/metering-events.md).",
            operands: [Operand("FILE", .path)],
            options: [
                Option("batch", .number(1...MeteringLimits.batchEvents), "Events of one request; 500 where not given."),
                Option("format", .choice(EventFormat.allCases.map(\.rawValue)),
                       "By the file's ending where not given."),
                Option("source", .text, "The source of all events of a CSV file."),
                .flag("totals", "The file is CSV of monthly totals: maand,applicatie,aanbieder,klasse,aantal."),
                Option("reason", .text, "Of totals: why other ones that stand are replaced."),
            ],
            example: "korf usage import october.ndjson --batch 500", run: importFile),
        Command(
            "usage retract", "Takes one event back that was counted wrongly.",
            options: [
                Option("source", .text, isRequired: true, "The event's source."),
                Option("id", .text, isRequired: true, "The event's id."),
            ],
            example: "korf usage retract --source urn:nld:oin:00000099000000632000:systeem:corv --id afnemer-000017"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let (source, id) = (arguments.required("source"), arguments.required("id"))
            let answer = try session.node.post(
                "/v1/verbruik/_intrekken", ["source": .string(source), "id": .string(id)])
            session.show(answer) {
                session.texts(.retracted, source, id, session.texts.word($0.words("uitkomst"))) + "\n"
            }
            return .fine
        },
        Command(
            "usage release", "Lets days count that wait since a backup was put back; without days lists them.",
            operands: [Operand("DAY", .text, isOptional: true, isRepeated: true)],
            options: [Option("reason", .text, "What was compared, and with whom; mandatory with days.")],
            example: "korf usage release 2026-11-23 2026-11-24 --reason \"totals compared with Eindhoven\"",
            run: release),
        Command(
            "usage show", "Shows what both sides counted in a month.",
            options: [Option("month", .month, isRequired: true, "The month of use.")],
            example: "korf usage show --month 2026-10"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let answer = try session.node.get(Target.query("/v1/verbruik", [("maand", arguments.required("month"))]))
            session.show(answer) { UsageScreen.text($0, session.texts) }
            return .fine
        },
    ]

    @Sendable
    private static func release(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let days = arguments.all("DAY")
        let answer: JSON
        if days.isEmpty {
            answer = try session.node.get("/v1/verbruik/quarantaine")
        } else {
            guard let reason = arguments["reason"] else {
                throw ConsoleFailure(.usage, "--reason is missing: say what was compared, and with whom.")
            }
            answer = try session.node.post(
                "/v1/verbruik/_vrijgeven", ["dagen": .array(days.map { .string($0) }), "reden": .string(reason)])
        }
        session.show(answer) { QuarantineScreen.text($0, session.texts) }
        return answer.list("dagen").contains { $0["vrijgegeven"]?.truth == false } ? .finding : .fine
    }

    @Sendable
    private static func record(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let event = CloudEvent.json(
            source: arguments.required("source"), id: arguments.required("id"), time: arguments.required("time"),
            application: arguments.required("application"), provider: arguments.required("provider"),
            consumer: arguments.required("consumer"), tariffClass: arguments["class"],
            quantity: Int64(arguments.number("quantity") ?? 1), transaction: arguments["transaction"])
        let answer = try session.node.post("/v1/verbruik/meldingen", event.bytes(), mediaType: MediaType.event)
        session.show(answer) { counts($0, session.texts) + "\n" }
        return .fine
    }

    @Sendable
    private static func importFile(
        _ arguments: Arguments, _ session: Session
    ) async throws(ConsoleFailure) -> ExitCode {
        let path = arguments.required("FILE")
        if arguments.has("totals") { return try TotalsImport.run(path, reason: arguments["reason"], session) }
        let format = arguments["format"].flatMap(EventFormat.init) ?? EventFormat(ending: path)
        var importer = UsageImport(session, batchEvents: arguments.number("batch") ?? ImportLimits.batchEvents)
        do throws(ConsoleFailure) {
            if format == .ndjson {
                try importLines(of: path, &importer)
            } else {
                let events = try EventFile.events(path, format, source: arguments["source"])
                for event in events { try importer.take(event) }
            }
            try importer.send()
        } catch {
            session.terminal.progress("")
            throw ConsoleFailure(error.code, Self.named(path, error.message), document: error.document)
        }
        session.terminal.progress("")
        let answer: JSON = [
            "bestand": .string(path), "nieuw": .integer(importer.new), "dubbel": .integer(importer.again),
            "conflict": .integer(importer.conflict), "conflicten": .array(importer.conflicts.map { .string($0) }),
        ]
        session.show(answer) { counts($0, session.texts) + "\n" }
        for place in importer.conflicts {
            session.terminal.complain("\(path): \(place): this source and id are held with another content.")
        }
        return importer.conflict > 0 ? .finding : .fine
    }

    private static func importLines(of path: String, _ importer: inout UsageImport) throws(ConsoleFailure) {
        var lines = try LineReader(path)
        while let line = try lines.next() {
            // Blank lines separate nothing and are no events.
            guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            try importer.take(FileEvent(place: "line \(lines.lineNumber)", bytes: line))
        }
    }

    /// Puts the file before messages that begin with a place in it.
    private static func named(_ path: String, _ message: String) -> String {
        message.split(separator: "\n").map { line in
            line.hasPrefix("line ") || line.hasPrefix("[") || line.hasPrefix("row ") ? "\(path): \(line)" : String(line)
        }.joined(separator: "\n")
    }

    private static func counts(_ answer: JSON, _ texts: Texts) -> String {
        let counts = ["nieuw", "dubbel", "conflict"].map { answer.number($0) ?? 0 }
        let figures = Figures(texts: texts)
        return texts(
            .usageCounts, figures.count(counts.reduce(0, +)), figures.count(counts[0]), figures.count(counts[1]),
            figures.count(counts[2]))
    }
}
