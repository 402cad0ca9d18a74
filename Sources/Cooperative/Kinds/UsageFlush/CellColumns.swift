// SPDX-License-Identifier: EUPL-1.2

/// Dictionaries and columns of numbers as a flush or statement writes its cells, read into one buffer that the
/// caller reuses. Spec: Protocol/kinds.md §2 and §3.
struct CellColumns: Sendable {
    /// What a dictionary holds.
    enum Names { case applications, parties, classes }

    /// Offset and length of each name, one dictionary after the other.
    private var names: ContiguousArray<Int> = []
    private var dictionaryStarts: ContiguousArray<Int> = []
    private var numbers: ContiguousArray<Int> = []
    /// The number in this state of each name, filled in by the fold.
    var interned: ContiguousArray<UInt32> = []
    private(set) var cellCount = 0
    private(set) var columnCount = 0

    /// How many names the dictionaries hold together.
    var nameCount: Int { names.count / 2 }

    /// Where a dictionary begins among the names.
    @inline(__always)
    func start(ofDictionary dictionary: Int) -> Int { dictionaryStarts[dictionary] }

    func nameCount(ofDictionary dictionary: Int) -> Int {
        let next = dictionary + 1 < dictionaryStarts.count ? dictionaryStarts[dictionary + 1] : nameCount
        return next - dictionaryStarts[dictionary]
    }

    /// The bytes of a name.
    @inline(__always)
    func name(_ position: Int, in cursor: BodyCursor) -> UnsafeRawBufferPointer {
        cursor.bytes(from: names[position * 2], count: names[position * 2 + 1])
    }

    /// The number in a column of a cell.
    @inline(__always)
    func number(_ column: Int, _ cell: Int) -> Int { numbers[column * cellCount + cell] }

    mutating func reset() {
        names.removeAll(keepingCapacity: true)
        dictionaryStarts.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        interned.removeAll(keepingCapacity: true)
        cellCount = 0
    }

    /// Reads a dictionary: names of the right form, strictly ascending.
    mutating func readNames(_ kind: Names, _ cursor: inout BodyCursor) throws(VoidReason) {
        guard let count = cursor.array() else { throw .cellsShape }
        dictionaryStarts.append(nameCount)
        var previous: UnsafeRawBufferPointer?
        for _ in 0..<count {
            guard let name = cursor.text(), Self.isValid(name, kind) else { throw .cellsName }
            if let previous, !previous.precedes(name) { throw .cellsOrder }
            previous = name
            names.append(cursor.position - name.count)
            names.append(name.count)
        }
    }

    private static func isValid(_ name: UnsafeRawBufferPointer, _ kind: Names) -> Bool {
        switch kind {
        case .applications: SlugText.isValid(name, longest: CooperativeLimits.applicationBytes)
        case .parties: name.isOIN
        case .classes: SlugText.isValid(name, longest: CooperativeLimits.tariffClassBytes)
        }
    }

    /// Reads `count` columns of one length.
    mutating func readColumns(
        _ count: Int, lengths: ClosedRange<Int>, _ cursor: inout BodyCursor
    ) throws(VoidReason) {
        guard cursor.array() == count else { throw .cellsShape }
        columnCount = count
        for column in 0..<count {
            guard let length = cursor.array(), column == 0 || length == cellCount else { throw .cellsShape }
            if column == 0 {
                guard lengths.contains(length) else { throw .cellsCount }
                cellCount = length
            }
            for _ in 0..<length {
                guard let number = cursor.unsigned() else { throw .cellsShape }
                numbers.append(number)
            }
        }
    }

    /// Demands that the cells ascend strictly by their first `keyColumns` columns, that `column` of each
    /// dictionary holds positions of it, and that each name is used. One dictionary may be read by two columns.
    func check(keyColumns: Int, dictionaries: [(dictionary: Int, columns: ClosedRange<Int>)]) throws(VoidReason) {
        for cell in 1..<max(1, cellCount) {
            var column = 0
            while column < keyColumns, number(column, cell - 1) == number(column, cell) { column += 1 }
            guard column < keyColumns, number(column, cell - 1) < number(column, cell) else { throw .cellsOrder }
        }
        for (dictionary, columns) in dictionaries {
            let nameCount = nameCount(ofDictionary: dictionary)
            var used: UInt64 = 0
            var usedBeyond: Set<Int> = []
            for column in columns {
                for cell in 0..<cellCount {
                    let position = number(column, cell)
                    guard position < nameCount else { throw .cellsName }
                    if position < 64 { used |= 1 << UInt64(position) } else { usedBeyond.insert(position) }
                }
            }
            guard used.nonzeroBitCount + usedBeyond.count == nameCount else { throw .cellsName }
        }
    }

    /// Demands that the columns from `first` on are counters.
    func checkCounters(from first: Int) throws(VoidReason) {
        for column in first..<first + 4 {
            for cell in 0..<cellCount where number(column, cell) > Int(UsageCounters.largest) {
                throw .cellsCounter
            }
        }
    }

    /// The four counters and the inbox position of a cell, in five columns from `first`.
    @inline(__always)
    func counters(from first: Int, _ cell: Int) -> UsageCounters {
        UsageCounters(
            eventsCounted: Int64(number(first, cell)), eventsRetracted: Int64(number(first + 1, cell)),
            quantityCounted: Int64(number(first + 2, cell)), quantityRetracted: Int64(number(first + 3, cell)),
            inboxPosition: Int64(number(first + 4, cell)))
    }
}

extension UnsafeRawBufferPointer {
    /// Twenty ASCII digits.
    fileprivate var isOIN: Bool {
        guard count == 20 else { return false }
        for offset in 0..<20 where !(0x30...0x39).contains(self[offset]) { return false }
        return true
    }
}

extension VoidReason {
    /// The dictionaries or columns are not of their form.
    public static let cellsShape = VoidReason("cells-shape")
    /// A name of another form, a position past its dictionary, or a name that no cell uses.
    public static let cellsName = VoidReason("cells-name")
    /// Names or cells out of order, or one twice.
    public static let cellsOrder = VoidReason("cells-order")
    /// Too few or too many cells.
    public static let cellsCount = VoidReason("cells-count")
    /// A counter above 2^62, a side that is not 0 or 1, or a month that does not exist.
    public static let cellsCounter = VoidReason("cells-number")
    /// A cell of a side that is not the author's; the other cells count.
    public static let cellSide = VoidReason("cell-side")
    /// A cell that retracts more than it counts; the other cells count.
    public static let cellRetracted = VoidReason("cell-retracted")
}
