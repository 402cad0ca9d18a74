// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
import Glibc
import Journal
import Testing
@testable import Transport

@Suite("TLS identity on disk, Protocol/transport.md §2")
struct IdentityFileTests {
    let directory = Directory()
    let authority: TestAuthority
    let member: Member

    init() throws {
        authority = try TestAuthority()
        member = try Member(authority, 5)
    }

    func write(_ name: String, mode: mode_t = 0o600, _ bytes: [UInt8]) throws -> String {
        let path = directory.path + "/" + name
        try PrivateFile.create(path, mode: mode, bytes)
        return path
    }

    func failure(_ body: () throws -> Void) -> IdentityFailure? {
        do { try body() } catch { return error as? IdentityFailure }
        return nil
    }

    @Test("chain and key tell OIN, organisation, pin and validity")
    func summary() throws {
        let identity = try TLSIdentity(
            chainPath: write("chain.pem", mode: 0o644, member.leaf.chainPEM),
            keyPath: write("key.pem", member.leaf.keyPEM)
        )
        #expect(identity.summary.oin == member.oin)
        #expect(identity.summary.organization == "Gemeente Test 5")
        #expect(identity.summary.pin == member.leaf.pin)
        let now = Int64(time(nil))
        #expect(abs(identity.summary.notBeforeSeconds - (now - 3600)) < 60)
        #expect(abs(identity.summary.notAfterSeconds - (now + 90 * 86_400)) < 60)
    }

    @Test("a key file that others may read is refused",
          arguments: [0o640, 0o604, 0o660, 0o644, 0o700, 0o777] as [mode_t])
    func keyMode(mode: mode_t) throws {
        let chain = try write("chain.pem", member.leaf.chainPEM)
        let key = try write("key.pem", mode: mode, member.leaf.keyPEM)
        #expect(failure { _ = try TLSIdentity(chainPath: chain, keyPath: key) }
            == .keyReadableByOthers(path: key, mode: mode))
    }

    @Test("a key file of mode 0400 is read")
    func keyReadOnly() throws {
        let chain = try write("chain.pem", member.leaf.chainPEM)
        _ = try TLSIdentity(chainPath: chain, keyPath: write("key.pem", mode: 0o400, member.leaf.keyPEM))
    }

    @Test("missing, empty, foreign and broken files are refused by name")
    func badFiles() throws {
        let missing = directory.path + "/missing"
        let chain = try write("chain.pem", member.leaf.chainPEM)
        let key = try write("key.pem", member.leaf.keyPEM)
        let empty = try write("empty.pem", [])
        let other = try write("other.pem", Member(authority, 6).leaf.keyPEM)
        var bytes = member.leaf.chainPEM
        bytes[bytes.count / 2] = UInt8(ascii: "!")
        let broken = try write("broken.pem", bytes)
        #expect(failure { _ = try TLSIdentity(chainPath: missing, keyPath: key) }
            == .fileUnreadable(path: missing, errno: ENOENT))
        #expect(failure { _ = try TLSIdentity(chainPath: empty, keyPath: key) } == .noCertificate(path: empty))
        #expect(failure { _ = try TLSIdentity(chainPath: chain, keyPath: empty) } == .noKey(path: empty))
        #expect(failure { _ = try TLSIdentity(chainPath: chain, keyPath: other) } == .keyDoesNotFitCertificate)
        #expect(failure { _ = try TLSIdentity(chainPath: broken, keyPath: key) } == .malformed(path: broken))
        #expect(failure { _ = try TrustAnchors(anchorsPath: empty) } == .noCertificate(path: empty))
        #expect(failure { _ = try TrustAnchors(anchorsPath: chain, revocationPath: empty) }
            == .noRevocationList(path: empty))
        #expect(failure { _ = try TrustAnchors(anchorsPath: chain, revocationPath: missing) }
            == .fileUnreadable(path: missing, errno: ENOENT))
    }

    @Test("a certificate without a proper OIN is no identity of ours")
    func noOIN() throws {
        let none = try BadClient.sign(authority, numbers: [])
        #expect(failure { _ = try TLSIdentity(chainPEM: none.chainPEM, keyPEM: none.keyPEM) } == .subjectWithoutOIN)
        let short = try BadClient.sign(authority, numbers: ["123"])
        #expect(failure { _ = try TLSIdentity(chainPEM: short.chainPEM, keyPEM: short.keyPEM) }
            == .malformedOIN("123"))
    }

    @Test("a key is made once, with mode 0600, and its pin is that of the certificate made for it",
          arguments: [TLSKeyKind.p256, .p384])
    func makeKey(kind: TLSKeyKind) throws {
        let path = directory.path + "/tls.key"
        let pin = try TLSKeyFile.create(at: path, kind: kind)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o600)
        #expect(failure { _ = try TLSKeyFile.create(at: path) } == .fileExists(path: path))
        #expect(try TLSKeyFile.pin(at: path) == pin)
        let leaf = try Member(authority, 8, keyPEM: PrivateFile.read(path)).leaf
        #expect(try TLSIdentity(chainPEM: leaf.chainPEM, keyPEM: leaf.keyPEM).summary.pin == pin)
    }

    @Test("a signing request carries OIN, organisation and host name, and is signed by its key")
    func signingRequest() throws {
        let path = directory.path + "/tls.key"
        let pin = try TLSKeyFile.create(at: path)
        let subject = CertificateSubject(
            oin: member.oin, organization: "Gemeente 's-Hertogenbosch é", hostName: "korf.example"
        )
        let text = try TLSKeyFile.signingRequest(keyPath: path, subject: subject)
        #expect(String(decoding: text, as: UTF8.self).hasPrefix("-----BEGIN CERTIFICATE REQUEST-----"))
        let request = text.withUnsafeBytes { buffer in
            let reader = BIO_new_mem_buf(buffer.baseAddress, CInt(buffer.count))
            defer { BIO_free(reader) }
            return PEM_read_bio_X509_REQ(reader, nil, nil, nil)
        }
        defer { X509_REQ_free(request) }
        let key = X509_REQ_get_pubkey(request)
        defer { EVP_PKEY_free(key) }
        #expect(X509_REQ_verify(request, key) == 1)
        #expect(Certificate.pin(of: X509_REQ_get_X509_PUBKEY(request)) == pin)
        var name = [CChar](repeating: 0, count: 256)
        X509_NAME_get_text_by_NID(X509_REQ_get_subject_name(request), NID_serialNumber, &name, 256)
        #expect(String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self) == member.oin.digits)
    }

    @Test("a host name or organisation that cannot stand in a certificate is refused",
          arguments: ["", "a b", "a,DNS:evil.example", "a\nb", String(repeating: "a", count: 65)])
    func badNames(name: String) throws {
        let path = directory.path + "/tls.key"
        _ = try TLSKeyFile.create(at: path)
        let subject = CertificateSubject(oin: member.oin, organization: "Gemeente", hostName: name)
        #expect(failure { _ = try TLSKeyFile.signingRequest(keyPath: path, subject: subject) } == .unusableName(name))
    }
}
