// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Transport

/// The node behind its unix socket.
struct SocketNode: NodeCalling {
    /// Long enough for an export or a statement of a large month.
    private static let totalMilliseconds = 120_000
    static let answerBytesLimit = 64 << 20

    private let location: NodeLocation
    /// The language of refusals.
    private let language: Language
    private let client = HTTPClient(ClientSettings())

    init(_ location: NodeLocation, _ language: Language = .nl) {
        (self.location, self.language) = (location, language)
    }

    func call(
        _ method: HTTPMethod, _ target: String, mediaType: String?, body: [UInt8], accept: String
    ) throws(ConsoleFailure) -> HTTPResponse {
        let path = try location.socket()
        var fields = [HTTPField("accept", accept), HTTPField("accept-language", language.rawValue)]
        if let mediaType { fields.append(HTTPField("content-type", mediaType)) }
        let request = ClientRequest(
            method, .unix(path: path), target: target, fields: fields, body: body,
            responseBytesLimit: Self.answerBytesLimit, totalMilliseconds: Self.totalMilliseconds)
        do throws(TransportFailure) { return try client.sendBlocking(request) } catch {
            let isForbidden = access(path, W_OK) != 0 && errno == EACCES
            let advice = isForbidden
                ? "This user may not use the socket; add it to the group of the node."
                : "Is korfd running? Its folder is named with --directory or KORF_DIRECTORY, its socket with --socket."
            throw ConsoleFailure(.unreachable, "No node answers on \(path). \(error)\n\(advice)")
        }
    }
}

/// Percent-encoding of one segment of a path or one value of a query.
enum Target {
    static func segment(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                 UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"),
                 UInt8(ascii: "."):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return result
    }

    /// `path?name=value&...`; what is `nil` is left out.
    static func query(_ path: String, _ values: [(String, String?)]) -> String {
        let pairs = values.compactMap { name, value in value.map { "\(name)=\(segment($0))" } }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }
}
