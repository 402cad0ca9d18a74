// SPDX-License-Identifier: EUPL-1.2

/// Shapes of short texts that publiccode.yml asks for.
enum TextShapes {
    /// A scheme, `://` and a host, without spaces.
    static func isURL(_ text: String) -> Bool {
        guard let mark = text.firstRange(of: "://"), isScheme(text[..<mark.lowerBound]), hasNoSpace(text) else {
            return false
        }
        let host = text[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return !host.isEmpty && !host.hasPrefix(":")
    }

    /// The same with scheme `http` or `https`.
    static func isHTTPURL(_ text: String) -> Bool {
        let lower = text.lowercased()
        return isURL(text) && (lower.hasPrefix("http://") || lower.hasPrefix("https://"))
    }

    /// A scheme, a colon and something after it: a URL, URN or other identifier.
    static func isURI(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), isScheme(text[..<colon]), hasNoSpace(text) else { return false }
        return text.index(after: colon) < text.endIndex && (!text.contains("://") || isURL(text))
    }

    /// Something, one `@`, and a domain with a dot.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, hasNoSpace(text), !text.contains("\\") else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
    }

    /// `type/subtype` (RFC 6838).
    static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { isLetterOrDigit($0) || "!#$&-^_.+*".utf8.contains($0) }
        }
    }

    /// A well-formed language tag (BCP 47, RFC 5646 section 2.1): language, script, region, variants,
    /// extensions.
    static func isLanguageTag(_ text: String) -> Bool {
        var rest = text.split(separator: "-", omittingEmptySubsequences: false)[...]
        guard rest.allSatisfy({ (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(isLetterOrDigit) }),
              let language = rest.popFirst(), language.utf8.count >= 2, language.utf8.allSatisfy(isLetter)
        else { return false }
        if let script = rest.first, script.utf8.count == 4, script.utf8.allSatisfy(isLetter) { rest.removeFirst() }
        if let region = rest.first,
           region.utf8.count == 2 && region.utf8.allSatisfy(isLetter)
            || region.utf8.count == 3 && region.utf8.allSatisfy(isDigit) { rest.removeFirst() }
        while let variant = rest.first, variant.utf8.count >= 4,
              variant.utf8.count > 4 || variant.utf8.first.map(isDigit) == true { rest.removeFirst() }
        // What is left are extensions: a single character with at least one part after each.
        guard let first = rest.first else { return true }
        return first.utf8.count == 1 && rest.count >= 2 && rest.last.map { $0.utf8.count >= 2 } == true
    }

    private static func isScheme(_ text: Substring) -> Bool {
        text.utf8.first.map(isLetter) == true
            && text.utf8.allSatisfy { isLetterOrDigit($0) || "+-.".utf8.contains($0) }
    }

    private static func hasNoSpace(_ text: String) -> Bool { text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } }
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
