// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Glibc
import Journal
import Transport

/// A small network whose members all run a daemon on loopback, with the timings of a demo.
struct CouncilNetwork {
    static let memberCount = 7
    static let organ = "alv"

    let suite = OpenSSLSuite()
    let genesis: Genesis
    let ports: [UInt16]
    private let workspace: Workspace

    /// Makes keys, certificates and the genesis in a folder of the workspace.
    init(_ workspace: Workspace) throws {
        self.workspace = workspace
        ports = try (0..<Self.memberCount).map { _ in try Self.freePort() }
        let authority = try TestAuthority()
        let folder = workspace.folder("council")
        try Workspace.write(authority.certificatePEM, to: "\(folder)/anchors.pem")
        var draft = GenesisDraft()
        draft.name = "Council"
        draft.date = "2026-01-01"
        for member in 0..<Self.memberCount {
            guard let oin = OIN(BenchNetwork.oin(member)) else { throw BenchFailure("an OIN has twenty digits") }
            let subject = CertificateSubject(oin: oin, organization: "Gemeente \(member)", hostName: "localhost")
            let leaf = try authority.leaf(for: subject)
            try Workspace.write(leaf.chainPEM, to: "\(folder)/\(member).pem")
            try Workspace.write(leaf.keyPEM, to: "\(folder)/\(member).key")
            let identity = try TLSIdentity(chainPath: "\(folder)/\(member).pem", keyPath: "\(folder)/\(member).key")
            draft.founders.append(try BenchNetwork.card(
                member, [TLSPin(identity.summary.pin.value)], endpoints: ["127.0.0.1:\(ports[member])"]))
        }
        draft.cooperative.name = "Council"
        draft.cooperative.books = BenchNetwork.oin(0)
        draft.timings.proposeMilliseconds = 1_000
        draft.timings.prevoteMilliseconds = 1_000
        draft.timings.precommitMilliseconds = 1_000
        draft.timings.growthMilliseconds = 1_000
        draft.timings.holdMilliseconds = 1_000
        genesis = try draft.checked(suite)
    }

    /// Starts the daemon of a member.
    func start(_ member: Int) throws -> DaemonProcess {
        let folder = workspace.folder("council-\(member)")
        try BenchNetwork.signer(member).store(in: "\(folder)/log.key")
        try BenchNetwork.agreement(member).store(in: "\(folder)/agreement.key")
        try Workspace.write(genesis.bytes, to: "\(folder)/genesis")
        let tls = "\(workspace.path)/council"
        let data = workspace.folder("council-\(member)-data")
        let text = """
            data: \(data)
            externalHead: \(folder)/external-head
            logKey: log.key
            agreementKey: agreement.key
            genesis: genesis
            tls:
              certificate: \(tls)/\(member).pem
              key: \(tls)/\(member).key
              anchors: \(tls)/anchors.pem
            listen: "127.0.0.1:\(ports[member])"
            socket: \(folder)/korf.sock
            exchange: {everySeconds: 1, coalesceMilliseconds: 50}
            log: error

            """
        try Workspace.write(Array(text.utf8), to: "\(folder)/korf.yaml")
        return try DaemonProcess(configuration: "\(folder)/korf.yaml", socket: "\(folder)/korf.sock")
    }

    private static func freePort() throws -> UInt16 {
        let probe = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(probe, $0, length) == 0 && getsockname(probe, $0, &length) == 0
            }
        }
        try demand(isBound, "no free port on loopback")
        return UInt16(bigEndian: address.sin_port)
    }
}
