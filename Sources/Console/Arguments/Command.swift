// SPDX-License-Identifier: EUPL-1.2

/// One verb of `korf`, as data: what it takes, what it is for, and what it does.
struct Command: Sendable {
    /// The words, such as `catalogue import`.
    let words: [String]
    /// One sentence.
    let summary: String
    let operands: [Operand]
    let options: [Option]
    /// One line that a reader can try.
    let example: String
    /// Whether it speaks to a node or a node's folder, and so takes `--socket` and `--directory`.
    let findsNode: Bool
    let run: @Sendable (Arguments, Session) async throws(ConsoleFailure) -> ExitCode

    init(
        _ words: String, _ summary: String, operands: [Operand] = [], options: [Option] = [], example: String,
        findsNode: Bool = true,
        run: @escaping @Sendable (Arguments, Session) async throws(ConsoleFailure) -> ExitCode
    ) {
        self.words = words.split(separator: " ").map(String.init)
        self.summary = summary
        self.operands = operands
        self.options = options
        self.example = example
        self.findsNode = findsNode
        self.run = run
    }

    /// The words as they are typed.
    var name: String { words.joined(separator: " ") }

    /// Its own options, then those of every command.
    var allOptions: [Option] {
        let own = Set(options.map(\.name))
        return options + (findsNode ? Option.ofNode : []).filter { !own.contains($0.name) } + Option.common
    }
}

/// A word that is no option: a file, an identifier.
struct Operand: Sendable {
    let name: String
    let value: ValueKind
    let isOptional: Bool
    /// Takes one or more words; only the last operand can.
    let isRepeated: Bool

    init(_ name: String, _ value: ValueKind = .text, isOptional: Bool = false, isRepeated: Bool = false) {
        self.name = name
        self.value = value
        self.isOptional = isOptional
        self.isRepeated = isRepeated
    }

    /// How it stands in a line of usage.
    var usage: String {
        let word = isRepeated ? "\(name)..." : name
        return isOptional ? "[\(word)]" : word
    }
}

/// An option: `--name VALUE`, or a flag without a value.
struct Option: Sendable {
    /// Without the dashes.
    let name: String
    /// `nil` for a flag.
    let value: ValueKind?
    let isRequired: Bool
    let isRepeated: Bool
    let help: String

    init(_ name: String, _ value: ValueKind?, isRequired: Bool = false, isRepeated: Bool = false, _ help: String) {
        self.name = name
        self.value = value
        self.isRequired = isRequired
        self.isRepeated = isRepeated
        self.help = help
    }

    static func flag(_ name: String, _ help: String) -> Option { Option(name, nil, help) }

    /// How it stands in a line of usage.
    var usage: String {
        let word = value.map { "--\(name) \($0.placeholder)" } ?? "--\(name)"
        return isRequired ? word + (isRepeated ? " ..." : "") : "[\(word)]" + (isRepeated ? "..." : "")
    }

    static let common = [
        Option.flag("json", "Prints the answer as JSON."),
        Option("language", .choice(["nl", "en"]), "Language of what people read; KORF_LANGUAGE, else nl."),
        Option.flag("help", "Shows this help."),
    ]

    static let ofNode = [
        Option("directory", .path, "The node's folder, with korf.yaml; KORF_DIRECTORY, else /etc/korf."),
        Option("socket", .path, "The node's socket, instead of the one that korf.yaml names."),
    ]
}
