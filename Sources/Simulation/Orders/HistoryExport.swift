// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Glibc
import Journal

/// Writes a history as an export of a whole network, which anybody recounts. Spec: Protocol/formats.md §4.
struct HistoryExport {
    let history: OrderedHistory
    let directory: String

    /// False where a file could not be written.
    func write() -> Bool {
        var isWritten = write(history.network.genesis.bytes, "genesis.cbor")
        for log in history.journals.keys.sorted() {
            guard let held = history.journals[log], let head = held.tip.head else { return false }
            precondition(held.size < TilePath.fullWidth, "one tile holds a log of this history")
            let folder = TilePath.directory(of: held.tip.identity.origin, history.suite)
            let entries = EntryBundle.encode(held.entries.map { $0[...] })
            let note = head.signed.note(held.tip.identity, history.suite).format()
            isWritten = write(entries, "\(folder)/\(TilePath.entries(index: 0, width: held.size))") && isWritten
            let tile = TilePath.hashes(level: 0, index: 0, width: held.size)
            isWritten = write(held.leaves.flatMap(\.bytes), "\(folder)/\(tile)") && isWritten
            isWritten = write(Array(note.utf8), "\(folder)/\(TilePath.checkpoint)") && isWritten
        }
        if let evidence = history.evidence {
            isWritten = write(evidence.evidence.encode(), "evidence/\(evidence.log).cbor") && isWritten
        }
        for (place, epoch) in history.epochs.enumerated() {
            let name = "epochs/00\(place + 1)"
            let voters = history.settled[place].votingSet
            isWritten = write(epoch.certificate.encode(voters), "\(name).certificate") && isWritten
            isWritten = write(delta(epoch.delta), "\(name).delta") && isWritten
        }
        return isWritten
    }

    private func delta(_ heads: [CoveredHead]) -> [UInt8] {
        var writer = CBORWriter(capacity: 512)
        writer.array(count: heads.count)
        for covered in heads {
            writer.array(count: 3)
            writer.bytes(covered.log)
            writer.integer(covered.head.size.count)
            writer.bytes(covered.head.root)
        }
        return writer.bytes
    }

    private func write(_ bytes: [UInt8], _ name: String) -> Bool {
        let path = "\(directory)/\(name)"
        var built = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/").dropLast() {
            built += "/\(part)"
            guard mkdir(built, 0o755) == 0 || errno == EEXIST else { return false }
        }
        guard let file = fopen(path, "we") else { return false }
        let count = fwrite(bytes, 1, bytes.count, file)
        return fclose(file) == 0 && count == bytes.count
    }
}
