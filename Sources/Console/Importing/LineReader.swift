// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Sole owner of an open file that is read line by line, whatever its size. `-` is standard input.
struct LineReader: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    /// Lines given so far.
    private(set) var lineNumber = 0

    init(_ path: String) throws(ConsoleFailure) {
        self.path = path
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ConsoleFailure(.finding, "\(path): cannot open: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// The next line without its line end; `nil` at the end.
    mutating func next() throws(ConsoleFailure) -> [UInt8]? {
        while true {
            if let end = buffer[position...].firstIndex(of: 0x0A) {
                defer { position = end + 1 }
                return take(end)
            }
            if isAtEnd {
                guard position < buffer.count else { return nil }
                defer { position = buffer.count }
                return take(buffer.count)
            }
            guard buffer.count - position <= ImportLimits.lineBytes else {
                throw ConsoleFailure(
                    .finding, "\(path): line \(lineNumber + 1): is longer than \(ImportLimits.lineBytes) bytes.")
            }
            try fill()
        }
    }

    private mutating func take(_ end: Int) -> [UInt8] {
        lineNumber += 1
        let stop = end > position && buffer[end - 1] == 0x0D ? end - 1 : end
        return Array(buffer[position..<stop])
    }

    private mutating func fill() throws(ConsoleFailure) {
        buffer.removeFirst(position)
        position = 0
        var chunk = [UInt8](repeating: 0, count: ImportLimits.chunkBytes)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ConsoleFailure(.finding, "\(path): cannot read: \(String(cString: strerror(errno)))")
            }
            if count == 0 { isAtEnd = true } else { buffer += chunk[..<count] }
            return
        }
    }
}
