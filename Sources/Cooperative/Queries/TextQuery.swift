// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    /// The commitments of proposals that count to texts that nobody destroyed, in order. Spec: Protocol/exchange.md §6.
    public func standingTexts() -> [TextCommitment] {
        let destroyed = Set(destroyedTexts())
        return Set(proposals.rows.compactMap(\.commitment)).subtracting(destroyed).sorted()
    }
}
