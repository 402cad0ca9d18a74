// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// W3: CloudEvents, one in twenty of which repeats one of the 2,000 before it.
struct MeteringWorkload {
    static let seed: UInt64 = 20_260_103

    private let consumers: [String]
    private let provider: String
    private var random: SeededRandom
    private var recent: [[UInt8]] = []
    private(set) var repeated = 0

    /// Events of `provider`; each `stream` has ids of its own.
    init(_ network: BenchNetwork, provider: OIN, stream: UInt64) {
        consumers = (0..<BenchNetwork.authorCount).map { network.author($0).digits }
        self.provider = provider.digits
        random = SeededRandom(seed: Self.seed &+ stream &* 1_000_003)
    }

    /// Bodies of `batch` events each; single events stand alone, others in a list.
    mutating func bodies(events: Int, batch: Int) -> [[UInt8]] {
        var bodies: [[UInt8]] = []
        var made = 0
        while made < events {
            let events = (0..<batch).map { _ in event() }
            made += batch
            bodies.append(batch == 1 ? events[0] : Self.list(events))
        }
        return bodies
    }

    private static func list(_ events: [[UInt8]]) -> [UInt8] {
        var body: [UInt8] = [UInt8(ascii: "[")]
        body.reserveCapacity(events.reduce(2) { $0 + $1.count + 1 })
        for (position, event) in events.enumerated() {
            if position > 0 { body.append(UInt8(ascii: ",")) }
            body += event
        }
        body.append(UInt8(ascii: "]"))
        return body
    }

    private mutating func event() -> [UInt8] {
        if recent.count >= 2_000, random.chance(5) {
            repeated += 1
            return recent[random.below(recent.count)]
        }
        let id = random.text32()
        let application = random.below(BenchNetwork.applicationCount)
        let day = String(101 + random.below(28)).dropFirst()
        let text = """
            {"specversion":"1.0","id":"\(id.prefix(8))-\(id.dropFirst(8).prefix(4))-\(id.dropFirst(12).prefix(4))-\
            \(id.dropFirst(16).prefix(4))-\(id.dropFirst(20))","source":"/app/\(application)",\
            "type":"nl.beware.korf.verbruik.v1","time":"2026-01-\(day)T12:00:00Z",\
            "data":{"applicatie":"\(BenchNetwork.applicationID(application))","aanbieder":"\(provider)",\
            "afnemer":"\(consumers[random.below(consumers.count)])","klasse":"\(BenchNetwork.tariffClass)",\
            "aantal":\(1 + random.below(49))}}
            """
        let bytes = Array(text.utf8)
        if recent.count < 2_000 { recent.append(bytes) } else { recent[random.below(2_000)] = bytes }
        return bytes
    }
}
