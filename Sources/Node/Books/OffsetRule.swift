// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// Whether the terms of the network have offset (*verrekening*) on. Spec: Protocol/settlement-documents.md §10.
enum OffsetRule {
    /// Off until a decision turns it on. Known limit: no kind of decision does yet, so it is always off.
    static func isDecided(_ engine: isolated NodeEngine) -> Bool { false }
}
