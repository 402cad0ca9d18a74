// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Node
import Notation
import YAML

/// `korf network`.
enum NetworkCommands {
    static let all = [
        Command(
            "network create", "Makes the genesis of a network from a description and the founders' cards.",
            operands: [Operand("CARD", .path, isRepeated: true)],
            options: [
                Option("description", .path, isRequired: true, "YAML file with what the founders agreed on."),
                Option("out", .path, isRequired: true, "The genesis file to make; it must not exist yet."),
            ],
            example: "korf network create --description network.yaml --out beware.korf-genesis eindhoven.korf-card "
                + "woerden.korf-card",
            findsNode: false, run: create),
        Command(
            "network join", "Puts a network in place for this node; a newcomer sees what its admission waits for.",
            operands: [Operand("FILE", .path, isOptional: true)],
            options: [.flag("wait", "Goes on showing what the admission waits for until the node is a member.")],
            example: "korf network join beware.korf-join --directory /etc/korf", run: join),
        Command(
            "network show", "Shows the network of the node, or of a genesis or JOIN file.",
            operands: [Operand("FILE", .path, isOptional: true)],
            options: [Option("join", .path, "Writes the JOIN file there, by which others join; it is public.")],
            example: "korf network show --join beware.korf-join", run: show),
    ]

    @Sendable
    private static func create(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let path = arguments.required("description")
        let cards = arguments.all("CARD")
        let genesis = try founding { () throws(FoundingFailure) in
            try NetworkFounding.create(description: path, cards: cards)
        }
        do throws(FileFailure) { try PlainFile.create(arguments.required("out"), genesis.bytes) } catch {
            throw ConsoleFailure(.finding, error.description)
        }
        session.show(NetworkDocument.json(genesis)) { NetworkScreen.text($0, session.texts) }
        return .fine
    }

    @Sendable
    private static func join(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let configuration = try session.location.configuration()
        guard let path = arguments["FILE"] else {
            return try await JoiningScreen.follow(session, waits: arguments.has("wait"))
        }
        let joining = try founding { () throws(FoundingFailure) in
            let joining = try NetworkJoining(file: path, configuration: configuration)
            try joining.perform()
            return joining
        }
        let genesis = joining.genesis
        session.show(NetworkDocument.json(genesis)) { _ in
            let next = session.texts(joining.isFounder ? .networkStart : .joinNotRunning)
            return session.texts(
                .networkJoined, genesis.name, configuration.genesis, genesis.network.description) + "\n" + next + "\n"
        }
        guard arguments.has("wait") else { return .fine }
        return try await JoiningScreen.follow(session, waits: true)
    }

    private static func founding<Value>(
        _ work: () throws(FoundingFailure) -> Value
    ) throws(ConsoleFailure) -> Value {
        do throws(FoundingFailure) { return try work() } catch { throw ConsoleFailure(.finding, error.description) }
    }

    @Sendable
    private static func show(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        if let path = arguments["join"] { return try writeJoinFile(path, session) }
        let document: JSON
        if let path = arguments["FILE"] {
            document = try founding { () throws(FoundingFailure) in try NetworkFounding.shown(path) }
        } else {
            document = try session.node.get("/v1/netwerk")
        }
        session.show(document) { NetworkScreen.text($0, session.texts) }
        return .fine
    }
}

extension NetworkCommands {
    private static func writeJoinFile(_ path: String, _ session: Session) throws(ConsoleFailure) -> ExitCode {
        let answer = try session.node.get("/v1/netwerk/join-bestand")
        do throws(FileFailure) { try PlainFile.create(path, Array((answer["bestand"]?.text ?? "").utf8)) } catch {
            throw ConsoleFailure(.finding, error.description)
        }
        session.show(answer) { answer in
            let names = answer.list("adressen").map { $0.words("naam") }.joined(separator: ", ")
            return session.texts(.networkJoinFile, path, names) + "\n"
        }
        return .fine
    }
}

/// Files that a call names.
enum Files {
    static func read(_ path: String) throws(ConsoleFailure) -> [UInt8] {
        do throws(FileFailure) { return try PlainFile.read(path) } catch {
            throw ConsoleFailure(.finding, error.description)
        }
    }

    /// The YAML document, or the JSON one, of a file.
    static func document(_ path: String) throws(ConsoleFailure) -> PositionedNode {
        let bytes = try read(path)
        do throws(YAMLError) { return try YAML.parse(bytes) } catch {
            throw ConsoleFailure(.finding, "\(path): \(error)")
        }
    }

    /// The path as the daemon, which stands in another folder, can use it.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(WorkingFolder.path)/\(path)"
    }
}
