// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Notation
import Transport

/// `korf usage import`: checks each event here, so that a wrong line is named by its number, and sends batches. Sending
/// a file again changes nothing: each event counts once.
struct UsageImport {
    private let node: any NodeCalling
    private let terminal: any Terminal
    private let batchEvents: Int
    private var pending: [FileEvent] = []
    private var pendingBytes = 0

    private(set) var new: Int64 = 0
    private(set) var again: Int64 = 0
    private(set) var conflict: Int64 = 0
    /// Places of events whose id is held with another content, the first ones.
    private(set) var conflicts: [String] = []

    var sent: Int64 { new + again + conflict }

    init(_ session: Session, batchEvents: Int) {
        node = session.node
        terminal = session.terminal
        self.batchEvents = batchEvents
    }

    /// Takes one event; sends when a batch is full. A line that is no event ends the import: what stood before it is
    /// sent, nothing after it.
    mutating func take(_ event: FileEvent) throws(ConsoleFailure) {
        do throws(UsageEventRefusal) { _ = try UsageEventReader.single(event.bytes) } catch {
            try send()
            throw refusal(event.place, error.violations.map(\.description))
        }
        pending.append(event)
        pendingBytes += event.bytes.count + 1
        if pending.count >= batchEvents || pendingBytes >= ImportLimits.batchBytes { try send() }
    }

    /// Sends what waits.
    mutating func send() throws(ConsoleFailure) {
        guard !pending.isEmpty else { return }
        var body: [UInt8] = [UInt8(ascii: "[")]
        body.reserveCapacity(pendingBytes + 2)
        for (index, event) in pending.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body += event.bytes
        }
        body.append(UInt8(ascii: "]"))
        let response: HTTPResponse
        do throws(ConsoleFailure) {
            response = try node.call(
                .post, "/v1/verbruik/meldingen", mediaType: MediaType.events, body: body, accept: "application/json")
        } catch {
            throw ConsoleFailure(
                error.code, "\(error.message)\n\(sent) events were taken. Import the file again: each counts once.")
        }
        guard response.status == 200 else { throw refused(response) }
        count(try node.json(response))
        pending = []
        pendingBytes = 0
        terminal.progress("\(sent)")
    }

    private mutating func count(_ answer: JSON) {
        new += answer.number("nieuw") ?? 0
        again += answer.number("dubbel") ?? 0
        conflict += answer.number("conflict") ?? 0
        for (index, outcome) in answer.list("uitkomsten").enumerated() where outcome.text == "conflict" {
            guard conflicts.count < ImportLimits.violations, index < pending.count else { continue }
            conflicts.append(pending[index].place)
        }
    }

    /// The node's violations by the places in the file.
    private func refused(_ response: HTTPResponse) -> ConsoleFailure {
        let problem = try? JSON(parsing: response.body)
        let violations = problem?.list("violations") ?? []
        guard response.status == 400, !violations.isEmpty else { return Problem.failure(response) }
        let lines = violations.prefix(ImportLimits.violations).map { violation -> String in
            let path = violation.words("path")
            let index = Int(path.dropFirst().prefix { $0 != "]" })
            let place = index.flatMap { pending.indices.contains($0) ? pending[$0].place : nil } ?? path
            return "\(place): \(violation.words("message"))"
        }
        return ConsoleFailure(
            .finding, (lines + ["Nothing of this batch was taken; \(sent) events were taken before it."])
                .joined(separator: "\n"), document: response.body)
    }

    private func refusal(_ place: String, _ reasons: [String]) -> ConsoleFailure {
        let lines = reasons.map { "\(place): \($0)" }
        return ConsoleFailure(
            .finding, (lines + [
                "\(sent) events before it were taken, nothing after it was sent. Mend it and import again: each event "
                    + "counts once.",
            ]).joined(separator: "\n"))
    }
}
