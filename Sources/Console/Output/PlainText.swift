// SPDX-License-Identifier: EUPL-1.2

/// Text from data on its way to a terminal: nothing in it can move the cursor, hide, or look like a line of ours.
enum PlainText {
    /// One line: control characters, line breaks and marks of writing direction become `?`, a tab a blank.
    static func line(_ text: String) -> String { filtered(text, keepsLineBreaks: false) }

    /// Several lines, each plain.
    static func lines(_ text: String) -> String { filtered(text, keepsLineBreaks: true) }

    private static func filtered(_ text: String, keepsLineBreaks: Bool) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || isUnsafe($0) }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where keepsLineBreaks: result.append(scalar)
            case "\t": result.append(" ")
            default: result.append(isUnsafe(scalar) ? "?" : scalar)
            }
        }
        return String(result)
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
