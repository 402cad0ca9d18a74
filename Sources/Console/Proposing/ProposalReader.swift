// SPDX-License-Identifier: EUPL-1.2
import Node
import Notation
import Settlement

/// Reads a proposal as people write it and makes the request of it. Remembers where each member of the request comes
/// from, so that what the node refuses is said in the words of the file or of the options.
struct ProposalReader {
    private(set) var reader = DocumentReader()
    /// Where a member of the request was written: `payload.price` or `--price`.
    private(set) var places = WrittenPlaces()
    /// Written as options: the last name of a path is the option's.
    let isFromOptions: Bool

    static let top: [ProposalField] = [
        ProposalField("title", "titel"), .optional("organ", "orgaan"), .optional("deadline", "termijnDatum"),
        .optional("cost", "kostenCent", .decimal(digits: 2, example: "25000.00")), .optional("cover", "dekking"),
        .optional("application", "applicatie"), .optional("text", "tekst", .file),
    ]

    init(isFromOptions: Bool) { self.isFromOptions = isFromOptions }

    /// The request; `nil` with findings where something is wrong.
    mutating func request(_ document: PositionedNode) throws(ConsoleFailure) -> JSON? {
        let names = Self.top.map(\.name)
        guard let mapping = reader.mapping(
            document, path: "", mandatory: ["kind", "title"], optional: names.filter { $0 != "title" } + ["payload"])
        else { return nil }
        var object = JSONObject()
        let known = ProposalKind.all.map(\.word).joined(separator: ", ")
        let kind = reader.value(mapping["kind"]?.value, path: "kind", expected: "one of " + known) {
            ProposalKind.named($0)
        }
        note("soort", "kind", mapping["kind"]?.value)
        try read(Self.top, mapping, ("", ""), into: &object)
        guard let kind else { return nil }
        object.set("soort", .string(kind.api))
        try readPayload(kind, mapping["payload"]?.value ?? document, isThere: mapping["payload"] != nil, into: &object)
        return reader.findings.isEmpty ? .object(object) : nil
    }

    private mutating func readPayload(
        _ kind: ProposalKind, _ node: PositionedNode, isThere: Bool, into object: inout JSONObject
    ) throws(ConsoleFailure) {
        guard !kind.fields.isEmpty else {
            if isThere { reader.refuse("payload", at: node, "a decision of kind \(kind.word) has no payload") }
            return
        }
        guard isThere else { return reader.refuse("payload", at: node, "is missing") }
        note("inhoud", "payload", node)
        object.set("inhoud", try group(kind.fields, node, ("inhoud", "payload")) ?? .null)
    }

    private mutating func note(_ api: String, _ shown: String, _ node: PositionedNode?) {
        places[api] = .init(shown: shown, line: node?.line ?? 0)
    }

    private mutating func group(
        _ fields: [ProposalField], _ node: PositionedNode, _ path: (api: String, shown: String)
    ) throws(ConsoleFailure) -> JSON? {
        guard let mapping = reader.mapping(
            node, path: path.shown, mandatory: fields.filter(\.isRequired).map(\.name),
            optional: fields.filter { !$0.isRequired }.map(\.name))
        else { return nil }
        var object = JSONObject()
        try read(fields, mapping, (path.api + ".", path.shown + "."), into: &object)
        return .object(object)
    }

    private mutating func read(
        _ fields: [ProposalField], _ mapping: PositionedNode.Mapping, _ prefix: (api: String, shown: String),
        into object: inout JSONObject
    ) throws(ConsoleFailure) {
        for field in fields {
            let path = (api: prefix.api + field.api, shown: prefix.shown + field.name)
            guard let node = mapping[field.name]?.value else {
                // What is absent is named by the field that would have given it.
                if places[path.api] == nil { places[path.api] = .init(shown: path.shown) }
                continue
            }
            if places[path.api]?.line ?? 0 > 0, object[field.api] != nil {
                reader.refuse(path.shown, at: node, "stands beside another field that says the same")
                continue
            }
            note(path.api, path.shown, node)
            if let value = try value(field.shape, node, path) { object.set(field.api, value) }
        }
    }

    private mutating func value(
        _ shape: ProposalField.Shape, _ node: PositionedNode, _ path: (api: String, shown: String)
    ) throws(ConsoleFailure) -> JSON? {
        switch shape {
        case .text: return reader.text(node, path: path.shown).map { .string($0) }
        case .integer:
            return reader.value(node, path: path.shown, expected: "a whole number") { Int64($0) }.map { .integer($0) }
        case .truth: return reader.boolean(node, path: path.shown).map { .boolean($0) }
        case .decimal(let digits, let example): return decimal(node, path.shown, digits, example).map { .integer($0) }
        case .choice(let words):
            let known = words.map(\.word).joined(separator: " or ")
            return reader.value(node, path: path.shown, expected: known) { word in
                words.first { $0.word == word }?.api
            }.map { .string($0) }
        case .file:
            guard let file = reader.text(node, path: path.shown) else { return nil }
            places[path.api]?.file = file
            return .string(String(decoding: try Files.read(file), as: UTF8.self))
        case .onlyTier:
            return decimal(node, path.shown, 6, "0.035").map { .array([["prijsMicroEuro": .integer($0)]]) }
        case .texts:
            return .array(reader.elements(node, path: path.shown).enumerated().compactMap { index, item in
                reader.text(item, path: "\(path.shown)[\(index)]").map { .string($0) }
            })
        case .group(let fields): return try group(fields, node, path)
        case .list(let fields):
            var items: [JSON] = []
            for (index, item) in reader.elements(node, path: path.shown).enumerated() {
                let here = (api: "\(path.api)[\(index)]", shown: "\(path.shown)[\(index)]")
                note(here.api, here.shown, item)
                if let value = try group(fields, item, here) { items.append(value) }
            }
            return .array(items)
        }
    }

    private mutating func decimal(_ node: PositionedNode, _ path: String, _ digits: Int, _ example: String) -> Int64? {
        reader.value(node, path: path, expected: "a number such as \"\(example)\"") { text in
            try? DecimalText.parse(text, fractionDigits: digits)
        }
    }
}

extension ProposalReader {
    /// Everything that is wrong, a line each, beginning with the file where there is one.
    func sentences(file: String?) -> String {
        reader.findings.map { finding in
            sentence(finding.message, shown: finding.path, line: finding.line, file: file)
        }.joined(separator: "\n")
    }

    /// What the node refused, in the words of the file or of the options.
    func sentences(_ failure: ConsoleFailure, file: String?) -> String {
        places.sentences(failure) { message, place, rest in
            let text = place?.file.map { "\($0): \(message)" } ?? message
            return sentence(text, shown: (place?.shown ?? "") + rest, line: place?.line ?? 0, file: file)
        }
    }

    private func sentence(_ message: String, shown: String, line: Int, file: String?) -> String {
        var text = file.map { "\($0): " } ?? ""
        if line > 0, file != nil { text += "line \(line): " }
        let name = isFromOptions && !shown.isEmpty ? Self.option(shown) : shown
        return text + (name.isEmpty ? "" : name + ": ") + message
    }

    /// `payload.perInhabitant` becomes `--per-inhabitant`, `payload.participants[0].since` becomes `--participant`.
    private static func option(_ path: String) -> String {
        let inside = path.hasPrefix("payload.") ? path.dropFirst("payload.".count) : path[...]
        let name = String(inside.prefix { $0 != "[" && $0 != "." })
        let isList = inside.dropFirst(name.count).first == "["
        return "--" + ProposalField(name, "", isList ? .list([]) : .text).option
    }
}
