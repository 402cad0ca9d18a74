// SPDX-License-Identifier: EUPL-1.2

extension Key {
    /// Cent by cent to the highest quotient `w / (2s - 1)`, ties by weight, then id. Spec: §4.3.
    ///
    /// The quotas rounded half up hold every cent whose quotient is at least `sum / (2 * total)`, ties
    /// included. That is a prefix of the cent-by-cent order, so adding the next cents or taking back the last
    /// ones, at most half as many as there are participants, ends where the slow loop ends.
    func sainteLague(of total: Int128) -> [Int128] {
        var parts: [Int128] = []
        var left = total
        for weight in weights {
            let (quota, remainder) = (Int128(weight.value) * total).quotientAndRemainder(dividingBy: sum)
            let part = quota + (remainder >= sum - remainder ? 1 : 0)
            parts.append(part)
            left -= part
        }
        while left > 0 {
            parts[nextCent(after: parts)] += 1
            left -= 1
        }
        while left < 0 {
            parts[lastCent(of: parts)] -= 1
            left += 1
        }
        return parts
    }

    private func nextCent(after parts: [Int128]) -> Int {
        var best = 0
        for index in weights.indices.dropFirst()
        where precedes(index, cent: parts[index] + 1, best, cent: parts[best] + 1) { best = index }
        return best
    }

    private func lastCent(of parts: [Int128]) -> Int {
        var worst: Int?
        for index in weights.indices where parts[index] > 0 {
            guard let known = worst else { worst = index; continue }
            if precedes(known, cent: parts[known], index, cent: parts[index]) { worst = index }
        }
        guard let worst else { preconditionFailure("cents can only be taken back where some were given") }
        return worst
    }

    /// Whether cent `cent` of `left` comes before cent `other` of `right`.
    private func precedes(_ left: Int, cent: Int128, _ right: Int, cent other: Int128) -> Bool {
        // w1 / (2s1 - 1) > w2 / (2s2 - 1), without division; both products stay below 2^128.
        let first = UInt128(weights[left].value) * UInt128(2 * other - 1)
        let second = UInt128(weights[right].value) * UInt128(2 * cent - 1)
        return first != second ? first > second : isAhead(left, of: right)
    }
}
