// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// The folder in which `korf` was called.
enum WorkingFolder {
    static var path: String {
        guard let buffer = getcwd(nil, 0) else { return "." }
        defer { free(buffer) }
        return String(cString: buffer)
    }
}
