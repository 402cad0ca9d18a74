// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Whether the epochs kept are one dense chain of whose logs everything is held, and whether what stands beside them
/// belongs to something. Signatures and the fold are for whoever has the genesis. Spec: Protocol/storage.md §7.
struct EpochCheck {
    func run(
        _ connection: borrowing Connection, _ held: [LogID: LogTip], _ report: inout FsckReport
    ) throws(StorageFailure) {
        let rows = try connection.prepare("SELECT number, certificate, delta, settled, voters FROM epoch ORDER BY 1")
        var last = 0
        while try rows.step() {
            let number = Int(rows.integer(0))
            if number != last + 1 { report.note("epoch \(last + 1) is missing") }
            last = number
            guard let epoch = JournalStore.epoch(rows) else {
                report.note("epoch \(number) cannot be read")
                continue
            }
            report.epochCount += 1
            for log in epoch.voters where held[log] == nil {
                report.note("votes after epoch \(number) and is not held", log: log)
            }
        }
        let covered = try connection.prepare("SELECT log FROM covered_bytes ORDER BY 1")
        while try covered.step() {
            guard let log: LogID = covered.value(0), held[log] == nil else { continue }
            report.note("is covered by an epoch and is not held", log: log)
        }
        let own: LogID? = try ownLog(connection)
        let size = own.flatMap { held[$0]?.held.count } ?? 0
        let justified = try connection.prepare("SELECT own_index FROM justification ORDER BY 1")
        while try justified.step() {
            guard Int(justified.integer(0)) >= size else { continue }
            report.note(
                "a message of consensus is justified and not held", log: own, index: Int(justified.integer(0)))
        }
    }

    private func ownLog(_ connection: borrowing Connection) throws(StorageFailure) -> LogID? {
        let row = try connection.prepare("SELECT own_log FROM store")
        return try row.step() ? row.value(0) : nil
    }
}
