// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Notation

/// One line of the output: what was measured, the goal's limit, and whether it was met.
struct Figure {
    let goal: String
    var name: String
    var wallSeconds = 0.0
    var cpuSeconds = 0.0
    var bytes = 0
    var roundTrips = 0
    var residentBytes = 0
    /// The goal in words and numbers.
    var limit = ""
    var isMet = false
    /// What else the case knows.
    var more: [(name: String, value: JSON)] = []

    init(_ goal: String, _ name: String) {
        self.goal = goal
        self.name = name
    }

    mutating func add(_ name: String, _ value: Int) { more.append((name, .integer(Int64(value)))) }
    mutating func add(_ name: String, _ value: Double) { more.append((name, Self.number(value))) }
    mutating func add(_ name: String, _ value: String) { more.append((name, .string(value))) }

    /// Prints the line.
    func print() {
        var object = JSONObject()
        let fixed: [(String, JSON)] = [
            ("goal", .string(goal)), ("case", .string(name)), ("wall_s", Self.number(wallSeconds)),
            ("cpu_s", Self.number(cpuSeconds)), ("bytes", .integer(Int64(bytes))),
            ("round_trips", .integer(Int64(roundTrips))), ("rss_bytes", .integer(Int64(residentBytes))),
            ("limit", .string(limit)), ("met", .boolean(isMet)),
        ]
        for (name, value) in fixed + more { object.set(name, value) }
        Bench.say(JSON.object(object).rendered() + "\n")
    }

    /// Four digits after the point.
    static func number(_ value: Double) -> JSON {
        let scaled = Int64((value * 10_000).rounded())
        let rest = String(10_000 + abs(scaled) % 10_000).dropFirst()
        return .number("\(scaled < 0 ? "-" : "")\(abs(scaled) / 10_000).\(rest)")
    }
}
