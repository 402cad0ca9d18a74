// SPDX-License-Identifier: EUPL-1.2
import Notation

/// Builds the tree of one document from events, within `YAMLLimits`.
struct YAMLComposer: ~Copyable {
    private var events: YAMLEvents
    private var nodeCount = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) { events = try YAMLEvents(bytes) }

    /// The only document of the stream.
    mutating func document() throws(YAMLError) -> PositionedNode {
        _ = try events.next()
        let start = try events.next()
        guard case .documentStart = start.kind else { throw refusal(.empty, at: start) }
        let root = try node(from: try events.next(), depth: 0)
        _ = try events.next()
        let after = try events.next()
        guard case .streamEnd = after.kind else { throw refusal(.secondDocument, at: after) }
        return root
    }

    private mutating func node(from event: YAMLEvent, depth: Int) throws(YAMLError) -> PositionedNode {
        try count(event)
        if event.hasAnchor { throw refusal(.anchor, at: event) }
        let content: PositionedNode.Content
        switch event.kind {
        case .scalar(let text, let isPlain):
            content = .scalar(try scalar(text, isPlain: isPlain, event))
        case .sequenceStart:
            try accept(event, depth: depth, tag: "seq")
            content = .sequence(try elements(depth: depth + 1))
        case .mappingStart:
            try accept(event, depth: depth, tag: "map")
            content = .mapping(.init(try members(depth: depth + 1)))
        case .alias:
            throw refusal(.anchor, at: event)
        default:
            throw refusal(.empty, at: event)
        }
        return PositionedNode(content, line: event.line, column: event.column)
    }

    private mutating func elements(depth: Int) throws(YAMLError) -> [PositionedNode] {
        var elements: [PositionedNode] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { return elements }
            elements.append(try node(from: event, depth: depth))
        }
    }

    private mutating func members(depth: Int) throws(YAMLError) -> [PositionedNode.Mapping.Member] {
        var members: [PositionedNode.Mapping.Member] = []
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { return members }
            let name = try node(from: event, depth: depth)
            guard let text = name.scalar?.text else { throw refusal(.nameIsNoScalar, at: event) }
            let value = try node(from: try events.next(), depth: depth)
            members.append(.init(name: text, line: name.line, column: name.column, value: value))
        }
    }

    private mutating func count(_ event: YAMLEvent) throws(YAMLError) {
        nodeCount += 1
        guard nodeCount <= YAMLLimits.nodes else { throw refusal(.tooManyNodes, at: event) }
    }

    private func accept(_ event: YAMLEvent, depth: Int, tag: String) throws(YAMLError) {
        guard depth < YAMLLimits.depth else { throw refusal(.tooDeep, at: event) }
        guard let written = event.tag, written != "!" else { return }
        guard let name = try coreTag(written, event), name == tag else {
            throw refusal(.contradictedTag(written), at: event)
        }
    }

    /// A tag can only confirm what the text says, or make a string of it.
    private func scalar(
        _ text: String, isPlain: Bool, _ event: YAMLEvent
    ) throws(YAMLError) -> PositionedNode.Scalar {
        guard let written = event.tag else { return .init(text: text, isPlain: isPlain) }
        if written == "!" { return .init(text: text, isPlain: false) }
        let resolved = PositionedNode.Scalar(text: text, isPlain: true)
        switch (try coreTag(written, event), resolved.value) {
        case ("str", _): return .init(text: text, isPlain: false)
        case ("null", .null), ("bool", .boolean), ("int", .integer), ("float", .float), ("float", .integer):
            return resolved
        default: throw refusal(.contradictedTag(written), at: event)
        }
    }

    private func coreTag(_ tag: String, _ event: YAMLEvent) throws(YAMLError) -> String? {
        let prefix = "tag:yaml.org,2002:"
        guard tag.hasPrefix(prefix) else { throw refusal(.foreignTag(tag), at: event) }
        let name = String(tag.dropFirst(prefix.count))
        guard ["str", "null", "bool", "int", "float", "seq", "map"].contains(name) else {
            throw refusal(.foreignTag(tag), at: event)
        }
        return name
    }

    private func refusal(_ reason: YAMLError.Reason, at event: YAMLEvent) -> YAMLError {
        YAMLError(reason: reason, line: event.line, column: event.column)
    }
}
