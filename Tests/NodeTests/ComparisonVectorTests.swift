// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Foundation
import Journal
@testable import Node
import Notation
@testable import Settlement
import Testing

@Suite("Comparison: vectors, Protocol/comparison.md")
struct ComparisonVectorTests {
    private static func file(_ name: String) -> JSON {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        guard let data = try? Data(contentsOf: root.appending(path: "Protocol/vectors/\(name).json")),
              let json = try? JSON(parsing: Array(data), bytesLimit: data.count)
        else { return .null }
        return json
    }

    private static let vectors = file("comparison")
    private static let roots = file("kinds")["statementRoot"] ?? .null

    private static func cases(_ section: String, _ group: String) -> [JSON] {
        vectors[section]?[group]?.elements ?? []
    }

    private let suite = OpenSSLSuite()

    private func parties(_ vector: JSON) throws -> ComparisonParties {
        ComparisonParties(asker: try oin(vector["asker"]), answerer: try oin(vector["answerer"]))
    }

    private func oin(_ value: JSON?) throws -> OIN { try #require(value?.text.flatMap { OIN($0) }) }

    private func bytes(_ value: JSON?) throws -> [UInt8] {
        try #require(value?.text.flatMap { Hexadecimal.decode($0) })
    }

    private func month(_ vector: JSON) throws -> CivilMonth {
        let number = try #require(vector["month"]?.wholeNumber)
        return try #require(CivilMonth(monthNumber: Int(number)))
    }

    private func record(_ row: JSON) throws -> TransactionRecord {
        let parts = row.elements ?? []
        let day = try #require(parts[3].wholeNumber)
        return TransactionRecord(
            provider: try oin(parts[0]), application: try #require(parts[1].text),
            tariffClass: try #require(parts[2].text),
            day: try #require(CivilDate(dayNumber: Int(day))),
            matchID: try #require(parts[4].text), quantity: try #require(parts[5].wholeNumber))
    }

    private func rows(_ value: JSON?) throws -> [(record: TransactionRecord, source: UInt64)] {
        try (value?.elements ?? []).map { row in
            (try record(row), UInt64(try #require(row.elements?[6].wholeNumber)))
        }
    }

    @Test("there are vectors of every section")
    func notEmpty() {
        for section in ["request", "answer", "differences"] {
            #expect(Self.cases(section, "valid").count > 5 && Self.cases(section, "invalid").count > 3)
        }
        #expect((Self.roots["valid"]?.elements ?? []).count > 3)
    }

    @Test("§1, §2: records, keys and root", arguments: ["valid", "invalid"])
    func roots(group: String) throws {
        for vector in Self.roots[group]?.elements ?? [] {
            let agreement = try KeyAgreement(raw: bytes(vector["agreementPrivateKey"]))
            let other = try bytes(vector["otherAgreementPublicKey"])
            let secret = try agreement.secret(with: try #require(AgreementKey(other)))
            let network = try bytes(vector["network"])
            let key = PairKey(
                month: try month(vector), network: NetworkID(try #require(Bytes32(network))),
                between: try oin(vector["own"]), and: try oin(vector["other"]), secret: secret)
            var coded = CodedRecords()
            for row in vector["records"]?.elements ?? [] { coded.add(try record(row).code(key.hash), place: 0) }
            coded.seal()
            let root = coded.root(suite).description
            if group == "valid" {
                #expect(root == vector["root"]?.text)
            } else {
                #expect(root != vector["claimed"]?.text)
            }
        }
    }

    @Test("§5: requests are read and written", arguments: cases("request", "valid").indices)
    func requests(position: Int) throws {
        let vector = Self.cases("request", "valid")[position]
        let (body, parties) = (try bytes(vector["hex"]), try parties(vector))
        let request = try ComparisonRequest(decoding: body, parties)
        #expect(Int64(request.scope.month.monthNumber) == vector["month"]?.wholeNumber)
        #expect(request.own.root.description == vector["root"]?.text)
        #expect(request.other?.description == vector["other"]?.text)
        if vector["name"]?.text != "a key that is not known" { #expect(request.encode(parties) == body) }
    }

    @Test("§7: requests are refused with their reason", arguments: cases("request", "invalid").indices)
    func refusedRequests(position: Int) throws {
        let vector = Self.cases("request", "invalid")[position]
        let parties = try parties(vector)
        let body = try bytes(vector["hex"])
        do {
            _ = try ComparisonRequest(decoding: body, parties)
            Issue.record("\(vector["name"]?.text ?? "") was accepted")
        } catch {
            #expect(error.name == vector["reason"]?.text)
            if let key = vector["key"]?.wholeNumber { #expect(error == .field(Int(key))) }
        }
    }

    @Test("§5, §7: answers are the same bytes, refusals the same reason", arguments: ["valid", "invalid"])
    func answers(group: String) throws {
        for vector in Self.cases("answer", group) {
            let answer: [UInt8]?
            do {
                answer = try self.answer(vector)
            } catch let refusal as ComparisonRefusal {
                #expect(refusal.name == vector["reason"]?.text, "\(vector["name"]?.text ?? "")")
                continue
            }
            #expect(group == "valid")
            #expect(answer == (try bytes(vector["hex"])), "\(vector["name"]?.text ?? "")")
        }
    }

    private func answer(_ vector: JSON) throws -> [UInt8]? {
        let (parties, key) = (try parties(vector), KeyedHash(key: try bytes(vector["pairKey"])))
        let request = try ComparisonRequest(decoding: bytes(vector["request"]), parties)
        let rows = try rows(vector["records"])
        var coded = CodedRecords()
        var sources: [MatchKey: Set<UInt64>] = [:]
        var beside: [MatchKey: CivilDate] = [:]
        for (place, row) in rows.enumerated() {
            guard row.record.day.month == request.scope.month else {
                beside[row.record.key] = row.record.day
                continue
            }
            sources[row.record.key, default: []].insert(row.source)
            coded.add(row.record.code(key), place: UInt64(place))
        }
        coded.seal()
        let answerer = ComparisonAnswerer(coded, suite)
        switch try answerer.answer(request, parties) {
        case .answer(let body): return body
        case .lookUp(let question):
            let held = question.places.map { place in
                let record = rows[Int(place)].record
                return HeldRecord(place: place, record: record, sources: sources[record.key]?.count ?? 0)
            }
            return answerer.answer(question, with: held, neighbours: beside, parties)
        }
    }

    @Test("§6: kinds and causes", arguments: ["valid", "invalid"])
    func differences(group: String) throws {
        for vector in Self.cases("differences", group) {
            let month = try month(vector)
            let (own, other) = (try rows(vector["ownRecords"]), try rows(vector["otherRecords"]))
            let found = try sheet(own, other, month).transactions.sorted { $0.key < $1.key }.map { found -> JSON in
                .array([
                    .string(found.key.provider.digits), .string(found.key.application), .string(found.key.matchID),
                    .string(found.kind.rawValue), found.side.map { .string($0.rawValue) } ?? .null,
                    .string(found.cause.rawValue),
                ])
            }
            if group == "valid" {
                #expect(JSON.array(found) == vector["transactions"], "\(vector["name"]?.text ?? "")")
            } else {
                #expect(JSON.array(found) != vector["claimed"])
            }
        }
    }

    /// The sheet by comparing rows the plain way, without a message.
    private func sheet(
        _ own: [(record: TransactionRecord, source: UInt64)], _ other: [(record: TransactionRecord, source: UInt64)],
        _ month: CivilMonth
    ) throws -> DifferenceSheet {
        func counts(_ rows: [(record: TransactionRecord, source: UInt64)]) -> [TransactionRecord: Int] {
            Dictionary(rows.filter { $0.record.day.month == month }.map { ($0.record, 1) }, uniquingKeysWith: +)
        }
        func surplus(
            _ rows: [(record: TransactionRecord, source: UInt64)],
            over others: [(record: TransactionRecord, source: UInt64)]
        ) -> [UnequalRecord] {
            let (mine, theirs) = (counts(rows), counts(others))
            let beside = Dictionary(
                others.filter { month.isBeside($0.record.day) }.map { ($0.record.key, $0.record.day) }) { a, _ in a }
            return mine.filter { $0.value > theirs[$0.key] ?? 0 }.map { record, count in
                let same = rows.filter { $0.record.key == record.key && $0.record.day.month == month }
                let sources = Set(same.map(\.source))
                return UnequalRecord(
                    record, occurrences: count, elsewhere: theirs[record] ?? 0, sources: sources.count,
                    neighbour: beside[record.key])
            }
        }
        let none = RecordRoot(Hash(Bytes32((0, 0, 0, 0))), records: 0)
        let narrowed = NarrowedRecords(
            own: none, other: none, ownSurplus: surplus(own, over: other), otherSurplus: surplus(other, over: own))
        var finder = DifferenceFinder(narrowed, month: month)
        for row in own { finder.see(row.record, source: row.source) }
        return finder.sheet()
    }
}
