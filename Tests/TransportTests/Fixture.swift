// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Journal
import Synchronization
@testable import Transport

/// A member for tests: a leaf of a test authority.
struct Member {
    let oin: OIN
    let leaf: TestAuthority.Leaf
    let identity: TLSIdentity

    var expected: ExpectedPeer { ExpectedPeer(oin: oin, pins: [leaf.pin]) }

    init(_ authority: TestAuthority, _ number: Int = 1, keyPEM: [UInt8]? = nil) throws {
        oin = Member.oin(number)
        leaf = try authority.leaf(
            for: CertificateSubject(oin: oin, organization: "Gemeente Test \(number)", hostName: "localhost"),
            keyPEM: keyPEM
        )
        identity = try TLSIdentity(chainPEM: leaf.chainPEM, keyPEM: leaf.keyPEM)
    }

    static func oin(_ number: Int) -> OIN {
        let digits = String(number)
        return OIN("00000099" + String(repeating: "0", count: 12 - digits.count) + digits)!
    }
}

/// Counts what reached the handler, and answers.
final class Recorder: Sendable {
    private let requests = Mutex<[HTTPRequest]>([])
    var all: [HTTPRequest] { requests.withLock { $0 } }
    var count: Int { requests.withLock { $0.count } }
    func record(_ request: HTTPRequest) { requests.withLock { $0.append(request) } }

    /// Echoes the body.
    var echo: @Sendable (HTTPRequest) async -> HTTPResponse {
        { [self] request in
            record(request)
            return HTTPResponse(contentType: "application/octet-stream", body: request.body)
        }
    }
}

/// Waits for a condition, never for luck.
func eventually(
    within milliseconds: UInt64 = 8_000, _ condition: () -> Bool
) async -> Bool {
    let deadline = Monotonic.now() + milliseconds
    while !condition() {
        if Monotonic.now() > deadline { return false }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return true
}

/// Runs what blocks on a thread of its own: handlers need the pool that a test would block.
func offPool<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        do throws(ServerFailure) {
            try OwnThread { continuation.resume(returning: body()) }.detach()
        } catch {
            preconditionFailure("no thread: \(error)")
        }
    }
}

/// A fresh directory, removed with its content at the end.
final class Directory {
    let path: String
    init() {
        var template = Array("/tmp/korf-transport-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }
    deinit {
        for name in names { unlink(path + "/" + name) }
        rmdir(path)
    }
    private var names: [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            })
        }
        return names
    }
}

/// A raw TCP or unix connection that a test drives byte by byte. Blocking, with a time limit.
final class RawSocket: Sendable {
    let descriptor: CInt

    init(port: UInt16, receiveBuffer: CInt? = nil) {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<CInt>.size))
        }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit { close(descriptor) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Int { Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) }
    @discardableResult
    func send(_ text: String) -> Int { send(Array(text.utf8)) }

    /// Everything until the other side ends, or `nil` if it does not within the limit.
    func readToEnd() async -> [UInt8]? { await offPool { self.blockingReadToEnd() } }

    /// `readToEnd` as text, empty where it is `nil`.
    func textToEnd() async -> String { String(decoding: await readToEnd() ?? [], as: UTF8.self) }

    private func blockingReadToEnd() -> [UInt8]? {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { return all }
            if count < 0 { return errno == ECONNRESET ? all : nil }
            all += buffer[..<count]
        }
    }

    /// At least one byte if any comes.
    func readSome(_ limit: Int = 65_536) async -> [UInt8] {
        await offPool {
            var buffer = [UInt8](repeating: 0, count: limit)
            return Array(buffer[..<max(recv(self.descriptor, &buffer, limit, 0), 0)])
        }
    }
}
