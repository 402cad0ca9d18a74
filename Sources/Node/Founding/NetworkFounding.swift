// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
import Cryptography
public import Journal
import Notation
import YAML

/// `korf network create`: the genesis from a description and cards; and the small files that go with it.
public enum NetworkFounding {
    /// Makes the genesis. Every violation of description and cards is listed at once; nothing is written.
    public static func create(description path: String, cards: [String]) throws(FoundingFailure) -> Genesis {
        let suite = OpenSSLSuite()
        var draft = try description(path)
        for card in cards { draft.founders.append(try self.card(card)) }
        do throws(GenesisRefusals) {
            return try draft.checked(suite)
        } catch {
            throw .document(path, error.all.map { refusal in
                Finding(.error, path: refusal.path.words, line: 0, column: 0, code: refusal.reason.rawValue,
                        message: refusal.sentence)
            })
        }
    }

    /// Reads and checks a genesis file.
    public static func genesis(_ path: String) throws(FoundingFailure) -> Genesis { try parse(try read(path), path) }

    static func parse(_ bytes: [UInt8], _ path: String) throws(FoundingFailure) -> Genesis {
        do throws(GenesisRefusal) { return try Genesis.parse(bytes, OpenSSLSuite()) } catch {
            if let other = HandedFile(bytes) { throw .value(other.insteadOfNetwork(path)) }
            let place = error.path.words.isEmpty ? "" : "\(error.path.words): "
            throw .value("\(path) is no genesis: \(place)\(error.sentence) (\(error.reason.rawValue))")
        }
    }

    private static func description(_ path: String) throws(FoundingFailure) -> GenesisDraft {
        let bytes = try read(path)
        let document: PositionedNode
        do throws(YAMLError) { document = try YAML.parse(bytes) } catch { throw .value("\(path): \(error)") }
        do throws(NetworkDescription.Invalid) { return try NetworkDescription(document).draft } catch {
            throw .document(path, error.findings)
        }
    }

    private static func sentence(_ refusal: CardRefusal) -> String {
        switch refusal {
        case .fileShape: "it is not the text that korf init wrote; mail may have changed it, so ask for it anew."
        case .signature: "its signature does not verify: it was changed after its owner signed it."
        default: "\(refusal.reason)\(refusal.key.map { ", key \($0)" } ?? "")."
        }
    }

    /// Reads a card file and checks its signature.
    public static func card(_ path: String) throws(FoundingFailure) -> Card {
        let bytes = try read(path)
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(CardRefusal) { return try CheckedCard(file: text, OpenSSLSuite()).card } catch {
            if let other = HandedFile(bytes), !other.isCard { throw .value(other.insteadOfCard(path)) }
            throw .value("\(path) is no card of a member: \(sentence(error))")
        }
    }

    static func read(_ path: String) throws(FoundingFailure) -> [UInt8] {
        do throws(FileFailure) { return try PlainFile.read(path) } catch { throw FoundingFailure(error) }
    }
}
