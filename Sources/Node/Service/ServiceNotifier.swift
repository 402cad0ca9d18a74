// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Tells systemd how the service is (sd_notify(3)): one datagram to `NOTIFY_SOCKET`. Without that
/// variable it does nothing.
public struct ServiceNotifier: Sendable {
    private let address: String?

    /// Reads `NOTIFY_SOCKET`.
    public init() { address = getenv("NOTIFY_SOCKET").map { String(cString: $0) } }

    /// The start is complete.
    public func ready(status: String) { send("READY=1\nSTATUS=\(status)") }

    /// A line for `systemctl status`.
    public func status(_ text: String) { send("STATUS=\(text)") }

    /// Still alive (`WatchdogSec=`).
    public func watchdog() { send("WATCHDOG=1") }

    /// The end has begun.
    public func stopping() { send("STOPPING=1") }

    private func send(_ text: String) {
        guard let address, address.hasPrefix("/") || address.hasPrefix("@") else { return }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        var path = Array(address.utf8)
        // An abstract name begins with a zero byte; systemd spells it "@".
        if path[0] == UInt8(ascii: "@") { path[0] = 0 }
        guard path.count < MemoryLayout.size(ofValue: name.sun_path) else { return }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let message = Array(text.utf8)
        withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = message.withUnsafeBytes { sendto(descriptor, $0.baseAddress, $0.count, 0, generic, length) }
            }
        }
    }
}
