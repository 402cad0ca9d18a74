// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Transport

/// A request that found its route: what its path and query say, decoded and checked.
struct APIRequest: Sendable {
    /// Values of `{name}` in the path.
    let path: [String: String]
    /// Values of the query.
    let query: [String: String]
    let body: [UInt8]
    /// The media type of the body, in lower case and without parameters; empty without one.
    let mediaType: String
    /// The media type to answer with.
    let accepted: String
    /// The language of refusals that people read.
    let language: APILanguage
    /// Who sent it, by the kernel's word.
    var caller = Caller.loopback

    /// A value of the path; a route that names it always has it.
    func inPath(_ name: String) -> String { path[name] ?? "" }

    /// The month of the path or, where absent there, of the query.
    func month(_ name: String) throws(APIProblem) -> CivilMonth {
        let text = path[name] ?? query[name] ?? ""
        guard let month = CivilMonth(text) else {
            throw .badRequest(
                "\(name) has to be a month such as 2026-10.", [.init(path: name, message: "expected a month, YYYY-MM")])
        }
        return month
    }

    /// The OIN of the path or query; `nil` where the query has none.
    func oin(_ name: String) throws(APIProblem) -> OIN? {
        guard let text = path[name] ?? query[name] else { return nil }
        guard let oin = OIN(text) else {
            throw .badRequest(
                "\(name) has to be an OIN: twenty digits.", [.init(path: name, message: "expected twenty digits")])
        }
        return oin
    }

    /// The JSON object of the body with no members but these.
    func object(mandatory: [String], optional: [String] = []) throws(APIProblem) -> JSON {
        let value: JSON
        do throws(JSONError) { value = try JSON(parsing: body) } catch {
            throw .badRequest(
                "The body is not JSON.",
                [.init(path: "", line: error.line, column: error.column, message: error.reason.sentence)])
        }
        guard case .object(let object) = value else {
            throw .badRequest("The body has to be an object.", [.init(path: "", message: "expected an object")])
        }
        let known = mandatory + optional
        var violations = object.members.filter { !known.contains($0.name) }.map {
            APIProblem.Violation(
                path: $0.name, message: "is not a field here; known are: \(known.joined(separator: ", "))")
        }
        violations += mandatory.filter { object[$0] == nil }.map { .init(path: $0, message: "is missing") }
        guard violations.isEmpty else { throw .badRequest("The body breaks rules.", violations) }
        return value
    }
}

/// What a handler answers.
enum APIAnswer: Sendable {
    case json(JSON)
    case created(JSON)
    case file(mediaType: String, [UInt8])
}

extension JSON {
    /// `null` where there is nothing.
    static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
    /// `null` where there is nothing.
    static func optional(_ number: Int64?) -> JSON { number.map { .integer($0) } ?? .null }
    /// `null` where there is nothing.
    static func optional(_ number: Int?) -> JSON { number.map { .integer(Int64($0)) } ?? .null }
    /// A count.
    static func count(_ number: Int) -> JSON { .integer(Int64(number)) }
}
