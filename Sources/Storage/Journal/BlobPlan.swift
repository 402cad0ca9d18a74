// SPDX-License-Identifier: EUPL-1.2

import Journal

/// The entries of one page, cut at the bounds of blobs: the root of each blob that they complete, and the right
/// edge that follows, computed from what the store itself holds. Spec: Protocol/storage.md §4.
struct BlobPlan {
    let page: AdmittedPage
    /// Entries of the incomplete blob before the page.
    let inBlob: Int
    /// The root of each blob that becomes complete.
    private(set) var roots: [Hash] = []
    /// The right edge after the page.
    private(set) var edge: RightEdge

    /// `nil` unless the page continues exactly this tip.
    init?(_ page: AdmittedPage, on tip: LogTip, _ hashing: some Hashing) {
        self.page = page
        inBlob = tip.held.count % Limits.blobEntries
        let lowCount = inBlob.nonzeroBitCount
        guard page.first == tip.held.next,
              var blob = RightEdge(
                size: LogSize(known: inBlob), hashes: Array(tip.edge.hashes.suffix(lowCount))),
              let whole = RightEdge(
                size: LogSize(known: tip.held.count - inBlob), hashes: Array(tip.edge.hashes.dropLast(lowCount)))
        else { return nil }
        edge = whole
        for leaf in page.leafHashes {
            blob.append(leaf: leaf, hashing)
            guard blob.size.count == Limits.blobEntries else { continue }
            roots.append(blob.hashes[0])
            edge.append(root: blob.hashes[0], level: 8, hashing)
            blob = RightEdge()
        }
        guard let grown = RightEdge(
            size: LogSize(known: edge.size.count + blob.size.count), hashes: edge.hashes + blob.hashes)
        else { return nil }
        edge = grown
        guard edge == page.tip.edge else { return nil }
    }

    /// Writes the entries: whole blobs, and the rest in one tail row.
    func write(
        number: Int, _ statements: borrowing JournalStatements
    ) throws(StorageFailure) {
        var taken = 0
        for (step, root) in roots.enumerated() {
            let held = step == 0 ? inBlob : 0
            let positions = taken..<taken + Limits.blobEntries - held
            let end = page.first.position + positions.upperBound
            let start = end - Limits.blobEntries
            var bytes = held == 0 ? [] : try takeTail(number, start..<end, count: held, statements)
            EntryBundle.append(page.entries, positions, to: &bytes)
            statements.insertBlob.bind(DatabaseFile.key(number, start / Limits.blobEntries), at: 1)
            statements.insertBlob.bind(root, at: 2)
            statements.insertBlob.bind(bytes, at: 3)
            try statements.insertBlob.run()
            taken = positions.upperBound
        }
        guard taken < page.entries.count else { return }
        var bytes: [UInt8] = []
        EntryBundle.append(page.entries, taken..<page.entries.count, to: &bytes)
        statements.insertTail.bind(DatabaseFile.key(number, page.first.position + taken), at: 1)
        statements.insertTail.bind(page.entries.count - taken, at: 2)
        statements.insertTail.bind(bytes, at: 3)
        try statements.insertTail.run()
    }

    /// Reads and removes the rows of the incomplete blob, now that it becomes whole.
    private func takeTail(
        _ number: Int, _ positions: Range<Int>, count: Int, _ statements: borrowing JournalStatements
    ) throws(StorageFailure) -> [UInt8] {
        let keys = DatabaseFile.key(number, positions.lowerBound)...DatabaseFile.key(number, positions.upperBound - 1)
        statements.readTail.bind(keys.lowerBound, at: 1)
        statements.readTail.bind(keys.upperBound, at: 2)
        var bytes: [UInt8] = []
        var found = 0
        while try statements.readTail.step() {
            found += Int(statements.readTail.integer(0))
            statements.readTail.withBytes(1) { bytes.append(contentsOf: $0) }
        }
        guard found == count else {
            throw .damaged(Damage(
                log: page.log, index: EntryIndex(known: positions.lowerBound),
                sentence: "\(found) entries stand in the tail instead of \(count)"))
        }
        statements.deleteTail.bind(keys.lowerBound, at: 1)
        statements.deleteTail.bind(keys.upperBound, at: 2)
        try statements.deleteTail.run()
        return bytes
    }
}
