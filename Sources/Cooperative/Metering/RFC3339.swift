// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Dates with time and offset (RFC 3339, section 5.6). Spec: Protocol/metering-events.md §2.
enum RFC3339 {
    /// Milliseconds since 1970-01-01T00:00:00Z; finer parts are cut off. `nil` for anything but
    /// `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)` of a day and time that exist; second 60 is refused.
    /// Years that the protocol cannot name give the first or last instant of all, which no day has.
    static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count >= 20, text.count <= 64, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
              text[10] | 0x20 == UInt8(ascii: "t"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
              let century = two(text, 0), let yearOfCentury = two(text, 2),
              let month = two(text, 5), let day = two(text, 8),
              let hour = two(text, 11), let minute = two(text, 14), let second = two(text, 17),
              hour < 24, minute < 60, second < 60
        else { return nil }
        let year = century * 100 + yearOfCentury
        guard CivilDate.years.contains(year) else { return year < CivilDate.years.lowerBound ? .min : .max }
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        var index = 19
        var fraction = 0
        if text[index] == UInt8(ascii: ".") {
            let start = index + 1
            index = start
            while index < text.count, let digit = digit(text[index]) {
                if index < start + 3 { fraction = fraction * 10 + digit }
                index += 1
            }
            guard index > start else { return nil }
            for _ in 0..<max(0, 3 - (index - start)) { fraction *= 10 }
        }
        guard let offsetMinutes = offset(text, at: index) else { return nil }
        let minutes = Int(date.dayNumber) * 1_440 + hour * 60 + minute - offsetMinutes
        return Int64(minutes * 60_000 + second * 1_000 + fraction)
    }

    private static func offset(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        guard index < text.count else { return nil }
        if text[index] | 0x20 == UInt8(ascii: "z") { return text.count == index + 1 ? 0 : nil }
        guard text.count == index + 6, text[index + 3] == UInt8(ascii: ":"),
              let hours = two(text, index + 1), let minutes = two(text, index + 4), hours < 24, minutes < 60
        else { return nil }
        switch text[index] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }

    /// `YYYY-MM-DDThh:mm:ssZ`, with `.mmm` where the milliseconds are not zero.
    static func text(_ milliseconds: Int64) -> String {
        guard let date = CivilDate(dayNumber: Int(milliseconds / 86_400_000)) else {
            preconditionFailure("a checked instant lies in the years of the protocol")
        }
        let ofDay = Int(milliseconds % 86_400_000)
        let fraction = ofDay % 1_000
        let clock = [ofDay / 3_600_000, ofDay / 60_000 % 60, ofDay / 1_000 % 60].map { padded($0, 2) }
        return "\(date)T\(clock.joined(separator: ":"))\(fraction == 0 ? "" : "." + padded(fraction, 3))Z"
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func two(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard let tens = digit(text[index]), let ones = digit(text[index + 1]) else { return nil }
        return tens * 10 + ones
    }

    private static func digit(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int(value) : nil
    }
}
