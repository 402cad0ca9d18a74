// SPDX-License-Identifier: EUPL-1.2

/// What lies between the members: who can reach whom, and how quickly.
struct Links: Sendable {
    private var blocked: Set<Pair> = []
    private var undialable: Set<Pair> = []
    /// Members whose messages wait until a time.
    private var cloggedUntil: [Int: Int] = [:]
    /// After healing nothing is lost, doubled or late.
    private(set) var isHealed = false

    struct Pair: Hashable, Sendable {
        let from: Int
        let to: Int
    }

    mutating func block(_ pairs: [Pair]) { blocked.formUnion(pairs) }

    mutating func unblockAll() { blocked = [] }

    mutating func clog(_ member: Int, until time: Int) { cloggedUntil[member] = time }

    mutating func setUndialable(_ pairs: [Pair]) { undialable = Set(pairs) }

    mutating func heal() {
        blocked = []
        cloggedUntil = [:]
        isHealed = true
    }

    func canDial(_ from: Int, _ to: Int) -> Bool { !undialable.contains(Pair(from: from, to: to)) }

    func isBlocked(_ from: Int, _ to: Int) -> Bool { blocked.contains(Pair(from: from, to: to)) }

    /// When what is sent now can leave and arrive, by clogs.
    func clogEnd(_ from: Int, _ to: Int) -> Int { max(cloggedUntil[from] ?? 0, cloggedUntil[to] ?? 0) }
}
