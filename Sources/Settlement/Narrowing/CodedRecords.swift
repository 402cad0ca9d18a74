// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What one side counted with another in a month, as codes in order; a code may stand more than once. Twenty-four
/// bytes are kept of each record. Spec: Protocol/comparison.md §2.
public struct CodedRecords: Sendable {
    /// A code, and where its owner finds the record again.
    struct Element {
        let code: RecordCode
        let place: UInt64
    }

    /// How many leaves the tree has: one for each first byte of a code.
    public static let leafCount = 256

    /// How many records there are.
    public private(set) var count = 0
    private var buckets = [ContiguousArray<Element>](repeating: [], count: leafCount)
    private var isSealed = true

    /// Nothing yet; with an expected count memory is taken at once.
    public init(expecting count: Int = 0) {
        let share = count / Self.leafCount
        guard share > 0 else { return }
        for index in buckets.indices { buckets[index].reserveCapacity(share + share / 16 + 16) }
    }

    /// Adds the code of a record in any order. `place` is the owner's own.
    public mutating func add(_ code: RecordCode, place: UInt64) {
        buckets[Int(code.high >> 56)].append(Element(code: code, place: place))
        count += 1
        isSealed = false
    }

    /// Puts the codes in order; everything below asks for it.
    public mutating func seal() {
        guard !isSealed else { return }
        for index in buckets.indices {
            var bucket = ContiguousArray<Element>()
            swap(&bucket, &buckets[index])
            buckets[index] = CodeOrder.sorted(bucket)
        }
        isSealed = true
    }

    /// The hash of each leaf: of the codes that begin with one byte, one after another.
    public func leafHashes(_ hashing: some Hashing) -> [Hash] {
        precondition(isSealed, "codes are sealed before they are hashed")
        var bytes: [UInt8] = []
        return buckets.map { bucket in
            CodeBytes.lay(bucket.lazy.map(\.code), count: bucket.count, into: &bytes)
            return hashing.leafHash(bytes)
        }
    }

    /// The root over the leaves, which statements carry.
    public func root(_ hashing: some Hashing) -> Hash { Self.root(of: leafHashes(hashing), hashing) }

    /// The root over leaves.
    static func root(of leaves: [Hash], _ hashing: some Hashing) -> Hash {
        var edge = RightEdge()
        edge.append(leaves: leaves, hashing)
        return edge.root(hashing)
    }

    /// The sum of each leaf, modulo 2^64.
    func leafSums() -> [UInt64] { buckets.map { $0.reduce(0) { $0 &+ $1.code.low } } }

    /// The codes that begin with a byte.
    func bucket(_ index: Int) -> ContiguousArray<Element> { buckets[index] }

    /// The elements of a range.
    func elements(in range: CodeRange) -> ArraySlice<Element> {
        let bucket = buckets[range.leaf]
        let (from, through) = range.bounds
        let start = Self.firstIndex(in: bucket, notBelow: from)
        var end = start
        while end < bucket.count, bucket[end].code.high <= through { end += 1 }
        return bucket[start..<end]
    }

    /// How many records a range holds.
    func count(in range: CodeRange) -> Int {
        let bucket = buckets[range.leaf]
        let (from, through) = range.bounds
        let start = Self.firstIndex(in: bucket, notBelow: from)
        let end = through == .max ? bucket.count : Self.firstIndex(in: bucket, notBelow: through + 1)
        return end - start
    }

    /// Adds up each of the `1 << bits` parts of a range, and tells how many records each holds.
    func forEachPart(of range: CodeRange, bits: Int, _ visit: (_ part: Int, _ sum: UInt64, _ count: Int) -> Void) {
        let bucket = buckets[range.leaf]
        let (from, through) = range.bounds
        let shift = UInt64(64 - range.level - bits)
        let mask = UInt64(1) << UInt64(bits) - 1
        bucket.withUnsafeBufferPointer { elements in
            var index = Self.firstIndex(in: bucket, notBelow: from)
            for part in 0...mask {
                var (sum, count) = (UInt64(0), 0)
                while index < elements.count, elements[index].code.high <= through,
                      elements[index].code.high >> shift & mask == part {
                    sum &+= elements[index].code.low
                    count += 1
                    index += 1
                }
                visit(Int(part), sum, count)
            }
        }
    }

    private static func firstIndex(in bucket: ContiguousArray<Element>, notBelow high: UInt64) -> Int {
        bucket.withUnsafeBufferPointer { elements in
            var (low, end) = (0, elements.count)
            while low < end {
                let middle = (low + end) / 2
                if elements[middle].code.high < high { low = middle + 1 } else { end = middle }
            }
            return low
        }
    }
}

/// Codes as the bytes that are hashed and counted.
enum CodeBytes {
    /// Writes codes one after another, sixteen bytes each.
    static func lay(_ codes: some Sequence<RecordCode>, count: Int, into bytes: inout [UInt8]) {
        bytes = [UInt8](unsafeUninitializedCapacity: count * 16) { memory, filled in
            let raw = UnsafeMutableRawBufferPointer(memory)
            for code in codes {
                raw.storeBytes(of: code.high.bigEndian, toByteOffset: filled, as: UInt64.self)
                raw.storeBytes(of: code.low.bigEndian, toByteOffset: filled + 8, as: UInt64.self)
                filled += 16
            }
        }
    }
}

/// Sorting of codes, which are spread evenly: a pass by their next bits leaves a few in each place.
enum CodeOrder {
    private static let fewest = 64

    static func sorted(_ elements: ContiguousArray<CodedRecords.Element>) -> ContiguousArray<CodedRecords.Element> {
        guard elements.count > fewest else { return ContiguousArray(elements.sorted(by: precedes)) }
        let bits = min(16, max(1, Int.bitWidth - 3 - elements.count.leadingZeroBitCount))
        let shift = UInt64(56 - bits)
        let mask = UInt64(1) << UInt64(bits) - 1
        var starts = [Int](repeating: 0, count: 1 << bits + 1)
        for element in elements { starts[Int(element.code.high >> shift & mask) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var next = starts
        return ContiguousArray(unsafeUninitializedCapacity: elements.count) { memory, filled in
            guard let base = memory.baseAddress else { return }
            for element in elements {
                let place = Int(element.code.high >> shift & mask)
                (base + next[place]).initialize(to: element)
                next[place] += 1
            }
            filled = elements.count
            for (start, end) in zip(starts, starts.dropFirst()) where end - start > 1 {
                sort(UnsafeMutableBufferPointer(rebasing: memory[start..<end]))
            }
        }
    }

    private static func sort(_ part: UnsafeMutableBufferPointer<CodedRecords.Element>) {
        var part = part
        guard part.count <= fewest else { return part.sort(by: precedes) }
        for index in 1..<part.count {
            let element = part[index]
            var place = index
            while place > 0, precedes(element, part[place - 1]) {
                part[place] = part[place - 1]
                place -= 1
            }
            part[place] = element
        }
    }

    private static func precedes(_ left: CodedRecords.Element, _ right: CodedRecords.Element) -> Bool {
        left.code == right.code ? left.place < right.place : left.code < right.code
    }
}
