// SPDX-License-Identifier: EUPL-1.2

/// Licence expressions (SPDX specification, annex "SPDX license expressions").
enum SPDXExpression {
    /// Whether `text` is an expression over known licences and exceptions.
    static func isValid(_ text: String) -> Bool {
        let spaced = text.replacing("(", with: " ( ").replacing(")", with: " ) ")
        var tokens = spaced.split { $0.isWhitespace }[...]
        return alternatives(&tokens, depth: 0) && tokens.isEmpty
    }

    /// Nested parentheses that an expression may have.
    private static let depthLimit = 16

    private static func alternatives(_ tokens: inout ArraySlice<Substring>, depth: Int) -> Bool {
        guard depth <= depthLimit else { return false }
        repeat {
            guard term(&tokens, depth: depth) else { return false }
        } while take(&tokens, "OR") || take(&tokens, "AND")
        return true
    }

    private static func term(_ tokens: inout ArraySlice<Substring>, depth: Int) -> Bool {
        if take(&tokens, "(") { return alternatives(&tokens, depth: depth + 1) && take(&tokens, ")") }
        guard let name = tokens.popFirst(), isLicense(name) else { return false }
        guard take(&tokens, "WITH") else { return true }
        return tokens.popFirst().map { SPDXIdentifiers.exceptions.contains($0) } ?? false
    }

    private static func isLicense(_ name: Substring) -> Bool {
        let prefix = "LicenseRef-"
        if name.hasPrefix(prefix) { return name.count > prefix.count }
        if SPDXIdentifiers.licenses.contains(name) { return true }
        return name.hasSuffix("+") && SPDXIdentifiers.licenses.contains(name.dropLast())
    }

    private static func take(_ tokens: inout ArraySlice<Substring>, _ word: String) -> Bool {
        guard let first = tokens.first, first == word else { return false }
        tokens.removeFirst()
        return true
    }
}
