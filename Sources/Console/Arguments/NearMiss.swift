// SPDX-License-Identifier: EUPL-1.2

/// Finds the word that somebody meant.
enum NearMiss {
    /// The known word that is nearest to `word`, if any is near: at most two letters off, or one third of the
    /// word, or a word that begins with it.
    static func closest(to word: String, among known: [String]) -> String? {
        let near = known.map { (word: $0, distance: distance(Array(word), Array($0))) }
            .filter { $0.distance <= max(1, min(3, $0.word.count / 3)) }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }
        return near?.word ?? known.filter { word.count >= 2 && $0.hasPrefix(word) }.min()
    }

    /// Letters to insert, remove, replace, or exchange with their neighbour.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard left.count <= 64, right.count <= 64 else { return .max }
        var rows = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
        for row in 0...left.count { rows[row][0] = row }
        for column in 0...right.count { rows[0][column] = column }
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        for row in 1...left.count {
            for column in 1...right.count {
                let change = left[row - 1] == right[column - 1] ? 0 : 1
                var best = min(
                    rows[row - 1][column] + 1, rows[row][column - 1] + 1, rows[row - 1][column - 1] + change)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, rows[row - 2][column - 2] + 1)
                }
                rows[row][column] = best
            }
        }
        return rows[left.count][right.count]
    }
}
