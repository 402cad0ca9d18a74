// SPDX-License-Identifier: EUPL-1.2
@testable import Node
import Testing
import Transport

@Suite("Local API: routing, Protocol/local-api.md §1")
struct RouterTests {
    private let router = Router(routes: Routes.all)

    private func find(
        _ method: HTTPMethod, _ target: String, _ fields: [HTTPField] = [], body: [UInt8] = []
    ) throws -> (route: Route, request: APIRequest) {
        let head = HTTPRequestHead(method: method, target: target, fields: fields)
        return try router.find(HTTPRequest(head: head, body: body, caller: .local(uid: 0, gid: 0, pid: 1)))
    }

    private func refusal(
        _ method: HTTPMethod, _ target: String, _ fields: [HTTPField] = [], body: [UInt8] = []
    ) -> APIProblem? {
        do { _ = try find(method, target, fields, body: body) } catch { return error as? APIProblem }
        return nil
    }

    private static let json = HTTPField("content-type", "application/json")

    @Test("each path finds its route", arguments: [
        ("/v1/status", "/v1/status"), ("/v1/leden/00000099000000632000", "/v1/leden/{oin}"),
        ("/v1/verbruik?maand=2026-10", "/v1/verbruik"),
        ("/v1/uitleg/V-2026-10%2Fcorv%2F1", "/v1/uitleg/{regelId...}"),
        ("/v1/uitleg/V-2026-10/corv/1", "/v1/uitleg/{regelId...}"),
        ("/v1/applicaties/corv", "/v1/applicaties/{id}"),
    ])
    func routes(target: String, pattern: String) throws {
        #expect(try find(.get, target).route.pattern == pattern)
    }

    @Test("an id in the path is decoded once")
    func decoding() throws {
        #expect(try find(.get, "/v1/uitleg/C-2026-10%2Fa%252Fb").request.inPath("regelId") == "C-2026-10/a%2Fb")
    }

    @Test("what is nowhere is 404", arguments: ["/", "/v1", "/v1/nergens", "/v1/leden/", "/v1//leden", "/v1/status/x"])
    func nowhere(target: String) { #expect(refusal(.get, target)?.status == 404) }

    @Test("another method is 405", arguments: [
        (HTTPMethod.post, "/v1/status"), (.delete, "/v1/leden"), (.get, "/v1/_backup"), (.put, "/v1/applicaties/corv"),
    ])
    func method(method: HTTPMethod, target: String) { #expect(refusal(method, target)?.status == 405) }

    @Test("another media type of the body is 415")
    func mediaType() throws {
        #expect(refusal(.post, "/v1/_backup", body: Array("{}".utf8))?.status == 415)
        #expect(refusal(.post, "/v1/_backup", [HTTPField("content-type", "text/plain")])?.status == 415)
        let charset = [HTTPField("content-type", "Application/JSON; charset=utf-8")]
        #expect(try find(.post, "/v1/_backup", charset).request.mediaType == "application/json")
    }

    @Test("an answer that nobody takes is 406; what is taken is chosen")
    func accept() throws {
        #expect(refusal(.get, "/v1/status", [HTTPField("accept", "text/html")])?.status == 406)
        for field in ["*/*", "application/*", "text/html, application/json;q=0.5"] {
            #expect(try find(.get, "/v1/status", [HTTPField("accept", field)]).request.accepted == "application/json")
        }
        let yaml = try find(.get, "/v1/applicaties/corv", [HTTPField("accept", "application/yaml")])
        #expect(yaml.request.accepted == "application/yaml")
    }

    @Test("all violations of a query are listed at once")
    func query() throws {
        let problem = try #require(refusal(.get, "/v1/verbruik?jaar=2026&maand=2026-10&maand=2026-11&x=%FF"))
        #expect(problem.status == 400)
        #expect(problem.violations.map(\.path) == ["jaar", "maand", "x"])
        #expect(refusal(.get, "/v1/verbruik")?.violations.map(\.path) == ["maand"])
        #expect(refusal(.get, "/v1/status", body: [1])?.status == 400)
    }

    @Test("all violations of a body are listed at once")
    func body() throws {
        let wrong = Array(#"{"sloeg": 1, "x": 2}"#.utf8)
        let request = try find(.post, "/v1/applicaties", [Self.json], body: wrong).request
        let problem = #expect(throws: APIProblem.self) { try request.object(mandatory: ["slug", "naam"]) }
        #expect(problem?.violations.map(\.path) == ["sloeg", "x", "slug", "naam"])
        let broken = try find(.post, "/v1/applicaties", [Self.json], body: Array("{\n,".utf8)).request
        let place = #expect(throws: APIProblem.self) { try broken.object(mandatory: []) }
        #expect(place?.violations.first?.line == 2)
    }
}
