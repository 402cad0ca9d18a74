// SPDX-License-Identifier: EUPL-1.2
import Foundation
@testable import Node
import Notation
import Testing

@Suite("Local API: the OpenAPI document, Protocol/local-api.md §1")
struct OpenAPITests {
    private static var path: String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return root.appending(path: "Protocol/openapi/korf-local.json").path
    }

    private let document = OpenAPIDocument.json(Routes.all)

    @Test("the file beside the protocol is what the node serves")
    func file() throws {
        let rendered = document.rendered(.pretty) + "\n"
        if ProcessInfo.processInfo.environment["KORF_WRITE_OPENAPI"] != nil {
            try PlainFile.replace(Self.path, Array(rendered.utf8))
        }
        #expect(String(decoding: try PlainFile.read(Self.path), as: UTF8.self) == rendered)
    }

    @Test("contact, version and server are as the Dutch API design rules ask")
    func rules() throws {
        #expect(document["info"]?["version"]?.text == LocalAPI.version)
        for name in ["name", "email", "url"] { #expect(document["info"]?["contact"]?[name]?.text?.isEmpty == false) }
        let url = try #require(document["servers"]?[0]?["url"]?.text)
        #expect(url.hasPrefix("https://") && url.contains("/v1"))
    }

    @Test("paths are in kebab case, queries in camel case, and whatever can be wrong documents 400")
    func paths() throws {
        for path in try #require(document["paths"]?.members) {
            for segment in path.name.split(separator: "/") where !segment.hasPrefix("{") && segment != "openapi.json" {
                #expect(segment.allSatisfy { $0.isLowercase || $0 == "-" || $0 == "_" }, "\(path.name)")
            }
            for operation in path.value.members ?? [] {
                let responses = operation.value["responses"]
                let parameters = operation.value["parameters"]?.elements ?? []
                if operation.name == "post" || !parameters.isEmpty { #expect(responses?["400"] != nil) }
                for parameter in parameters { #expect(parameter["name"]?.text?.first?.isLowercase == true) }
                #expect(operation.value["summary"]?.text?.isEmpty == false)
            }
        }
    }

    @Test("every schema that is referred to is there")
    func references() throws {
        let schemas = Set(try #require(document["components"]?["schemas"]?.members).map(\.name))
        let text = document.rendered()
        for part in text.components(separatedBy: "#/components/schemas/").dropFirst() {
            #expect(schemas.contains(String(part.prefix { $0 != "\"" })))
        }
    }
}
