// SPDX-License-Identifier: EUPL-1.2
import Transport

/// One path and method of the local API, as data: the router and the OpenAPI document are both made from it.
struct Route: Sendable {
    /// A value in path or query.
    struct Parameter: Sendable {
        let name: String
        /// Dutch, for the document.
        let description: String
        let example: String
        var isRequired = false
    }

    typealias Handler = @Sendable (LocalAPI, APIRequest) async throws(APIProblem) -> APIAnswer

    let method: HTTPMethod
    /// Such as `/v1/leden/{oin}`; a last segment `{name...}` takes the rest of the path.
    let pattern: String
    /// Dutch, for the document.
    let summary: String
    let parameters: [Parameter]
    let query: [Parameter]
    /// Media types that the body may have; empty for no body.
    let consumes: [String]
    /// Media types of the answer, the usual one first.
    let produces: [String]
    /// The name of the schema of the answer.
    let answer: String
    let handler: Handler

    init(
        _ method: HTTPMethod, _ pattern: String, _ summary: String, parameters: [Parameter] = [],
        query: [Parameter] = [], consumes: [String] = [], produces: [String] = [MediaType.json], answer: String,
        handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.summary = summary
        self.parameters = parameters
        self.query = query
        self.consumes = consumes
        self.produces = produces
        self.answer = answer
        self.handler = handler
    }

    /// The values of the path; `nil` where it is another path.
    func match(_ segments: [String]) -> [String: String]? {
        let own = pattern.split(separator: "/").map(String.init)
        var values: [String: String] = [:]
        for (index, segment) in own.enumerated() {
            guard index < segments.count else { return nil }
            if segment.hasPrefix("{"), segment.hasSuffix("...}") {
                values[String(segment.dropFirst().dropLast(4))] = segments[index...].joined(separator: "/")
                return values
            }
            if segment.hasPrefix("{") {
                values[String(segment.dropFirst().dropLast())] = segments[index]
            } else if segment != segments[index] {
                return nil
            }
        }
        return own.count == segments.count ? values : nil
    }
}

/// Media types that the API reads and writes.
enum MediaType {
    static let json = "application/json"
    static let yaml = "application/yaml"
    static let problem = "application/problem+json"
    static let event = "application/cloudevents+json"
    static let events = "application/cloudevents-batch+json"
    static let any = "*/*"
}
