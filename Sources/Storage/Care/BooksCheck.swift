// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Looks for gaps in series, documents that are not what was written, and acts that are missing.
struct BooksCheck {
    let hashing: any Hashing

    func run(_ connection: borrowing Connection, _ report: inout FsckReport) throws(StorageFailure) {
        do throws(StorageFailure) {
            let documents = try BooksRows.documents(connection, hashing)
            let series = try BooksRows.series(connection)
            for one in series {
                let given = documents.filter { $0.prefix == one.prefix }.map(\.sequence)
                if one.last < one.first || given != Array(one.first...max(one.first, one.last)) {
                    report.note("books: series \(one.prefix) does not hold each number from \(one.first) to "
                        + "\(one.last) once")
                }
            }
            let known = Set(series.map(\.prefix))
            for document in documents where !known.contains(document.prefix) {
                report.note("books: document \(document.prefix)-\(document.sequence) is of no series")
            }
            let acts = try BooksRows.acts(connection)
            if acts.map(\.sequence) != Array(acts.indices.map { $0 + 1 }) {
                report.note("books: an act of the audit trail is missing")
            }
        } catch { report.note(error) }
    }
}
