// SPDX-License-Identifier: EUPL-1.2

/// Rows of one table in pages of a fixed size, so that growing copies nothing and a snapshot writes only the
/// pages that changed.
struct PagedRows<Row: Sendable>: Sendable {
    private(set) var pages: [ContiguousArray<Row>] = []
    private var dirty: [Bool] = []
    private let rowsPerPage: Int
    private let shift: Int
    /// How many rows there are.
    private(set) var count = 0

    /// `rowsPerPage` is a power of two.
    init(rowsPerPage: Int) {
        precondition(rowsPerPage.nonzeroBitCount == 1)
        self.rowsPerPage = rowsPerPage
        shift = rowsPerPage.trailingZeroBitCount
    }

    /// Reading a row; changing one marks its page.
    subscript(number: UInt32) -> Row {
        @inline(__always) _read { yield pages[Int(number) >> shift][Int(number) & (rowsPerPage - 1)] }
        @inline(__always) _modify {
            let page = Int(number) >> shift
            dirty[page] = true
            yield &pages[page][Int(number) & (rowsPerPage - 1)]
        }
    }

    /// Adds a row and answers its number.
    mutating func append(_ row: Row) -> UInt32 {
        let page = count >> shift
        if page == pages.count {
            var fresh = ContiguousArray<Row>()
            fresh.reserveCapacity(rowsPerPage)
            pages.append(fresh)
            dirty.append(true)
        }
        pages[page].append(row)
        dirty[page] = true
        defer { count += 1 }
        return UInt32(count)
    }

    /// The number of the first row of a page.
    func firstNumber(ofPage page: Int) -> UInt32 { UInt32(page << shift) }

    /// The numbers of the pages that changed since this was last asked.
    mutating func takeDirtyPages() -> [Int] {
        let numbers = dirty.indices.filter { dirty[$0] }
        for number in numbers { dirty[number] = false }
        return numbers
    }

    /// Takes no row as saved.
    mutating func markDirty() { for page in dirty.indices { dirty[page] = true } }

    /// Takes the rows as saved already.
    mutating func markClean() { for page in dirty.indices { dirty[page] = false } }
}
