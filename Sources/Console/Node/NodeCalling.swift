// SPDX-License-Identifier: EUPL-1.2
import Notation
import Transport

/// How a command speaks to the node; tests answer from fixtures.
protocol NodeCalling: Sendable {
    /// The answer, whatever its status. Throws when no node answered.
    func call(
        _ method: HTTPMethod, _ target: String, mediaType: String?, body: [UInt8], accept: String
    ) throws(ConsoleFailure) -> HTTPResponse
}

extension NodeCalling {
    /// The JSON of a GET.
    func get(_ target: String) throws(ConsoleFailure) -> JSON {
        try json(call(.get, target, mediaType: nil, body: [], accept: "application/json"))
    }

    /// The JSON of a POST of JSON.
    func post(_ target: String, _ value: JSON) throws(ConsoleFailure) -> JSON {
        try post(target, value.bytes(), mediaType: "application/json")
    }

    /// The JSON of a POST.
    func post(_ target: String, _ body: [UInt8], mediaType: String) throws(ConsoleFailure) -> JSON {
        try json(call(.post, target, mediaType: mediaType, body: body, accept: "application/json"))
    }

    /// The body of a good answer; a problem becomes sentences.
    func json(_ response: HTTPResponse) throws(ConsoleFailure) -> JSON {
        guard (200..<300).contains(response.status) else { throw Problem.failure(response) }
        do throws(JSONError) {
            return try JSON(parsing: response.body, bytesLimit: SocketNode.answerBytesLimit)
        } catch {
            throw ConsoleFailure(.finding, "The node's answer is not JSON: \(error)")
        }
    }
}

/// Problem documents (RFC 9457) as sentences.
enum Problem {
    /// The detail, then a line for each violation.
    static func failure(_ response: HTTPResponse) -> ConsoleFailure {
        guard let problem = try? JSON(parsing: response.body), let title = problem["title"]?.text else {
            return ConsoleFailure(.finding, "The node answered \(response.status) without saying why.")
        }
        return ConsoleFailure(.finding, sentences(problem, title: title), document: response.body)
    }

    static func sentences(_ problem: JSON, title: String) -> String {
        let detail = problem["detail"]?.text ?? ""
        let violations = (problem["violations"]?.elements ?? []).map { "  " + sentence($0) }
        return ([detail.isEmpty ? title : detail] + violations).joined(separator: "\n")
    }

    /// `line 3, column 1: legal.license: is missing`.
    static func sentence(_ violation: JSON) -> String {
        var text = ""
        if let line = violation["line"]?.wholeNumber {
            text += "line \(line)"
            if let column = violation["column"]?.wholeNumber { text += ", column \(column)" }
            text += ": "
        }
        if let path = violation["path"]?.text, !path.isEmpty { text += path + ": " }
        return text + (violation["message"]?.text ?? "")
    }
}
