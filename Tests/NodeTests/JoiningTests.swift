// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Foundation
import Journal
@testable import Node
import Testing

@Suite("Joining with a JOIN file: Protocol/membership.md §1")
struct JoiningTests {
    private func refusal(_ founder: TestNetwork.Founder, _ path: String) throws -> String {
        let before = try FileManager.default.subpathsOfDirectory(atPath: founder.folder).sorted()
        let failure = try #require(throws: FoundingFailure.self) { try founder.join(path) }
        #expect(try FileManager.default.subpathsOfDirectory(atPath: founder.folder).sorted() == before)
        #expect(!failure.description.contains("\n"))
        return failure.description
    }

    @Test("a founder and a newcomer join with the same file, once and again")
    func joins() throws {
        let network = try TestNetwork(["west", "east"], newcomers: ["north"])
        defer { network.remove() }
        let path = try network.writeJoinFile(network.founders)
        #expect(try network.founders[0].join(path).isFounder)
        let north = network.newcomers[0]
        for _ in 0..<2 { #expect(try !north.join(path).isFounder) }
        #expect(try PlainFile.read(north.folder + "/network.korf-genesis") == PlainFile.read(network.genesisPath))
        #expect(try PlainFile.read(north.folder + "/network.korf-join") == PlainFile.read(path))
    }

    @Test("what is no JOIN file, changed, or only a genesis is refused in a sentence")
    func files() throws {
        let network = try TestNetwork(["west", "east"], newcomers: ["north"])
        defer { network.remove() }
        let north = network.newcomers[0]
        #expect(try refusal(north, network.base + "/absent").contains("No such file"))
        #expect(try refusal(north, network.genesisPath).contains("a newcomer joins with the network's JOIN file"))
        #expect(try refusal(north, north.folder + "/card.korf-card").contains("is the card of north"))
        let text = try network.joinFile(network.founders).text
        let changed = network.base + "/changed.korf-join"
        try PlainFile.create(changed, Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8))
        #expect(try refusal(north, changed).contains("ask for it anew"))
    }

    @Test("a JOIN file of another network is refused where one is joined already")
    func otherNetwork() throws {
        let network = try TestNetwork(["west", "east"], newcomers: ["north"])
        let other = try TestNetwork(["south"])
        defer {
            network.remove()
            other.remove()
        }
        let north = network.newcomers[0]
        try north.join(try network.writeJoinFile(network.founders))
        let sentence = try refusal(north, try other.writeJoinFile(other.founders))
        #expect(sentence.contains("holds another; a node belongs to one network"))
    }

    @Test("a card of another member than the certificate is refused")
    func wrongOIN() throws {
        let network = try TestNetwork(["west", "east"], newcomers: ["north", "south"])
        defer { network.remove() }
        let (north, south) = (network.newcomers[0], network.newcomers[1])
        let path = try network.writeJoinFile(network.founders)
        for file in ["card.korf-card", "keys/log.key"] {
            try FileManager.default.removeItem(atPath: "\(north.folder)/\(file)")
            try FileManager.default.copyItem(atPath: "\(south.folder)/\(file)", toPath: "\(north.folder)/\(file)")
            let sentence = try refusal(north, path)
            if file == "keys/log.key" {
                #expect(sentence.contains("both have to be of one member"))
            } else {
                #expect(sentence.contains("is not the one on the card"))
            }
        }
    }

    @Test("a founder's OIN with other keys is told to use its own node")
    func founderWithOtherKeys() throws {
        let network = try TestNetwork(["west", "east"])
        let other = try TestNetwork(["west"])
        defer {
            network.remove()
            other.remove()
        }
        try FileManager.default.removeItem(atPath: other.founders[0].folder + "/network.korf-genesis")
        let sentence = try refusal(other.founders[0], try network.writeJoinFile(network.founders))
        #expect(sentence.contains("with another log key"))
    }
}
