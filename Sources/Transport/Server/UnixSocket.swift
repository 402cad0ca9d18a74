// SPDX-License-Identifier: EUPL-1.2
import CLinux
import Glibc

/// Socket files: who may connect, and when a file may be replaced.
enum UnixSocket {
    /// Binds `path` with mode 0660. A socket on which nobody answers is replaced, since a node that
    /// was killed leaves one behind; one on which a process answers is never taken over.
    static func bind(_ path: String) throws(ServerFailure) -> (CInt, ino_t) {
        guard path.utf8.count <= Limit.socketPathBytes, !path.utf8.contains(0) else {
            throw .socketPathTooLong(path)
        }
        try removeStale(path)
        let descriptor = try newSocket()
        let bound = withAddress(path) { Glibc.bind(descriptor, $0, $1) }
        guard bound == 0 else {
            let code = errno
            close(descriptor)
            throw code == EADDRINUSE ? .addressInUse(path) : .system(call: "bind", errno: code)
        }
        // Before listen(2), so that nobody connects under a wider mode.
        guard chmod(path, 0o660) == 0, let inode = inode(of: path) else {
            let code = errno
            close(descriptor)
            throw .system(call: "chmod", errno: code)
        }
        return (descriptor, inode)
    }

    /// Who is at the other end of a connected socket, by the kernel's word at the time of connect.
    static func caller(of descriptor: CInt) -> Caller? {
        var uid: UInt32 = 0
        var gid: UInt32 = 0
        var pid: Int32 = 0
        guard korf_peer_credentials(descriptor, &uid, &gid, &pid) == 0 else { return nil }
        return .local(uid: uid, gid: gid, pid: pid)
    }

    static func inode(of path: String) -> ino_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_ino : nil
    }

    private static func removeStale(_ path: String) throws(ServerFailure) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        let probe = try newSocket()
        defer { close(probe) }
        let connected = withAddress(path) { connect(probe, $0, $1) }
        // Only ECONNREFUSED proves that no process listens; a full backlog (EAGAIN) is a live one.
        guard connected != 0, errno == ECONNREFUSED else { throw .addressInUse(path) }
        unlink(path)
    }

    private static func newSocket() throws(ServerFailure) -> CInt {
        let type = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        return descriptor
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
