// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// The release binaries that stand beside this one, stripped of symbols in a copy.
enum Sizes {
    private static let limitBytes = 20_000_000

    static func run(_ workspace: Workspace) async throws {
        let folder = try ownFolder()
        for name in ["korfd", "korf"] {
            let binary = "\(folder)/\(name)"
            guard access(binary, R_OK) == 0 else {
                Bench.complain("sizes: \(name) is not built beside this program; `make build` does it")
                continue
            }
            let copy = "\(workspace.path)/\(name)"
            try Workspace.write(try Workspace.read(binary), to: copy)
            let watch = Stopwatch()
            try strip(copy)
            var figure = Figure("size", "\(name), release, stripped")
            figure.wallSeconds = watch.wallSeconds
            figure.bytes = try Workspace.read(copy).count
            figure.residentBytes = Measure.peakBytes()
            figure.limit = "\(limitBytes) bytes"
            figure.isMet = figure.bytes <= limitBytes
            figure.print()
        }
    }

    private static func ownFolder() throws -> String {
        guard let real = realpath("/proc/self/exe", nil) else { throw BenchFailure("this program's folder is unknown") }
        defer { free(real) }
        let path = String(cString: real)
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    private static func strip(_ path: String) throws {
        let child = ChildProcess([path], isPiped: false, program: "strip")
        try demand(child?.wait() == 0, "`strip` cannot be run; it is in the package binutils")
    }
}
