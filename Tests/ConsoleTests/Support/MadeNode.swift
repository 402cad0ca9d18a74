// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Foundation
import Journal
import Node
import Testing
import Transport

/// The folder of a node as `korf init` made it, and what its daemon would say of its log.
final class MadeNode {
    let directory: String
    let recoveryFile: String
    let card: Card

    init(_ oin: String = "00000099000000632000", name: String = "Woerden") async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "korf-\(UUID().uuidString)").path
        recoveryFile = directory + ".recovery"
        let made = await korf([
            "init", "--directory", directory, "--oin", oin, "--name", name, "--recovery-file", recoveryFile,
        ])
        try #require(made.code == .fine, "\(made.err)")
        card = try NetworkFounding.card(directory + "/card.korf-card")
    }

    deinit {
        for path in [directory, recoveryFile] { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Every file and what is in it, but for directories.
    var files: [String: [UInt8]] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
        return names.reduce(into: [:]) { $0[$1] = try? PlainFile.read("\(directory)/\($1)") }
    }

    /// The answer about the own log: how many entries are held here and elsewhere.
    func logEnd(_ mode: String, held: Int = 9, elsewhere: String = "9", others: Int = 2) -> String {
        let other = #"{"oin": "00000099000000772000", "naam": "Eindhoven", "omvang": null}"#
        return """
            {"netwerk": "\(String(repeating: "ab", count: 32))",
             "lid": {"oin": "\(card.oin)", "naam": "\(card.name)"},
             "logId": "\(String(repeating: "0b", count: 32))", "volgendeSleutelHash": "\(card.nextKeyHash)",
             "herstelsleutel": "\(card.recoveryKey)", "modus": "\(mode)", "omvang": \(held),
             "wortel": "\(String(repeating: "cd", count: 32))", "omvangElders": \(elsewhere),
             "leden": [\(Array(repeating: other, count: others).joined(separator: ", "))]}
            """
    }

    static let successor = #"{"logId": "9b4f7dae720b49afaa", "voorganger": "0b"}"#

    /// A daemon that answers about the own log and takes a successor.
    func daemon(_ end: String) -> FixtureNode {
        FixtureNode(["/v1/eigen-log": (200, end), "/v1/eigen-log/_opvolgen": (201, Self.successor)])
    }
}
