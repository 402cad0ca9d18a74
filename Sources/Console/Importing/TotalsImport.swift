// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// `korf usage import --totals`: hands over monthly totals, all of a file or none. Importing a file again changes
/// nothing; another total for a cell that has one needs a reason.
enum TotalsImport {
    static func run(_ path: String, reason: String?, _ session: Session) throws(ConsoleFailure) -> ExitCode {
        let rows: [MonthlyTotalCSV.Row]
        do throws(MonthlyTotalCSV.Refusal) { rows = try MonthlyTotalCSV.read(try read(path)) } catch {
            let lines = error.sentences.prefix(ImportLimits.violations).map { "\(path): \($0)" }
            throw ConsoleFailure(.finding, lines.joined(separator: "\n") + "\n\(path): nothing was sent.")
        }
        guard !rows.isEmpty else { throw ConsoleFailure(.finding, "\(path): holds no total.") }
        var body = JSONObject()
        body.set("totalen", .array(rows.map { row in
            [
                "maand": .string(row.month.description), "applicatie": .string(row.application),
                "aanbieder": .string(row.provider.digits), "klasse": .string(row.tariffClass),
                "aantal": .integer(row.quantity),
            ]
        }))
        if let reason { body.set("reden", .string(reason)) }
        let answer: JSON
        do throws(ConsoleFailure) { answer = try session.node.post("/v1/verbruik/totalen", .object(body)) } catch {
            throw ConsoleFailure(error.code, placed(error.message, rows, path), document: error.document)
        }
        session.show(answer) { answer in
            let figures = Figures(texts: session.texts)
            let counts = ["nieuw", "gelijk", "vervangen"].map { answer.number($0) ?? 0 }
            return session.texts(
                .totalCounts, figures.count(counts.reduce(0, +)), figures.count(counts[0]), figures.count(counts[1]),
                figures.count(counts[2])) + "\n"
        }
        return .fine
    }

    private static func read(_ path: String) throws(MonthlyTotalCSV.Refusal) -> [UInt8] {
        do throws(ConsoleFailure) { return try Files.read(path) } catch {
            throw MonthlyTotalCSV.Refusal(sentences: [error.message])
        }
    }

    /// The node names a total by its place in the request; people look for the line of the file.
    private static func placed(_ message: String, _ rows: [MonthlyTotalCSV.Row], _ path: String) -> String {
        var message = message
        for (place, row) in rows.enumerated().reversed() {
            message = message.replacing("totalen[\(place)]", with: "\(path): line \(row.line)")
        }
        return message
    }
}
