// SPDX-License-Identifier: EUPL-1.2
import Transport

/// Finds the route of a request and checks what stands around its body. Pure. Spec: Protocol/local-api.md §1.
struct Router: Sendable {
    let routes: [Route]

    func find(_ request: HTTPRequest) throws(APIProblem) -> (route: Route, request: APIRequest) {
        let segments = try segments(request.path)
        let matches = routes.compactMap { route in route.match(segments).map { (route: route, values: $0) } }
        // A path with a name of its own goes before one that takes any value.
        let best = matches.filter { $0.values.count == matches.map(\.values.count).min() }
        guard !best.isEmpty else { throw .notFound("There is nothing at \(request.path).") }
        guard let found = best.first(where: { $0.route.method == request.method }) else {
            let methods = best.map(\.route.method.rawValue).sorted().joined(separator: ", ")
            throw APIProblem(
                status: 405, title: "Method not allowed", detail: "\(request.path) takes \(methods).")
        }
        let route = found.route
        let query = try query(request.query, of: route)
        let mediaType = try mediaType(request, of: route)
        return (route, APIRequest(
            path: found.values, query: query, body: request.body, mediaType: mediaType,
            accepted: try accepted(request.field("accept"), of: route),
            language: APILanguage(acceptLanguage: request.field("accept-language")), caller: request.caller))
    }

    private func segments(_ path: String) throws(APIProblem) -> [String] {
        var segments: [String] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard let text = PercentEncoding.decode(part), !text.isEmpty else {
                throw .notFound("There is nothing at \(path).")
            }
            segments.append(text)
        }
        return segments
    }

    private func query(_ query: String?, of route: Route) throws(APIProblem) -> [String: String] {
        var values: [String: String] = [:]
        var violations: [APIProblem.Violation] = []
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentEncoding.decode(parts[0]) ?? ""
            let known = route.query.map(\.name)
            guard known.contains(name) else {
                let sentence = known.isEmpty ? "there are none here" : "known are: \(known.joined(separator: ", "))"
                violations.append(.init(path: name, message: "is not a query key here; \(sentence)"))
                continue
            }
            guard values[name] == nil else {
                violations.append(.init(path: name, message: "stands here twice"))
                continue
            }
            guard parts.count == 2, let value = PercentEncoding.decode(parts[1]) else {
                violations.append(.init(path: name, message: "needs a value in UTF-8"))
                continue
            }
            values[name] = value
        }
        for key in route.query where key.isRequired && values[key.name] == nil {
            violations.append(.init(path: key.name, message: "is missing: \(key.description)"))
        }
        guard violations.isEmpty else { throw .badRequest("The query breaks rules.", violations) }
        return values
    }

    private func mediaType(_ request: HTTPRequest, of route: Route) throws(APIProblem) -> String {
        let given = Self.essence(request.field("content-type") ?? "")
        guard !route.consumes.isEmpty else {
            guard request.body.isEmpty else { throw .badRequest("This request takes no body.") }
            return given
        }
        guard route.consumes.contains(given) else {
            let shown = given.isEmpty ? "none" : given
            throw APIProblem(
                status: 415, title: "Unsupported media type",
                detail: "The body has to be \(route.consumes.joined(separator: " or ")), not \(shown).")
        }
        return given
    }

    /// The first media type of the answer that the caller takes. Weights are not looked at.
    private func accepted(_ field: String?, of route: Route) throws(APIProblem) -> String {
        let wanted = (field ?? "").split(separator: ",").map { Self.essence(String($0)) }.filter { !$0.isEmpty }
        if wanted.isEmpty { return route.produces[0] }
        for type in wanted {
            if type == MediaType.any { return route.produces[0] }
            let found = route.produces.first { $0 == type || (type.hasSuffix("/*") && $0.hasPrefix(type.dropLast())) }
            if let found { return found }
        }
        throw APIProblem(
            status: 406, title: "Not acceptable", detail: "The answer is \(route.produces.joined(separator: " or ")).")
    }

    private static func essence(_ field: String) -> String {
        let type = field.prefix { $0 != ";" }.lowercased()
        return String(type.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

/// Percent-decoding of one segment or value.
enum PercentEncoding {
    /// `nil` where an escape is broken or the bytes are not UTF-8.
    static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                  let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
