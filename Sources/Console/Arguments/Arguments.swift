// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The words of one call, checked against its command.
struct Arguments: Sendable, Equatable {
    private(set) var options: [String: [String]] = [:]
    private(set) var operands: [String: [String]] = [:]

    mutating func add(option name: String, _ value: String) { options[name, default: []].append(value) }
    mutating func add(operand name: String, _ value: String) { operands[name, default: []].append(value) }

    /// The value of an option, or of an operand in capitals; `nil` where it was not given.
    subscript(name: String) -> String? { options[name]?.first ?? operands[name]?.first }

    /// All values of a repeated option or operand.
    func all(_ name: String) -> [String] { options[name] ?? operands[name] ?? [] }

    /// Whether a flag was given.
    func has(_ flag: String) -> Bool { options[flag] != nil }

    /// The value of what the command declares as mandatory.
    func required(_ name: String) -> String {
        guard let value = self[name] else { preconditionFailure("the parser lets no call pass without \(name)") }
        return value
    }

    /// A number that the parser has checked.
    func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
}
