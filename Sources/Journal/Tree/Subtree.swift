// SPDX-License-Identifier: EUPL-1.2

/// A perfect subtree of a log: the entries `index << level ..< (index + 1) << level`.
/// Spec: Protocol/log.md §2 (RFC 6962, section 2.1).
@frozen
public struct Subtree: Hashable, Sendable, Comparable {
    /// The logarithm of the number of leaves, 0 to 62.
    public let level: Int
    /// The position among the subtrees of its level.
    public let index: Int

    /// Names a subtree. `level` is 0 to 62 and the subtree ends at or below 2^63-1.
    public init(level: Int, index: Int) {
        precondition((0...62).contains(level) && index >= 0 && index <= Int.max >> level)
        self.level = level
        self.index = index
    }

    /// The first leaf.
    public var start: Int { index << level }
    /// How many leaves it has.
    public var leafCount: Int { 1 << level }

    /// By level, then index.
    public static func < (left: Self, right: Self) -> Bool {
        (left.level, left.index) < (right.level, right.index)
    }

    /// The maximal perfect subtrees that cover `start ..< end`, left to right: each step takes the largest
    /// aligned power of two that fits. From 0 this is the right edge of a tree, large to small.
    /// Spec: Protocol/log.md §4.
    public static func cover(_ start: LogSize, to end: LogSize) -> [Subtree] {
        var subtrees: [Subtree] = []
        var position = start.count
        while position < end.count {
            let level = largestLevel(at: position, remaining: end.count - position)
            subtrees.append(Subtree(level: level, index: position >> level))
            position += 1 << level
        }
        return subtrees
    }

    /// The number of subtrees in `cover(start, to: end)`.
    public static func coverCount(_ start: LogSize, to end: LogSize) -> Int {
        var count = 0
        var position = start.count
        while position < end.count {
            position += 1 << largestLevel(at: position, remaining: end.count - position)
            count += 1
        }
        return count
    }

    private static func largestLevel(at position: Int, remaining: Int) -> Int {
        let fitting = Int.bitWidth - 1 - remaining.leadingZeroBitCount
        return position == 0 ? fitting : min(position.trailingZeroBitCount, fitting)
    }
}

/// Where the roots of perfect subtrees are read, such as the hash tiles of a store.
public protocol SubtreeRoots {
    /// What can go wrong while reading.
    associatedtype Failure: Error

    /// The root of a subtree that lies wholly within the tree.
    func root(of subtree: Subtree) throws(Failure) -> Hash
}
