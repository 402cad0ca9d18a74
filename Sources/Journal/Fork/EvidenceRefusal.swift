// SPDX-License-Identifier: EUPL-1.2

/// Why evidence convicts nobody. Spec: Protocol/log.md §6.
public enum EvidenceRefusal: String, Error, Equatable, Sendable, CaseIterable {
    /// Not the map that evidence is, too long, with a size of 0 or hashes between equal sizes.
    case shape = "evidence-shape"
    /// The heads stand in the wrong order.
    case order = "evidence-order"
    /// About another log than the one it is held against.
    case logUnknown = "log-unknown"
    /// One of the heads was not signed by the log.
    case signature = "evidence-signature"
    /// The hashes do not rebuild the root of the larger head.
    case provesNothing = "evidence-proves-nothing"
    /// The two heads agree.
    case consistent = "evidence-consistent"
}
