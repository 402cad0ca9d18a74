// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What a column of a journal holds. Spec: Protocol/documents.md §8.4.
public enum JournalField: String, Hashable, Sendable, CaseIterable {
    case date, document, counterparty, due, order, account, costCentre, taskField, category, share, application
    /// The month of service.
    case month
    /// The booking year: that of the month of service, else of the document.
    case year
    /// `investering` or `exploitatie`.
    case nature
    case text
    /// The amount where it is above zero.
    case debit
    /// The amount without its sign where it is below zero.
    case credit
    /// The amount, debit above zero.
    case amount
}

/// How the member's financial system wants its journal.
public struct JournalLayout: Hashable, Sendable {
    /// One column.
    public struct Column: Hashable, Sendable {
        /// The first row.
        public let title: String
        /// What stands below it.
        public let field: JournalField

        /// A column with its title.
        public init(_ title: String, _ field: JournalField) {
            self.title = title
            self.field = field
        }
    }

    /// In order.
    public let columns: [Column]
    /// `;` instead of `,` between the fields.
    public let hasSemicolons: Bool
    /// A comma instead of a point in amounts.
    public let hasDecimalComma: Bool

    /// A layout; nothing is checked.
    public init(columns: [Column], hasSemicolons: Bool = true, hasDecimalComma: Bool = true) {
        self.columns = columns
        self.hasSemicolons = hasSemicolons
        self.hasDecimalComma = hasDecimalComma
    }

    /// Every field, for a Dutch spreadsheet.
    public static let standard = JournalLayout(columns: [
        .init("datum", .date), .init("document", .document), .init("relatie", .counterparty),
        .init("vervaldatum", .due), .init("inkooporder", .order), .init("grootboekrekening", .account),
        .init("kostenplaats", .costCentre), .init("taakveld", .taskField), .init("categorie", .category),
        .init("deel", .share), .init("applicatie", .application), .init("maand", .month), .init("boekjaar", .year),
        .init("aard", .nature), .init("omschrijving", .text), .init("debet", .debit), .init("credit", .credit),
    ])
}

/// A journal as files, in the order of the entries given. Spec: Protocol/documents.md §8.
public enum JournalText {
    /// One row a posting in the member's own layout.
    public static func csv(_ entries: [JournalEntry], layout: JournalLayout = .standard) -> String {
        var rows = CSVText(separator: layout.hasSemicolons ? ";" : ",")
        rows.add(layout.columns.map { CSVText.plain($0.title) })
        for entry in entries {
            for posting in entry.postings {
                rows.add(layout.columns.map { field($0.field, entry, posting, layout) })
            }
        }
        return rows.text
    }

    /// Plain text accounting as hledger reads it; every entry sums to zero.
    public static func hledger(_ entries: [JournalEntry]) -> String {
        var text = "commodity EUR 1000.00\n"
        for entry in entries {
            text += "\n\(entry.date) (\(clean(entry.document))) \(clean(entry.counterparty))\n"
            text += "    ; vervaldatum: \(entry.due)\n"
            if let order = entry.order { text += "    ; inkooporder: \(clean(order))\n" }
            for posting in entry.postings {
                text += "    \(posting.account)  EUR \(posting.amount.decimal)  ; \(clean(posting.text))\n"
            }
        }
        return text
    }

    // What has a meaning of its own in a journal becomes a blank.
    private static func clean(_ text: String) -> String {
        String(text.map { "()[];|\"\n\r\t".contains($0) ? " " : $0 })
    }

    private static func field(
        _ field: JournalField, _ entry: JournalEntry, _ posting: JournalPosting, _ layout: JournalLayout
    ) -> String {
        let amount = { (value: Int64) in
            DecimalText.write(value, fractionDigits: 2, minimum: 2, point: layout.hasDecimalComma ? "," : ".")
        }
        return switch field {
        case .date: "\(entry.date)"
        case .document: CSVText.plain(entry.document)
        case .counterparty: CSVText.plain(entry.counterparty)
        case .due: "\(entry.due)"
        case .order: CSVText.plain(entry.order ?? "")
        case .account: CSVText.plain(posting.account)
        case .costCentre: CSVText.plain(posting.costCentre ?? "")
        case .taskField: CSVText.plain(posting.taskField ?? "")
        case .category: CSVText.plain(posting.category ?? "")
        case .share: CSVText.plain(posting.share?.text ?? "")
        case .application: CSVText.plain(posting.application?.text ?? "")
        case .month: posting.serviceMonth?.description ?? ""
        case .year: "\(posting.serviceMonth?.year ?? entry.date.year)"
        case .nature: posting.isInvestment ? "investering" : "exploitatie"
        case .text: CSVText.plain(posting.text)
        case .debit: posting.amount > .zero ? amount(posting.amount.value) : ""
        case .credit: posting.amount < .zero ? amount(-posting.amount.value) : ""
        case .amount: amount(posting.amount.value)
        }
    }
}
