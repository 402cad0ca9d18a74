// SPDX-License-Identifier: EUPL-1.2
import CCurl
import Journal

/// The options of one transfer. Every option is set for each transfer: nothing is left to defaults
/// that a user's environment or a library's build can change.
enum CurlOptions {
    /// The fields of `request` in libcurl's spelling.
    static func fieldLines(_ request: ClientRequest) throws(TransportFailure) -> [String] {
        guard request.fields.allSatisfy(\.isWellFormed) else { throw .invalidRequest("a field is malformed") }
        var lines = request.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        // A name without a value takes away what libcurl would add of itself.
        lines.append("Expect:")
        if request.fields.first(named: "content-type") == nil { lines.append("Content-Type:") }
        return lines
    }

    static func set(
        _ transfer: Transfer, on curl: UnsafeMutableRawPointer, fields: UnsafeMutablePointer<curl_slist>?
    ) throws(TransportFailure) {
        let request = transfer.request
        let limits = transfer.settings.limits
        try setTarget(transfer, on: curl)
        setMethod(request.method, on: curl)
        _ = korf_set_list(curl, CURLOPT_HTTPHEADER, fields)
        _ = korf_set_long(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        _ = korf_set_long(curl, CURLOPT_FOLLOWLOCATION, 0)
        _ = korf_set_long(curl, CURLOPT_NOSIGNAL, 1)
        _ = korf_set_long(curl, CURLOPT_MAXCONNECTS, 1)
        _ = korf_set_long(curl, CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
        _ = korf_set_long(curl, CURLOPT_TIMEOUT_MS, request.totalMilliseconds ?? limits.totalMilliseconds)
        _ = korf_set_long(curl, CURLOPT_LOW_SPEED_LIMIT, limits.minimumBytesPerSecond)
        _ = korf_set_long(curl, CURLOPT_LOW_SPEED_TIME, limits.slowSeconds)
        setCallbacks(Unmanaged.passUnretained(transfer).toOpaque(), on: curl)
    }

    /// `body` stays where it is until the transfer ends.
    static func setBody(
        _ body: UnsafeRawBufferPointer, _ method: HTTPMethod, on curl: UnsafeMutableRawPointer
    ) {
        guard method.mayCarryBody else { return }
        _ = korf_set_size(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        // An empty array has no address, and without one libcurl would ask a read function.
        if body.isEmpty { _ = korf_set_text(curl, CURLOPT_COPYPOSTFIELDS, "") } else {
            let bytes = UnsafeMutableRawPointer(mutating: body.baseAddress)
            _ = korf_set_pointer(curl, CURLOPT_POSTFIELDS, bytes)
        }
    }

    private static func setMethod(_ method: HTTPMethod, on curl: UnsafeMutableRawPointer) {
        switch method {
        case .get: _ = korf_set_long(curl, CURLOPT_HTTPGET, 1)
        case .head: _ = korf_set_long(curl, CURLOPT_NOBODY, 1)
        case .post: _ = korf_set_long(curl, CURLOPT_POST, 1)
        case .put, .patch:
            _ = korf_set_long(curl, CURLOPT_POST, 1)
            _ = korf_set_text(curl, CURLOPT_CUSTOMREQUEST, method.rawValue)
        case .delete: _ = korf_set_text(curl, CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
    }

    private static func setTarget(
        _ transfer: Transfer, on curl: UnsafeMutableRawPointer
    ) throws(TransportFailure) {
        let target = Array(transfer.request.target.utf8)
        do throws(RequestRefusal) { try RequestTarget.check(target[...]) } catch {
            throw .invalidRequest(error.detail)
        }
        let origin: String
        var proxy = ""
        switch transfer.request.endpoint {
        case .peer(let host, let port, let peer):
            let name = host.contains(":") ? "[\(host)]" : host
            guard !host.isEmpty, host.utf8.allSatisfy(isHostByte) else {
                throw .invalidRequest("no host: \(host)")
            }
            guard !peer.pins.isEmpty else { throw .wrongPin }
            origin = "https://\(name):\(port)"
            proxy = transfer.settings.proxy ?? ""
            _ = korf_set_text(curl, CURLOPT_PROTOCOLS_STR, "https")
            setTLS(peer, on: curl)
        case .unix(let path):
            guard path.utf8.count <= Limit.socketPathBytes else {
                throw .invalidRequest("the socket path is too long")
            }
            origin = "http://localhost"
            _ = korf_set_text(curl, CURLOPT_PROTOCOLS_STR, "http")
            _ = korf_set_text(curl, CURLOPT_UNIX_SOCKET_PATH, path)
        case .loopback(let port):
            origin = "http://127.0.0.1:\(port)"
            _ = korf_set_text(curl, CURLOPT_PROTOCOLS_STR, "http")
        }
        // The empty text also turns off what http_proxy in the environment says.
        _ = korf_set_text(curl, CURLOPT_PROXY, proxy)
        _ = korf_set_long(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        _ = korf_set_text(curl, CURLOPT_URL, origin + transfer.request.target)
        _ = korf_set_long(curl, CURLOPT_PATH_AS_IS, 1)
    }

    /// The chain, the OIN and the pin are checked in `Transfer`; libcurl checks the pin once more.
    private static func setTLS(_ peer: ExpectedPeer, on curl: UnsafeMutableRawPointer) {
        _ = korf_set_long(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3)
        _ = korf_set_long(curl, CURLOPT_SSL_VERIFYPEER, 1)
        _ = korf_set_long(curl, CURLOPT_SSL_VERIFYHOST, 0)
        _ = korf_set_text(curl, CURLOPT_CAINFO, nil)
        _ = korf_set_text(curl, CURLOPT_CAPATH, nil)
        _ = korf_set_text(curl, CURLOPT_PINNEDPUBLICKEY, PeerVerification.pinList(peer.pins))
    }

    private static func setCallbacks(_ transfer: UnsafeMutableRawPointer, on curl: UnsafeMutableRawPointer) {
        _ = korf_set_receive(curl, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let transfer = Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return transfer.received(headLine: line) ? line.count : line.count &+ 1
        }
        _ = korf_set_pointer(curl, CURLOPT_HEADERDATA, transfer)
        _ = korf_set_receive(curl, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let transfer = Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
            let body = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return transfer.received(body: body) ? body.count : body.count &+ 1
        }
        _ = korf_set_pointer(curl, CURLOPT_WRITEDATA, transfer)
        _ = korf_set_progress(curl) { context, _, _, _, _ in
            Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue().isCancelled ? 1 : 0
        }
        _ = korf_set_pointer(curl, CURLOPT_XFERINFODATA, transfer)
        _ = korf_set_long(curl, CURLOPT_NOPROGRESS, 0)
        _ = korf_set_tls_context(curl) { _, context, user in
            let transfer = Unmanaged<Transfer>.fromOpaque(user!).takeUnretainedValue()
            return transfer.configure(tls: OpaquePointer(context!)) ? CURLE_OK : CURLE_SSL_CERTPROBLEM
        }
        _ = korf_set_pointer(curl, CURLOPT_SSL_CTX_DATA, transfer)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
             UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
             UInt8(ascii: ":"): true
        default: false
        }
    }
}
