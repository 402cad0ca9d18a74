// SPDX-License-Identifier: EUPL-1.2
import Node

/// The series of numbers that a folder of invoices holds: one line of `SERIES.csv` for each number that was given, in
/// order. A number is written there before its file, so none is ever given twice or skipped.
struct DocumentRegister {
    /// A number that was given.
    struct Row: Equatable {
        let number: Int
        let proposal: String
        let inputs: String
        let date: String
    }

    let folder: String
    let series: String
    private(set) var rows: [Row]

    private var path: String { "\(folder)/\(series).csv" }
    private static let header = "nummer;voorstel;invoer;datum"

    /// Reads the register; an absent one is empty. Refuses what is not of its form, and gaps.
    init(folder: String, series: String) throws(ConsoleFailure) {
        self.folder = folder
        self.series = series
        rows = []
        guard PlainFile.exists(path) else { return }
        let lines = String(decoding: try Files.read(path), as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.first == Self.header else {
            throw ConsoleFailure(.finding, "\(path): the first line should be \(Self.header)")
        }
        for (place, line) in lines.dropFirst().enumerated() {
            let parts = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4, let number = Int(parts[0]),
                  rows.last.map({ $0.number + 1 == number }) ?? (number > 0)
            else { throw ConsoleFailure(.finding, "\(path): line \(place + 2) is no next number of the series") }
            rows.append(Row(number: number, proposal: parts[1], inputs: parts[2], date: parts[3]))
        }
    }

    /// The number of a proposal, where it was given one.
    func row(of proposal: String) -> Row? { rows.first { $0.proposal == proposal } }

    /// Adds the next number and makes it durable. The first of a new series is `first`.
    mutating func add(_ proposal: String, inputs: String, date: String, first: Int) throws(ConsoleFailure) -> Row {
        let row = Row(
            number: rows.last.map { $0.number + 1 } ?? first, proposal: proposal, inputs: inputs, date: date)
        rows.append(row)
        let lines = [Self.header] + rows.map { "\($0.number);\($0.proposal);\($0.inputs);\($0.date)" }
        do throws(FileFailure) {
            try PlainFile.replace(path, Array((lines.joined(separator: "\n") + "\n").utf8))
        } catch { throw ConsoleFailure(.finding, error.description) }
        return row
    }
}
