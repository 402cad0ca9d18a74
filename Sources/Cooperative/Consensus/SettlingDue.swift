// SPDX-License-Identifier: EUPL-1.2
import Journal

// Settling a month makes an epoch due, so that two parties need not wait for the calendar between stating, agreeing
// and signing. Spec: Protocol/consensus.md §5.
extension CooperativeState {
    /// Whether settling may still make an epoch of a date due after this state's: so many of one date are enough.
    func takesSettling(on date: CivilDate) -> Bool {
        let first = epoch.number + 1 - Trigger.settlingEpochsMost
        return first < 0 || epochs[first].date < date
    }

    /// Whether entries that an epoch judges, and so none up to it covers, bring a month that is over and that it finds
    /// open a step further between two parties.
    func hasSettlingNews(judgedBy judge: Int) -> Bool {
        let month = Int32(clamping: epochs[judge].date.month.monthNumber)
        return hasStance(judge, before: month) || hasSignatures(judge) || hasStatements(judge)
    }

    private func hasStance(_ judge: Int, before month: Int32) -> Bool {
        stances.rows.pages.contains { page in page.contains { $0.judge == judge && $0.key.month < month } }
    }

    /// A cut of which the other party has the same.
    private func hasSignatures(_ judge: Int) -> Bool {
        let news = cuts.rows.pages.flatMap { page in page.filter { $0.judge == judge } }
        return news.contains { row in
            cuts.rows.pages.contains { page in
                page.contains { $0.body == row.body && logs[Int($0.key.log)].party != logs[Int(row.key.log)].party }
            }
        }
    }

    /// A statement of an open month about a party that stated it too, both after the month.
    private func hasStatements(_ judge: Int) -> Bool {
        var news: Set<StatedPair> = []
        for page in statements.rows.pages {
            for row in page where row.judges?.upperBound == judge { news.insert(pair(row)) }
        }
        guard !news.isEmpty else { return false }
        return statements.rows.pages.contains { page in
            page.contains { row in
                guard row.judges != nil else { return false }
                let (own, month) = (pair(row), CivilMonth(monthNumber: Int(row.key.month)))
                let other = StatedPair(author: own.counterparty, counterparty: own.author, month: own.month)
                guard news.contains(other), let month else { return false }
                return !isClosed(month, party(own.author), party(own.counterparty), under: judge)
            }
        }
    }

    private func pair(_ row: StatementTable.Row) -> StatedPair {
        StatedPair(
            author: logs[Int(row.key.log)].party, counterparty: row.key.counterparty, month: row.key.month)
    }
}

/// Who stated which month about whom.
private struct StatedPair: Hashable {
    let author: UInt32
    let counterparty: UInt32
    let month: Int32
}
