// SPDX-License-Identifier: EUPL-1.2

extension Key {
    /// Floor of each quota, then one cent each in order of remainder, weight, id. Spec: §4.2.
    func largestRemainder(of total: Int128) -> [Int128] {
        var parts: [Int128] = []
        var remainders: [Int128] = []
        var left = total
        for weight in weights {
            let (quota, remainder) = (Int128(weight.value) * total).quotientAndRemainder(dividingBy: sum)
            parts.append(quota)
            remainders.append(remainder)
            left -= quota
        }
        let order = weights.indices.sorted { first, second in
            remainders[first] != remainders[second]
                ? remainders[first] > remainders[second] : isAhead(first, of: second)
        }
        for index in order.prefix(Int(left)) { parts[index] += 1 }
        return parts
    }
}
