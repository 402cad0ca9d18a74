// SPDX-License-Identifier: EUPL-1.2

/// A file of an exported log (c2sp.org/tlog-tiles, mirror layout). Spec: Protocol/log.md §5.
public enum TilePath: Hashable, Sendable, CustomStringConvertible {
    /// Entries or hashes in a full tile.
    public static let fullWidth = 256

    /// The newest signed head.
    case checkpoint
    /// Hashes of `level`: each the root of 256^level entries; `width` 1 to 256.
    case hashes(level: Int, index: Int, width: Int)
    /// Bundled entries; `width` 1 to 256.
    case entries(index: Int, width: Int)

    /// The path below the log's directory.
    public var description: String {
        switch self {
        case .checkpoint: "checkpoint"
        case .hashes(let level, let index, let width):
            "tile/\(level)/\(Self.spell(index))\(Self.suffix(width))"
        case .entries(let index, let width): "tile/entries/\(Self.spell(index))\(Self.suffix(width))"
        }
    }

    /// `nil` unless `path` is exactly such a path.
    public init?(_ path: String) {
        if path == "checkpoint" {
            self = .checkpoint
            return
        }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.removeFirst() == "tile" else { return nil }
        let kind = parts.removeFirst()
        var width = Self.fullWidth
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p"), let partial = Int(parts[parts.count - 1]) {
            width = partial
            parts.removeLast()
            parts[parts.count - 1].removeLast(2)
        }
        guard let index = Int(parts.map { $0.hasPrefix("x") ? $0.dropFirst() : $0 }.joined()), index >= 0
        else { return nil }
        if kind == "entries" {
            self = .entries(index: index, width: width)
        } else {
            guard let level = Int(kind), (0...7).contains(level) else { return nil }
            self = .hashes(level: level, index: index, width: width)
        }
        guard (1...Self.fullWidth).contains(width), description == path else { return nil }
    }

    /// The directory of a log below the mirror's: the hexadecimal hash of its origin.
    public static func directory(of origin: Origin, _ hashing: some Hashing) -> String {
        hashing.hash(Array(origin.description.utf8)).description
    }

    /// All files of a log of this size, without the checkpoint: hash tiles by level, then entries.
    public static func all(size: LogSize) -> [TilePath] {
        var paths: [TilePath] = []
        var (level, count) = (0, size.count)
        while count > 0 {
            forEachTile(count) { paths.append(.hashes(level: level, index: $0, width: $1)) }
            level += 1
            count /= fullWidth
        }
        forEachTile(size.count) { paths.append(.entries(index: $0, width: $1)) }
        return paths
    }

    private static func forEachTile(_ count: Int, _ body: (Int, Int) -> Void) {
        for index in 0..<count / fullWidth { body(index, fullWidth) }
        if count % fullWidth > 0 { body(count / fullWidth, count % fullWidth) }
    }

    /// Groups of three digits, all but the last with an `x` before them.
    private static func spell(_ index: Int) -> String {
        precondition(index >= 0)
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1_000)
            groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
            rest /= 1_000
        } while rest > 0
        return groups.enumerated().reversed().map { $0 > 0 ? "x" + $1 : $1 }.joined(separator: "/")
    }

    private static func suffix(_ width: Int) -> String { width == fullWidth ? "" : ".p/\(width)" }
}
