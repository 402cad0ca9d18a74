// SPDX-License-Identifier: EUPL-1.2

/// A piece of a statement for people, before it is text or HTML.
enum SheetBlock: Hashable, Sendable {
    struct Column: Hashable, Sendable {
        let title: String
        let isNumber: Bool

        init(_ title: String, isNumber: Bool = false) {
            self.title = title
            self.isNumber = isNumber
        }
    }

    case title(String)
    case heading(String)
    case paragraph(String)
    /// Stands out.
    case warning(String)
    /// Rows below titles.
    case table([Column], rows: [[String]])
    case facts([Fact])

    struct Fact: Hashable, Sendable {
        let label: String
        let value: String

        init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }
}
