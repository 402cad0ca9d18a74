// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
public import Journal

/// Whom a certificate is for: the fields that this house reads, and the names that others read.
public struct CertificateSubject: Sendable, Equatable {
    /// Becomes `serialNumber`.
    public var oin: OIN
    /// Becomes `organizationName`; at most 64 characters.
    public var organization: String
    /// Becomes `commonName`, and the first alternative name.
    public var hostName: String

    /// A subject as given; a host name that is none is refused when the certificate is made.
    public init(oin: OIN, organization: String, hostName: String) {
        self.oin = oin
        self.organization = organization
        self.hostName = hostName
    }

    /// The value of the subjectAltName extension: an address is an address, all else a DNS name.
    var alternativeName: String {
        let isAddress = hostName.contains(":") || hostName.allSatisfy { $0.isNumber || $0 == "." }
        return (isAddress ? "IP:" : "DNS:") + hostName
    }

    /// A host name goes into a textual extension, so it may hold nothing but a name's characters.
    func check() throws(IdentityFailure) {
        let isNameByte = { (byte: UInt8) in HTTPField.Character.isToken(byte) || byte == UInt8(ascii: ":") }
        guard !hostName.isEmpty, hostName.utf8.count <= 64, hostName.utf8.allSatisfy(isNameByte)
        else { throw .unusableName(hostName) }
        guard !organization.isEmpty, organization.unicodeScalars.count <= 64 else {
            throw .unusableName(organization)
        }
    }

    /// Writes the three attributes into an empty name.
    func write(into name: OpaquePointer?) throws(IdentityFailure) {
        try DistinguishedName.add(organization, "O", to: name)
        try DistinguishedName.add(oin.digits, "serialNumber", to: name)
        try DistinguishedName.add(hostName, "CN", to: name)
    }
}

/// X.501 names.
enum DistinguishedName {
    static func add(_ text: String, _ attribute: String, to name: OpaquePointer?) throws(IdentityFailure) {
        let bytes = Array(text.utf8)
        ERR_clear_error()
        guard X509_NAME_add_entry_by_txt(
            name, attribute, MBSTRING_UTF8_VALUE, bytes, CInt(bytes.count), -1, 0
        ) == 1 else {
            ERR_clear_error()
            throw .unusableName(text)
        }
    }

    /// `MBSTRING_UTF8` is a macro: flag 0x1000.
    private static let MBSTRING_UTF8_VALUE: CInt = 0x1000
}
