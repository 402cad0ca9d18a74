// SPDX-License-Identifier: EUPL-1.2
import CYAML

/// What libyaml reports, copied into Swift, with a 1-based place.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias
        case scalar(text: String, isPlain: Bool)
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
        case nothing
    }

    let kind: Kind
    let hasAnchor: Bool
    let tag: String?
    let line: Int
    let column: Int
}

/// Sole owner of one libyaml parser. It borrows the bytes, which outlive it.
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
        self.bytes = bytes
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(reason: .outOfMemory, line: 0, column: 0)
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event. After an error or the end of the stream it must not be called again.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { yaml_event_delete(&event) }
        return Self.copy(event)
    }

    private static func copy(_ event: yaml_event_t) -> YAMLEvent {
        let data = event.data
        let (kind, anchor, tag): (YAMLEvent.Kind, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt8>?)
        switch event.type {
        case YAML_STREAM_START_EVENT: (kind, anchor, tag) = (.streamStart, nil, nil)
        case YAML_STREAM_END_EVENT: (kind, anchor, tag) = (.streamEnd, nil, nil)
        case YAML_DOCUMENT_START_EVENT: (kind, anchor, tag) = (.documentStart, nil, nil)
        case YAML_DOCUMENT_END_EVENT: (kind, anchor, tag) = (.documentEnd, nil, nil)
        case YAML_ALIAS_EVENT: (kind, anchor, tag) = (.alias, nil, nil)
        case YAML_SCALAR_EVENT:
            let text = UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length)
            let isPlain = data.scalar.style == YAML_PLAIN_SCALAR_STYLE
            kind = .scalar(text: String(decoding: text, as: UTF8.self), isPlain: isPlain)
            (anchor, tag) = (data.scalar.anchor, data.scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            (kind, anchor, tag) = (.sequenceStart, data.sequence_start.anchor, data.sequence_start.tag)
        case YAML_SEQUENCE_END_EVENT: (kind, anchor, tag) = (.sequenceEnd, nil, nil)
        case YAML_MAPPING_START_EVENT:
            (kind, anchor, tag) = (.mappingStart, data.mapping_start.anchor, data.mapping_start.tag)
        case YAML_MAPPING_END_EVENT: (kind, anchor, tag) = (.mappingEnd, nil, nil)
        default: (kind, anchor, tag) = (.nothing, nil, nil)
        }
        return YAMLEvent(
            kind: kind, hasAnchor: anchor != nil, tag: tag.map { String(cString: $0) },
            line: event.start_mark.line + 1, column: event.start_mark.column + 1)
    }

    /// The parser's complaint in our words.
    private func problem() -> YAMLError {
        let state = parser.pointee
        if state.error == YAML_MEMORY_ERROR { return YAMLError(reason: .outOfMemory, line: 0, column: 0) }
        if state.error == YAML_READER_ERROR {
            return YAMLError(
                reason: .notYAML("found a control character, which YAML does not allow"),
                at: min(state.problem_offset, bytes.count), in: bytes)
        }
        let mark = state.problem_mark
        let isTab = mark.index < bytes.count && character(at: mark) == UInt8(ascii: "\t")
        let text = state.problem.map { String(cString: $0) } ?? "the text cannot be read"
        return YAMLError(
            reason: .notYAML(isTab ? "found a tab where indentation is needed" : YAMLProblem.sentence(for: text)),
            line: mark.line + 1, column: mark.column + 1)
    }

    /// The first byte of the character at a mark. A mark counts characters, not bytes.
    private func character(at mark: yaml_mark_t) -> UInt8? {
        var characters = 0
        for byte in bytes where byte & 0xC0 != 0x80 {
            if characters == mark.index { return byte }
            characters += 1
        }
        return nil
    }
}
