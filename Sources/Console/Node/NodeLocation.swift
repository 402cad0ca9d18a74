// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Node
import Notation
import YAML

/// Where the node of this call lives: its folder, its configuration, its socket.
struct NodeLocation: Sendable {
    static let standardDirectory = "/etc/korf"

    /// The folder with `korf.yaml`.
    let directory: String
    /// The socket that the call named itself.
    let givenSocket: String?

    init(directory: String? = nil, socket: String? = nil, environment: [String: String]) {
        let named = directory ?? environment["KORF_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
        self.directory = Self.trimmed(named ?? Self.standardDirectory)
        givenSocket = socket
    }

    var configurationPath: String { directory + "/korf.yaml" }

    /// The configuration; what is wrong with it is said with its lines.
    func configuration() throws(ConsoleFailure) -> Configuration {
        let bytes: [UInt8]
        do throws(FileFailure) { bytes = try PlainFile.read(configurationPath) } catch {
            let advice = error.code == EACCES
                ? "Only the node's user and its group may use korf; add this user to the group."
                : "There is no node here. Name its folder with --directory or KORF_DIRECTORY, "
                    + "or make one with korf init."
            throw ConsoleFailure(.unreachable, "\(error)\n\(advice)")
        }
        let document: PositionedNode
        do throws(YAMLError) { document = try YAML.parse(bytes) } catch {
            throw ConsoleFailure(.finding, "\(configurationPath): \(error)")
        }
        do throws(Configuration.Invalid) { return try Configuration(document, folder: directory) } catch {
            throw ConsoleFailure(.finding, error.findings.map { "\(configurationPath): \($0)" }.joined(separator: "\n"))
        }
    }

    /// The socket to speak to.
    func socket() throws(ConsoleFailure) -> String {
        if let givenSocket { return givenSocket }
        return try configuration().socket
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
