// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Foundation
import Notation
import Testing
import Transport

/// A node that takes every event it has not seen, as the inbox does.
private struct CountingNode: NodeCalling {
    let log = FixtureNode([:])

    func call(
        _ method: HTTPMethod, _ target: String, mediaType: String?, body: [UInt8], accept: String
    ) throws(ConsoleFailure) -> HTTPResponse {
        _ = try? log.call(method, target, mediaType: mediaType, body: body, accept: accept)
        guard let events = (try? JSON(parsing: body))?.elements else {
            throw ConsoleFailure(.finding, "not a batch")
        }
        let seen = Set(earlier(before: log.calls.count - 1))
        var outcomes: [JSON] = []
        for event in events {
            let id = event["id"]?.text ?? ""
            outcomes.append(id.hasPrefix("conflict") ? "conflict" : seen.contains(id) ? "dubbel" : "nieuw")
        }
        func count(_ word: JSON) -> JSON { .integer(Int64(outcomes.count { $0 == word })) }
        let answer: JSON = [
            "nieuw": count("nieuw"), "dubbel": count("dubbel"), "conflict": count("conflict"),
            "uitkomsten": .array(outcomes),
        ]
        return HTTPResponse(status: 200, contentType: "application/json", body: answer.bytes())
    }

    var batches: [[String]] {
        log.calls.map { call in
            ((try? JSON(parsing: call.body))?.elements ?? []).compactMap { $0["id"]?.text }
        }
    }

    private func earlier(before count: Int) -> [String] { Array(batches.prefix(count).joined()) }
}

@Suite("korf usage import")
struct UsageImportTests {
    private static func event(_ id: String) -> String {
        """
        {"specversion":"1.0","type":"nl.beware.korf.verbruik.v1","source":"urn:a","id":"\(id)",\
        "time":"2026-10-12T09:30:00Z","data":{"applicatie":"corv","aanbieder":"00000099000000772000",\
        "afnemer":"00000099000000632000"}}
        """
    }

    private func importing(
        _ text: String, name: String = "events.ndjson", _ options: [String] = []
    ) async throws -> (code: ExitCode, out: String, err: String, batches: [[String]]) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        let (terminal, node) = (CapturedTerminal(), CountingNode())
        let code = await Console.run(
            ["usage", "import", file.path] + options, environment: [:], terminal: terminal, node: node)
        return (code, terminal.written, terminal.complained, node.batches)
    }

    @Test("sends batches in order and sums what became of them", arguments: ["\n", "\r\n"])
    func batches(lineEnd: String) async throws {
        let lines = (0..<7).map { Self.event("e\($0)") } + [Self.event("e1"), ""]
        let result = try await importing(lines.joined(separator: lineEnd), ["--batch", "3"])
        #expect(result.batches == [["e0", "e1", "e2"], ["e3", "e4", "e5"], ["e6", "e1"]])
        #expect(result.code == .fine)
        #expect(result.out == "8 meldingen: 7 nieuw, 1 dubbel, 0 conflict\n")
    }

    @Test("a last line without a line end counts")
    func lastLine() async throws {
        #expect(try await importing(Self.event("e0")).batches == [["e0"]])
    }

    @Test("a line that is no event is named, and nothing after it is sent")
    func badLine() async throws {
        let bad = Self.event("e2").replacingOccurrences(of: "00000099000000772000", with: "12")
        let text = [Self.event("e0"), "", bad, Self.event("e3")].joined(separator: "\n")
        let result = try await importing(text)
        #expect(result.code == .finding)
        #expect(result.batches == [["e0"]])
        #expect(result.err.contains("events.ndjson: line 3: data.aanbieder: "))
        #expect(result.err.contains("1 events before it were taken, nothing after it was sent."))
    }

    @Test("a conflict is named and makes exit code 1")
    func conflict() async throws {
        let result = try await importing([Self.event("e0"), Self.event("conflict-1")].joined(separator: "\n"))
        #expect(result.code == .finding)
        #expect(result.err.contains("events.ndjson: line 2: this source and id are held with another content."))
    }

    @Test("a JSON list and CSV give the same events")
    func otherFormats() async throws {
        let list = "[\(Self.event("e0")), \(Self.event("e1"))]"
        #expect(try await importing(list, name: "events.json").batches == [["e0", "e1"]])
        let rows = """
            tijdstip,id,applicatie,aanbieder,afnemer,klasse,aantal,transactie
            2026-10-12T09:30:00Z,e0,corv,00000099000000772000,00000099000000632000,,,
            """
        #expect(try await importing(rows, name: "events.csv", ["--source", "urn:a"]).batches == [["e0"]])
        #expect(try await importing(rows, name: "events.csv").code == .usage)
        let wrong = try await importing(rows + "\n2026,e1,corv,1,2,,,\n", name: "events.csv", ["--source", "urn:a"])
        #expect(wrong.code == .finding && wrong.batches.isEmpty && wrong.err.contains("line 3"))
    }

    @Test("a file of totals is read whole: each wrong line is named, and nothing is sent", arguments: [
        ("maand,applicatie,aanbieder,klasse\n", "line 1"),
        ("maand,applicatie,aanbieder,klasse,aantal\n2026-13,corv,00000099000000772000,,1\n", "line 2, column 1"),
        ("maand,applicatie,aanbieder,klasse,aantal\n2026-10,corv,12,,1\n", "line 2, column 3"),
        ("maand,applicatie,aanbieder,klasse,aantal\n2026-10,corv,00000099000000772000,,1.5\n", "line 2, column 5"),
        ("maand,applicatie,aanbieder,klasse,aantal\n\"2026-10,corv\n", "line 2"),
        ("maand,applicatie,aanbieder,klasse,aantal\n", "holds no total"),
    ])
    func totals(text: String, words: String) async throws {
        let result = try await importing(text, name: "totalen.csv", ["--totals"])
        #expect(result.code == .finding && result.batches.isEmpty)
        #expect(result.err.contains("totalen.csv: ") && result.err.contains(words))
    }

    @Test("a file that is not there is a finding with its name")
    func missing() async {
        let result = await korf(["usage", "import", "/nowhere/events.ndjson"])
        #expect(result.code == .finding && result.err.contains("/nowhere/events.ndjson"))
    }
}
