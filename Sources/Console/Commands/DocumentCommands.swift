// SPDX-License-Identifier: EUPL-1.2
import Node
import Notation

/// `korf settle invoices`, `check` and `export`.
enum DocumentCommands {
    static let all = [
        Command(
            "settle invoices",
            "Numbers the invoices and credit notes of a month in a series, and writes them as UBL files.",
            options: [
                Option("month", .month, isRequired: true, "The month of use."),
                Option("out", .path, "The folder to write the files to; without it they stay in the node."),
                Option("series", .text, "The prefix of the numbers, such as EHV1; without it proposals are listed."),
                Option("first", .number(1...999_999_999), "The first number of a new series; 1 where not given."),
                Option("date", .date, "The date of the documents; today where not given."),
                Option("by", .text, "Who does it; the login name where not given."),
                .flag("cooperative", "The cooperative's documents, by who keeps its books; else the own ones."),
                Option("profile", .choice(["nlcius", "peppol"]), "Whose rules the files keep; nlcius where not given."),
            ],
            example: "korf settle invoices --month 2026-10 --series EHV1 --out /var/lib/facturen", run: invoices),
        Command(
            "settle check", "Holds a received invoice (UBL) against the own statement; exit code 1 on a difference.",
            operands: [Operand("FILE", .path)],
            options: [
                Option("month", .month, "The month of use; that of the invoice where not given."),
                Option("order", .text, "The own purchase order that it should name; the year's only one if not given."),
                .flag("keep", "Keeps the invoice in the own books, as an open item, with the account that it names."),
                Option("by", .text, "Who keeps it; the login name where not given."),
            ],
            example: "korf settle check BWR1-000042.xml --order 45001234", run: check),
        Command(
            "settle export", "Writes the statement of a month as text, HTML, JSON and CSV, and the journal.",
            options: [
                Option("month", .month, isRequired: true, "The month of use."),
                Option("out", .path, isRequired: true, "The folder to write to."),
                Option("member", .oin, "Another member's statement; the own one where not given."),
                Option("language", .choice(["nl", "en"]), "Of text and HTML; nl where not given."),
                Option("books", .path, "The own booking rules (JSON); the journal is written too."),
            ],
            example: "korf settle export --month 2026-10 --out /tmp/oktober --books boeking.json", run: export),
    ]

    @Sendable
    private static func invoices(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let month = arguments.required("month")
        let isCooperative = arguments.has("cooperative")
        var body = JSONObject()
        body.set("maand", .string(month))
        if let date = arguments["date"] { body.set("datum", .string(date)) }
        guard let series = arguments["series"] else {
            // Each issuer has series of its own, so one call is about one issuer.
            let leg = isCooperative ? "lid betaalt" : "coöperatie betaalt"
            let made = try session.node.post("/v1/documenten/_opmaken", .object(body))
            let proposals: JSON = [
                "maand": .string(made.words("maand")),
                "documenten": .array(made.list("documenten").filter { $0.words("richting") == leg }),
            ]
            session.show(proposals) { list($0, session.texts) }
            return .fine
        }
        body.set("reeks", .string(series))
        body.set("cooperatie", .boolean(isCooperative))
        body.set("profiel", .string(arguments["profile"] ?? "nlcius"))
        if let first = arguments["first"].flatMap({ Int64($0) }) { body.set("eerste", .integer(first)) }
        if let person = arguments["by"] { body.set("door", .string(person)) }
        let answer = try session.node.post("/v1/documenten/_nummeren", .object(body))
        if let out = arguments["out"] {
            let folder = Files.absolute(out)
            try onFile { () throws(FileFailure) in try PlainFile.makeFolder(folder) }
            for document in answer.list("documenten") {
                guard let file = document["bestand"]?.text, let number = document["nummer"]?.text else { continue }
                try write(file, to: "\(folder)/\(number).xml")
            }
        }
        session.show(answer) { list($0, session.texts) }
        return answer.list("documenten").contains { $0["weigering"]?.text != nil } ? .finding : .fine
    }

    private static func list(_ answer: JSON, _ texts: Texts) -> String {
        let figures = Figures(texts: texts)
        let lines = answer.list("documenten").map { document in
            let name = document["nummer"]?.text ?? document.words("voorstel")
            let row = "\(name)  \(texts.word(document.words("soort")))  \(document.words("aan"))  "
                + figures.cents(document.number("brutoCent"))
            return PlainText.line(document["weigering"]?.text.map { "! \(row): \($0)" } ?? row)
        }
        return (lines.isEmpty ? [texts(.documentsNone)] : lines).joined(separator: "\n") + "\n"
    }

    @Sendable
    private static func check(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let bytes = try Files.read(arguments.required("FILE"))
        var body = JSONObject()
        body.set("bestand", .string(String(decoding: bytes, as: UTF8.self)))
        if let month = arguments["month"] { body.set("maand", .string(month)) }
        if let order = arguments["order"] { body.set("inkooporder", .string(order)) }
        if arguments.has("keep") { body.set("bewaren", .boolean(true)) }
        if let person = arguments["by"] { body.set("door", .string(person)) }
        let answer = try session.node.post("/v1/documenten/_controleren", .object(body))
        session.show(answer) { answer in
            let title = session.texts(
                .invoiceChecked, answer.words("nummer"), answer.words("afzender"),
                Figures(texts: session.texts).cents(answer.number("brutoCent")))
            let findings = answer.list("bevindingen").map { "! " + $0.words("zin") }
            let rest = findings.isEmpty ? [session.texts(.invoiceAgrees)] : findings
            return ([title] + rest).map(PlainText.line).joined(separator: "\n") + "\n"
        }
        return answer.list("bevindingen").isEmpty ? .fine : .finding
    }

    @Sendable
    private static func export(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let folder = Files.absolute(arguments.required("out"))
        var body = JSONObject()
        body.set("maand", .string(arguments.required("month")))
        if let member = arguments["member"] { body.set("lid", .string(member)) }
        if let language = arguments["language"] { body.set("taal", .string(language)) }
        if let path = arguments["books"] {
            let bytes = try Files.read(path)
            do throws(JSONError) { body.set("boeking", try JSON(parsing: bytes)) } catch {
                throw ConsoleFailure(.finding, "\(path): \(error)")
            }
        }
        let answer = try session.node.post("/v1/overzichten/_exporteren", .object(body))
        try onFile { () throws(FileFailure) in try PlainFile.makeFolder(folder) }
        var names: [String] = []
        for file in answer.list("bestanden") {
            let path = "\(folder)/\(file.words("naam"))"
            let bytes = Array((file["inhoud"]?.text ?? "").utf8)
            try onFile { () throws(FileFailure) in try PlainFile.replace(path, bytes) }
            names.append(path)
        }
        session.show(["bestanden": .array(names.map { .string($0) })]) { _ in
            names.map { PlainText.line($0) + "\n" }.joined()
        }
        return .fine
    }

    /// A file that is there already is left where it holds the same; another one is never written over.
    static func write(_ text: String, to path: String) throws(ConsoleFailure) {
        guard PlainFile.exists(path) else {
            return try onFile { () throws(FileFailure) in try PlainFile.create(path, Array(text.utf8)) }
        }
        guard try Files.read(path) == Array(text.utf8) else {
            throw ConsoleFailure(.finding, "\(path) is there already with other content; nothing was written over")
        }
    }

    static func onFile(_ work: () throws(FileFailure) -> Void) throws(ConsoleFailure) {
        do throws(FileFailure) { try work() } catch { throw ConsoleFailure(.finding, error.description) }
    }
}
