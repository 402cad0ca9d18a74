// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf usage release`.
enum QuarantineScreen {
    static func text(_ answer: JSON, _ texts: Texts) -> String {
        let days = answer.list("dagen")
        guard !days.isEmpty else { return texts(.quarantineNothing) + "\n" }
        let figures = Figures(texts: texts)
        let lines = days.map { day in
            let isReleased = day["vrijgegeven"]?.truth ?? false
            return texts(
                isReleased ? .quarantineReleased : .quarantineWaits, figures.day(day.words("datum")),
                figures.count(day.number("meldingen")))
        }
        return ([texts(.quarantineTitle)] + lines).joined(separator: "\n") + "\n"
    }
}
