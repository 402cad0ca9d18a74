// SPDX-License-Identifier: EUPL-1.2
import Notation

/// Why a case cannot be read. Spec: Protocol/settlement-calculate.md §2.
struct CaseFault: Error, Hashable, CustomStringConvertible {
    /// The field at fault, such as `tiers[0]`; empty for the whole line.
    let path: String
    /// What would be right.
    let expectation: String

    var description: String { path.isEmpty ? expectation : "\(path): \(expectation)" }
}

/// A refusal as every family of rules gives it: a stable name and a sentence.
struct NamedRefusal: Hashable {
    let name: String
    let sentence: String

    /// Nil for an error that is no refusal of a case.
    init?(_ error: any Error) {
        switch error {
        case let refusal as SettlementRefusal: self.init(refusal.name, refusal.description)
        case let refusal as BillingRefusal: self.init(refusal.name, refusal.description)
        case let refusal as CellLifeRefusal: self.init(refusal.name, refusal.description)
        case let fault as CaseFault: self.init(Calculation.malformed, fault.description)
        case let fault as JSONFieldError: self.init(Calculation.malformed, fault.description)
        case let fault as JSONError: self.init(Calculation.malformed, fault.description)
        default: return nil
        }
    }

    private init(_ name: String, _ sentence: String) {
        self.name = name
        self.sentence = sentence
    }
}
