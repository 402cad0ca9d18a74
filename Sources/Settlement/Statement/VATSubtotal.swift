// SPDX-License-Identifier: EUPL-1.2

/// The VAT of one category and rate in one document. Spec: Protocol/settlement.md §9.
public struct VATSubtotal: Hashable, Sendable {
    /// The category of the lines.
    public let category: VATCategory
    /// The rate of the lines.
    public let rate: BasisPoints
    /// The sum of the rounded lines.
    public let taxable: Cents
    /// taxable x rate, rounded once.
    public let amount: Cents

    /// The subtotals of lines that stand in one document, in the order of category and rate.
    /// Refuses (`amountOutOfRange`) sums beyond 64 bits.
    public static func subtotals(
        of lines: [(amount: Cents, vat: VATTreatment)]
    ) throws(SettlementRefusal) -> [VATSubtotal] {
        let ordered = lines.sorted { ($0.vat.category, $0.vat.rate) < ($1.vat.category, $1.vat.rate) }
        var subtotals: [VATSubtotal] = []
        var start = ordered.startIndex
        while start < ordered.endIndex {
            let (category, rate) = (ordered[start].vat.category, ordered[start].vat.rate)
            let end = ordered[start...].firstIndex { $0.vat.category != category || $0.vat.rate != rate }
                ?? ordered.endIndex
            let taxable = try Cents.sum(ordered[start..<end].lazy.map(\.amount))
            let exact = Int128(taxable.value) * Int128(rate.value)
            subtotals.append(VATSubtotal(
                category: category, rate: rate, taxable: taxable,
                amount: try Rounding.cents(exact, over: Int128(BasisPoints.whole), "a VAT amount")))
            start = end
        }
        return subtotals
    }

    /// Which lines stand in one document, as positions: each reason of exemption is a document, O stands
    /// alone, lines without a reason join the first reason's document that is not O. Documents in the order of
    /// their first line.
    public static func documents(_ treatments: [VATTreatment]) -> [[Int]] {
        struct Place: Hashable {
            let reason: String?
            let isOutsideScope: Bool
        }
        let host = treatments.first { $0.exemptionReason != nil && $0.category != .outsideScope }
        var places: [Place] = []
        var positions: [Place: [Int]] = [:]
        for (index, treatment) in treatments.enumerated() {
            let place = Place(
                reason: treatment.exemptionReason ?? host?.exemptionReason,
                isOutsideScope: treatment.category == .outsideScope)
            if positions[place] == nil { places.append(place) }
            positions[place, default: []].append(index)
        }
        return places.map { positions[$0] ?? [] }
    }
}
