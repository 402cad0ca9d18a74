// SPDX-License-Identifier: EUPL-1.2

/// A response as bytes. A small body stands in `head`, so that it leaves in one record.
struct EncodedResponse: Equatable, Sendable {
    var head: [UInt8]
    var body: [UInt8]
}

/// Writes responses; the transport's own fields are added here and nowhere else.
enum ResponseEncoder {
    /// Bodies up to this size are copied behind their head.
    private static let joinedBodyBytes = 16 * 1024
    private static let ownNames = ["connection", "content-length", "transfer-encoding"]

    static let continueBytes = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// `method` is that of the request, or `nil` where the request was not understood.
    static func encode(
        _ response: HTTPResponse, to method: HTTPMethod?, closes: Bool, commonFields: [HTTPField]
    ) -> EncodedResponse {
        guard (200...599).contains(response.status), response.fields.allSatisfy(\.isWellFormed) else {
            // A handler that lets a line break into a field must not split the response.
            let problem = HTTPResponse.problem(
                status: 500, title: StatusText.of(500), detail: "The answer could not be written."
            )
            return encode(problem, to: method, closes: closes, commonFields: [])
        }
        var text = "HTTP/1.1 \(response.status) \(StatusText.of(response.status))\r\n"
        let added = commonFields.filter { response.field($0.name.lowercased()) == nil }
        for field in response.fields + added where !ownNames.contains(field.name.lowercased()) {
            text += "\(field.name): \(field.value)\r\n"
        }
        let hasContent = response.status != 204 && response.status != 304
        if hasContent { text += "content-length: \(response.body.count)\r\n" }
        text += closes ? "connection: close\r\n\r\n" : "\r\n"
        var head = Array(text.utf8)
        guard hasContent, method != .head else { return EncodedResponse(head: head, body: []) }
        guard response.body.count > joinedBodyBytes else {
            head += response.body
            return EncodedResponse(head: head, body: [])
        }
        return EncodedResponse(head: head, body: response.body)
    }
}
