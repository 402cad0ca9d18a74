// SPDX-License-Identifier: EUPL-1.2
import CCurl
import Synchronization

/// Sole owner of a libcurl easy handle, with its kept connection and its TLS session.
private struct CurlHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    /// `nil` when there is no memory for one.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit { curl_easy_cleanup(pointer) }
}

/// A handle that only ever talks to one endpoint, so that neither a connection nor a TLS session
/// that was checked for one member is used for another. One transfer at a time.
final class ClientSession: Sendable {
    let endpoint: Endpoint
    /// Which identity and anchors it began with.
    let generation: Int
    private let handle: Mutex<CurlHandle>

    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// `nil` when libcurl cannot start.
    init?(_ endpoint: Endpoint, generation: Int) {
        guard Self.isLibraryReady, let handle = CurlHandle() else { return nil }
        self.endpoint = endpoint
        self.generation = generation
        self.handle = Mutex(handle)
    }

    /// Runs one transfer on the calling thread.
    func perform(
        _ request: ClientRequest, _ settings: ClientSettings, cancellation: [CancellationFlag]
    ) -> Result<HTTPResponse, TransportFailure> {
        handle.withLock { handle in
            let transfer = Transfer(request, settings, cancellation: cancellation)
            guard !transfer.isCancelled else { return .failure(.cancelled) }
            return Self.run(transfer, on: handle.pointer)
        }
    }

    private static func run(
        _ transfer: Transfer, on curl: UnsafeMutableRawPointer
    ) -> Result<HTTPResponse, TransportFailure> {
        // Forgets options and keeps connections and sessions, curl_easy_reset(3).
        curl_easy_reset(curl)
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        do throws(TransportFailure) {
            for line in try CurlOptions.fieldLines(transfer.request) { list = curl_slist_append(list, line) }
            try CurlOptions.set(transfer, on: curl, fields: list)
        } catch {
            return .failure(error)
        }
        var text = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        return withExtendedLifetime(transfer) {
            text.withUnsafeMutableBufferPointer { errorText in
                transfer.request.body.withUnsafeBytes { body in
                    _ = korf_set_pointer(curl, CURLOPT_ERRORBUFFER, errorText.baseAddress)
                    CurlOptions.setBody(body, transfer.request.method, on: curl)
                    let code = curl_easy_perform(curl)
                    defer {
                        _ = korf_set_pointer(curl, CURLOPT_ERRORBUFFER, nil)
                        _ = korf_set_pointer(curl, CURLOPT_POSTFIELDS, nil)
                    }
                    guard code == CURLE_OK else {
                        let text = String(cString: errorText.baseAddress!)
                        return .failure(CurlFailure.failure(code, text, transfer))
                    }
                    var status = 0
                    _ = korf_get_long(curl, CURLINFO_RESPONSE_CODE, &status)
                    return .success(
                        HTTPResponse(status: status, fields: transfer.fields, body: transfer.body)
                    )
                }
            }
        }
    }
}
