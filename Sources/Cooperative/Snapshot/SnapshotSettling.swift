// SPDX-License-Identifier: EUPL-1.2
import Journal

// The rows of settling as they go into chunks, and back.
extension StanceTable.Row {
    func write(to writer: inout ChunkWriter) {
        writer.word(word)
        for number in [key.log, key.application, key.provider, key.consumer, key.tariffClass] {
            writer.number(Int(number))
        }
        writer.number(Int(key.month))
        writer.number(index)
        writer.hash(leaf)
        writer.number(stance.code)
        writer.optional(stance.quantity.map { Int($0) })
        writer.bool(commitment != nil)
        if let commitment { writer.hash(commitment) }
        writer.number(judge)
        writer.optional(disputedSince)
    }

    init(_ reader: inout ChunkReader, _ counts: TableCounts) {
        let word = reader.word()
        let key = StanceTable.Key(
            log: UInt32(reader.number(below: counts.logs)),
            application: UInt32(reader.number(below: counts.applications)),
            provider: UInt32(reader.number(below: counts.parties)),
            consumer: UInt32(reader.number(below: counts.parties)),
            tariffClass: UInt32(reader.number(below: counts.classes)),
            month: Int32(reader.number(below: 1 << 16)))
        let index = reader.number()
        let leaf: Hash = reader.hash()
        let code = reader.number()
        let said = CellStance.Word(code: code, quantity: reader.optional().map { Int64($0) })
        if said == nil { reader.fail() }
        let commitment: TextCommitment? = reader.bool() ? reader.hash() : nil
        let judge = reader.number()
        self.init(
            key: key, word: word, index: index, leaf: leaf, stance: said ?? .withdrawn, commitment: commitment,
            judge: judge, disputedSince: reader.optional())
    }
}

extension CutTable.Row {
    func write(to writer: inout ChunkWriter) {
        writer.word(word)
        writer.number(Int(key.log))
        writer.number(index)
        writer.hash(leaf)
        writer.hash(body)
        writer.number(judge)
        writer.string(cut.encode())
    }

    /// `nil` for what is no cut.
    init?(_ reader: inout ChunkReader, _ parties: inout NameTable, _ counts: TableCounts) {
        let word = reader.word()
        let log = UInt32(reader.number(below: counts.logs))
        let index = reader.number()
        let leaf: Hash = reader.hash()
        let body: Hash = reader.hash()
        let judge = reader.number()
        guard let cut = try? PeriodCut.parse(Array(reader.string())) else { return nil }
        let key = CutTable.Key(
            log: log, month: cut.month.monthNumber, lower: parties.intern(cut.lower.digits),
            higher: parties.intern(cut.higher.digits), epoch: cut.epoch)
        self.init(key: key, word: word, index: index, leaf: leaf, body: body, judge: judge, cut: cut)
    }
}

extension PeriodTable.Row {
    func write(to writer: inout ChunkWriter) {
        writer.word(word)
        writer.number(ending.rawValue)
        writer.hash(body)
        writer.number(closing)
        writer.string(cut.encode())
    }

    /// `nil` for what is no closed period.
    init?(_ reader: inout ChunkReader, _ state: inout CooperativeState) {
        let word = reader.word()
        let ending = PeriodEnding(rawValue: reader.number())
        let body: Hash = reader.hash()
        let closing = reader.number()
        guard let ending, let cut = try? PeriodCut.parse(Array(reader.string())) else { return nil }
        self.init(
            key: state.periodKey(cut), word: word, ending: ending, cut: cut, body: body, closing: closing)
    }
}

extension BillingTable.Row {
    func write(to writer: inout ChunkWriter) {
        writer.word(word)
        writer.number(key.number)
        writer.number(Int(billingMonth))
        writer.hash(body)
        writer.string(counts.encode())
    }

    /// `nil` for what was never billed.
    init?(_ reader: inout ChunkReader, _ state: inout CooperativeState) {
        let word = reader.word()
        let number = reader.number()
        let month = Int32(reader.number(below: 1 << 16))
        let body: Hash = reader.hash()
        guard let counts = try? PeriodCut.parse(Array(reader.string())) else { return nil }
        let key = BillingTable.Key(period: state.periodKey(counts), number: number)
        self.init(key: key, word: word, billingMonth: month, body: body, counts: counts)
    }
}

extension DecidedCountTable.Row {
    func write(to writer: inout ChunkWriter) {
        writer.word(word)
        for number in [key.application, key.provider, key.consumer, key.tariffClass] { writer.number(Int(number)) }
        writer.number(Int(key.month))
        writer.number(Int(log))
        writer.number(index)
        writer.number(Int(quantity))
        writer.optional(providerCount.map { Int($0) })
        writer.optional(consumerCount.map { Int($0) })
    }

    init(_ reader: inout ChunkReader, _ counts: TableCounts) {
        let word = reader.word()
        let key = DecidedCountTable.Key(
            application: UInt32(reader.number(below: counts.applications)),
            provider: UInt32(reader.number(below: counts.parties)),
            consumer: UInt32(reader.number(below: counts.parties)),
            tariffClass: UInt32(reader.number(below: counts.classes)), month: Int32(reader.number(below: 1 << 16)))
        let log = UInt32(reader.number(below: counts.logs))
        let index = reader.number()
        let quantity = Int64(reader.number())
        let provider = reader.optional().map { Int64($0) }
        self.init(
            key: key, word: word, log: log, index: index, quantity: quantity, providerCount: provider,
            consumerCount: reader.optional().map { Int64($0) })
    }
}
