// SPDX-License-Identifier: EUPL-1.2
public import Journal
import Notation

/// Monthly totals as comma-separated values, from the administration of a consumer that cannot count events.
/// Spec: Protocol/metering-events.md §10.
public enum MonthlyTotalCSV {
    /// The columns in their order; the file's first line names them.
    public static let columns = ["maand", "applicatie", "aanbieder", "klasse", "aantal"]

    /// One row.
    public struct Row: Hashable, Sendable {
        /// Where it begins, from 1.
        public let line: Int
        /// The month.
        public let month: CivilMonth
        /// The application's id.
        public let application: String
        /// Who offered the use.
        public let provider: OIN
        /// The tariff class; `standaard` where the file leaves it empty.
        public let tariffClass: String
        /// The whole quantity of the month.
        public let quantity: Int64
    }

    /// What is wrong with a file: a sentence with its place for each broken rule.
    public struct Refusal: Error, Sendable {
        /// In the order of the file.
        public let sentences: [String]

        /// Takes the sentences as they are.
        public init(sentences: [String]) { self.sentences = sentences }
    }

    /// All rows of a file, or everything that is wrong with it.
    public static func read(_ bytes: [UInt8]) throws(Refusal) -> [Row] {
        guard bytes.count <= MeteringLimits.csvBytes else {
            throw Refusal(sentences: ["expected at most \(MeteringLimits.csvBytes) bytes"])
        }
        return try bytes.withUnsafeBufferPointer { buffer throws(Refusal) in
            guard UTF8Text.firstInvalidByte(in: buffer) == nil else { throw Refusal(sentences: ["expected UTF-8"]) }
            var lines = CSVRows(buffer)
            var rows: [Row] = []
            var wrong: [String] = []
            var hasHeader = false
            do throws(CSVRowError) {
                while let line = try lines.next() {
                    guard hasHeader else {
                        hasHeader = true
                        if line.fields != columns.map({ Array($0.utf8) }) {
                            wrong.append("line \(line.line): expected the header \(columns.joined(separator: ","))")
                        }
                        continue
                    }
                    do throws(Refusal) { rows.append(try row(line)) } catch { wrong += error.sentences }
                }
            } catch { wrong.append("line \(error.line): a quote is not closed, or stands inside a field") }
            guard wrong.isEmpty else { throw Refusal(sentences: wrong) }
            return rows
        }
    }

    private static func row(_ line: CSVRows.Row) throws(Refusal) -> Row {
        guard line.fields.count == columns.count else {
            throw Refusal(sentences: ["line \(line.line): expected \(columns.count) fields, not \(line.fields.count)"])
        }
        let texts = line.fields.map { String(decoding: $0, as: UTF8.self) }
        func refused(_ column: Int, _ expected: String) -> Refusal {
            Refusal(sentences: [
                "line \(line.line), column \(column + 1) (\(columns[column])): expected \(expected)",
            ])
        }
        guard let month = CivilMonth(texts[0]) else { throw refused(0, "a month, YYYY-MM") }
        guard !texts[1].isEmpty else { throw refused(1, "the id of an application") }
        guard let provider = OIN(texts[2]) else { throw refused(2, "an OIN: twenty digits") }
        let digits = !texts[4].isEmpty && texts[4].utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard digits, let quantity = Int64(texts[4]), quantity <= MeteringLimits.quantity else {
            throw refused(4, "a whole number from 0 to \(MeteringLimits.quantity)")
        }
        return Row(
            line: line.line, month: month, application: texts[1], provider: provider,
            tariffClass: texts[3].isEmpty ? "standaard" : texts[3], quantity: quantity)
    }
}
