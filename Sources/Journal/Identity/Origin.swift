// SPDX-License-Identifier: EUPL-1.2

/// The full name of a log, as checkpoints and note keys spell it:
/// `<network>/<OIN>/<log id>`, 150 bytes. Spec: Protocol/identity.md §5.
public struct Origin: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The network.
    public let network: NetworkID
    /// The member that writes the log.
    public let oin: OIN
    /// The log.
    public let log: LogID

    /// Joins the three parts.
    public init(network: NetworkID, oin: OIN, log: LogID) {
        self.network = network
        self.oin = oin
        self.log = log
    }

    /// `nil` unless `text` is exactly such a name.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let network = NetworkID(hexadecimal: parts[0]), let oin = OIN(parts[1]),
              let log = LogID(hexadecimal: parts[2])
        else { return nil }
        self.init(network: network, oin: oin, log: log)
    }

    /// The name itself.
    public var description: String { "\(network)/\(oin)/\(log)" }

    /// By network, OIN and log, which is the order of the names' bytes.
    public static func < (left: Self, right: Self) -> Bool {
        if left.network != right.network { return left.network < right.network }
        return left.oin == right.oin ? left.log < right.log : left.oin < right.oin
    }
}
