// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Testing

@Suite("Argument parser")
struct ArgumentParserTests {
    private static let commands = [
        Command(
            "thing make", "Makes a thing.",
            operands: [Operand("FILE", .path), Operand("MORE", isOptional: true, isRepeated: true)],
            options: [
                Option("month", .month, isRequired: true, "The month."),
                Option("tag", .text, isRepeated: true, "A tag."),
                Option("size", .number(1...9), "The size."), .flag("quick", "Hurries."),
            ],
            example: "korf thing make a.txt --month 2026-10"
        ) { (_, _) async throws(ConsoleFailure) in .fine },
        Command("thing list", "Lists things.", example: "korf thing list") {
            (_, _) async throws(ConsoleFailure) in .fine
        },
        Command("check", "Checks.", example: "korf check") { (_, _) async throws(ConsoleFailure) in .fine },
    ]

    private func arguments(_ line: String) throws -> Arguments {
        let call = try ArgumentParser(commands: Self.commands).parse(line.split(separator: " ").map(String.init))
        guard case .run(_, let arguments) = call else { throw ArgumentParser.Misuse(sentence: "help") }
        return arguments
    }

    private func misuse(_ line: String) -> String? {
        do {
            _ = try ArgumentParser(commands: Self.commands).parse(line.split(separator: " ").map(String.init))
            return nil
        } catch { return error.sentence }
    }

    @Test("options stand before, between and after operands, with a blank or an equals sign")
    func order() throws {
        let expected = try arguments("thing make a.txt --month 2026-10 --size 3 --quick")
        #expect(expected["FILE"] == "a.txt" && expected["month"] == "2026-10" && expected.has("quick"))
        #expect(try arguments("thing make --quick --month=2026-10 --size=3 a.txt") == expected)
        #expect(try arguments("thing make --size 3 a.txt --quick --month 2026-10") == expected)
    }

    @Test("repeated options and operands keep their order")
    func repeated() throws {
        let arguments = try arguments("thing make a --month 2026-10 --tag x b --tag y c")
        #expect(arguments.all("tag") == ["x", "y"] && arguments.all("MORE") == ["b", "c"])
    }

    @Test("after -- everything is an operand")
    func afterDashes() throws {
        #expect(try arguments("thing make --month 2026-10 -- --odd.txt")["FILE"] == "--odd.txt")
    }

    @Test("each misuse is one sentence that says what would be right", arguments: [
        ("thing mkae", "did you mean make?"), ("thnig list", "did you mean thing?"),
        ("thing make a --month 2026-10 --qiuck", "did you mean --quick?"),
        ("thing make a --month 2026-13", "has to be a month such as 2026-10"),
        ("thing make a --month", "--month needs a value"), ("thing make --month 2026-10", "needs FILE"),
        ("thing make a", "needs --month YYYY-MM"), ("thing make a --month 2026-10 --size 12", "from 1 to 9"),
        ("thing make a --month 2026-10 --month 2026-11", "stands there twice"),
        ("thing make a --month 2026-10 --quick=yes", "takes no value"), ("check more", "does not know what to do"),
        ("thing", "thing list"), ("", "Usage: korf COMMAND"),
    ])
    func misuses(line: String, part: String) {
        #expect(misuse(line)?.contains(part) ?? false, "\(line): \(misuse(line) ?? "accepted")")
    }

    @Test("a word is not taken for one that it hardly resembles")
    func noNearMiss() {
        #expect(NearMiss.closest(to: "xyz", among: ["import", "list"]) == nil)
        #expect(NearMiss.closest(to: "imprt", among: ["import", "list"]) == "import")
        #expect(NearMiss.closest(to: "stat", among: ["status", "settle"]) == "status")
    }
}

@Suite("Commands of korf")
struct CommandsTests {
    @Test("every command has help with usage, options and one example that its own parser accepts",
          arguments: Commands.all.map(\.name))
    func help(name: String) throws {
        let parser = ArgumentParser(commands: Commands.all)
        let words = name.split(separator: " ").map(String.init)
        guard case .help(let text) = try parser.parse(words + ["--help"]) else {
            Issue.record("no help for \(name)")
            return
        }
        for part in ["Usage:", "korf \(name)", "Options:", "--json", "Example:"] { #expect(text.contains(part)) }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        let command = try #require(Commands.all.first { $0.name == name })
        let call = try parser.parse(Array(Self.shellWords(command.example).dropFirst()))
        guard case .run(let found, _) = call else {
            Issue.record("the example of \(name) is another command")
            return
        }
        #expect(found.name == name)
    }

    @Test("the overview fits 100 columns and names every command")
    func overview() {
        let text = HelpText.overview(Commands.all)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        for command in Commands.all { #expect(text.contains("  " + command.name)) }
    }

    /// Words as a shell reads them, quotes included.
    private static func shellWords(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
