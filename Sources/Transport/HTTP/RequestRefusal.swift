// SPDX-License-Identifier: EUPL-1.2

/// Why a request is refused. Each is answered with its status and sentence as a problem document,
/// and the connection is closed. Spec: Protocol/transport.md §4.
enum RequestRefusal: Error, Equatable, Sendable {
    case bareLineFeed
    case bareCarriageReturn
    case controlCharacter
    case notASCII
    case emptyLineBeforeRequest
    case malformedRequestLine
    case malformedMethod
    case unknownMethod
    case targetNotOriginForm
    case targetCharacter
    case targetEscape
    case targetDotSegment
    case targetTooLong(limit: Int)
    case malformedVersion
    case unsupportedVersion
    case headTooLarge(limit: Int)
    case tooManyFields(limit: Int)
    case foldedField
    case fieldWithoutColon
    case whitespaceBeforeColon
    case malformedFieldName
    case hostMissing
    case hostRepeated
    case malformedHost
    case malformedLength
    case repeatedLength
    case lengthBesideTransferEncoding
    case chunkedBody
    case unsupportedTransferEncoding
    case bodyNotAllowed
    case bodyTooLarge(limit: Int)
    case contentEncoding
    case expectation
    case upgrade
    case connectionOption
    case headTimedOut
    case bodyTimedOut
    case handlerTimedOut
    case peerRefused(reason: String)
    case tooManyConnections(limit: Int)

    var status: Int {
        switch self {
        case .peerRefused: 403
        case .headTimedOut, .bodyTimedOut: 408
        case .chunkedBody: 411
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .contentEncoding: 415
        case .expectation: 417
        case .tooManyConnections: 429
        case .headTooLarge, .tooManyFields: 431
        case .unknownMethod, .unsupportedTransferEncoding: 501
        case .handlerTimedOut: 503
        case .unsupportedVersion: 505
        default: 400
        }
    }

    /// The sentence that the other side is told.
    var detail: String {
        switch self {
        case .bareLineFeed: "A line ends in a line feed without a carriage return."
        case .bareCarriageReturn: "A carriage return is not followed by a line feed."
        case .controlCharacter: "The head contains a control character."
        case .notASCII: "The head contains a byte outside ASCII."
        case .emptyLineBeforeRequest: "An empty line precedes the request line."
        case .malformedRequestLine: "The request line is not a method, a target and a version."
        case .malformedMethod: "The method is not a token."
        case .unknownMethod: "Only GET, HEAD, POST, PUT, PATCH and DELETE are served."
        case .targetNotOriginForm: "The request target does not begin with a slash."
        case .targetCharacter: "The request target contains a character that a URI may not contain."
        case .targetEscape: "The request target contains a malformed escape or an escaped control character."
        case .targetDotSegment: "The request target contains a dot segment."
        case .targetTooLong(let limit): "The request target is longer than \(limit) bytes."
        case .malformedVersion: "The version is malformed."
        case .unsupportedVersion: "Only HTTP/1.1 is served."
        case .headTooLarge(let limit): "The head is larger than \(limit) bytes."
        case .tooManyFields(let limit): "The head has more than \(limit) fields."
        case .foldedField: "A field is folded over several lines."
        case .fieldWithoutColon: "A field line has no colon."
        case .whitespaceBeforeColon: "Whitespace stands before the colon of a field."
        case .malformedFieldName: "A field name is not a token."
        case .hostMissing: "The Host field is missing."
        case .hostRepeated: "There is more than one Host field."
        case .malformedHost: "The Host field is malformed."
        case .malformedLength: "Content-Length is not a plain decimal number."
        case .repeatedLength: "There is more than one Content-Length."
        case .lengthBesideTransferEncoding: "Content-Length and Transfer-Encoding exclude each other."
        case .chunkedBody: "Chunked bodies are not served: send a Content-Length."
        case .unsupportedTransferEncoding: "Transfer-Encoding is not served: send a Content-Length."
        case .bodyNotAllowed: "This method may not carry a body."
        case .bodyTooLarge(let limit): "The body is larger than \(limit) bytes."
        case .contentEncoding: "Encoded content is not served."
        case .expectation: "The only expectation that is met is 100-continue."
        case .upgrade: "No other protocol is offered."
        case .connectionOption: "The only connection options are close and keep-alive."
        case .headTimedOut: "The head did not arrive in time."
        case .bodyTimedOut: "The body did not arrive in time or came too slowly."
        case .handlerTimedOut: "No answer was ready in time."
        case .peerRefused(let reason): reason
        case .tooManyConnections(let limit): "There are more than \(limit) connections of this peer."
        }
    }

    var response: HTTPResponse {
        .problem(status: status, title: StatusText.of(status), detail: detail)
    }
}

/// The reason phrases of RFC 9110 §15, for the statuses in use.
enum StatusText {
    static func of(_ status: Int) -> String { texts[status] ?? "Status" }

    private static let texts: [Int: String] = [
        100: "Continue", 200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
        304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
        404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout",
        409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed",
        413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type",
        417: "Expectation Failed", 422: "Unprocessable Content", 429: "Too Many Requests",
        431: "Request Header Fields Too Large", 500: "Internal Server Error",
        501: "Not Implemented", 503: "Service Unavailable", 505: "HTTP Version Not Supported",
    ]
}
