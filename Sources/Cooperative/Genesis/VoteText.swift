// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The text of a vote of consensus, signed as a note by the voter's log key under its origin.
/// Spec: Protocol/genesis.md §4.
public struct VoteText: Hashable, Sendable {
    /// The step of a round.
    public enum Step: String, Sendable, CaseIterable {
        case prevote = "korf-prevote/v1"
        case precommit = "korf-precommit/v1"
    }

    /// The step.
    public let step: Step
    /// The network.
    public let network: NetworkID
    /// The number of the epoch that is voted on.
    public let number: Int
    /// The round, from 0.
    public let round: Int
    /// The hash of the header that is voted for.
    public let epoch: Hash

    /// A vote. Number and round are not negative.
    public init(_ step: Step, network: NetworkID, number: Int, round: Int, epoch: Hash) {
        precondition(number >= 0 && round >= 0)
        (self.step, self.network, self.number, self.round, self.epoch) = (step, network, number, round, epoch)
    }

    /// Five lines, LF after each.
    public var text: String {
        "\(step.rawValue)\n\(network)\n\(number)\n\(round)\n\(Base64.encode(epoch.bytes))\n"
    }

    /// `nil` unless `text` is exactly that of a vote.
    public init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 6, lines[5].isEmpty, let step = Step(rawValue: String(lines[0])),
              let network = NetworkID(hexadecimal: lines[1]), let number = Int(lines[2]), number >= 0,
              let round = Int(lines[3]), round >= 0, let bytes = Base64.decode(lines[4]),
              let epoch = Hash(bytes)
        else { return nil }
        self.init(step, network: network, number: number, round: round, epoch: epoch)
        guard self.text == text else { return nil }
    }
}
