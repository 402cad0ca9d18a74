// SPDX-License-Identifier: EUPL-1.2

/// What came of a world with liars in it: two certificates for one number or not, and what followed.
struct CouncilOutcome: Sendable {
    /// So many lie of so many founders.
    struct World: Hashable, Comparable, Sendable {
        let liars: Int
        let founders: Int

        static func < (left: Self, right: Self) -> Bool {
            (left.founders, left.liars) < (right.founders, right.liars)
        }
    }

    /// How many seeds of a world, and of these with two certificates that correct members saw, with all of them stopped
    /// at the epoch before, and with at least 2q - n liars named by each.
    struct Counts: Sendable {
        var seeds = 0
        var doubles = 0
        var stopped = 0
        var named = 0
    }

    private(set) var worlds: [World: Counts] = [:]

    init() {}

    /// The outcome of one seed.
    init(_ world: CouncilWorld) {
        let settings = world.settings
        var counts = Counts()
        counts.seeds = 1
        if let number = world.observer.disputedNumber {
            let quorum = settings.quorum
            counts.doubles = 1
            counts.stopped = world.observer.haveStopped(at: number, in: world) ? 1 : 0
            counts.named = (world.observer.leastNamed ?? 0) >= 2 * quorum - settings.members ? 1 : 0
        }
        worlds[World(liars: settings.liars.count, founders: settings.members)] = counts
    }

    mutating func add(_ other: Self) {
        for (world, counts) in other.worlds {
            worlds[world, default: Counts()].seeds += counts.seeds
            worlds[world, default: Counts()].doubles += counts.doubles
            worlds[world, default: Counts()].stopped += counts.stopped
            worlds[world, default: Counts()].named += counts.named
        }
    }

    /// JSON, in order of founders and liars.
    var text: String {
        let parts = worlds.keys.sorted().map { world in
            let counts = worlds[world] ?? Counts()
            return "\"\(world.liars) of \(world.founders)\":{\"seeds\":\(counts.seeds),"
                + "\"twoCertificates\":\(counts.doubles),\"stopped\":\(counts.stopped),\"named\":\(counts.named)}"
        }
        return "{\(parts.joined(separator: ","))}"
    }
}
