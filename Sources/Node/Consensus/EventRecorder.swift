// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Glibc
import Synchronization

/// Writes events of consensus and their effects to a file, as they are handled. A file that would grow past its limit
/// becomes the older one of two when the next height begins. What cannot be written is not recorded, and disturbs
/// nothing else. Spec: Protocol/consensus.md §8.
public final class EventRecorder: Sendable {
    private struct State: ~Copyable {
        var descriptor: CInt
        var bytes: Int
        /// Nothing more of this height is recorded.
        var isStopped = false
    }

    private let path: String
    private let bytesLimit: Int
    private let log: LogWriter
    private let state: Mutex<State>

    /// Goes on with a file, after the last line that is whole. It is readable by its owner alone.
    public convenience init(path: String, log: LogWriter) throws(FileFailure) {
        try self.init(path: path, log: log, bytesLimit: NodeLimits.recordedBytes)
    }

    init(path: String, log: LogWriter, bytesLimit: Int) throws(FileFailure) {
        let descriptor = try Self.open(path)
        let whole = try Self.wholeLines(path, descriptor)
        (self.path, self.log, self.bytesLimit) = (path, log, bytesLimit)
        state = Mutex(State(descriptor: descriptor, bytes: whole))
    }

    deinit { state.withLock { _ = close($0.descriptor) } }

    private static func open(_ path: String) throws(FileFailure) -> CInt {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(operation: "record events in", path: path, code: errno) }
        return descriptor
    }

    /// Cuts a line that a crash left unfinished; answers the bytes that stand.
    private static func wholeLines(_ path: String, _ descriptor: CInt) throws(FileFailure) -> Int {
        let bytes = try PlainFile.read(path)
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        if whole < bytes.count, ftruncate(descriptor, whole) != 0 {
            throw FileFailure(operation: "record events in", path: path, code: errno)
        }
        return whole
    }

    /// A height begins.
    func begin(_ start: HeightStart) {
        state.withLock { state in
            if state.bytes > bytesLimit / 2 { turn(&state) }
            state.isStopped = false
            write(EventRecord.line(start), &state)
        }
    }

    /// The core has handled an event.
    func record(_ event: ConsensusEvent, _ effects: [ConsensusEffect], _ voters: VotingSet) {
        state.withLock { state in
            guard !state.isStopped else { return }
            write(EventRecord.line(event, effects, voters), &state)
        }
    }

    /// The file becomes the older one.
    private func turn(_ state: inout State) {
        guard rename(path, path + ".1") == 0, let fresh = try? Self.open(path) else { return }
        close(state.descriptor)
        (state.descriptor, state.bytes) = (fresh, 0)
    }

    private func write(_ line: String, _ state: inout State) {
        let bytes = Array((line + "\n").utf8)
        guard state.bytes + bytes.count <= bytesLimit else { return stop("the file is full", &state) }
        let count = bytes.withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count else {
            let reason = String(cString: strerror(errno))
            if count > 0 { _ = ftruncate(state.descriptor, state.bytes) }
            return stop(reason, &state)
        }
        state.bytes += count
    }

    private func stop(_ reason: String, _ state: inout State) {
        state.isStopped = true
        log(.warning, "record-events", path, result: "stopped", ["reason": reason])
    }
}
