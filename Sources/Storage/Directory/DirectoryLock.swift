// SPDX-License-Identifier: EUPL-1.2

import Glibc

/// Sole right of this process to a data directory, until it is released or the process ends.
struct DirectoryLock: ~Copyable {
    private let descriptor: CInt

    /// Refuses within a second when another process holds the directory.
    init(_ path: String) throws(StorageFailure) {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw DurableFile.failure("open", path) }
        var waitedMilliseconds = 0
        while flock(opened, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            guard code == EWOULDBLOCK || code == EINTR else {
                close(opened)
                throw .file(operation: "flock", path: path, code: code)
            }
            guard waitedMilliseconds < Limits.lockMilliseconds else {
                close(opened)
                throw .inUse(path: DurableFile.parent(of: path))
            }
            usleep(50_000)
            waitedMilliseconds += 50
        }
        descriptor = opened
    }

    // Closing releases the lock; the file stays, since removing it would race with the next process.
    deinit { close(descriptor) }
}
