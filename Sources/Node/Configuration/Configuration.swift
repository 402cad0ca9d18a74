// SPDX-License-Identifier: EUPL-1.2
import Cooperative
public import Journal

/// What an operator sets: `korf.yaml`. Everything in it is local and never replicates. Paths that are not absolute are
/// relative to the file's folder.
public struct Configuration: Sendable, Equatable {
    /// Files of the TLS identity.
    public struct TLS: Sendable, Equatable {
        /// PEM: the own certificate, then its intermediates.
        public var certificate: String
        /// PEM, mode 0600.
        public var key: String
        /// PEM: the authorities that may have signed a peer's certificate. Never the system's store.
        public var anchors: String
        /// PEM: certificate revocation lists; refused peers when it has expired.
        public var revocation: String?
    }

    /// What is different for one peer.
    public struct Peer: Sendable, Equatable {
        /// Instead of the endpoints on its card, `host:port`.
        public var endpoint: String?
        /// False for a peer that this node can never reach; it is then not tried.
        public var dial: Bool
    }

    /// Rights and rules of the member's own books. A list names login names; where it is `nil`, everybody who may open
    /// the socket may.
    public struct Books: Sendable, Equatable {
        /// Who numbers, hands over and rejects documents.
        public var issuers: [String]?
        /// Who confirms that a service was had.
        public var orderers: [String]?
        /// Who approves payments and documents.
        public var controllers: [String]?
        /// Who sets orders and records payments.
        public var clerks: [String]?
        /// Whether a payment is approved only with a purchase order.
        public var asksForOrders = false

        func persons(for role: BooksRole) -> [String]? {
            switch role {
            case .issuer: issuers
            case .orderer: orderers
            case .controller: controllers
            case .clerk: clerks
            }
        }
    }

    /// When usage is flushed to the log.
    public enum FlushTime: Sendable, Equatable {
        /// Once a day, minutes after midnight in Amsterdam.
        case daily(minute: Int)
        /// Every so many seconds: for demonstrations and tests only.
        case every(seconds: Int)
    }

    /// The node's store.
    public var dataDirectory: String
    /// The file that remembers the newest own head outside the data directory and its backups.
    public var externalHead: String
    /// Ed25519, mode 0600.
    public var logKey: String
    /// X25519, mode 0600.
    public var agreementKey: String
    /// The genesis, as `korf network join` put it here.
    public var genesis: String
    /// The own card, with which a newcomer joins.
    public var card = ""
    /// Files of the TLS identity.
    public var tls: TLS
    /// Where other members reach this node: address and port.
    public var listen: ListenAddress
    /// The local socket.
    public var socket: String
    /// By OIN.
    public var peers: [OIN: Peer] = [:]
    /// An outbound HTTP proxy, `http://host:port`.
    public var proxy: String?
    /// Between rounds of exchange.
    public var exchangeSeconds = 10
    /// New heads wait this long for company before they go out.
    public var coalesceMilliseconds = 200
    /// When usage is flushed.
    public var flush = FlushTime.daily(minute: 120)
    /// Feeds by the `source` of their events: how many hours without an event are normal at most.
    public var feeds: [String: Int] = [:]
    /// Least level of log lines.
    public var logLevel = LogWriter.Level.info
    /// How long a start asks peers for the own head.
    public var ownHeadSeconds = 10

    /// Who may do what in the own books, and what these ask.
    public var books = Books()

    /// Where events of consensus are recorded, for `korf-simulate --events`; `nil` for nowhere.
    public var recordEvents: String?

    /// Where `korf network join` puts the addresses by which a node finds its network: beside the genesis.
    public var joinFile: String {
        let suffix = ".korf-genesis"
        let stem = genesis.hasSuffix(suffix) ? String(genesis.dropLast(suffix.count)) : genesis
        return "\(stem).\(JoinFile.fileExtension)"
    }
}

/// An address to listen on: `host:port` or `[IPv6]:port`; port 0 takes a free one.
public struct ListenAddress: Sendable, Equatable {
    /// An IP address or a name.
    public let host: String
    /// 0 takes a free one.
    public let port: UInt16

    /// `nil` unless `text` is `host:port`.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
        self.host = String(host)
        self.port = port
    }
}
