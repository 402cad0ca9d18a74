// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Node
import Notation
import Storage

/// `korf verify`, `backup`, `restore` and `export`.
enum KeepingCommands {
    static let all = [
        Command(
            "verify", "Checks a data directory or a year bundle offline: every hash, signature and amount again.",
            operands: [Operand("DIR", .path, isOptional: true)],
            options: [
                Option(
                    "genesis", .path,
                    "Folds the entries too and shows the state digest; the node's own where DIR is its directory."),
            ],
            example: "korf verify /var/lib/korf", run: verify),
        Command(
            "backup", "Copies the databases while the node goes on; with --verify checks a copy.",
            operands: [Operand("DIR", .path)],
            options: [.flag("verify", "Checks that the backup in DIR is complete and sound; makes none.")],
            example: "korf backup /backup/korf-2026-11-24", run: backup),
        Command(
            "restore", "Makes the data directory from a backup; the node then only reads.",
            operands: [Operand("BACKUP", .path)],
            options: [Option("data", .path, "The data directory to make; that of korf.yaml where not given.")],
            example: "korf restore /backup/korf-2026-11-24 --directory /etc/korf", run: restore),
        Command(
            "export", "Writes every log in the form of tlog-tiles, which public tools read.",
            options: [Option("tiles", .path, isRequired: true, "The folder to write to.")],
            example: "korf export --tiles /tmp/korf-tiles"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let path = Files.absolute(arguments.required("tiles"))
            let answer = try session.node.post("/v1/_exporteer-tegels", ["map": .string(path)])
            session.show(answer) { answer in
                let logs = answer.list("logs")
                let rows = logs.map { log in
                    session.texts(.tilesRow, String(log.words("map").prefix(16)), String(log.number("omvang") ?? 0))
                }
                let missing = answer.list("tekorten").map { line(ofShortfall: $0, session.texts) }
                let lines = [session.texts(.tilesDone, String(logs.count), path)] + rows + missing
                return lines.joined(separator: "\n") + "\n"
            }
            return .fine
        },
    ]

    /// What a member signed more than is held, and how far its log was written.
    private static func line(ofShortfall shortfall: JSON, _ texts: Texts) -> String {
        func number(_ name: String) -> String { shortfall.number(name).map { String($0) } ?? "0" }
        return texts(
            .tilesShort, PlainText.line(shortfall.words("naam")), number("getekend"), number("gehouden"),
            number("geschreven"), shortfall.words("sindsTijdstip"))
    }

    @Sendable
    private static func verify(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let path: String
        if let given = arguments["DIR"] { path = given } else {
            path = try session.location.configuration().dataDirectory
        }
        if BundleCheck.isBundle(path) { return verifyBundle(path, session) }
        let report = try onStore { () throws(StorageFailure) in try Fsck.check(path, OpenSSLSuite()) }
        var digest: Hash?
        // What is not sound is not folded: the digest would be one of something else.
        if report.isSound, let file = genesisPath(arguments, session, of: path) {
            let genesis: Genesis
            do throws(FoundingFailure) { genesis = try NetworkFounding.genesis(file) } catch {
                throw ConsoleFailure(.finding, error.description)
            }
            digest = try onStore { () throws(StorageFailure) in try OfflineState.digest(of: path, genesis) }
        }
        return show(report, path, digest, session)
    }

    private static func verifyBundle(_ path: String, _ session: Session) -> ExitCode {
        let check = BundleCheck(path)
        let (texts, figures) = (session.texts, Figures(texts: session.texts))
        let answer: JSON = [
            "map": .string(path), "inOrde": .boolean(check.finding == nil),
            "bevinding": check.finding.map { .string($0.description) } ?? .null,
            "netwerk": check.network.map { .string($0.description) } ?? .null, "jaar": .integer(Int64(check.year)),
            "tijdperk": .integer(Int64(check.epoch)),
            "toestandsdigest": check.state.map { .string($0.description) } ?? .null,
            "bestanden": .integer(Int64(check.counts.files)), "logs": .integer(Int64(check.counts.logs)),
            "regels": .integer(Int64(check.counts.entries)), "overzichten": .integer(Int64(check.statementCount)),
        ]
        session.show(answer) { answer in
            let network = answer.words("netwerk")
            let first = check.finding.map { texts(.bundleFault, path, $0.description) }
                ?? texts(.bundleSound, path, String(check.year), network)
            let state = check.finding == nil ? [texts(.statusDigest, answer.words("toestandsdigest"))] : []
            return ([first, texts(
                .bundleCounts, figures.count(Int64(check.counts.files)), figures.count(Int64(check.counts.logs)),
                figures.count(Int64(check.counts.entries)), figures.count(Int64(check.statementCount)),
                String(check.epoch))] + state).joined(separator: "\n") + "\n"
        }
        return check.finding == nil ? .fine : .finding
    }

    /// The genesis that was named, or that of the node whose data directory this is.
    private static func genesisPath(_ arguments: Arguments, _ session: Session, of path: String) -> String? {
        if let given = arguments["genesis"] { return given }
        guard let configuration = try? session.location.configuration(),
              Files.absolute(configuration.dataDirectory) == Files.absolute(path),
              PlainFile.exists(configuration.genesis)
        else { return nil }
        return configuration.genesis
    }

    private static func show(
        _ report: FsckReport, _ path: String, _ digest: Hash?, _ session: Session
    ) -> ExitCode {
        let texts = session.texts
        let answer: JSON = [
            "toestandsdigest": digest.map { .string($0.description) } ?? .null,
            "map": .string(path), "inOrde": .boolean(report.isSound), "logs": .integer(Int64(report.logCount)),
            "regels": .integer(Int64(report.entryCount)), "meldingen": .integer(Int64(report.eventCount)),
            "ids": .integer(Int64(report.identityCount)),
            "bevindingen": .array(report.findings.map { .string($0.description) }),
            "nietGetoond": .integer(Int64(report.unlistedFindings)),
        ]
        session.show(answer) { _ in
            let figures = Figures(texts: texts)
            let counts = texts(
                .verifyCounts, figures.count(Int64(report.logCount)), figures.count(Int64(report.entryCount)),
                figures.count(Int64(report.eventCount)), figures.count(Int64(report.identityCount)))
            let first = report.isSound
                ? texts(.verifySound, path)
                : texts(.verifyFindings, path, String(report.findings.count + report.unlistedFindings))
            let findings = report.findings.map { "  " + PlainText.line($0.description) }
            let state = digest.map { [texts(.statusDigest, $0.description)] } ?? []
            return ([first] + findings + [counts] + state).joined(separator: "\n") + "\n"
        }
        return report.isSound ? .fine : .finding
    }

    @Sendable
    private static func backup(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let path = Files.absolute(arguments.required("DIR"))
        if arguments.has("verify") {
            let report = try onStore { () throws(StorageFailure) in try Backup.verify(path, OpenSSLSuite()) }
            return show(report, path, nil, session)
        }
        let answer = try session.node.post("/v1/_backup", ["map": .string(path)])
        session.show(answer) {
            session.texts(.backupDone, path, Figures(texts: session.texts).day($0.words("tijdstip"))) + "\n"
        }
        return .fine
    }

    @Sendable
    private static func restore(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let backup = arguments.required("BACKUP")
        let data: String
        if let given = arguments["data"] { data = given } else {
            data = try session.location.configuration().dataDirectory
        }
        try onStore { () throws(StorageFailure) in
            try Backup.restore(from: backup, to: data, OpenSSLSuite())
        }
        session.show(["map": .string(data), "modus": "alleen lezen"]) { _ in
            "\(session.texts(.restored, data))\n\(session.texts(.restoredReadsOnly))\n"
        }
        return .fine
    }

    private static func onStore<Value>(_ work: () throws(StorageFailure) -> Value) throws(ConsoleFailure) -> Value {
        do throws(StorageFailure) { return try work() } catch {
            throw ConsoleFailure(.finding, error.description)
        }
    }
}
