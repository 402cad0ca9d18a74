// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    /// The commitments of proposals that count and of stances that stand to texts that nobody destroyed, in order.
    /// Spec: Protocol/exchange.md §6.
    public func standingTexts() -> [TextCommitment] {
        var found = Set(proposals.rows.compactMap(\.commitment))
        for page in stances.rows.pages { found.formUnion(page.lazy.compactMap(\.commitment)) }
        return found.subtracting(destroyedTexts()).sorted()
    }
}
