// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// How much of the messages of each log above E_k is heard: the first 8,192 entries of kinds 16 to 18, up to 1 MiB of
/// them, whatever they say. No honest log gets there in years; what a liar writes beyond it costs nobody memory.
/// Spec: Protocol/consensus.md §4.
public struct HeardMessages: Sendable {
    private struct Branch: Hashable {
        let log: LogID
        let number: Int
    }

    /// What was heard of a branch: where each message stands, and the bytes of all up to it.
    private struct Heard {
        var messages: [(position: Int, bytes: Int)] = []
        var isFull = false
    }

    private var branches: [Branch: Heard] = [:]

    /// Nothing was heard.
    public init() {}

    /// Entries of a branch come from a position on, those of each branch in its order. One that was not known has what
    /// the branch before it had below that position.
    public mutating func begin(_ number: Int, of log: LogID, at position: Int) {
        let branch = Branch(log: log, number: number)
        guard branches[branch] == nil else { return }
        let before = branches[Branch(log: log, number: number - 1)]?.messages ?? []
        branches[branch] = Heard(messages: Array(before.prefix { $0.position < position }))
    }

    /// Whether the message at a place is heard; one that was heard before is not heard again.
    public mutating func hears(_ place: MessagePlace, byteCount: Int) -> Bool {
        let branch = Branch(log: place.log, number: place.branch)
        guard let heard = branches[branch], !heard.isFull else { return false }
        if let last = heard.messages.last, place.index.position <= last.position { return false }
        let bytes = (heard.messages.last?.bytes ?? 0) + byteCount
        guard heard.messages.count < CooperativeLimits.messagesHeard,
              bytes <= CooperativeLimits.messageBytesHeard
        else {
            branches[branch]?.isFull = true
            return false
        }
        branches[branch]?.messages.append((position: place.index.position, bytes: bytes))
        return true
    }

    /// Whether more of a branch of a log was held out than is heard.
    public func isFull(_ log: LogID, branch number: Int = 0) -> Bool {
        branches[Branch(log: log, number: number)]?.isFull ?? false
    }
}
