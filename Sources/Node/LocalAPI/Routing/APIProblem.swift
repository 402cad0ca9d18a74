// SPDX-License-Identifier: EUPL-1.2
import Notation
import Transport

/// Why a request is refused: an RFC 9457 problem document with every violation. Spec: Protocol/local-api.md §1.
struct APIProblem: Error, Equatable {
    /// One broken rule and where.
    struct Violation: Equatable {
        let path: String
        var line: Int?
        var column: Int?
        let message: String
    }

    let status: Int
    let title: String
    let detail: String
    var violations: [Violation] = []

    /// The request itself is wrong.
    static func badRequest(_ detail: String, _ violations: [Violation] = []) -> APIProblem {
        APIProblem(status: 400, title: "Bad request", detail: detail, violations: violations)
    }

    /// What the request names is not there.
    static func notFound(_ detail: String) -> APIProblem {
        APIProblem(status: 404, title: "Not found", detail: detail)
    }

    /// The request contradicts what is held.
    static func conflict(_ detail: String) -> APIProblem {
        APIProblem(status: 409, title: "Conflict", detail: detail)
    }

    /// The node cannot do it now.
    static func unavailable(_ detail: String) -> APIProblem {
        APIProblem(status: 503, title: "Not now", detail: detail)
    }

    var response: HTTPResponse {
        var document = JSONObject()
        document.set("status", .integer(Int64(status)))
        document.set("title", .string(title))
        document.set("detail", .string(detail))
        if !violations.isEmpty { document.set("violations", .array(violations.map(\.json))) }
        return HTTPResponse(
            status: status, contentType: "application/problem+json", body: JSON.object(document).bytes())
    }
}

extension APIProblem.Violation {
    fileprivate var json: JSON {
        var document = JSONObject()
        document.set("path", .string(path))
        if let line, line > 0 { document.set("line", .integer(Int64(line))) }
        if let column, column > 0 { document.set("column", .integer(Int64(column))) }
        document.set("message", .string(message))
        return .object(document)
    }

    /// A finding of a grader or reader.
    init(_ finding: Finding) {
        self.init(path: finding.path, line: finding.line, column: finding.column, message: finding.message)
    }
}
