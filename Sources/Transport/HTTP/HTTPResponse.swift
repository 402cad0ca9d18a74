// SPDX-License-Identifier: EUPL-1.2

/// A response. Length and connection fields are the transport's own and not listed here.
public struct HTTPResponse: Sendable, Equatable {
    /// The status. A handler's has to be 200 to 599.
    public var status: Int
    /// In order; names in lower case where they came from the wire.
    public var fields: [HTTPField]
    /// The whole body. A client sees at most `responseBytes` of its limits.
    public var body: [UInt8]

    /// A response as given; it is checked where it is written to the wire.
    public init(status: Int, fields: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A response with content of the media type `contentType`.
    public init(status: Int = 200, contentType: String, body: [UInt8]) {
        self.init(status: status, fields: [HTTPField("content-type", contentType)], body: body)
    }

    /// The first value of the field `name`, given in lower case.
    public func field(_ name: String) -> String? { fields.first(named: name) }

    /// An RFC 9457 problem document. Spec: Protocol/transport.md §5.
    public static func problem(status: Int, title: String, detail: String) -> HTTPResponse {
        let text = "{\"status\":\(status),\"title\":\(quoted(title)),\"detail\":\(quoted(detail))}"
        return HTTPResponse(
            status: status, contentType: "application/problem+json", body: Array(text.utf8)
        )
    }

    /// `text` as a JSON string.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
