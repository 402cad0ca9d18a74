// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What a writer's entries are bounded by: decisions and catalogue, usage, and consensus each have room of their
/// own, so that a full catalogue never stops metering. Spec: Protocol/limits.md. The numbers are stored
/// (Protocol/storage.md §4).
enum EntryClass: Int, CaseIterable {
    case catalogue = 0
    case usage = 1
    case consensus = 2

    /// The class of a kind of Protocol/kinds.md; what is not usage or consensus counts as decisions and catalogue.
    init(kind: UInt16) {
        self = switch kind {
        case 96, 97: .usage
        case 3...6, 16...18: .consensus
        default: .catalogue
        }
    }

    /// Bytes that this node writes at most above its last epoch.
    func bytesLimit(_ limits: NodeLimits) -> Int {
        switch self {
        case .catalogue: limits.catalogueBytes
        case .usage: limits.usageBytes
        case .consensus: limits.consensusBytes
        }
    }

    /// In a sentence.
    var name: String {
        switch self {
        case .catalogue: "decisions and catalogue"
        case .usage: "usage"
        case .consensus: "consensus"
        }
    }

    /// Bytes by class number.
    static func byteCounts(_ entries: [[UInt8]]) throws(EntryRefusal) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for entry in entries {
            counts[EntryClass(kind: try Entry.parse(entry).kind).rawValue, default: 0] += entry.count
        }
        return counts
    }
}
