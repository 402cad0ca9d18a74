// SPDX-License-Identifier: EUPL-1.2
import Notation
import Transport

/// The OpenAPI document, made from the routes, so that it names what is there and nothing else. The same bytes stand in
/// `Protocol/openapi/korf-local.json`.
enum OpenAPIDocument {
    /// The document of these routes.
    static func json(_ routes: [Route]) -> JSON {
        var paths = JSONObject()
        for route in routes {
            let path = path(of: route)
            var item = JSONObject()
            if case .object(let known)? = paths[path] { item = known }
            item.set(route.method.rawValue.lowercased(), operation(route))
            paths.set(path, .object(item))
        }
        return [
            "openapi": "3.0.3",
            "info": [
                "title": "Korf, lokale API", "version": .string(LocalAPI.version),
                "description": "Wat een knoop op zijn eigen machine antwoordt: aan korf, toepassingen, dashboard.",
                "contact": [
                    "name": "Coöperatie Beware U.A.", "email": "beheer@beware.example", "url": "https://beware.example",
                ],
                "license": ["name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"],
            ],
            "servers": [
                ["url": "https://localhost/v1", "description": "Unix-socket van de knoop; de naam doet er niet toe"],
            ],
            "tags": [["name": "knoop", "description": "Deze knoop en wat hij weet"]],
            "paths": .object(paths),
            "components": [
                "headers": [
                    "ApiVersion": ["description": "Versie van de API", "schema": ["type": "string"]],
                ],
                "responses": [
                    "Probleem": [
                        "description": "Het verzoek is geweigerd; alle overtredingen staan erin",
                        "headers": version,
                        "content": [
                            "application/problem+json": ["schema": ["$ref": "#/components/schemas/Probleem"]],
                        ],
                    ],
                ],
                "schemas": APISchemas.json,
            ],
        ]
    }

    private static let version: JSON = ["API-Version": ["$ref": "#/components/headers/ApiVersion"]]

    /// Without `/v1`, which is the server's.
    private static func path(of route: Route) -> String {
        let path = route.pattern.hasPrefix("/v1") ? String(route.pattern.dropFirst(3)) : route.pattern
        return path.split(separator: "...").joined()
    }

    private static func operation(_ route: Route) -> JSON {
        var operation = JSONObject()
        operation.set("operationId", .string(name(of: route)))
        operation.set("summary", .string(route.summary))
        operation.set("description", .string(route.summary + "."))
        operation.set("tags", ["knoop"])
        let parameters = route.parameters.map { parameter($0, in: "path", isRequired: true) }
            + route.query.map { parameter($0, in: "query", isRequired: $0.isRequired) }
        if !parameters.isEmpty { operation.set("parameters", .array(parameters)) }
        if !route.consumes.isEmpty {
            operation.set("requestBody", ["required": true, "content": content(route.consumes, request: true, route)])
        }
        operation.set("responses", .object(responses(route)))
        return .object(operation)
    }

    private static func responses(_ route: Route) -> JSONObject {
        var responses = JSONObject()
        let isCreating = ["Gesticht", "Backup", "Tegels", "Jaarbundel", "Besluit", "Stem"].contains(route.answer)
            && route.method == .post
        responses.set(isCreating ? "201" : "200", [
            "description": "Gelukt", "headers": version, "content": content(route.produces, request: false, route),
        ])
        var codes: [String] = []
        if route.method == .post || !route.parameters.isEmpty || !route.query.isEmpty { codes.append("400") }
        if !route.parameters.isEmpty || route.answer == "Intrekking" { codes.append("404") }
        codes.append("406")
        if route.method == .post { codes.append("409") }
        if !route.consumes.isEmpty { codes.append("415") }
        codes.append("503")
        for code in codes { responses.set(code, ["$ref": "#/components/responses/Probleem"]) }
        return responses
    }

    private static func content(_ types: [String], request: Bool, _ route: Route) -> JSON {
        var content = JSONObject()
        for type in types {
            let schema: JSON = switch type {
            case MediaType.yaml: ["type": "string", "description": "publiccode.yml"]
            case MediaType.events: ["type": "array", "items": ["$ref": "#/components/schemas/Melding"]]
            case MediaType.event: ["$ref": "#/components/schemas/Melding"]
            default: ["$ref": .string("#/components/schemas/\(route.answer)\(request ? "Verzoek" : "")")]
            }
            content.set(type, ["schema": schema])
        }
        return .object(content)
    }

    private static func parameter(_ parameter: Route.Parameter, in place: String, isRequired: Bool) -> JSON {
        [
            "name": .string(parameter.name), "in": .string(place), "description": .string(parameter.description),
            "required": .boolean(isRequired), "schema": ["type": "string"], "example": .string(parameter.example),
        ]
    }

    private static func name(of route: Route) -> String {
        (route.method == .get ? "haal" : "doe") + route.answer
    }
}
