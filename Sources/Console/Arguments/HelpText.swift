// SPDX-License-Identifier: EUPL-1.2

/// Help, written from the declarations, so that it cannot say anything else.
enum HelpText {
    private static let columns = 100

    /// One line: the words, the operands, the command's own options.
    static func usage(of command: Command) -> String {
        (["korf", command.name] + command.operands.map(\.usage) + command.options.map(\.usage))
            .joined(separator: " ")
    }

    /// Usage, options and one example.
    static func text(of command: Command) -> String {
        var lines = [command.summary, "", "Usage:"]
        lines += Layout.wrap(usage(of: command), columns: columns - 2, hanging: 4).map { "  " + $0 }
        lines += ["", "Options:"]
        let options = command.allOptions
        let labels = options.map { "--\($0.name)" + ($0.value.map { " \($0.placeholder)" } ?? "") }
        let width = min(34, (labels.map(\.count).max() ?? 0) + 2)
        for (option, label) in zip(options, labels) {
            let notes = (option.isRequired ? " Mandatory." : "") + (option.isRepeated ? " May be repeated." : "")
            let wrapped = Layout.wrap(option.help + notes, columns: columns - 2 - width)
            let first = label.count < width ? Layout.pad(label, to: width) + (wrapped.first ?? "") : label
            lines.append("  " + first)
            for line in label.count < width ? Array(wrapped.dropFirst()) : wrapped {
                lines.append("  " + Layout.pad("", to: width) + line)
            }
        }
        lines += ["", "Example:"]
        lines += Layout.wrap(command.example, columns: columns - 4, hanging: 4).map { "  " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The commands with a sentence each.
    static func overview(_ commands: [Command]) -> String {
        let width = (commands.map(\.name.count).max() ?? 0) + 2
        var lines = ["Usage: korf COMMAND ...   (korf COMMAND --help tells more)", ""]
        for command in commands {
            let wrapped = Layout.wrap(command.summary, columns: columns - 2 - width)
            lines.append("  " + Layout.pad(command.name, to: width) + (wrapped.first ?? ""))
            lines += wrapped.dropFirst().map { "  " + Layout.pad("", to: width) + $0 }
        }
        lines += ["", "Exit codes: 0 fine, 1 finding or refusal, 2 usage, 3 node not reachable."]
        return lines.joined(separator: "\n") + "\n"
    }
}
