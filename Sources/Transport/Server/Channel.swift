// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
import Glibc

/// Sole owner of a connected, non-blocking socket and, over TLS, of its session.
final class Channel {
    enum Outcome: Equatable { case bytes(Int), wantsRead, wantsWrite, ended, failed }
    enum Handshake: Equatable { case done, wantsRead, wantsWrite, refused(HandshakeRefusal) }

    let descriptor: CInt
    private let session: OpaquePointer?

    /// Takes over `descriptor` and `session`.
    init(descriptor: CInt, session: OpaquePointer?) {
        self.descriptor = descriptor
        self.session = session
    }

    deinit {
        if let session { SSL_free(session) }
        close(descriptor)
    }

    var isEncrypted: Bool { session != nil }

    /// The handshake was an abbreviated one.
    var isResumed: Bool { session.map { SSL_session_reused($0) == 1 } ?? false }

    func handshake() -> Handshake {
        guard let session else { return .done }
        // SSL_get_error(3): the thread's queue must be empty before the operation it judges.
        ERR_clear_error()
        let result = SSL_accept(session)
        if result == 1 { return .done }
        defer { ERR_clear_error() }
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        default:
            return .refused(
                HandshakeRefusal(verification: SSL_get_verify_result(session)) ?? .fromErrorQueue()
            )
        }
    }

    /// The peer's certificate, of this handshake or of the session that it resumed.
    func peerCertificate() -> Certificate? {
        session.flatMap { SSL_get1_peer_certificate($0) }.map(Certificate.init(owning:))
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        guard let session else {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            return count > 0 ? .bytes(count) : count == 0 ? .ended : systemOutcome(blocked: .wantsRead)
        }
        ERR_clear_error()
        let count = SSL_read(session, buffer.baseAddress, CInt(buffer.count))
        return count > 0 ? .bytes(Int(count)) : outcome(of: count, session)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        guard let session else {
            let count = send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
            return count >= 0 ? .bytes(count) : systemOutcome(blocked: .wantsWrite)
        }
        ERR_clear_error()
        let count = SSL_write(session, bytes.baseAddress, CInt(min(bytes.count, 1 << 20)))
        return count > 0 ? .bytes(Int(count)) : outcome(of: count, session)
    }

    /// Says that nothing follows, as far as the socket takes it at once.
    func endWriting() {
        if let session, SSL_is_init_finished(session) == 1 {
            ERR_clear_error()
            SSL_shutdown(session)
            ERR_clear_error()
        }
        shutdown(descriptor, CInt(SHUT_WR))
    }

    /// Reads and drops what still arrives, below TLS. The count, or `nil` at the end.
    func discard(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return count }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : nil
    }

    /// Makes the close drop what was not sent, so a reader that stalls holds no memory.
    func abort() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func outcome(of result: CInt, _ session: OpaquePointer) -> Outcome {
        defer { ERR_clear_error() }
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        case SSL_ERROR_ZERO_RETURN: return .ended
        default: return .failed
        }
    }

    private func systemOutcome(blocked: Outcome) -> Outcome {
        switch errno {
        case EAGAIN, EINTR: blocked
        default: .failed
        }
    }
}
