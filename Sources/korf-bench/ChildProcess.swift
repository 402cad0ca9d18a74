// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Another process, of this program where no other is named.
final class ChildProcess: Sendable {
    let process: pid_t
    private let input: Int32
    private let output: Int32

    /// Starts it with `arguments`. With pipes its standard input and output are ours.
    init?(_ arguments: [String], isPiped: Bool, program: String = "/proc/self/exe") {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var (toChild, fromChild): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
        if isPiped {
            guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { return nil }
            for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
            posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
        }
        let words = ([program] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let result = posix_spawnp(&child, program, &actions, nil, words + [nil], environ)
        if isPiped {
            close(toChild[0])
            close(fromChild[1])
        }
        guard result == 0 else { return nil }
        process = child
        input = toChild[1]
        output = fromChild[0]
    }

    /// The next line of its output, without the end of line; `nil` at the end.
    func line() -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Ends its input, which asks it to end.
    func endInput() { close(input) }

    /// Asks it to end by a signal.
    func terminate() { kill(process, SIGTERM) }

    /// Waits for its end and gives its exit code; -1 when a signal ended it.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    }
}
