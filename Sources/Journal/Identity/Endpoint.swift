// SPDX-License-Identifier: EUPL-1.2

/// Where a node can be dialled: `host:port`. Spec: Protocol/identity.md §3, key 9.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// A DNS name, an IPv4 address, or an IPv6 address without its brackets.
    public let host: String
    /// 1 to 65535.
    public let port: UInt16
    /// Whether the host is an IPv6 address.
    public let isIPv6: Bool

    /// `nil` unless `text` is exactly a host and a port.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= Limits.noteNameBytes + 8, let colon = text.lastIndex(of: ":"),
              let port = Self.port(text[text.index(after: colon)...])
        else { return nil }
        let host = text[..<colon]
        isIPv6 = host.hasPrefix("[")
        if isIPv6 {
            guard host.hasSuffix("]"), host.utf8.count > 2 else { return nil }
            let address = String(host.dropFirst().dropLast())
            guard Self.isIPv6(address) else { return nil }
            self.host = address
        } else {
            guard Self.isIPv4(host) || Self.isName(host) else { return nil }
            self.host = String(host)
        }
        self.port = port
    }

    /// `host:port`, an IPv6 address in brackets.
    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func port(_ text: some StringProtocol) -> UInt16? {
        guard let number = decimal(text, maximum: 65_535), number > 0 else { return nil }
        return UInt16(number)
    }

    /// A decimal number without leading zero.
    private static func decimal(_ text: some StringProtocol, maximum: Int) -> Int? {
        let digits = text.utf8
        guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
              digits.count == 1 || digits.first != 0x30, let value = Int(text), value <= maximum
        else { return nil }
        return value
    }

    private static func isIPv4(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { decimal($0, maximum: 255) != nil }
    }

    /// Labels of letters, digits and inner hyphens; the last is not all digits, which would be an address.
    private static func isName(_ text: some StringProtocol) -> Bool {
        guard text.utf8.count <= 253 else { return false }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let last = labels.last, !last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return labels.allSatisfy { label in
            let bytes = Array(label.utf8)
            return (1...63).contains(bytes.count) && bytes.first != 0x2D && bytes.last != 0x2D
                && bytes.allSatisfy {
                    (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0)
                        || $0 == 0x2D
                }
        }
    }

    /// Groups of one to four hexadecimal digits: eight, or fewer around one `::`; the last two may be
    /// written as an IPv4 address (RFC 4291, section 2.2).
    private static func isIPv6(_ text: String) -> Bool {
        let halves = text.splitOnce("::")
        var groups = halves.flatMap { half in
            half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
        }
        if let last = groups.last, halves.last?.isEmpty == false, isIPv4(last) {
            groups.replaceSubrange(groups.count - 1..<groups.count, with: ["0", "0"])
        }
        let isWellFormed = groups.allSatisfy { group in
            (1...4).contains(group.utf8.count) && group.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || (0x41...0x46).contains($0)
            }
        }
        return isWellFormed && (halves.count == 1 ? groups.count == 8 : groups.count <= 7)
    }
}

extension String {
    /// The parts before and after the first `separator` of two characters, or the whole.
    fileprivate func splitOnce(_ separator: String) -> [Substring] {
        var position = startIndex
        while position < endIndex {
            if self[position...].hasPrefix(separator) {
                let after = index(position, offsetBy: separator.count)
                return [self[..<position], self[after...]]
            }
            position = index(after: position)
        }
        return [self[...]]
    }
}
