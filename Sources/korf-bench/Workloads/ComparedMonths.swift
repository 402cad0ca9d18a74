// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement

/// Two members' records of one month in memory, with planted defects that are known: as lists a reader of files would
/// make, and written as CSV for other programs.
struct ComparedMonths {
    static let month = CivilMonth("2026-10")
    static let provider = OIN("00000099000000000001")
    static let consumer = OIN("00000099000000000002")
    static let applications = ["corv", "subsidiesysteem", "zaaksysteem"]
    static let classes = ["standaard", "spoed"]

    /// One record, its names as numbers.
    struct Row {
        var application: UInt8
        var tariffClass: UInt8
        var day: UInt8
        var quantity: Int64
        var matchID: String
    }

    /// A record while the order of receipt is drawn; then its text is made, so that records lie in memory as received.
    private struct Draft {
        var application: UInt8
        var tariffClass: UInt8
        var day: UInt8
        var quantity: Int64
        let high: UInt64
        let low: UInt64

        var row: Row {
            Row(
                application: application, tariffClass: tariffClass, day: day, quantity: quantity,
                matchID: ComparedMonths.uuid(high, low))
        }
    }

    /// What is wrong with a planted transaction.
    enum Defect: UInt8, CaseIterable {
        case missingAtConsumer, missingAtProvider, doubledAtProvider, doubledAtConsumer, otherQuantity, otherClass
        case otherDay
    }

    private(set) var provider: [Row] = []
    private(set) var consumer: [Row] = []
    private(set) var defects: [String: Defect] = [:]

    /// - Parameters:
    ///   - count: transactions, nearly all of which both sides have.
    ///   - defectCount: how many of them are wrong.
    init(count: Int, defects defectCount: Int, seed: UInt64 = 10) throws(BenchFailure) {
        guard let first = Self.month?.firstDay else { throw BenchFailure("the month exists") }
        var random = SeededRandom(seed: seed)
        var (provider, consumer): ([Draft], [Draft]) = ([], [])
        let step = count / defectCount
        let start = Int64(first.dayNumber) * 86_400_000
        for number in 0..<count {
            let moment = start + Int64(number) * 31 * 86_400_000 / Int64(count)
            let row = Draft(
                application: UInt8(random.below(3)), tariffClass: UInt8(random.below(2)),
                day: UInt8((moment - start) / 86_400_000) + 1, quantity: Int64(1 + random.below(4)),
                high: UInt64(moment) << 16 | 0x7000 | random.next() & 0xFFF, low: random.next() >> 2 | 1 << 63)
            if number % step == 0, defects.count < defectCount {
                plant(row, Defect.allCases[random.below(Defect.allCases.count)], &provider, &consumer)
            } else {
                provider.append(row)
                consumer.append(row)
            }
        }
        provider.shuffle(using: &random)
        consumer.shuffle(using: &random)
        self.provider = provider.map(\.row)
        self.consumer = consumer.map(\.row)
    }

    private mutating func plant(
        _ row: Draft, _ defect: Defect, _ provider: inout [Draft], _ consumer: inout [Draft]
    ) {
        defects[row.row.matchID] = defect
        var changed = row
        switch defect {
        case .missingAtConsumer: return provider.append(row)
        case .missingAtProvider: return consumer.append(row)
        case .doubledAtProvider: provider.append(row)
        case .doubledAtConsumer: consumer.append(row)
        case .otherQuantity: changed.quantity += 3
        case .otherClass: changed.tariffClass = 1 - row.tariffClass
        case .otherDay: changed.day = row.day == 31 ? 30 : row.day + 1
        }
        provider.append(row)
        consumer.append(changed)
    }

    /// A UUID of version 7.
    private static func uuid(_ high: UInt64, _ low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { bytes in
            var at = 0
            for nibble in 0..<32 {
                if [8, 12, 16, 20].contains(nibble) {
                    bytes[at] = UInt8(ascii: "-")
                    at += 1
                }
                let word = nibble < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - nibble % 16 * 4) & 0xF)
                bytes[at] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                at += 1
            }
            return 36
        }
    }

    /// `application,class,day,match id,quantity`, a line a record.
    static func csv(_ rows: [Row]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.count * 64)
        for row in rows {
            let application = applications[Int(row.application)], tariffClass = classes[Int(row.tariffClass)]
            bytes.append(contentsOf: "\(application),\(tariffClass),\(row.day),".utf8)
            bytes.append(contentsOf: row.matchID.utf8)
            bytes.append(contentsOf: ",\(row.quantity)\n".utf8)
        }
        return bytes
    }
}
