// SPDX-License-Identifier: EUPL-1.2
import Journal

/// An instant as clocks in Amsterdam show it (Protocol/time.md §3).
struct LocalTime: Equatable {
    /// `YYYY-MM-DD`.
    let day: String
    /// `HH:MM`.
    let minute: String

    /// `nil` outside the years of the rule.
    init?(seconds: Int64) {
        guard let offset = CivilDate.amsterdamOffsetSeconds(atSeconds: seconds),
              let day = CivilDate(dayNumber: Int((seconds + offset) / 86_400))
        else { return nil }
        let ofDay = (seconds + offset) % 86_400
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        self.day = day.description
        minute = two(ofDay / 3_600) + ":" + two(ofDay / 60 % 60)
    }

    /// The seconds since 1970 of `YYYY-MM-DDTHH:MM...Z`, to the minute.
    static func seconds(_ instant: String) -> Int64? {
        let text = Array(instant.utf8)
        guard text.count >= 17, text.last == UInt8(ascii: "Z"), let day = CivilDate(instant.prefix(10)),
              let hour = Int64(instant.dropFirst(11).prefix(2)), let minute = Int64(instant.dropFirst(14).prefix(2))
        else { return nil }
        return Int64(day.dayNumber) * 86_400 + hour * 3_600 + minute * 60
    }
}
