// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Foundation
@testable import Journal
import Testing

/// The cases of one file of Protocol/vectors.
struct VectorFile {
    private let sections: [String: Any]

    init(_ topic: String) throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appendingPathComponent("Protocol/vectors/\(topic).json"))
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        sections = object["valid"] == nil ? object : [topic: object]
    }

    func cases(_ section: String, _ kind: String) throws -> [VectorCase] {
        let list = (sections[section] as? [String: Any])?[kind] as? [[String: Any]]
        let cases = try #require(list, "\(section) \(kind)")
        #expect(!cases.isEmpty)
        return cases.map(VectorCase.init)
    }
}

struct VectorCase {
    let fields: [String: Any]

    var name: String { fields["name"] as? String ?? "" }
    var reason: String? { fields["reason"] as? String }

    func text(_ key: String) throws -> String { try #require(fields[key] as? String, "\(name): \(key)") }
    func integer(_ key: String) throws -> Int { try #require(fields[key] as? Int, "\(name): \(key)") }
    func optionalInteger(_ key: String) -> Int? { fields[key] as? Int }
    func bytes(_ key: String) throws -> [UInt8] { try #require(Hexadecimal.decode(text(key)), "\(name): \(key)") }

    func value<Value: ThirtyTwoBytes>(_ key: String, _ type: Value.Type = Value.self) throws -> Value {
        try #require(Value(hexadecimal: text(key)), "\(name): \(key)")
    }

    func hashes(_ key: String) throws -> [Hash] {
        let texts = try #require(fields[key] as? [String], "\(name): \(key)")
        return try texts.map { try #require(Hash(hexadecimal: $0)) }
    }

    func size(_ key: String) throws -> LogSize { LogSize(known: try integer(key)) }
    func nested(_ key: String) throws -> VectorCase {
        VectorCase(fields: try #require(fields[key] as? [String: Any], "\(name): \(key)"))
    }
}

extension CBOR {
    /// RFC 8949, section 8, as the vectors spell it.
    var diagnostic: String {
        switch self {
        case .integer(let value): String(value)
        case .bytes(let value): "h'\(Hexadecimal.encode(value))'"
        case .text(let value): Self.quoted(value)
        case .array(let items): "[" + items.map(\.diagnostic).joined(separator: ", ") + "]"
        case .map(let pairs): "{" + pairs.map { pair in
            let key = switch pair.key {
            case .integer(let value): String(value)
            case .text(let text): Self.quoted(text)
            }
            return "\(key): \(pair.value.diagnostic)"
        }.joined(separator: ", ") + "}"
        case .bool(let value): String(value)
        case .null: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where scalar.value < 0x20:
                result += "\\u00" + Hexadecimal.encode([UInt8(scalar.value)])
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

@Suite("Vectors of Protocol/vectors")
struct VectorTests {
    /// The reason with which `body` is refused, `nil` when it is not.
    private func reason(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return switch error {
            case let error as CBORRefusal: error.rawValue
            case let error as EntryRefusal: error.reason
            case let error as CardRefusal: error.reason
            case let error as EntryZeroRefusal: error.reason
            case let error as NoteRefusal: error.rawValue
            case let error as PageRefusal: error.reason
            case let error as EvidenceRefusal: error.rawValue
            case let error as ProofRefusal: error.reason
            default: "\(error)"
            }
        }
    }

    @Test("cbor.json")
    func cbor() throws {
        let file = try VectorFile("cbor")
        for vector in try file.cases("cbor", "valid") {
            let item = try CBOR.decode(vector.bytes("hex"))
            #expect(item.diagnostic == (try vector.text("diagnostic")), "\(vector.name)")
            #expect(item.encode() == (try vector.bytes("hex")), "\(vector.name)")
        }
        for vector in try file.cases("cbor", "invalid") {
            let bytes = try vector.bytes("hex")
            #expect(reason { try CBORReader.check(bytes) } == vector.reason, "\(vector.name)")
        }
    }

    @Test("identity.json, oin and card")
    func card() throws {
        let file = try VectorFile("identity")
        for vector in try file.cases("oin", "valid") { #expect(OIN(try vector.text("text")) != nil) }
        for vector in try file.cases("oin", "invalid") { #expect(OIN(try vector.text("text")) == nil) }
        for vector in try file.cases("card", "valid") {
            let bytes = try vector.bytes("hex")
            let card = try Card.parse(bytes)
            #expect(card.oin.digits == (try vector.text("oin")))
            #expect(card.name == (try vector.text("name")))
            #expect(card.logKey == (try vector.value("logPublicKey")))
            #expect(card.endpoints.map(\.description) == vector.fields["endpoints"] as? [String])
            #expect(suite.hash(card.encode()) == (try vector.value("cardHash")), "\(vector.name)")
        }
        for vector in try file.cases("card", "invalid") {
            let bytes = try vector.bytes("hex")
            #expect(reason { _ = try Card.parse(bytes) } == vector.reason, "\(vector.name)")
            let refusal = #expect(throws: CardRefusal.self) { try Card.parse(bytes) }
            #expect(refusal?.key == vector.optionalInteger("key"), "\(vector.name)")
        }
        for vector in try file.cases("cardFile", "valid") {
            let checked = try CheckedCard(file: vector.text("text"), suite)
            #expect(checked.card.encode() == (try vector.bytes("card")))
            #expect(checked.file == (try vector.text("text")))
        }
        for vector in try file.cases("cardFile", "invalid") {
            let text = try vector.text("text")
            #expect(reason { _ = try CheckedCard(file: text, suite) } == vector.reason, "\(vector.name)")
        }
    }

    private func founder(_ vector: VectorCase) throws -> EntryZero {
        let members = try #require(vector.fields["members"] as? [[String: Any]]).map(VectorCase.init)
        let zero = try EntryZero.parse(vector.bytes("hex"))
        try zero.checkFounder(network: vector.value("network")) { oin in
            guard let member = members.first(where: { $0.fields["oin"] as? String == oin.digits }),
                  let logKey: PublicKey = try? member.value("logPublicKey"),
                  let next: Hash = try? member.value("nextKeyHash")
            else { return nil }
            return (logKey, next)
        }
        return zero
    }

    private func successor(_ vector: VectorCase) throws -> EntryZero {
        let zero = try EntryZero.parse(vector.bytes("hex"))
        let origin = Origin(
            network: try vector.value("network"), oin: try #require(OIN(vector.text("oin"))),
            log: try vector.value("predecessor"))
        // The predecessor's own key plays no part.
        let before = LogIdentity(
            origin: origin, key: zero.logKey, nextKeyHash: try vector.value("nextKeyHash"))
        try zero.checkSuccession(of: before, recoveryKey: try vector.value("recoveryKey"), suite)
        return zero
    }

    @Test("identity.json, entry0 and successor", arguments: ["entry0", "successor"])
    func entryZero(section: String) throws {
        let read = section == "entry0" ? founder : successor
        let file = try VectorFile("identity")
        for vector in try file.cases(section, "valid") {
            let zero = try read(vector)
            #expect(zero.encode() == (try vector.bytes("hex")))
            #expect(zero.logKey == (try vector.value("logPublicKey")))
            #expect(zero.log(suite) == (try vector.value("logId")))
            #expect(zero.origin(suite).description == (try vector.text("origin")))
        }
        for vector in try file.cases(section, "invalid") {
            #expect(reason { _ = try read(vector) } == vector.reason, "\(vector.name)")
        }
    }

    @Test("entry.json")
    func entry() throws {
        let file = try VectorFile("entry")
        for vector in try file.cases("entry", "valid") {
            let bytes = try vector.bytes("hex")
            let entry = try Entry.parse(bytes)
            #expect(Int(entry.kind) == (try vector.integer("kind")))
            #expect(Array(entry.body) == (try vector.bytes("body")))
            #expect(entry.commitment?.description == vector.fields["commitment"] as? String)
            #expect(suite.leafHash(bytes) == (try vector.value("leaf")))
            let references = try #require(vector.fields["references"] as? [[Any]])
            #expect(entry.references.map(\.log.description) == references.map { $0[0] as? String })
            #expect(entry.references.map(\.index.position) == references.map { $0[1] as? Int })
            #expect(entry.references.map(\.leaf.description) == references.map { $0[2] as? String })
            let again = Entry.encode(
                kind: entry.kind, body: Array(entry.body), references: entry.references, commitment: entry.commitment)
            #expect(again == bytes)
        }
        for vector in try file.cases("entry", "invalid") {
            let bytes = try vector.bytes("hex")
            let refusal = #expect(throws: EntryRefusal.self) { try Entry.parse(bytes) }
            #expect(refusal?.reason == vector.reason, "\(vector.name)")
            if case .notCanonical(let inner) = refusal {
                #expect(inner.rawValue == (try vector.text("cbor")), "\(vector.name)")
            }
        }
        for kind in ["valid", "invalid"] {
            for vector in try file.cases("commitment", kind) {
                let salt: Salt = try vector.value("salt")
                let made = TextCommitment(salt: salt, text: try vector.text("text"), hashing: suite)
                #expect((made == (try vector.value("commitment"))) == (kind == "valid"), "\(vector.name)")
            }
        }
    }

    @Test("tree.json")
    func tree() throws {
        let file = try VectorFile("tree")
        for (kind, key) in [("valid", "root"), ("invalid", "claimed")] {
            for vector in try file.cases("root", kind) {
                let entries = try #require(vector.fields["entries"] as? [String])
                var edge = RightEdge()
                for entry in entries {
                    edge.append(leaf: suite.leafHash(try #require(Hexadecimal.decode(entry))), suite)
                }
                #expect((edge.root(suite) == (try vector.value(key))) == (kind == "valid"), "\(vector.name)")
                if kind == "valid" { #expect(edge.hashes == (try vector.hashes("edge"))) }
            }
            for vector in try file.cases("rightHand", kind) {
                let levels = Subtree.cover(try vector.size("from"), to: try vector.size("size")).map(\.level)
                #expect((levels == vector.fields["levels"] as? [Int]) == (kind == "valid"), "\(vector.name)")
            }
            for vector in try file.cases("inclusion", kind) {
                let proof = InclusionProof(
                    index: EntryIndex(known: try vector.integer("index")), size: try vector.size("size"),
                    hashes: try vector.hashes("hashes"))
                let isValid = proof.verifies(leaf: try vector.value("leaf"), root: try vector.value("root"), suite)
                #expect(isValid == (kind == "valid"), "\(vector.name)")
            }
            for vector in try file.cases("consistency", kind) {
                let proof = ConsistencyProof(
                    old: try vector.size("oldSize"), new: try vector.size("newSize"),
                    hashes: try vector.hashes("hashes"))
                let roots = proof.roots(suite)
                #expect((roots?.new == (try vector.value("newRoot"))) == (kind == "valid"), "\(vector.name)")
                guard kind == "valid" else { continue }
                #expect(roots?.old == (try vector.value("oldRoot")))
                #expect(proof.rfcHashes == (try vector.hashes("rfcHashes")))
            }
        }
    }

    @Test("head.json")
    func head() throws {
        let file = try VectorFile("head")
        func read(_ vector: VectorCase) throws -> (note: Note, checkpoint: Checkpoint, key: VerifierKey) {
            let origin = try vector.text("origin")
            let key = try #require(VerifierKey(name: origin, key: try vector.value("publicKey"), suite))
            let note = try Note.parse(vector.text("note"))
            _ = try note.verify([key], suite)
            let checkpoint = try Checkpoint.parse(note.text)
            try checkpoint.check(origin: origin)
            return (note, checkpoint, key)
        }
        for vector in try file.cases("head", "valid") {
            let (note, checkpoint, key) = try read(vector)
            #expect(checkpoint.head.size == (try vector.size("size")))
            #expect(checkpoint.head.root == (try vector.value("root")))
            #expect(checkpoint.text == (try vector.text("text")))
            #expect(note.format() == (try vector.text("note")))
            #expect(key.description == (try vector.text("verifierKey")))
            #expect(note.lines.contains { $0.signature == (try? vector.bytes("signature")) })
        }
        for vector in try file.cases("head", "invalid") {
            #expect(reason { _ = try read(vector) } == vector.reason, "\(vector.name)")
        }
    }

    private func identity(_ vector: VectorCase) throws -> LogIdentity {
        LogIdentity(
            origin: try #require(Origin(vector.text("origin"))), key: try vector.value("publicKey"),
            nextKeyHash: Sample.hash(0))
    }

    /// A tip as the vectors give it: an edge whose head is not told.
    private func heldBefore(_ edge: RightEdge, _ vector: VectorCase) throws -> LogTip {
        let log = try identity(vector)
        if edge.size == .empty { return LogTip(authorised: log) }
        let untold = SignedHead(Head(size: edge.size, root: edge.root(suite)), signature: .blank)
        return LogTip(log, edge: edge, standing: .whole(VerifiedHead(own: untold, of: log.log)))
    }

    @Test("page.json")
    func page() throws {
        let file = try VectorFile("page")
        func admit(_ vector: VectorCase) throws -> AdmittedPage {
            guard vector.fields["authorised"] as? Bool == true else { throw PageRefusal.logNotAuthorised }
            let edge = try #require(RightEdge(size: vector.size("ownSize"), hashes: vector.hashes("ownEdge")))
            let page = try vector.nested("page")
            let entries = try #require(page.fields["entries"] as? [String]).map {
                try #require(Hexadecimal.decode($0))
            }
            var tip = try heldBefore(edge, vector)
            return try tip.admit(
                Page(
                    log: tip.log, from: EntryIndex(known: page.integer("from")), entries: EntryBatch(entries),
                    headSize: page.size("headSize"), signature: try #require(Signature(page.bytes("signature"))),
                    rightHandHashes: page.hashes("hashes")), suite)
        }
        for vector in try file.cases("page", "valid") {
            let tip = try admit(vector).tip
            #expect(tip.held == (try vector.size("size")), "\(vector.name)")
            #expect(tip.edge.hashes == (try vector.hashes("edge")), "\(vector.name)")
            #expect(tip.head?.root == (try vector.value("headRoot")), "\(vector.name)")
        }
        for vector in try file.cases("page", "invalid") {
            #expect(reason { _ = try admit(vector) } == vector.reason, "\(vector.name)")
        }
    }

    @Test("evidence.json")
    func evidence() throws {
        let file = try VectorFile("evidence")
        for vector in try file.cases("evidence", "valid") {
            let evidence = try ForkEvidence.parse(vector.bytes("hex"))
            #expect(try evidence.check(identity(vector), suite).log == vector.value("convicts"))
            #expect(evidence.encode() == (try vector.bytes("hex")))
        }
        for vector in try file.cases("evidence", "invalid") {
            #expect(
                reason { _ = try ForkEvidence.parse(vector.bytes("hex")).check(identity(vector), suite) }
                    == vector.reason, "\(vector.name)")
        }
    }
}
