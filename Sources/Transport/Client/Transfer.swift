// SPDX-License-Identifier: EUPL-1.2
import CCurl
import COpenSSL
import Journal
import Synchronization

/// Set once, from any thread: the transfer should end.
final class CancellationFlag: Sendable {
    private let isSet = Atomic(false)
    func set() { isSet.store(true, ordering: .relaxed) }
    var value: Bool { isSet.load(ordering: .relaxed) }
}

/// What libcurl's callbacks of one transfer need and find.
final class Transfer {
    let request: ClientRequest
    let settings: ClientSettings
    let cancellation: [CancellationFlag]
    let bodyLimit: Int

    private(set) var fields: [HTTPField] = []
    private(set) var body: [UInt8] = []
    private(set) var receivedAnything = false
    /// Found by a callback, and more exact than libcurl's code.
    private(set) var failure: TransportFailure?
    private var headBytes = 0

    init(_ request: ClientRequest, _ settings: ClientSettings, cancellation: [CancellationFlag]) {
        self.request = request
        self.settings = settings
        self.cancellation = cancellation
        bodyLimit = request.responseBytesLimit ?? settings.limits.responseBytes
    }

    var isCancelled: Bool { cancellation.contains { $0.value } }

    /// One line of the head, with its end. False ends the transfer.
    func received(headLine bytes: UnsafeRawBufferPointer) -> Bool {
        receivedAnything = true
        headBytes += bytes.count
        guard headBytes <= settings.limits.responseHeadBytes else {
            failure = .responseMalformed("its head is larger than \(settings.limits.responseHeadBytes) bytes")
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self).trimmingEnd()
        if line.hasPrefix("HTTP/") {
            // A new head: what came before was an interim answer.
            fields = []
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields.append(HTTPField(line[..<colon].lowercased(), String(value)))
        }
        return true
    }

    func received(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= bodyLimit - body.count else {
            failure = .responseTooLarge(limit: bodyLimit)
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Makes libcurl's context ours: profile, anchors, identity and verification. False ends the transfer.
    func configure(tls context: OpaquePointer) -> Bool {
        guard let identity = settings.identity, let anchors = settings.anchors else {
            failure = .ownIdentityUnusable("none is configured")
            return false
        }
        do throws(IdentityFailure) {
            try TLSParameters.apply(to: context, allowsTLS12: false)
            // A fresh store: whatever the system trusts has no say here.
            SSL_CTX_set_cert_store(context, X509_STORE_new())
            try anchors.install(in: context)
            try identity.present(in: context)
        } catch {
            failure = .ownIdentityUnusable(error.description)
            return false
        }
        SSL_CTX_set_cert_verify_callback(context, { store, argument in
            let transfer = Unmanaged<Transfer>.fromOpaque(argument!).takeUnretainedValue()
            return transfer.verify(store!) ? 1 : 0
        }, Unmanaged.passUnretained(self).toOpaque())
        return true
    }

    /// The chain as OpenSSL judges it, then the OIN, then the key. Spec: Protocol/transport.md §2.
    private func verify(_ store: OpaquePointer) -> Bool {
        guard X509_verify_cert(store) == 1 else {
            failure = PeerVerification.failure(code: X509_STORE_CTX_get_error(store))
            return false
        }
        guard case .peer(_, _, let expected) = request.endpoint, let leaf = X509_STORE_CTX_get0_cert(store)
        else { return false }
        X509_up_ref(leaf)
        failure = PeerVerification.failure(of: Certificate(owning: leaf), expecting: expected)
        if failure != nil { X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION) }
        return failure == nil
    }
}

extension String {
    fileprivate func trimmingEnd() -> Substring {
        var end = self[...]
        while let last = end.unicodeScalars.last, last.value <= 0x20 { end.unicodeScalars.removeLast() }
        return end
    }
}
