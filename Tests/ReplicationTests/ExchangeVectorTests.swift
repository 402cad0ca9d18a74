// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
import Replication
import Testing

@Suite("Vectors of the exchange, Protocol/exchange.md")
struct ExchangeVectorTests {
    private func numbers(_ vector: VectorCase) -> LogNumbers {
        LogNumbers(epoch: 0, logs: LogNumbersFixture(count: vector.int("vectorSize") ?? 4).logs)
    }

    private func check(_ parcel: ExchangeParcel, _ vector: VectorCase) {
        #expect(parcel.heads.count == vector.int("heads"))
        #expect(parcel.pages.count == vector.int("pages"))
        #expect(parcel.textsWanted.count == vector.int("textsWanted"))
        #expect(parcel.texts.count == vector.int("texts"))
        #expect(parcel.evidence.count == vector.int("evidence"))
        #expect(parcel.wants?.count ?? 0 == vector.int("wants"))
    }

    @Test("a request is read as the text says", arguments: Vectors.cases("exchange", "request", "valid"))
    func request(_ vector: VectorCase) throws {
        let request = try ExchangeRequest(decoding: #require(vector.bytes("hex")))
        _ = try ResolvedRequest(request, numbers(vector))
        #expect(request.epoch == vector.int("epoch"))
        #expect(request.ruleVersion == vector.int("ruleVersion"))
        #expect(request.digest == vector.hash("digest"))
        #expect(request.token == vector.bytes("token"))
        #expect(request.pagesBytes == vector.int("pageBytesMost"))
        check(request.parcel, vector)
        let again = request.encode()
        #expect(try ExchangeRequest(decoding: again).encode() == again)
    }

    @Test("a request is refused with its reason", arguments: Vectors.cases("exchange", "request", "invalid"))
    func refusedRequest(_ vector: VectorCase) throws {
        let body = try #require(vector.bytes("hex"))
        let refusal = #expect(throws: BodyRefusal.self) {
            _ = try ResolvedRequest(try ExchangeRequest(decoding: body), numbers(vector))
        }
        #expect(refusal?.reason == vector.reason)
        if let key = vector.key { #expect(refusal?.key == key) }
    }

    @Test("a request that counts logs by an epoch that is not held is refused", arguments: [1, 2, 1 << 31, Int.max])
    func unknownEpoch(_ epoch: Int) throws {
        var request = ExchangeRequest(ruleVersion: 1, epoch: 0, digest: Hash(Bytes32((0, 0, 0, 0))))
        request.numberingEpoch = epoch
        let body = request.encode()
        let refusal = #expect(throws: BodyRefusal.self) {
            _ = try ResolvedRequest(
                try ExchangeRequest(decoding: body), LogNumbers(epoch: 0, logs: LogNumbersFixture(count: 4).logs))
        }
        #expect(refusal == .field(key: 11))
    }

    @Test("an answer is read as the text says", arguments: Vectors.cases("exchange", "answer", "valid"))
    func answer(_ vector: VectorCase) throws {
        let answer = try ExchangeAnswer(decoding: #require(vector.bytes("hex")))
        #expect(answer.epoch == vector.int("epoch"))
        #expect(answer.digest == vector.hash("digest"))
        #expect(answer.token == vector.bytes("token"))
        #expect(answer.hasMore == (vector.fields["more"] as? Bool))
        #expect(answer.sendFullTable == (vector.fields["sendAll"] as? Bool))
        #expect(answer.refusals.count == vector.int("refusals"))
        check(answer.parcel, vector)
        let again = answer.encode()
        #expect(try ExchangeAnswer(decoding: again).encode() == again)
    }

    @Test("an answer is refused with its reason", arguments: Vectors.cases("exchange", "answer", "invalid"))
    func refusedAnswer(_ vector: VectorCase) throws {
        let body = try #require(vector.bytes("hex"))
        let refusal = #expect(throws: BodyRefusal.self) {
            let answer = try ExchangeAnswer(decoding: body)
            try answer.checkReferences(numbers(vector))
        }
        #expect(refusal?.reason == vector.reason)
        if let key = vector.key { #expect(refusal?.key == key) }
    }

    private func read(_ vector: VectorCase) throws {
        let body = try #require(vector.bytes("hex"))
        switch vector.text("form") {
        case "proveRequest":
            let request = try ProveRequest(decoding: body)
            guard numbers(vector).log(request.log) != nil else { throw BodyRefusal.logUnknown(key: 1) }
        case "proveAnswer": _ = try ProveAnswer(decoding: body)
        case "headRequest": _ = try HeadRequest(decoding: body)
        case "headAnswer": _ = try HeadAnswer(decoding: body)
        case "branchRequest": #expect(try BranchRequest(decoding: body).encode() == body)
        case "branchAnswer": #expect(try BranchAnswer(decoding: body).encode() == body)
        case "epochsRequest": #expect(try EpochsRequest(decoding: body).encode() == body)
        case "epochsAnswer": #expect(try EpochsAnswer(decoding: body).encode() == body)
        case "proofRequest": #expect(try QuorumProofRequest(decoding: body).encode() == body)
        case "proofAnswer": #expect(try QuorumProofAnswer(decoding: body).encode() == body)
        case "vectorRequest": #expect(try VectorRequest(decoding: body).encode() == body)
        case "vectorAnswer": #expect(try VectorAnswer(decoding: body).encode() == body)
        default: Issue.record("a form that is not known")
        }
    }

    @Test("the small messages are read", arguments: Vectors.cases("exchange", "other", "valid"))
    func other(_ vector: VectorCase) throws { try read(vector) }

    @Test("the small messages are refused", arguments: Vectors.cases("exchange", "other", "invalid"))
    func refusedOther(_ vector: VectorCase) {
        let refusal = #expect(throws: BodyRefusal.self) { try read(vector) }
        #expect(refusal?.reason == vector.reason)
        if let key = vector.key { #expect(refusal?.key == key) }
    }

    @Test("a token is read by the one who gave it", arguments: Vectors.cases("exchange", "token", "valid"))
    func token(_ vector: VectorCase) throws {
        let bytes = try #require(vector.bytes("hex"))
        let token = try #require(ExchangeToken(bytes))
        #expect(token.instance.bytes == vector.bytes("instance"))
        #expect(token.sequence.count == vector.int("sequence"))
        #expect(token.bytes == bytes)
    }

    @Test("any other token counts as absent", arguments: Vectors.cases("exchange", "token", "invalid"))
    func noToken(_ vector: VectorCase) throws {
        #expect(ExchangeToken(try #require(vector.bytes("hex"))) == nil)
    }

    private func digest(_ vector: VectorCase) throws -> Hash {
        var rows: [LogID: HeadRow] = [:]
        for item in try #require(vector.fields["logs"] as? [[Any]]) {
            let log = try #require((item[0] as? String).flatMap { LogID(hexadecimal: $0) })
            let size = LogSize(known: try #require(item[1] as? Int))
            let root = try #require((item[2] as? String).flatMap { Hash(hexadecimal: $0) })
            let blank = try #require(Signature([UInt8](repeating: 0, count: 64)))
            rows[log] = size == .empty ? HeadRow(empty: log)
                : HeadRow(
                    log: log, held: size, root: root,
                    head: SignedHead(Head(size: size, root: root), signature: blank))
        }
        for item in try #require(vector.fields["forked"] as? [[Any]]) {
            let log = try #require((item[0] as? String).flatMap { LogID(hexadecimal: $0) })
            var row = rows[log] ?? HeadRow(empty: log)
            row.forkedCoveredSize = LogSize(known: try #require(item[1] as? Int))
            rows[log] = row
        }
        var table = HeadTable(Array(rows.values))
        return table.digest(OpenSSLSuite())
    }

    @Test("the head-table digest", arguments: Vectors.cases("exchange", "headTable", "valid"))
    func headTable(_ vector: VectorCase) throws {
        #expect(try digest(vector) == vector.hash("digest"))
    }

    @Test("another digest is none", arguments: Vectors.cases("exchange", "headTable", "invalid"))
    func otherDigest(_ vector: VectorCase) throws {
        #expect(try digest(vector) != vector.hash("claimed"))
    }

    private func order(_ vector: VectorCase) throws -> [String] {
        let partners = try #require(vector.fields["partners"] as? [String]).compactMap { LogID(hexadecimal: $0) }
        return PartnerSchedule.order(
            of: partners, own: try #require(vector.text("own").flatMap { LogID(hexadecimal: $0) }),
            round: try #require(vector.int("round")), epochHash: try #require(vector.hash("epochHash")),
            OpenSSLSuite()
        ).map(\.description)
    }

    @Test("the order of partners", arguments: Vectors.cases("exchange", "schedule", "valid"))
    func schedule(_ vector: VectorCase) throws {
        #expect(try order(vector) == vector.fields["order"] as? [String])
    }

    @Test("another order is none", arguments: Vectors.cases("exchange", "schedule", "invalid"))
    func otherOrder(_ vector: VectorCase) throws {
        #expect(try order(vector) != vector.fields["claimed"] as? [String])
    }

    private static func limits(_ validity: String) -> [VectorCase] {
        Vectors.cases("limits", nil, validity).filter { $0.text("reads") == "request" }
    }

    private func readLimit(_ vector: VectorCase) throws {
        var body: [UInt8] = []
        for part in try #require(vector.fields["parts"] as? [[Any]]) {
            let bytes = try #require((part[0] as? String).flatMap { Hexadecimal.decode($0) })
            for _ in 0..<(try #require(part[1] as? Int)) { body += bytes }
        }
        _ = try ResolvedRequest(try ExchangeRequest(decoding: body), numbers(vector))
    }

    @Test("at the limit", arguments: limits("valid"))
    func atLimit(_ vector: VectorCase) throws { try readLimit(vector) }

    @Test("one over the limit", arguments: limits("invalid"))
    func overLimit(_ vector: VectorCase) {
        let refusal = #expect(throws: BodyRefusal.self) { try readLimit(vector) }
        #expect(refusal?.reason == vector.reason)
    }
}
