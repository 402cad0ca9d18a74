// SPDX-License-Identifier: EUPL-1.2

import Glibc

/// Sole owner of a file mapped for reading, so that a large one is hashed or copied without being in memory.
struct MappedFile: ~Copyable {
    private let start: UnsafeMutableRawPointer?
    let byteCount: Int

    init(_ path: String) throws(StorageFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DurableFile.failure("open", path) }
        defer { close(descriptor) }
        let count = try DurableFile.byteCount(path)
        guard count > 0 else {
            start = nil
            byteCount = 0
            return
        }
        let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let mapped, mapped != MAP_FAILED else { throw DurableFile.failure("mmap", path) }
        start = mapped
        byteCount = count
    }

    deinit { if let start { munmap(start, byteCount) } }

    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: start, count: byteCount))
    }
}
