// SPDX-License-Identifier: EUPL-1.2
import Journal

extension BillingLine {
    /// What the line is for, in Dutch, as it stands on an invoice. Spec: Protocol/documents.md §4.4.
    public var dutchName: String {
        let subject = application.map { " \($0)" } ?? ""
        let name = switch kind {
        case .transactionFee: "Transacties\(subject)\(classWords)"
        case .funding: "Bekostiging van transacties\(subject)\(classWords)"
        case .contribution: "Contributie"
        case .contributionCorrection: "Correctie contributie"
        case .developmentShare: "Aandeel ontwikkelkosten\(subject)"
        case .entranceFee: "Entreegeld"
        case .exitCharge: "Uittreedsom"
        case .fixedSplit: text ?? "Aandeel in vaste verdeling\(subject)"
        case .decided: text ?? "Post volgens besluit\(subject)"
        case .advance: text ?? "Voorschot\(subject)"
        case .advanceSettlement: text ?? "Verrekend voorschot\(subject)"
        }
        return "\(name), \(serviceMonth.dutch)\(isPart ? " (deel waarover geen verschil bestaat)" : "")"
    }

    /// Where it comes from, in Dutch: decision, original; nil without.
    public var dutchOrigin: String? {
        let parts = [
            decision.map { "Volgens \($0.text)" }, corrects.map { "Correctie op \($0)" },
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private var classWords: String {
        guard let cell else { return "" }
        return ", klasse \(cell.tariffClass)" + (tier.map { ", trede \($0)" } ?? "")
    }
}

extension CivilMonth {
    /// `oktober 2026`.
    var dutch: String {
        let names = [
            "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december",
        ]
        return "\(names[monthOfYear - 1]) \(year)"
    }
}

extension CivilDate {
    /// `3 november 2026`.
    var dutch: String { "\(day) \(month.dutch)" }
}
