// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// How a message names a log: by its number in an epoch's vector, or in full.
/// Spec: Protocol/exchange.md §1.
public enum LogReference: Hashable, Sendable {
    /// Position in the vector of the epoch that the message names under key 11.
    case number(Int)
    /// The log's identity.
    case id(LogID)

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        if reader.isNextInteger {
            self = .number(try reader.unsigned())
        } else {
            self = .id(try reader.bytes32())
        }
    }

    func write(to writer: inout CBORWriter) {
        switch self {
        case .number(let number): writer.integer(number)
        case .id(let id): writer.bytes(id)
        }
    }
}

/// The logs of one epoch in order of identity; the position is the log number.
/// Spec: Protocol/genesis.md §2.
public struct LogNumbers: Hashable, Sendable {
    /// The epoch whose vector this is.
    public let epoch: Int
    /// The logs, sorted, each once.
    public let logs: [LogID]

    /// Sorts `logs`, which may come in any order; each once.
    public init(epoch: Int, logs: [LogID]) {
        let sorted = logs.sorted()
        precondition(zip(sorted, sorted.dropFirst()).allSatisfy { $0 != $1 }, "a vector names each log once")
        self.epoch = epoch
        self.logs = sorted
    }

    /// The same vector as that of another epoch, which names no other log.
    public func renamed(epoch: Int) -> LogNumbers { LogNumbers(sorted: logs, epoch: epoch) }

    private init(sorted logs: [LogID], epoch: Int) { (self.logs, self.epoch) = (logs, epoch) }

    /// The shortest reference to `log`.
    public func reference(to log: LogID) -> LogReference {
        let position = logs.firstIndexNotBelow(log) { $0 }
        return position < logs.count && logs[position] == log ? .number(position) : .id(log)
    }

    /// The log that is meant; `nil` for a number that the vector does not have.
    public func log(_ reference: LogReference) -> LogID? {
        switch reference {
        case .id(let id): id
        case .number(let number): logs.indices.contains(number) ? logs[number] : nil
        }
    }
}

extension Array {
    /// Binary search: the first position whose identity is not below `log`, in an array sorted by it.
    func firstIndexNotBelow(_ log: LogID, _ identity: (Element) -> LogID) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if identity(self[middle]) < log { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
