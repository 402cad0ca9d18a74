// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What a writer's entries are bounded by: decisions and catalogue, usage, and consensus each have room of their
/// own, so that a full catalogue never stops metering. Spec: Protocol/limits.md. The numbers are stored
/// (Protocol/storage.md §4).
enum EntryClass: Int, CaseIterable {
    case catalogue = 0
    case usage = 1
    case consensus = 2
    /// Rows, not bytes: what entries of the catalogue ask for. Spec: Protocol/state.md §5.
    case catalogueRows = 3
    /// Cells, not bytes: what flushes and statements ask for.
    case usageCells = 4
    /// Messages, not bytes: later ones nobody hears. Spec: Protocol/consensus.md §4.
    case messages = 5

    /// The class of a kind of Protocol/kinds.md; what is not usage or consensus counts as decisions and catalogue.
    init(kind: UInt16) {
        self = switch kind {
        case 96, 97: .usage
        case 3...6, 16...18: .consensus
        default: .catalogue
        }
    }

    /// Bytes, rows or cells that this node writes at most above its last epoch.
    func limit(_ limits: NodeLimits) -> Int {
        switch self {
        case .catalogue: limits.catalogueBytes
        case .usage: limits.usageBytes
        case .consensus: limits.consensusBytes
        case .catalogueRows: CooperativeLimits.catalogueRows
        case .usageCells: CooperativeLimits.usageCells
        case .messages: CooperativeLimits.messagesHeard
        }
    }

    /// In a sentence.
    var name: String {
        switch self {
        case .catalogue, .catalogueRows: "decisions and catalogue"
        case .usage, .usageCells: "usage"
        case .consensus, .messages: "consensus"
        }
    }

    /// Why nothing more of it is written before an epoch covers what is there.
    func failure(_ limits: NodeLimits) -> EngineFailure {
        switch self {
        case .catalogue, .usage, .consensus: .full(what: name, bytesLimit: limit(limits))
        case .catalogueRows, .usageCells, .messages: .fullOfRows(what: name, limit: limit(limits))
        }
    }

    /// Bytes, rows and cells by class number.
    static func byteCounts(_ entries: [[UInt8]]) throws(EntryRefusal) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for entry in entries {
            counts[EntryClass(kind: try Entry.parse(entry).kind).rawValue, default: 0] += entry.count
            if isConsensusMessage(entry[...]) { counts[messages.rawValue, default: 0] += 1 }
            let declared = DeclaredRows(of: entry)
            if declared.catalogue > 0 { counts[catalogueRows.rawValue, default: 0] += declared.catalogue }
            if declared.usage > 0 { counts[usageCells.rawValue, default: 0] += declared.usage }
        }
        return counts
    }
}
