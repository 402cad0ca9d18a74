// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// Finds decisions by what people call them. Spec: Protocol/voting.md §1, Protocol/local-api.md §9.
struct DecisionFinder {
    /// In order of their names.
    let decisions: [(view: DecisionView, name: String)]

    init(_ state: CooperativeState) {
        let views = state.decisions()
        decisions = Array(zip(views, Decision.ID.names(of: views.map(\.id)))).map { (view: $0, name: $1) }
    }

    /// The decision whose name is, or begins with, `text`.
    func find(_ text: String, _ language: APILanguage) throws(APIProblem) -> (view: DecisionView, name: String) {
        let wanted = text.lowercased()
        var found = Decision.Name(text).map { name in decisions.filter { name.names($0.view.id) } } ?? []
        if found.isEmpty {
            found = decisions.filter { $0.name.hasPrefix(wanted) || $0.view.id.text(digits: 64).hasPrefix(wanted) }
        }
        guard let first = found.first else {
            throw .refused(
                404, language, nl: "Er is geen besluit \(text); korf decision list --all noemt ze allemaal.",
                en: "There is no decision \(text); korf decision list --all lists them all.")
        }
        guard found.count == 1 else {
            let names = found.map(\.name).joined(separator: ", ")
            throw .refused(
                409, language, nl: "\(text) is het begin van meer dan één besluit: \(names). Noem er meer van.",
                en: "\(text) is the beginning of more than one decision: \(names). Give more of it.")
        }
        return first
    }
}
