// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Node
import Notation

/// `korf keys`: successors of the own log. Spec: Protocol/membership.md §4.
enum KeysCommands {
    static let all = [
        Command(
            "keys rotate", "Replaces the log key by the next key's authority; old keys stay beside the new ones.",
            example: "korf keys rotate --directory /etc/korf"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let end = try await LogEnd.ask(session, waits: false)
            guard end.isWriting else {
                throw ConsoleFailure(.finding, session.texts(.keysNotWriting))
            }
            guard end.otherMembers > 1 else { throw ConsoleFailure(.finding, session.texts(.keysTwoMembers)) }
            return try open(end, with: nil, asks: false, session)
        },
        Command(
            "keys replace", "Goes on after a lost disk or a forked key: opens a successor of the own log.",
            options: [
                Option("recovery-file", .path, "The recovery key; without it the next key where it is still there, "
                    + "else the key is asked for."),
                .flag("yes", "Goes ahead without asking, also where nothing has to be replaced."),
            ],
            example: "korf keys replace --directory /etc/korf --recovery-file /media/usb/recovery.txt", run: replace),
    ]

    /// A successor is for good: what it will do is said first, and a person confirms it.
    @Sendable
    private static func replace(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let isConfirmed = arguments.has("yes")
        if !isConfirmed, try session.node.get("/v1/eigen-log").words("modus") == "schrijft" {
            throw ConsoleFailure(.finding, session.texts(.keysNothing))
        }
        guard isConfirmed || session.terminal.isAttended else {
            throw ConsoleFailure(.finding, session.texts(.keysNeedsYes))
        }
        let recovery = try recoveryKey(arguments, session)
        let end = try await LogEnd.ask(session, waits: true)
        return try open(end, with: recovery, asks: !isConfirmed, session)
    }

    /// Whether the person who reads what will be done says yes.
    private static func confirm(
        _ end: LogEnd, with recovery: SigningKey?, _ folder: KeyFolder, _ session: Session
    ) -> Bool {
        let key = recovery == nil
            ? session.texts(.keysWithNext, folder.nextKeyPath) : session.texts(.keysWithRecovery)
        session.terminal.complain(session.texts(
            .keysPlan, String(end.end.log.description.prefix(16)), String(end.end.size.count), key, folder.path))
        let answer = session.terminal.ask(session.texts(.keysConfirm)) ?? ""
        return ["ja", "j", "yes", "y"].contains(answer.lowercased().filter { $0 != " " })
    }

    /// The recovery key that was named or typed; `nil` where the next key will do.
    private static func recoveryKey(
        _ arguments: Arguments, _ session: Session
    ) throws(ConsoleFailure) -> SigningKey? {
        let text: String
        if let path = arguments["recovery-file"] {
            text = String(decoding: try Files.read(path), as: UTF8.self)
        } else if KeyFolder(try session.location.configuration()).hasNextKey {
            return nil
        } else {
            text = session.terminal.ask(session.texts(.keysAskRecovery)) ?? ""
        }
        guard let key = RecoveryKeyText.key(text) else {
            throw ConsoleFailure(.finding, session.texts(.keysRecoveryShape))
        }
        return key
    }

    private static func open(
        _ end: LogEnd, with recovery: SigningKey?, asks: Bool, _ session: Session
    ) throws(ConsoleFailure) -> ExitCode {
        let configuration = try session.location.configuration()
        let folder = KeyFolder(configuration)
        let authority: SigningKey
        if let recovery { authority = recovery } else {
            authority = try founding { () throws(FoundingFailure) in try folder.next() }
        }
        // A wrong key is told before anything is made.
        let fits = recovery == nil
            ? OpenSSLSuite().hash(authority.publicKey) == end.nextKeyHash
            : authority.publicKey == end.recoveryKey
        guard fits else { throw ConsoleFailure(.finding, session.texts(.keysWrongKey, end.name)) }
        if asks, !confirm(end, with: recovery, folder, session) {
            throw ConsoleFailure(.finding, session.texts(.keysNotConfirmed))
        }
        let keys = try founding { () throws(FoundingFailure) in try folder.makeNew() }
        let zero = EntryZero(
            network: end.network, oin: end.oin, logKey: keys.log.publicKey,
            nextKeyHash: OpenSSLSuite().hash(keys.next.publicKey), after: end.end,
            authority: recovery == nil ? .nextKey : .recoveryKey, signer: authority)
        let answer = try session.node.post("/v1/eigen-log/_opvolgen", [
            "regel": .string(Base64.encode(zero.encode())), "sleutel": .string(Files.absolute(folder.newLogKeyPath)),
        ])
        let old = (try? SigningKey(file: configuration.logKey))?.publicKey.description ?? "?"
        try founding { () throws(FoundingFailure) in try folder.takeOver() }
        session.show(answer) { answer in
            session.texts(
                .keysSucceeded, String(answer.words("logId").prefix(16)), String(end.end.size.count),
                configuration.logKey, folder.nextKeyPath, String(old.prefix(8))) + "\n"
        }
        return .fine
    }

    private static func founding<Value>(
        _ work: () throws(FoundingFailure) -> Value
    ) throws(ConsoleFailure) -> Value {
        do throws(FoundingFailure) { return try work() } catch { throw ConsoleFailure(.finding, error.description) }
    }
}

/// Where the own log ends, as the node found out from the others.
struct LogEnd {
    let network: NetworkID
    let oin: OIN
    let name: String
    let end: PredecessorEnd
    let nextKeyHash: Hash
    let recoveryKey: PublicKey
    let isWriting: Bool
    let otherMembers: Int

    private static let attempts = 60

    /// Asks the node, and while the others hold more than came back, or nobody answered, asks again for a minute.
    static func ask(_ session: Session, waits: Bool) async throws(ConsoleFailure) -> LogEnd {
        for attempt in 1... {
            let answer = try session.node.get("/v1/eigen-log")
            let elsewhere = answer.number("omvangElders")
            let held = answer.number("omvang") ?? 0
            if let end = LogEnd(answer), waits ? elsewhere.map({ $0 <= held }) ?? false : true { return end }
            guard waits, attempt < attempts else { break }
            session.terminal.progress(session.texts(.keysWaits, String(held), elsewhere.map(String.init) ?? "?"))
            do { try await Task.sleep(for: .seconds(1)) } catch { break }
        }
        session.terminal.progress("")
        throw ConsoleFailure(.finding, session.texts(.keysNoEnd))
    }

    private init?(_ answer: JSON) {
        guard let network = NetworkID(hexadecimal: answer.words("netwerk")),
              let oin = OIN(answer["lid"]?.words("oin") ?? ""), let log = LogID(hexadecimal: answer.words("logId")),
              let root = Hash(hexadecimal: answer.words("wortel")),
              let size = answer.number("omvang").flatMap({ LogSize(Int($0)) }),
              let end = PredecessorEnd(log: log, size: size, root: root),
              let next = Hash(hexadecimal: answer.words("volgendeSleutelHash")),
              let recovery = PublicKey(hexadecimal: answer.words("herstelsleutel"))
        else { return nil }
        self.network = network
        self.oin = oin
        name = answer["lid"]?.words("naam") ?? oin.digits
        self.end = end
        nextKeyHash = next
        recoveryKey = recovery
        isWriting = answer.words("modus") == "schrijft"
        otherMembers = answer.list("leden").count
    }
}
