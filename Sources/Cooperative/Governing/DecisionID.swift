// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What an organ is asked and answers. Spec: Protocol/voting.md.
public enum Decision {
    /// The name of a decision: the log and index of its proposal. Spec: Protocol/voting.md §1.
    public struct ID: Hashable, Sendable, Comparable, CustomStringConvertible {
        /// The log of the proposal.
        public let log: LogID
        /// Where the proposal stands in it.
        public let index: EntryIndex

        /// Names the proposal at a place.
        public init(log: LogID, index: EntryIndex) { (self.log, self.index) = (log, index) }

        /// Eight hex digits of the log and the index, for people.
        public var description: String { text(digits: CooperativeLimits.decisionNameDigits) }

        /// The name with so many hex digits of the log, 8 to 64.
        public func text(digits: Int) -> String { "\(log.description.prefix(digits))-\(index)" }

        /// By log, then by index: the order in which decisions that one epoch closes take effect.
        public static func < (left: Self, right: Self) -> Bool {
            left.log == right.log ? left.index < right.index : left.log < right.log
        }

        /// The names of decisions as people read them, in the order given; longer where two are alike.
        public static func names(of decisions: [ID]) -> [String] {
            let logs = decisions.map { $0.log.description }
            var digits = [Int](repeating: CooperativeLimits.decisionNameDigits, count: decisions.count)
            // Neighbours in the order of (index, log) share the most digits.
            let order = decisions.indices.sorted {
                let (left, right) = (decisions[$0], decisions[$1])
                return left.index == right.index ? left.log < right.log : left.index < right.index
            }
            for (one, next) in zip(order, order.dropFirst())
            where decisions[one].index == decisions[next].index && decisions[one] != decisions[next] {
                let shared = zip(logs[one], logs[next]).prefix { $0 == $1 }.count
                digits[one] = max(digits[one], shared + 1)
                digits[next] = max(digits[next], shared + 1)
            }
            return decisions.indices.map { decisions[$0].text(digits: digits[$0]) }
        }
    }

    /// The name of a decision as a person gives it: 8 to 64 hex digits, a hyphen and the index.
    /// Spec: Protocol/voting.md §1.
    public struct Name: Hashable, Sendable, CustomStringConvertible {
        /// The first digits of the log.
        public let logDigits: String
        /// Where the proposal stands.
        public let index: EntryIndex

        /// `nil` unless `text` is such a name; capitals are read as small letters.
        public init?(_ text: some StringProtocol) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let number = Int(parts[1]), String(number) == parts[1],
                  let index = EntryIndex(number)
            else { return nil }
            let digits = parts[0].lowercased()
            guard (CooperativeLimits.decisionNameDigits...64).contains(digits.utf8.count),
                  digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
            else { return nil }
            (logDigits, self.index) = (digits, index)
        }

        /// As it was given, in small letters.
        public var description: String { "\(logDigits)-\(index)" }

        /// Whether a decision has this name.
        public func names(_ decision: ID) -> Bool {
            decision.index == index && decision.log.description.hasPrefix(logDigits)
        }
    }
}
