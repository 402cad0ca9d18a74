// SPDX-License-Identifier: EUPL-1.2
import Cooperative
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
            "network join", "Puts the genesis of a network in place for this node, a founder.",
            operands: [Operand("GENESIS", .path)],
            example: "korf network join beware.korf-genesis --directory /etc/korf", run: join),
        Command(
            "network show", "Shows the network of the node, or of a genesis file.",
            operands: [Operand("GENESIS", .path, isOptional: true)],
            example: "korf network show", run: show),
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
        let path = arguments.required("GENESIS")
        let genesis = try founding { () throws(FoundingFailure) in
            try NetworkFounding.join(genesis: path, configuration: configuration)
        }
        session.show(NetworkDocument.json(genesis)) { _ in
            session.texts(.networkJoined, genesis.name, configuration.genesis) + "\n"
        }
        return .fine
    }

    private static func founding(
        _ work: () throws(FoundingFailure) -> Genesis
    ) throws(ConsoleFailure) -> Genesis {
        do throws(FoundingFailure) { return try work() } catch { throw ConsoleFailure(.finding, error.description) }
    }

    @Sendable
    private static func show(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let document: JSON
        if let path = arguments["GENESIS"] {
            document = NetworkDocument.json(try founding { () throws(FoundingFailure) in
                try NetworkFounding.genesis(path)
            })
        } else {
            document = try session.node.get("/v1/netwerk")
        }
        session.show(document) { NetworkScreen.text($0, session.texts) }
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
