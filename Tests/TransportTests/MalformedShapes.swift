// SPDX-License-Identifier: EUPL-1.2
import Testing
@testable import Transport

/// One way to write a request wrongly, and the refusal that answers it.
struct MalformedShape: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let refusal: RequestRefusal

    var testDescription: String { name }

    init(_ name: String, _ text: String, _ refusal: RequestRefusal) {
        self.init(name, Array(text.utf8), refusal)
    }

    init(_ name: String, _ bytes: [UInt8], _ refusal: RequestRefusal) {
        self.name = name
        self.bytes = bytes
        self.refusal = refusal
    }

    /// A GET with `lines` after its Host field.
    static func get(_ name: String, _ lines: String, _ refusal: RequestRefusal) -> MalformedShape {
        MalformedShape(name, "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n", refusal)
    }

    /// A POST with `lines` after its Host field and `body` behind the head.
    static func post(
        _ name: String, _ lines: String, body: String = "hello", _ refusal: RequestRefusal
    ) -> MalformedShape {
        MalformedShape(name, "POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n\(body)", refusal)
    }

    static let limits = ServerLimits()

    static let all = lines + requestLines + targets + fields + hosts + lengths + encodings + others

    static let lines: [MalformedShape] = [
        MalformedShape("bare LF ends the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", .bareLineFeed),
        MalformedShape("bare LF ends a field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", .bareLineFeed),
        MalformedShape("bare LF ends the head", "GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
        MalformedShape("bare CR ends a field", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", .bareCarriageReturn),
        MalformedShape("bare CR within a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", .bareCarriageReturn),
        MalformedShape("two CRs before LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", .bareCarriageReturn),
        .get("NUL within a value", "X: a\0b", .controlCharacter),
        .get("NUL within a name", "X\0: ab", .controlCharacter),
        MalformedShape("NUL within the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", .controlCharacter),
        .get("vertical tab within a value", "X: a\u{B}b", .controlCharacter),
        .get("DEL within a value", "X: a\u{7F}b", .controlCharacter),
        .get("UTF-8 within a value", "X: caf\u{E9}", .notASCII),
        MalformedShape("UTF-8 within the target", "GET /caf\u{E9} HTTP/1.1\r\nHost: a\r\n\r\n", .notASCII),
        MalformedShape("empty line before the request",
            "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .emptyLineBeforeRequest),
        MalformedShape("a TLS handshake in clear text", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01], .controlCharacter),
    ]

    static let requestLines: [MalformedShape] = [
        MalformedShape("HTTP/0.9", "GET /\r\n\r\n", .malformedRequestLine),
        MalformedShape("two spaces after the method", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        MalformedShape("space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        MalformedShape("space after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", .malformedRequestLine),
        MalformedShape("space within the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        MalformedShape("tab instead of space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        MalformedShape("method that is no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedMethod),
        MalformedShape("lower-case method", "get / HTTP/1.1\r\nHost: a\r\n\r\n", .unknownMethod),
        MalformedShape("TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", .unknownMethod),
        MalformedShape("CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", .unknownMethod),
        MalformedShape("HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", .unsupportedVersion),
        MalformedShape("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", .unsupportedVersion),
        MalformedShape("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .unsupportedVersion),
        MalformedShape("lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n", .malformedVersion),
        MalformedShape("version with a leading zero", "GET / HTTP/1.01\r\nHost: a\r\n\r\n", .malformedVersion),
        MalformedShape("another protocol's version", "GET / SIP/2.0\r\nHost: a\r\n\r\n", .malformedVersion),
    ]

    static let targets: [MalformedShape] = [
        MalformedShape("absolute form", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", .targetNotOriginForm),
        MalformedShape("asterisk form", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", .targetNotOriginForm),
        MalformedShape("authority form", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", .targetNotOriginForm),
        MalformedShape("fragment", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", .targetCharacter),
        MalformedShape("backslash", "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n", .targetCharacter),
        MalformedShape("quote", "GET /a\"b HTTP/1.1\r\nHost: a\r\n\r\n", .targetCharacter),
        MalformedShape("cut-off escape", "GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n", .targetEscape),
        MalformedShape("escape that is no hexadecimal", "GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n", .targetEscape),
        MalformedShape("escaped NUL", "GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n", .targetEscape),
        MalformedShape("escaped line end", "GET /a%0d%0ax HTTP/1.1\r\nHost: a\r\n\r\n", .targetEscape),
        MalformedShape("dot segments", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", .targetDotSegment),
        MalformedShape("escaped dot segments", "GET /a/%2E%2e/b HTTP/1.1\r\nHost: a\r\n\r\n", .targetDotSegment),
        MalformedShape(
            "target one byte too long",
            "GET /\(String(repeating: "a", count: limits.targetBytes)) HTTP/1.1\r\nHost: a\r\n\r\n",
            .targetTooLong(limit: limits.targetBytes)),
        MalformedShape(
            "target without end", "GET /\(String(repeating: "a", count: 4096))",
            .targetTooLong(limit: limits.targetBytes)),
    ]

    static let fields: [MalformedShape] = [
        .get("folded field", "X: a\r\n b", .foldedField),
        .get("field folded by a tab", "X: a\r\n\tb", .foldedField),
        MalformedShape("fold right after the request line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", .foldedField),
        .get("space before the colon", "Content-Length : 5", .whitespaceBeforeColon),
        .get("tab before the colon", "Content-Length\t: 5", .whitespaceBeforeColon),
        .get("no colon", "X", .fieldWithoutColon),
        .get("empty name", ": a", .malformedFieldName),
        .get("space within a name", "X Y: a", .malformedFieldName),
        .get("name with a bracket", "X[0]: a", .malformedFieldName),
        .get("name in quotes", "\"Content-Length\": 5", .malformedFieldName),
        MalformedShape(
            "one field too many",
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: a\r\n", count: limits.fieldCount) + "\r\n",
            .tooManyFields(limit: limits.fieldCount)),
        .get(
            "head one byte too large", "X: " + String(repeating: "a", count: limits.headBytes),
            .headTooLarge(limit: limits.headBytes)),
    ]

    static let hosts: [MalformedShape] = [
        MalformedShape("no Host", "GET / HTTP/1.1\r\n\r\n", .hostMissing),
        .get("two Hosts", "Host: b", .hostRepeated),
        .get("two equal Hosts", "host: a", .hostRepeated),
        MalformedShape("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", .malformedHost),
        MalformedShape("Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", .malformedHost),
        MalformedShape("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .malformedHost),
        MalformedShape("list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", .malformedHost),
    ]

    static let lengths: [MalformedShape] = [
        .post("two lengths", "Content-Length: 5\r\nContent-Length: 6", .repeatedLength),
        .post("two equal lengths", "Content-Length: 5\r\nContent-Length: 5", .repeatedLength),
        .post("list of lengths", "Content-Length: 5, 5", .malformedLength),
        .post("negative length", "Content-Length: -5", .malformedLength),
        .post("length with a plus", "Content-Length: +5", .malformedLength),
        .post("hexadecimal length", "Content-Length: 0x5", .malformedLength),
        .post("length with a leading zero", "Content-Length: 05", .malformedLength),
        .post("length with an inner space", "Content-Length: 5 0", .malformedLength),
        .post("length with a fraction", "Content-Length: 5.0", .malformedLength),
        .post("empty length", "Content-Length:", .malformedLength),
        .post("length beyond 64 bits", "Content-Length: 18446744073709551621", .malformedLength),
        .post("length one byte too large", "Content-Length: 1048577", body: "", .bodyTooLarge(limit: 1_048_576)),
        .get("GET with a body", "Content-Length: 5", .bodyNotAllowed),
        MalformedShape(
            "DELETE with a body", "DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", .bodyNotAllowed),
    ]

    static let encodings: [MalformedShape] = [
        .post("length, then chunked",
            "Content-Length: 5\r\nTransfer-Encoding: chunked", .lengthBesideTransferEncoding),
        .post("chunked, then length",
            "Transfer-Encoding: chunked\r\nContent-Length: 5", .lengthBesideTransferEncoding),
        .post("chunked", "Transfer-Encoding: chunked", body: "0\r\n\r\n", .chunkedBody),
        .post("chunked twice",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .unsupportedTransferEncoding),
        .post("gzip, chunked", "Transfer-Encoding: gzip, chunked", .unsupportedTransferEncoding),
        .post("chunked, identity", "Transfer-Encoding: chunked, identity", .unsupportedTransferEncoding),
        .post("identity", "Transfer-Encoding: identity", .unsupportedTransferEncoding),
        .post("chunked in quotes", "Transfer-Encoding: \"chunked\"", .unsupportedTransferEncoding),
        .post("xchunked", "Transfer-Encoding: xchunked", .unsupportedTransferEncoding),
        .post("chunked with a tab", "Transfer-Encoding:\tchunked\t", .chunkedBody),
        .get("GET that is chunked", "Transfer-Encoding: chunked", .chunkedBody),
        .post("gzip content", "Content-Length: 5\r\nContent-Encoding: gzip", .contentEncoding),
    ]

    static let others: [MalformedShape] = [
        .post("unknown expectation", "Content-Length: 5\r\nExpect: 200-ok", .expectation),
        .get("upgrade", "Connection: keep-alive\r\nUpgrade: h2c", .upgrade),
        .get("Connection names a field", "Connection: Content-Length", .connectionOption),
        .get("Connection list", "Connection: close, Host", .connectionOption),
    ]
}
