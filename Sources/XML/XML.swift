// SPDX-License-Identifier: EUPL-1.2
import CExpat
public import Notation

/// XML 1.0 documents as trees with lines. libexpat reads; a document type, and so every entity of one's own, is
/// refused, and the tree stays within `XMLLimits`. Decision: Protocol/decisions/reading-xml.md.
public enum XML {
    /// Reads one document in UTF-8, UTF-16, ISO 8859-1 or ASCII.
    public static func parse(_ bytes: [UInt8]) throws(XMLError) -> XMLNode {
        guard bytes.count <= XMLLimits.bytes else { throw XMLError(reason: .tooLarge, line: 0, column: 0) }
        guard let parser = XML_ParserCreateNS(nil, XML_Char(XMLBuilder.separator)) else {
            throw XMLError(reason: .noMemory, line: 0, column: 0)
        }
        defer { XML_ParserFree(parser) }
        let builder = XMLBuilder(parser)
        // The parser calls back only inside XML_Parse, while the builder is alive.
        let status = withExtendedLifetime(builder) {
            XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
            XML_SetElementHandler(parser, XMLBuilder.onStart, XMLBuilder.onEnd)
            XML_SetCharacterDataHandler(parser, XMLBuilder.onText)
            XML_SetStartDoctypeDeclHandler(parser, XMLBuilder.onDocumentType)
            return bytes.withUnsafeBytes { buffer in
                XML_Parse(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(buffer.count), 1)
            }
        }
        if let reason = builder.refusal { throw builder.error(reason) }
        guard status == XML_STATUS_OK, let root = builder.root else {
            let words = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "unknown"
            throw builder.error(.malformed(words))
        }
        return root
    }
}

/// Collects what libexpat reports, and stops it at the first limit.
private final class XMLBuilder {
    /// Between namespace and name. A name cannot hold it; a namespace might, so the last one counts.
    static let separator: UInt8 = 0x0A

    private struct Open {
        let namespace: String
        let name: String
        let attributes: [XMLNode.Attribute]
        let line: Int
        var children: [XMLNode] = []
        var text: [UInt8] = []
    }

    private let parser: XML_Parser
    private var open: [Open] = []
    private var elementCount = 0
    private(set) var root: XMLNode?
    private(set) var refusal: XMLError.Reason?

    init(_ parser: XML_Parser) { self.parser = parser }

    func error(_ reason: XMLError.Reason) -> XMLError {
        XMLError(
            reason: reason, line: Int(XML_GetCurrentLineNumber(parser)),
            column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
    }

    private func refuse(_ reason: XMLError.Reason) {
        // After a stop libexpat still hands over what it had; the first reason is the one to tell.
        if refusal == nil { refusal = reason }
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    private func start(_ name: UnsafePointer<XML_Char>, _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>) {
        guard refusal == nil else { return }
        elementCount += 1
        guard elementCount <= XMLLimits.elements else { return refuse(.tooManyElements) }
        guard open.count < XMLLimits.depth else { return refuse(.tooDeep) }
        var attributes: [XMLNode.Attribute] = []
        var place = 0
        while let key = list[place], let value = list[place + 1] {
            guard place < 2 * XMLLimits.attributes else { return refuse(.tooManyAttributes) }
            let (namespace, name) = Self.split(key)
            if namespace.isEmpty { attributes.append(.init(name, String(cString: value))) }
            place += 2
        }
        let (namespace, local) = Self.split(name)
        open.append(Open(
            namespace: namespace, name: local, attributes: attributes,
            line: Int(XML_GetCurrentLineNumber(parser))))
    }

    private func end() {
        guard refusal == nil, let last = open.popLast() else { return }
        let node = XMLNode(
            namespace: last.namespace, name: last.name, attributes: last.attributes, children: last.children,
            text: Self.trimmed(last.text), line: last.line)
        if open.isEmpty { root = node } else { open[open.count - 1].children.append(node) }
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard refusal == nil, !open.isEmpty else { return }
        open[open.count - 1].text += bytes
    }

    private static func split(_ name: UnsafePointer<XML_Char>) -> (namespace: String, name: String) {
        let whole = String(cString: name)
        guard let mark = whole.utf8.lastIndex(of: separator) else { return ("", whole) }
        return (String(whole[..<mark]), String(whole[whole.utf8.index(after: mark)...]))
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
              let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> XMLBuilder? {
        context.map { Unmanaged<XMLBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    static let onStart: XML_StartElementHandler = { context, name, attributes in
        guard let name, let attributes else { return }
        from(context)?.start(name, attributes)
    }
    static let onEnd: XML_EndElementHandler = { context, _ in from(context)?.end() }
    static let onText: XML_CharacterDataHandler = { context, bytes, count in
        guard let bytes, count > 0 else { return }
        bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
            from(context)?.text(UnsafeBufferPointer(start: $0, count: Int(count)))
        }
    }
    static let onDocumentType: XML_StartDoctypeDeclHandler = { context, _, _, _, _ in
        from(context)?.refuse(.documentType)
    }
}
