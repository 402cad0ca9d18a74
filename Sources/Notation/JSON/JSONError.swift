// SPDX-License-Identifier: EUPL-1.2

/// Why a text is not JSON that we read, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that the text breaks.
    public enum Reason: Hashable, Sendable {
        case empty
        case tooLarge(bytesLimit: Int)
        case tooDeep(limit: Int)
        case tooManyMembers(limit: Int)
        case invalidUTF8
        case unexpectedEnd
        case expectedValue
        case expectedName
        case expectedColon
        case expectedCommaOrEnd
        case textAfterEnd
        case badNumber
        case badEscape
        case loneSurrogate
        case controlCharacter
        case duplicateName(String)
    }

    /// The rule.
    public let reason: Reason
    /// 1-based.
    public let line: Int
    /// 1-based, in Unicode scalars.
    public let column: Int

    /// `line 3, column 7: the name "id" occurs twice`.
    public var description: String { "line \(line), column \(column): \(reason.sentence)" }
}

extension JSONError.Reason {
    /// The rule in plain words.
    public var sentence: String {
        switch self {
        case .empty: "the text is empty"
        case .tooLarge(let limit): "the text is longer than \(limit) bytes"
        case .tooDeep(let limit): "arrays and objects nest deeper than \(limit)"
        case .tooManyMembers(let limit): "an object has more than \(limit) members"
        case .invalidUTF8: "the bytes are not UTF-8"
        case .unexpectedEnd: "the text ends too early"
        case .expectedValue: "a value is expected here"
        case .expectedName: "a name in double quotes is expected here"
        case .expectedColon: "a colon is expected here"
        case .expectedCommaOrEnd: "a comma or the closing bracket is expected here"
        case .textAfterEnd: "there is text after the end of the value"
        case .badNumber: "this is not a number as JSON writes it"
        case .badEscape: "this escape does not exist in JSON"
        case .loneSurrogate: "half of a surrogate pair stands alone"
        case .controlCharacter: "a control character in a string has to be escaped"
        case .duplicateName(let name): "the name \"\(name)\" occurs twice"
        }
    }
}
