// SPDX-License-Identifier: EUPL-1.2

/// Reads command lines by the declarations of the commands.
struct ArgumentParser: Sendable {
    let commands: [Command]

    /// What a command line asks for.
    enum Call: Sendable {
        case run(Command, Arguments)
        /// Help on a command, on a group of commands, or on all.
        case help(String)
        case version
    }

    /// Why a command line is none: a sentence that says what would be right.
    struct Misuse: Error, Equatable {
        let sentence: String
    }

    func parse(_ words: [String]) throws(Misuse) -> Call {
        guard let first = words.first else { throw Misuse(sentence: HelpText.overview(commands)) }
        if first == "--version" { return .version }
        if ["--help", "-h", "help"].contains(first), words.count == 1 { return .help(HelpText.overview(commands)) }
        let path = first == "help" ? Array(words.dropFirst()) : words
        let fitting = commands.filter { path.starts(with: $0.words) }
        guard let command = fitting.max(by: { $0.words.count < $1.words.count })
        else { return try group(path) }
        let rest = Array(path.dropFirst(command.words.count))
        if first == "help" || asksHelp(rest) { return .help(HelpText.text(of: command)) }
        return .run(command, try arguments(rest, of: command))
    }

    private func asksHelp(_ words: [String]) -> Bool {
        words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    }

    private func group(_ words: [String]) throws(Misuse) -> Call {
        let inside = commands.filter { $0.words.count > 1 && $0.words[0] == words[0] }
        guard !inside.isEmpty else {
            let known = Array(Set(commands.map { $0.words[0] })).sorted()
            throw Misuse(
                sentence: "korf has no command \(words[0])\(Self.meant(words[0], known)) korf --help lists them.")
        }
        if words.count == 1 || asksHelp(words) {
            if asksHelp(words) { return .help(HelpText.overview(inside)) }
            throw Misuse(sentence: HelpText.overview(inside))
        }
        let known = inside.map { $0.words[1] }
        throw Misuse(
            sentence: "korf \(words[0]) has no command \(words[1])\(Self.meant(words[1], known)) It has: "
                + known.joined(separator: ", ") + ".")
    }

    private func arguments(_ words: [String], of command: Command) throws(Misuse) -> Arguments {
        var arguments = Arguments()
        var operands: [String] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            try take(option: word, &rest, of: command, into: &arguments)
        }
        try assign(operands, of: command, into: &arguments)
        for option in command.allOptions where option.isRequired && !arguments.has(option.name) {
            throw Misuse(sentence: "korf \(command.name) needs \(Self.shown(option)): \(option.help)")
        }
        return arguments
    }

    private func take(
        option word: String, _ rest: inout ArraySlice<String>, of command: Command, into arguments: inout Arguments
    ) throws(Misuse) {
        let equals = word.firstIndex(of: "=")
        let name = String(word[..<(equals ?? word.endIndex)].drop { $0 == "-" })
        guard word.hasPrefix("--"), let option = command.allOptions.first(where: { $0.name == name }) else {
            let known = command.allOptions.map(\.name)
            let meant = NearMiss.closest(to: name, among: known).map { "; did you mean --\($0)?" } ?? "."
            throw Misuse(sentence: "korf \(command.name) has no option \(word.prefix { $0 != "=" })\(meant)")
        }
        guard option.isRepeated || !arguments.has(name) else {
            throw Misuse(sentence: "--\(name) stands there twice; it takes one value.")
        }
        guard let kind = option.value else {
            guard equals == nil else { throw Misuse(sentence: "--\(name) takes no value.") }
            arguments.add(option: name, "")
            return
        }
        let value: String
        if let equals {
            value = String(word[word.index(after: equals)...])
        } else if let next = rest.first, !next.hasPrefix("--") {
            value = next
            rest.removeFirst()
        } else {
            throw Misuse(sentence: "--\(name) needs a value: \(Self.shown(option)). \(option.help)")
        }
        if let complaint = kind.complaint(about: value) {
            throw Misuse(sentence: "--\(name) \(complaint), not \"\(value)\".")
        }
        arguments.add(option: name, value)
    }

    private func assign(_ words: [String], of command: Command, into arguments: inout Arguments) throws(Misuse) {
        var rest = words[...]
        for operand in command.operands {
            guard !rest.isEmpty else {
                if operand.isOptional { continue }
                throw Misuse(
                    sentence: "korf \(command.name) needs \(operand.name). Usage: \(HelpText.usage(of: command))")
            }
            for word in operand.isRepeated ? rest : rest.prefix(1) {
                if let complaint = operand.value.complaint(about: word) {
                    throw Misuse(sentence: "\(operand.name) \(complaint), not \"\(word)\".")
                }
                arguments.add(operand: operand.name, word)
            }
            rest = operand.isRepeated ? [] : rest.dropFirst()
        }
        if let extra = rest.first {
            throw Misuse(
                sentence: "korf \(command.name) does not know what to do with \"\(extra)\". Usage: "
                    + HelpText.usage(of: command))
        }
    }

    private static func shown(_ option: Option) -> String {
        "--\(option.name)" + (option.value.map { " \($0.placeholder)" } ?? "")
    }

    private static func meant(_ word: String, _ known: [String]) -> String {
        NearMiss.closest(to: word, among: known).map { "; did you mean \($0)?" } ?? "."
    }
}
