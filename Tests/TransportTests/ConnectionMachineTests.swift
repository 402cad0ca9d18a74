// SPDX-License-Identifier: EUPL-1.2
import Testing
@testable import Transport

/// A machine and a way to give it arrays.
struct Driver: ~Copyable {
    var machine: ConnectionMachine

    init(_ limits: ServerLimits = ServerLimits(), refusal: RequestRefusal? = nil, bodyLimit: Int? = nil) {
        machine = ConnectionMachine(limits: limits, refusal: refusal, at: 0) { _ in bodyLimit ?? limits.bodyBytes }
    }

    mutating func receive(_ bytes: [UInt8], at now: UInt64 = 0) -> ConnectionMachine.Step {
        machine.received(bytes.span, at: now)
    }

    mutating func receive(_ text: String, at now: UInt64 = 0) -> ConnectionMachine.Step {
        receive(Array(text.utf8), at: now)
    }

    /// Byte after byte, while more is wanted.
    mutating func drip(_ bytes: [UInt8]) -> ConnectionMachine.Step {
        var step = ConnectionMachine.Step.read
        for byte in bytes where step == .read { step = receive([byte]) }
        return step
    }
}

extension ConnectionMachine.Step {
    /// The status of a response that is to be written.
    var status: Int? {
        guard case .write(let encoded) = self else { return nil }
        return Int(String(decoding: encoded.head.dropFirst(9).prefix(3), as: UTF8.self))
    }

    var text: String {
        guard case .write(let encoded) = self else { return "" }
        return String(decoding: encoded.head + encoded.body, as: UTF8.self)
    }
}

private let get = "GET /v1/x HTTP/1.1\r\nHost: a\r\n\r\n"
private let post = "POST /v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"

@Suite("HTTP subset: malformed requests, Protocol/transport.md §4")
struct MalformedRequestTests {
    @Test("is refused by name, answered with a problem document and closed", arguments: MalformedShape.all)
    func isRefused(shape: MalformedShape) {
        var driver = Driver()
        let step = driver.receive(shape.bytes)
        #expect(driver.machine.lastRefusal == shape.refusal)
        #expect(step.status == shape.refusal.status)
        #expect(step.text.contains("application/problem+json"))
        #expect(step.text.contains("connection: close"))
        #expect(driver.machine.written(at: 0) == .close(.refused))
    }

    @Test("is refused for the same reason when it drips in byte by byte", arguments: MalformedShape.all)
    func isRefusedDripping(shape: MalformedShape) {
        var driver = Driver()
        let step = driver.drip(shape.bytes)
        #expect(step.status != nil)
        #expect(driver.machine.lastRefusal == shape.refusal)
    }

    @Test("there are at least forty-five shapes, and each has its own name")
    func shapesAreNamed() {
        #expect(MalformedShape.all.count >= 45)
        #expect(Set(MalformedShape.all.map(\.name)).count == MalformedShape.all.count)
    }
}

@Suite("HTTP subset: the connection as a state machine, Protocol/transport.md §4")
struct ConnectionMachineTests {
    @Test("hands over a request without a body when its head is complete")
    func headOnly() {
        var driver = Driver()
        let head = HTTPRequestHead(method: .get, target: "/v1/x", fields: [HTTPField("host", "a")])
        #expect(driver.receive(get) == .handle(head, body: []))
    }

    @Test("hands over a body when its last byte is there, however it is cut", arguments: 0...Int(post.utf8.count + 4))
    func bodyInPieces(cut: Int) {
        var driver = Driver()
        let bytes = Array((post + "hello").utf8)
        #expect(driver.receive(Array(bytes[..<cut])) == .read)
        guard case .handle(_, let body) = driver.receive(Array(bytes[cut...])) else {
            Issue.record("not handed over")
            return
        }
        #expect(body == Array("hello".utf8))
    }

    @Test("parses the next request of a pipeline only after the response is written")
    func pipeline() {
        var driver = Driver()
        guard case .handle(let first, _) = driver.receive(post + "hello" + get) else {
            Issue.record("not handed over")
            return
        }
        #expect(first.method == .post)
        #expect(driver.machine.responseReady(HTTPResponse(status: 204), at: 1).status == 204)
        guard case .handle(let second, _) = driver.machine.written(at: 2) else {
            Issue.record("the second request is lost")
            return
        }
        #expect(second.method == .get)
    }

    @Test("refuses the second request of a pipeline like a first one")
    func pipelinedGarbage() {
        var driver = Driver()
        _ = driver.receive(get + "GET / HTTP/1.1\nHost: a\n\n")
        _ = driver.machine.responseReady(HTTPResponse(status: 204), at: 1)
        #expect(driver.machine.written(at: 2).status == 400)
    }

    @Test("invites a body that waits for 100, and not one that is already there")
    func expectation() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        var waiting = Driver()
        #expect(waiting.receive(head) == .sendContinueThenRead)
        guard case .handle = waiting.receive("ab") else { Issue.record("not handed over"); return }
        var eager = Driver()
        guard case .handle = eager.receive(head + "ab") else { Issue.record("not handed over"); return }
    }

    @Test("refuses a body over the route's limit before inviting it")
    func routeLimit() {
        var driver = Driver(bodyLimit: 4)
        #expect(driver.receive(post).status == 413)
        var exact = Driver(bodyLimit: 5)
        #expect(exact.receive(post) == .read)
    }

    @Test("a target and a head at their limit are served")
    func atLimits() {
        let limits = ServerLimits()
        let target = "/" + String(repeating: "a", count: limits.targetBytes - 1)
        var driver = Driver()
        guard case .handle(let head, _) = driver.receive("DELETE \(target) HTTP/1.1\r\nHost: a\r\n\r\n") else {
            Issue.record("refused"); return
        }
        #expect(head.target == target)
        let fields = String(repeating: "X: a\r\n", count: limits.fieldCount - 1)
        var wide = Driver()
        guard case .handle = wide.receive("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n") else {
            Issue.record("refused"); return
        }
    }

    @Test("closes after the response when the caller asks for it")
    func closes() {
        var driver = Driver()
        _ = driver.receive("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(driver.machine.responseReady(HTTPResponse(status: 204), at: 0).text.contains("connection: close"))
        #expect(driver.machine.written(at: 0) == .close(.answered))
    }

    @Test("a peer that is not admitted gets its reason on the first request")
    func refusedPeer() {
        var driver = Driver(refusal: .peerRefused(reason: "Unknown OIN."))
        let step = driver.receive(get)
        #expect(step.status == 403)
        #expect(step.text.contains("Unknown OIN."))
        #expect(driver.machine.written(at: 0) == .close(.refused))
    }

    @Test("deadlines: head, body, minimum rate, handler, reader and idle")
    func deadlines() {
        var limits = ServerLimits()
        limits.bodyRate = MinimumRate(bytesPerSecond: 10, graceMilliseconds: 1000)
        limits.writeRate = MinimumRate(bytesPerSecond: 10, graceMilliseconds: 1000)
        var driver = Driver(limits)
        #expect(driver.machine.deadline == 10_000)
        _ = driver.receive("GET", at: 9_000)
        #expect(driver.machine.deadline == 10_000, "bytes do not move the deadline of a head")
        #expect(driver.machine.deadlinePassed(at: 10_000).status == 408)

        driver = Driver(limits)
        _ = driver.receive(post, at: 0)
        #expect(driver.machine.deadline == 1000)
        _ = driver.receive("ab", at: 900)
        #expect(driver.machine.deadline == 1200, "two bytes at ten a second")
        #expect(driver.machine.deadlinePassed(at: 1200).status == 408)

        driver = Driver(limits)
        _ = driver.receive(get, at: 0)
        #expect(driver.machine.deadline == UInt64(limits.handlerMilliseconds))
        _ = driver.machine.responseReady(HTTPResponse(status: 200, body: [1, 2, 3]), at: 100)
        #expect(driver.machine.deadline == 1100)
        driver.machine.progressed(bytes: 20)
        #expect(driver.machine.deadline == 3100)
        #expect(driver.machine.written(at: 200) == .read)
        #expect(driver.machine.deadline == 200 + 120_000)
        #expect(driver.machine.deadlinePassed(at: 130_000) == .close(.idle))

        driver = Driver(limits)
        _ = driver.receive(get, at: 0)
        _ = driver.machine.responseReady(HTTPResponse(status: 200, body: [1]), at: 0)
        #expect(driver.machine.deadlinePassed(at: 1000) == .close(.slowReader))
    }

    @Test("an answer that comes after its deadline is dropped")
    func lateAnswer() {
        var driver = Driver()
        _ = driver.receive(get)
        #expect(driver.machine.deadlinePassed(at: 120_000).status == 503)
        #expect(driver.machine.responseReady(HTTPResponse(status: 200), at: 120_001) == .read)
    }

    @Test("draining ends an idle connection at once and any other after its response")
    func drain() {
        var idle = Driver()
        #expect(idle.machine.drain() == .close(.drained))
        var busy = Driver()
        _ = busy.receive(get)
        #expect(busy.machine.drain() == .read)
        #expect(busy.machine.responseReady(HTTPResponse(status: 204), at: 0).text.contains("connection: close"))
    }

    @Test("a response field cannot split the response")
    func responseSplitting() {
        var driver = Driver()
        _ = driver.receive(get)
        let split = HTTPResponse(status: 200, fields: [HTTPField("location", "/a\r\nX: b")])
        let step = driver.machine.responseReady(split, at: 0)
        #expect(step.status == 500)
        #expect(!step.text.contains("X: b"))
    }

    @Test("HEAD is answered with the length and without the body")
    func headHasNoBody() {
        var driver = Driver()
        _ = driver.receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        let text = driver.machine.responseReady(HTTPResponse(status: 200, body: Array("hello".utf8)), at: 0).text
        #expect(text.contains("content-length: 5"))
        #expect(text.hasSuffix("\r\n\r\n"))
    }
}

/// A small generator with a seed, so that every failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

@Suite("HTTP subset: arbitrary bytes, Protocol/transport.md §4")
struct ArbitraryBytesTests {
    private let seeds = [
        Array(get.utf8), Array((post + "hello").utf8), Array((post + "hello" + get).utf8),
        MalformedShape.encodings[0].bytes, MalformedShape.fields[0].bytes,
    ]

    /// Everything that a machine makes of `bytes` when they come in pieces of the sizes in `cuts`.
    private func outcome(_ bytes: [UInt8], cuts: () -> Int) -> [String] {
        var driver = Driver()
        var trace: [String] = []
        var rest = bytes[...]
        var step = ConnectionMachine.Step.read
        while trace.count < 20 {
            switch step {
            case .read, .sendContinueThenRead:
                guard driver.machine.wantsBytes, !rest.isEmpty else { return trace }
                let piece = rest.prefix(max(cuts(), 1))
                rest = rest.dropFirst(piece.count)
                step = driver.receive(Array(piece))
            case .handle(let head, let body):
                trace.append("\(head.method) \(head.target) \(head.fields) \(body)")
                step = driver.machine.responseReady(HTTPResponse(status: 204), at: 0)
            case .write:
                if let refusal = driver.machine.lastRefusal { trace.append("\(refusal)") }
                step = driver.machine.written(at: 0)
            case .close:
                return trace
            }
        }
        return trace
    }

    @Test("mutated requests never crash the machine, and mean the same however they are cut",
          arguments: 0..<20 as Range<UInt64>)
    func cutsDoNotMatter(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let alphabet = Array("\r\n\0 :\t,;+-0159aZ%/?#\u{7F}".utf8) + [0x80, 0xFF]
        for _ in 0..<300 {
            var bytes = seeds.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[index] = alphabet.randomElement(using: &random)!
                case 1: bytes.insert(alphabet.randomElement(using: &random)!, at: index)
                default: bytes.remove(at: index)
                }
            }
            let whole = outcome(bytes) { bytes.count }
            let single = outcome(bytes) { 1 }
            let pieces = outcome(bytes) { Int.random(in: 1...40, using: &random) }
            #expect(whole == single && whole == pieces, "\(bytes)")
        }
    }
}
