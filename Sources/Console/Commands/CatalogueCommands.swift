// SPDX-License-Identifier: EUPL-1.2
import Node
import Notation
import Transport

/// `korf catalogue`.
enum CatalogueCommands {
    static let all = [
        Command(
            "catalogue import", "Takes a publiccode.yml over into the catalogue, with its grade and findings.",
            operands: [Operand("FILE", .path)],
            options: [
                Option("application", .text, isRequired: true, "The application's id."),
                Option("source", .text, "Where the file came from; its name where not given."),
            ],
            example: "korf catalogue import publiccode.yml --application zaaksysteem", run: importFile),
        Command("catalogue list", "Lists the applications.", example: "korf catalogue list") {
            (_, session) async throws(ConsoleFailure) in
            session.show(try session.node.get("/v1/applicaties")) { CatalogueScreens.list($0, session.texts) }
            return .fine
        },
        Command(
            "catalogue show", "Shows every field of an application and who wrote it.",
            operands: [Operand("APPLICATION")], example: "korf catalogue show zaaksysteem"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let answer = try session.node.get(path(arguments))
            session.show(answer) { CatalogueScreens.show($0, session.texts) }
            return .fine
        },
        Command(
            "catalogue edit", "Writes fields and sets of an application; ends conflicts in the fields that it writes.",
            operands: [Operand("APPLICATION")],
            options: [
                Option("set", .assignment, isRepeated: true, "Writes a field: hosting=Eindhoven."),
                Option("clear", .text, isRepeated: true, "Empties a field."),
                Option("add", .assignment, isRepeated: true, "Adds to a set: leveranciers=Naam."),
                Option("remove", .assignment, isRepeated: true, "Takes away from a set."),
            ],
            example: "korf catalogue edit zaaksysteem --set \"hosting=Boxtel, eigen rekencentrum\"", run: edit),
        Command(
            "catalogue conflicts", "Shows fields with more than one value; exit code 1 when there are any.",
            example: "korf catalogue conflicts"
        ) { (_, session) async throws(ConsoleFailure) in
            let answer = try session.node.get("/v1/conflicten")
            session.show(answer) { CatalogueScreens.conflicts($0, session.texts) }
            return answer.list("conflicten").isEmpty ? .fine : .finding
        },
        Command(
            "catalogue export", "Writes an application as publiccode.yml.", operands: [Operand("APPLICATION")],
            options: [Option("out", .path, "The file to write; standard output where not given.")],
            example: "korf catalogue export zaaksysteem --out publiccode.yml", run: export),
    ]

    private static func path(_ arguments: Arguments) -> String {
        "/v1/applicaties/" + Target.segment(arguments.required("APPLICATION"))
    }

    @Sendable
    private static func importFile(
        _ arguments: Arguments, _ session: Session
    ) async throws(ConsoleFailure) -> ExitCode {
        let file = arguments.required("FILE")
        let bytes = try Files.read(file)
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let target = Target.query(
            "/v1/applicaties/\(Target.segment(arguments.required("application")))/_importeer",
            [("bron", arguments["source"] ?? name)])
        let answer: JSON
        do throws(ConsoleFailure) { answer = try session.node.post(target, bytes, mediaType: MediaType.yaml) } catch {
            // A refusal of the file names the file.
            guard error.code == .finding, error.document != nil else { throw error }
            throw ConsoleFailure(.finding, "\(file): \(error.message)", document: error.document)
        }
        session.show(answer) { CatalogueScreens.report($0, file: name, session.texts) }
        return .fine
    }

    @Sendable
    private static func edit(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var fields = JSONObject()
        for (name, value) in pairs(arguments.all("set")) { fields.set(name, .string(value)) }
        for name in arguments.all("clear") { fields.set(name, .null) }
        var body = JSONObject()
        if !fields.members.isEmpty { body.set("velden", .object(fields)) }
        for (option, member) in [("add", "toevoegen"), ("remove", "verwijderen")] {
            let sets = self.sets(arguments.all(option))
            if !sets.members.isEmpty { body.set(member, .object(sets)) }
        }
        guard !body.members.isEmpty else {
            throw ConsoleFailure(
                .usage, "korf catalogue edit changes nothing without --set, --clear, --add or --remove.")
        }
        let answer = try session.node.post(path(arguments) + "/_wijzig", .object(body))
        session.show(answer) { answer in
            let changed = answer.list("gewijzigd").compactMap(\.text).joined(separator: ", ")
            let entries = answer.list("regels").compactMap(\.text).joined(separator: ", ")
            let name = answer.words("applicatie")
            let sentence = changed.isEmpty
                ? session.texts(.editNothing, name) : session.texts(.editDone, name, changed, entries)
            return sentence + "\n"
        }
        return .fine
    }

    private static func pairs(_ words: [String]) -> [(String, String)] {
        words.map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
        }
    }

    private static func sets(_ words: [String]) -> JSONObject {
        var sets = JSONObject()
        for (name, value) in pairs(words) {
            let known = sets[name]?.elements ?? []
            sets.set(name, .array(known + [.string(value)]))
        }
        return sets
    }

    @Sendable
    private static func export(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let response = try session.node.call(
            .get, path(arguments), mediaType: nil, body: [], accept: MediaType.yaml)
        guard response.status == 200 else { throw Problem.failure(response) }
        guard let out = arguments["out"] else {
            session.terminal.write(String(decoding: response.body, as: UTF8.self))
            return .fine
        }
        do throws(FileFailure) { try PlainFile.create(out, response.body) } catch {
            throw ConsoleFailure(.finding, error.description)
        }
        session.show(["bestand": .string(out)]) { _ in session.texts(.exportWritten, out) + "\n" }
        return .fine
    }
}

/// Media types that the API reads.
enum MediaType {
    static let yaml = "application/yaml"
    static let event = "application/cloudevents+json"
    static let events = "application/cloudevents-batch+json"
}
