// SPDX-License-Identifier: EUPL-1.2
import Glibc
public import Journal

/// Where the shell learns the time. Cores never ask; they are told.
public protocol WallClock: Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    func milliseconds() -> Int64
}

extension WallClock {
    /// Today in Europe/Amsterdam (Protocol/time.md §3).
    public func today() -> CivilDate {
        guard let day = try? CivilDate(amsterdamAt: milliseconds()) else {
            preconditionFailure("the machine's clock stands outside the years 2000 to 2199")
        }
        return day
    }

    /// RFC 3339 in UTC with milliseconds.
    public func instantText() -> String { Instant(milliseconds: milliseconds()).description }
}

/// The machine's clock.
public struct SystemClock: WallClock {
    /// The machine's clock.
    public init() {}

    /// Milliseconds since 1970, UTC, as the machine believes; it can jump either way.
    public func milliseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// Milliseconds of a clock that only goes forward, for deadlines and schedules.
    public static func monotonicMilliseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
    }
}

/// An instant in text: `2026-11-24T06:32:52.123Z`.
public struct Instant: Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// An instant.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public var description: String {
        let day = milliseconds / 86_400_000
        let rest = milliseconds % 86_400_000
        let date = CivilDate(dayNumber: Int(day))?.description ?? "?"
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let thousandths = String(1_000 + rest % 1_000).dropFirst()
        return "\(date)T\(two(rest / 3_600_000)):\(two(rest / 60_000 % 60)):\(two(rest / 1_000 % 60)).\(thousandths)Z"
    }
}
