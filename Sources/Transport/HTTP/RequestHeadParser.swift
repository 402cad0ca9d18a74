// SPDX-License-Identifier: EUPL-1.2

/// What the fields of a head say about the rest of the request.
struct RequestFraming: Equatable, Sendable {
    var bodyBytes = 0
    var expectsContinue = false
    var closes = false
}

/// Parses a scanned head: strict, one spelling for each meaning. Spec: Protocol/transport.md §4.
enum RequestHeadParser {
    /// `bytes` is a complete head as `HeadScanner` delimits it.
    static func parse(
        _ bytes: ArraySlice<UInt8>, limits: ServerLimits
    ) throws(RequestRefusal) -> (HTTPRequestHead, RequestFraming) {
        var lines = lines(of: bytes)
        let (method, target) = try requestLine(lines.removeFirst(), limits: limits)
        var fields: [HTTPField] = []
        fields.reserveCapacity(lines.count)
        for line in lines { fields.append(try field(line)) }
        guard fields.count <= limits.fieldCount else { throw .tooManyFields(limit: limits.fieldCount) }
        try checkHost(fields)
        let framing = try framing(of: fields, method: method)
        return (HTTPRequestHead(method: method, target: target, fields: fields), framing)
    }

    /// The lines without their ends and without the final empty one.
    private static func lines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: 0x0D), end > start {
            lines.append(bytes[start..<end])
            start = end + 2
        }
        return lines
    }

    private static func requestLine(
        _ line: ArraySlice<UInt8>, limits: ServerLimits
    ) throws(RequestRefusal) -> (HTTPMethod, String) {
        let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { throw .malformedRequestLine }
        try checkVersion(parts[2])
        guard parts[0].allSatisfy(HTTPField.Character.isToken) else { throw .malformedMethod }
        guard let method = HTTPMethod(rawValue: text(parts[0])) else { throw .unknownMethod }
        guard parts[1].count <= limits.targetBytes else { throw .targetTooLong(limit: limits.targetBytes) }
        try RequestTarget.check(parts[1])
        return (method, text(parts[1]))
    }

    private static func checkVersion(_ version: ArraySlice<UInt8>) throws(RequestRefusal) {
        if version.elementsEqual("HTTP/1.1".utf8) { return }
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        guard version.count == 8, version.starts(with: "HTTP/".utf8),
              isDigit(version[version.startIndex + 5]),
              version[version.startIndex + 6] == UInt8(ascii: "."), isDigit(version[version.startIndex + 7])
        else { throw .malformedVersion }
        throw .unsupportedVersion
    }

    private static func field(_ line: ArraySlice<UInt8>) throws(RequestRefusal) -> HTTPField {
        if let first = line.first, first == 0x20 || first == 0x09 { throw .foldedField }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw .fieldWithoutColon }
        let name = line[..<colon]
        if let last = name.last, last == 0x20 || last == 0x09 { throw .whitespaceBeforeColon }
        guard !name.isEmpty, name.allSatisfy(HTTPField.Character.isToken) else { throw .malformedFieldName }
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var value = line[(colon + 1)...].drop(while: isBlank)
        while let last = value.last, isBlank(last) { value.removeLast() }
        return HTTPField(text(name).lowercased(), text(value))
    }

    private static func checkHost(_ fields: [HTTPField]) throws(RequestRefusal) {
        let hosts = fields.lazy.filter { $0.name == "host" }.map(\.value)
        guard let host = hosts.first else { throw .hostMissing }
        guard hosts.count == 1 else { throw .hostRepeated }
        // A name, an IPv4 address or a bracketed IPv6 address, then perhaps a port; never user information.
        let isHostByte = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                 UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                 UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): true
            default: false
            }
        }
        guard !host.isEmpty, host.utf8.count <= Limit.hostBytes, host.utf8.allSatisfy(isHostByte)
        else { throw .malformedHost }
    }

    private static func framing(
        of fields: [HTTPField], method: HTTPMethod
    ) throws(RequestRefusal) -> RequestFraming {
        var framing = RequestFraming()
        var length: Int?
        var transferEncodings: [String] = []
        for field in fields {
            switch field.name {
            case "content-length":
                guard length == nil else { throw .repeatedLength }
                length = try contentLength(field.value)
            case "transfer-encoding": transferEncodings.append(field.value)
            case "content-encoding": throw .contentEncoding
            case "upgrade": throw .upgrade
            case "expect":
                guard field.value.lowercased() == "100-continue" else { throw .expectation }
                framing.expectsContinue = true
            case "connection":
                if try closes(field.value) { framing.closes = true }
            default: break
            }
        }
        if !transferEncodings.isEmpty {
            if length != nil { throw .lengthBesideTransferEncoding }
            throw transferEncodings == ["chunked"] ? .chunkedBody : .unsupportedTransferEncoding
        }
        framing.bodyBytes = length ?? 0
        if framing.bodyBytes > 0 && !method.mayCarryBody { throw .bodyNotAllowed }
        return framing
    }

    /// Digits only. A number that no body may have is cut off at `Int.max / 16`, so it cannot overflow.
    private static func contentLength(_ value: String) throws(RequestRefusal) -> Int {
        guard !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
              value.utf8.count == 1 || value.utf8.first != 0x30
        else { throw .malformedLength }
        var length = 0
        for digit in value.utf8 {
            guard length <= Int.max / 16 else { throw .malformedLength }
            length = length * 10 + Int(digit - 0x30)
        }
        return length
    }

    /// Naming another field in Connection asks a proxy to drop it; that is how requests are smuggled.
    private static func closes(_ value: String) throws(RequestRefusal) -> Bool {
        switch value.lowercased() {
        case "close": true
        case "keep-alive": false
        default: throw .connectionOption
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
