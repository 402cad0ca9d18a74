// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What an entry says, as far as agreeing on epochs goes.
enum BookEntry {
    /// Entry 0; of a successor with the end that it names for its predecessor.
    case zero
    /// A message of consensus, with what its author keeps beside it.
    case message(OwnMessage)
    /// A proposal to decide something, and the last day to vote on it.
    case decision(Int, deadline: CivilDate)
    case ballot(Int, yes: Bool)
    /// A newcomer has caught up.
    case ready
    /// Anything else that a member writes.
    case work
}

/// All that was ever signed, seen from above: each log with its branches. Members refer to it by log, branch and
/// size; what one of them holds is its own affair.
final class LogBook {
    struct Branch {
        let log: Int
        /// Its number among the branches of the log.
        let ordinal: Int
        var entries: [BookEntry] = []
        /// The root at each size.
        var roots: [Hash]
        /// So much of it has left its author's node, in whatever life.
        var leftSize = 0
    }

    struct Log {
        let member: Int
        let incarnation: Int
        let identity: LogIdentity
        var branches: [Int] = []
        /// Of a successor: the log before it and the end that it names.
        var predecessor: (log: Int, end: Head)?
    }

    private(set) var logs: [Log] = []
    private(set) var branches: [Branch] = []
    private(set) var numbers: [LogID: Int] = [:]
    private let emptyRoot: Hash

    init(emptyRoot: Hash) { self.emptyRoot = emptyRoot }

    func open(_ identity: LogIdentity, of member: Int, after predecessor: (log: Int, end: Head)? = nil) -> Int {
        let number = logs.count
        let incarnation = predecessor.map { logs[$0.log].incarnation + 1 } ?? 0
        logs.append(Log(member: member, incarnation: incarnation, identity: identity, predecessor: predecessor))
        numbers[identity.log] = number
        addBranch(Branch(log: number, ordinal: 0, roots: [emptyRoot]))
        return number
    }

    private func addBranch(_ branch: Branch) {
        logs[branch.log].branches.append(branches.count)
        branches.append(branch)
    }

    /// Appends to a branch of which the author holds `size`. Where more of it has left already, what is appended
    /// begins a second history: another branch, whose number is answered.
    func append(_ entry: BookEntry, to branch: Int, at size: Int, _ random: inout SeededRandom) -> Int {
        var branch = branch
        if branches[branch].leftSize > size {
            branch = fork(branch, at: size)
        } else { truncate(branch, to: size) }
        let words = (random.next(), random.next(), random.next(), random.next())
        branches[branch].entries.append(entry)
        branches[branch].roots.append(Hash(Bytes32(words)))
        return branch
    }

    func fork(_ branch: Int, at size: Int) -> Int {
        let old = branches[branch]
        addBranch(Branch(
            log: old.log, ordinal: logs[old.log].branches.count, entries: Array(old.entries[..<size]),
            roots: Array(old.roots[...size]), leftSize: size))
        return branches.count - 1
    }

    /// What never left and was not durable is as if it had never been.
    func truncate(_ branch: Int, to size: Int) {
        guard branches[branch].entries.count > size else { return }
        branches[branch].entries.removeSubrange(size...)
        branches[branch].roots.removeSubrange((size + 1)...)
    }

    func left(_ branch: Int, upTo size: Int) { branches[branch].leftSize = max(branches[branch].leftSize, size) }

    func size(_ branch: Int) -> Int { branches[branch].entries.count }

    func head(_ branch: Int, _ size: Int) -> Head {
        Head(size: LogSize(known: size), root: branches[branch].roots[size])
    }

    /// The branch that has a head, whoever holds it.
    func branch(of log: Int, with head: Head) -> Int? {
        let size = head.size.count
        return logs[log].branches.first {
            size < branches[$0].roots.count && branches[$0].roots[size] == head.root
        }
    }

    /// Up to where two branches are one.
    func shared(_ one: Int, _ other: Int) -> Int {
        if one == other { return branches[one].entries.count }
        var (low, high) = (0, min(branches[one].entries.count, branches[other].entries.count))
        while low < high {
            let middle = (low + high + 1) / 2
            if branches[one].roots[middle] == branches[other].roots[middle] { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// Whether the head at `size` of a branch follows a head of the same log.
    func extends(_ branch: Int, _ size: Int, _ head: Head) -> Bool {
        head.size.count <= size && branches[branch].roots[head.size.count] == head.root
    }
}
