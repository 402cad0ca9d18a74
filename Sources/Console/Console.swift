// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Node
import Notation

/// The command line: `korf` is one call of `run`.
public enum Console {
    /// Runs one command line and answers its exit code.
    public static func run(_ words: [String], environment: [String: String]) async -> Int32 {
        await run(words, environment: environment, terminal: StandardTerminal(), node: nil).rawValue
    }

    /// The variables that a command line may be set by.
    public static var environment: [String: String] {
        var values: [String: String] = [:]
        for name in ["KORF_DIRECTORY", "KORF_LANGUAGE"] {
            if let value = getenv(name) { values[name] = String(cString: value) }
        }
        return values
    }

    static func run(
        _ words: [String], environment: [String: String], terminal: any Terminal, node: (any NodeCalling)?
    ) async -> ExitCode {
        do throws(ArgumentParser.Misuse) {
            switch try ArgumentParser(commands: Commands.all).parse(words) {
            case .help(let text): terminal.write(text)
            case .version: terminal.write("korf \(KorfVersion.text)\n")
            case .run(let command, let arguments):
                let session = session(arguments, environment, terminal, node)
                return await run(command, arguments, session)
            }
            return .fine
        } catch {
            terminal.complain(error.sentence)
            return .usage
        }
    }

    private static func run(_ command: Command, _ arguments: Arguments, _ session: Session) async -> ExitCode {
        do throws(ConsoleFailure) {
            return try await command.run(arguments, session)
        } catch {
            // A program that asked for JSON gets the refusal as JSON too.
            if session.wantsJSON {
                let problem: JSON = [
                    "status": 0, "title": "korf", "detail": .string(error.message),
                ]
                let document = error.document.flatMap { try? JSON(parsing: $0) } ?? problem
                session.terminal.write(document.rendered(.pretty) + "\n")
            }
            session.terminal.complain(error.message)
            return error.code
        }
    }

    private static func session(
        _ arguments: Arguments, _ environment: [String: String], _ terminal: any Terminal, _ node: (any NodeCalling)?
    ) -> Session {
        let location = NodeLocation(
            directory: arguments["directory"], socket: arguments["socket"], environment: environment)
        let named = arguments["language"] ?? environment["KORF_LANGUAGE"] ?? ""
        let language = Language(rawValue: named) ?? .nl
        return Session(
            terminal: terminal, texts: Texts(language), wantsJSON: arguments.has("json"),
            location: location, node: node ?? SocketNode(location, language))
    }
}
