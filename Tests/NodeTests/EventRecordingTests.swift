// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Foundation
import Journal
@testable import Node
import Testing

@Suite("Recorded events, Protocol/consensus.md §8", .serialized)
struct EventRecordingTests {
    private func lines(_ path: String) throws -> [Substring] {
        String(decoding: try PlainFile.read(path), as: UTF8.self).split(separator: "\n")
    }

    private func record(_ founder: TestNetwork.Founder) throws -> String {
        let (configuration, path) = (founder.folder + "/korf.yaml", founder.folder + "/events")
        let text = try PlainFile.read(configuration) + Array("recordEvents: events\n".utf8)
        try PlainFile.replace(configuration, text)
        return path
    }

    /// Runs `korf-simulate --events`, which is built with the tests.
    private func replay(_ path: String) throws -> (code: Int32, last: String) {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appending(path: ".build/debug/korf-simulate")
        process.arguments = ["--events", path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, String(text.split(separator: "\n").last ?? ""))
    }

    @Test("what three daemons record of two epochs, one of them restarted, replays to the same effects")
    func replaysEqual() async throws {
        let network = try TestNetwork(["west", "middle", "east"])
        defer { network.remove() }
        let paths = try network.founders.map(record)
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        try await decide("Een", nodes, 1)
        try await nodes.removeLast().stop()
        try await network.founders[2].closed()
        nodes.append(try await TestNode(network.founders[2]))
        try await decide("Twee", nodes, 2)
        for node in nodes { try await node.stop() }
        for path in paths {
            let (code, last) = try replay(path)
            #expect(code == 0, "\(last)")
            var replay = EventReplay(OpenSSLSuite())
            let count = try replay.run(lines(path))
            #expect(count.heights >= 3 && count.events >= 10 && count.effects >= 6)
            #expect(last.contains("\"events\":\(count.events),"))
        }
        try checkTampering(paths[0])
        try checkSecrets(network, paths)
    }

    private func decide(_ title: String, _ nodes: [TestNode], _ epoch: Int) async throws {
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        let decision = try await nodes[0].propose(title)
        for node in nodes { try await node.vote(.for, on: decision) }
        for node in nodes { try await node.reaches(epoch) }
    }

    /// Each line that ends in effects, with its last byte changed; and events that are missing.
    private func checkTampering(_ path: String) throws {
        let all = try lines(path)
        var replay = EventReplay(OpenSSLSuite())
        var found = 0
        for (place, line) in all.enumerated() where !line.hasSuffix("80") {
            var tampered = all
            tampered[place] = line.dropLast() + (line.hasSuffix("0") ? "1" : "0")
            let difference = #expect(throws: ReplayDifference.self) { try replay.run(tampered) }
            #expect(difference?.line == place + 1)
            found += 1
        }
        #expect(found >= 5)
        let decisive = try #require(all.lastIndex { $0.hasPrefix("8302") && !$0.hasSuffix("80") })
        // The last one may be missed by nobody: what it led to came at the end. An earlier one is.
        let isMissed = all.indices.contains { place in
            guard all[place].hasPrefix("8302"), !all[place].hasSuffix("80") else { return false }
            let shorter = all.enumerated().filter { $0.offset != place }.map(\.element)
            do { return try replay.run(shorter).events < 0 } catch { return true }
        }
        #expect(isMissed)
        let changed = path + ".changed"
        var tampered = all
        tampered[decisive] = all[decisive].dropLast(2) + (all[decisive].hasSuffix("00") ? "01" : "00")
        try PlainFile.create(changed, Array((tampered.joined(separator: "\n") + "\n").utf8))
        let (code, last) = try self.replay(changed)
        #expect(code == 1)
        #expect(last.contains("line \(decisive + 1):"))
    }

    /// The seed of the log key stands in no file of events, and nobody else may read one.
    private func checkSecrets(_ network: TestNetwork, _ paths: [String]) throws {
        for (founder, path) in zip(network.founders, paths) {
            let file = founder.folder + "/keys/log.key"
            let pem = String(decoding: try PlainFile.read(file), as: UTF8.self).split(separator: "\n")
            let der = try #require(Data(base64Encoded: pem.filter { !$0.hasPrefix("-") }.joined()))
            let text = String(decoding: try PlainFile.read(path), as: UTF8.self)
            #expect(text.contains(Hexadecimal.encode(try SigningKey(file: file).publicKey.bytes)))
            #expect(der.count == 48 && !text.contains(Hexadecimal.encode(der.suffix(32))))
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test("a file stays under its limit: a height that grows past it ends, and the next begins another file")
    func bounded() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "korf-\(UUID().uuidString.prefix(8))").path
        try PlainFile.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/events"
        try PlainFile.create(path, Array("8301".utf8))
        let recorder = try EventRecorder(
            path: path, log: LogWriter(least: .error, clock: SystemClock()), bytesLimit: 4_000)
        let start = try self.start()
        for height in 0..<3 {
            recorder.begin(start)
            var core = start.core(signer: nil, suite: OpenSSLSuite())
            for _ in 0..<(height == 1 ? 400 : 60) {
                let event = ConsensusEvent.mayVote(false)
                recorder.record(event, core.handle(event), start.voters)
            }
        }
        for file in [path, path + ".1"] {
            #expect(try PlainFile.read(file).count <= 4_000)
            var replay = EventReplay(OpenSSLSuite())
            #expect(try replay.run(lines(file)).events > 0)
        }
    }

    private func start() throws -> HeightStart {
        let suite = OpenSSLSuite()
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let genesis = try NetworkFounding.genesis(network.genesisPath)
        return HeightStart(
            voters: VotingSet(genesis: genesis, suite), ownKey: nil, timings: Genesis.Timings())
    }
}
