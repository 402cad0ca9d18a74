// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Glibc
import Node

/// Founder 0's daemon in a process of its own: the same composition as `korfd`, on a store of the workspace.
struct DaemonProcess {
    let socket: String
    private let child: ChildProcess

    var process: pid_t { child.process }

    /// Starts it and waits until its socket takes connections; looked at every millisecond.
    init(_ workspace: Workspace, _ network: BenchNetwork, name: String, data: String) throws {
        let folder = workspace.folder(name)
        let socket = "\(folder)/korf.sock"
        if !workspace.exists("\(name)/korf.yaml") { try Self.configure(workspace, network, folder, data, socket) }
        try self.init(configuration: "\(folder)/korf.yaml", socket: socket)
    }

    /// The same with a configuration that stands.
    init(configuration: String, socket: String) throws {
        self.socket = socket
        guard let child = ChildProcess(["--daemon", configuration], isPiped: false) else {
            throw BenchFailure("the daemon did not start")
        }
        self.child = child
        let deadline = Measure.wallSeconds() + 60
        while !canConnect {
            try demand(Measure.wallSeconds() < deadline, "the daemon was not ready within a minute")
            try demand(kill(child.process, 0) == 0, "the daemon ended early")
            usleep(1_000)
        }
    }

    /// Ends it by SIGTERM.
    func stop() throws {
        child.terminate()
        try demand(child.wait() == 0, "the daemon did not end cleanly")
    }

    private static func configure(
        _ workspace: Workspace, _ network: BenchNetwork, _ folder: String, _ data: String, _ socket: String
    ) throws {
        try BenchNetwork.signer(0).store(in: "\(folder)/log.key")
        try BenchNetwork.agreement(0).store(in: "\(folder)/agreement.key")
        try Workspace.write(network.genesis.bytes, to: "\(folder)/genesis")
        let tls = "\(workspace.path)/tls"
        let text = """
            data: \(data)
            externalHead: \(try BenchNode.headFile(of: data))
            logKey: log.key
            agreementKey: agreement.key
            genesis: genesis
            tls:
              certificate: \(tls)/0.pem
              key: \(tls)/0.key
              anchors: \(tls)/anchors.pem
            listen: "127.0.0.1:0"
            socket: \(socket)
            log: warning

            """
        try Workspace.write(Array(text.utf8), to: "\(folder)/korf.yaml")
    }

    private var canConnect: Bool {
        let descriptor = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8.prefix(107)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
