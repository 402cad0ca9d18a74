// SPDX-License-Identifier: EUPL-1.2

/// A reason of exemption as an invoice states it: a code of the VATEX list, a sentence, or both.
/// Spec: Protocol/documents.md §4.5.
struct ExemptionReason {
    /// Of the list, where the reason begins with one.
    let code: String?
    private let text: String

    /// What follows the code is the sentence; without one, the sentence of the category.
    init(_ reason: String, _ category: VATCategory) {
        let isCoded = reason.hasPrefix("VATEX-")
        let end = isCoded ? reason.firstIndex(of: " ") ?? reason.endIndex : reason.startIndex
        code = isCoded ? String(reason[..<end]) : nil
        let rest = String(reason[end...].drop { $0 == " " })
        text = rest.isEmpty ? Self.sentence(category) : rest
    }

    /// The Dutch rules advise against a code of its own (BR-NL-35), so there it stands in the sentence.
    func sentence(_ profile: UBLProfile) -> String {
        guard let code, profile == .nlcius else { return text }
        return "\(text) (\(code))"
    }

    private static func sentence(_ category: VATCategory) -> String {
        switch category {
        case .reverseCharge: "Btw verlegd"
        case .outsideScope: "Niet onderworpen aan btw"
        case .exempt, .standard, .zeroRated: "Vrijgesteld van btw"
        }
    }
}
