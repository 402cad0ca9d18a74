// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// What a file is that was handed over in the place of another, so that the refusal can say where it belongs.
enum HandedFile {
    case card(Card)
    /// The text of a card that is changed or cut.
    case brokenCard
    case join
    case genesis(Genesis)
    /// A certificate, a request or a key.
    case pem
    /// Some other text, such as the description of a network.
    case text

    /// `nil` for bytes that look like nothing that is known.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if JoinFile.isNamed(by: bytes) {
            self = .join
        } else if text.hasPrefix("-----BEGIN KORF CARD-----") {
            self = (try? CheckedCard(file: text, OpenSSLSuite())).map { .card($0.card) } ?? .brokenCard
        } else if text.hasPrefix("-----BEGIN") {
            self = .pem
        } else if let genesis = try? Genesis.parse(bytes, OpenSSLSuite()) {
            self = .genesis(genesis)
        } else if !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) {
            self = .text
        } else {
            return nil
        }
    }

    /// Whether it is a card, sound or not.
    var isCard: Bool {
        switch self {
        case .card, .brokenCard: true
        default: false
        }
    }

    /// What to do with it where a genesis or JOIN file was asked for.
    func insteadOfNetwork(_ path: String) -> String {
        let wanted = "a network is a genesis (*.korf-genesis) or a JOIN file (*.\(JoinFile.fileExtension))"
        let ask = "A member makes the JOIN file with `korf network show --join FILE`."
        switch self {
        case .card(let card):
            return "\(path) is the card of \(card.name) (\(card.oin)), and \(wanted). A card is proposed by a member, "
                + "with `korf member propose \(path)`. \(ask)"
        case .brokenCard: return "\(path) is a card that was changed or cut, and \(wanted). \(ask)"
        case .join: return "\(path) is a JOIN file; this needs the genesis alone."
        case .genesis: return "\(path) is a genesis."
        case .pem: return "\(path) is a certificate, a request or a key, and \(wanted). \(ask)"
        case .text:
            return "\(path) is text, and \(wanted). Of a description `korf network create` makes the genesis."
        }
    }

    /// What to do with it where a card was asked for.
    func insteadOfCard(_ path: String) -> String {
        let ask = "The card is what `korf init` made for its owner: card.korf-card."
        switch self {
        case .join: return "\(path) is a JOIN file and no card: a newcomer uses it with `korf network join`. \(ask)"
        case .genesis(let genesis):
            return "\(path) is the genesis of \(genesis.name) and no card: a founder uses it with "
                + "`korf network join`. \(ask)"
        case .pem: return "\(path) is a certificate, a request or a key, and no card. \(ask)"
        case .card, .brokenCard, .text: return "\(path) is no card of a member. \(ask)"
        }
    }
}
