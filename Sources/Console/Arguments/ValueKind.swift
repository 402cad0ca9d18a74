// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What a word of the command line has to be.
enum ValueKind: Sendable {
    case text
    case path
    /// `YYYY-MM`.
    case month
    /// `YYYY-MM-DD`.
    case date
    /// Twenty digits.
    case oin
    case number(ClosedRange<Int>)
    case choice([String])
    /// One of more words than fit a line of usage; the name stands for them.
    case named(String, [String])
    /// `NAME=VALUE`.
    case assignment
    /// `host:port`.
    case address

    /// How it stands in a line of usage.
    var placeholder: String {
        switch self {
        case .text: "TEXT"
        case .path: "PATH"
        case .month: "YYYY-MM"
        case .date: "YYYY-MM-DD"
        case .oin: "OIN"
        case .number: "N"
        case .choice(let words): words.joined(separator: "|")
        case .named(let name, _): name
        case .assignment: "NAME=VALUE"
        case .address: "HOST:PORT"
        }
    }

    /// What would have been right; `nil` where `text` is.
    func complaint(about text: String) -> String? {
        switch self {
        case .text, .path: text.isEmpty ? "must not be empty" : nil
        case .month: CivilMonth(text) == nil ? "has to be a month such as 2026-10" : nil
        case .date: CivilDate(text) == nil ? "has to be a day such as 2026-12-15" : nil
        case .oin: OIN(text) == nil ? "has to be an OIN: twenty digits" : nil
        case .number(let range):
            Int(text).map(range.contains) ?? false
                ? nil : "has to be a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words), .named(_, let words):
            words.contains(text) ? nil : "has to be one of \(words.joined(separator: ", "))\(Self.meant(text, words))"
        case .assignment:
            text.firstIndex(of: "=").map { $0 > text.startIndex } ?? false
                ? nil : "has to be a name, an equals sign and a value, such as hosting=Eindhoven"
        case .address:
            Endpoint(text) == nil ? "has to be a host and a port, such as korf.woerden.example:8443" : nil
        }
    }

    private static func meant(_ text: String, _ words: [String]) -> String {
        NearMiss.closest(to: text, among: words).map { "; did you mean \($0)?" } ?? ""
    }
}
