// SPDX-License-Identifier: EUPL-1.2
public import Cryptography
import Glibc
import Journal
import Storage

/// The files of the node's signing keys: the log key, the next key beside it, and while a successor is opened the two
/// that come after them. Old keys are kept, with the first digits of their key in the name.
public struct KeyFolder: Sendable {
    private let logKey: String

    /// The folder of a node.
    public init(_ configuration: Configuration) { logKey = configuration.logKey }

    /// Where the next key is, unless it was moved away.
    public var nextKeyPath: String { path + "/next.key" }

    /// The folder of the log key.
    public var path: String { logKey.lastIndex(of: "/").map { String(logKey[..<$0]) } ?? "." }

    private static let new = ".new"

    /// Where the log key of the successor stands until it is opened.
    public var newLogKeyPath: String { logKey + Self.new }

    /// Whether the next key is still there.
    public var hasNextKey: Bool { PlainFile.exists(nextKeyPath) }

    /// The next key.
    public func next() throws(FoundingFailure) -> SigningKey {
        do throws(KeyError) { return try SigningKey(file: nextKeyPath) } catch {
            throw FoundingFailure(error, nextKeyPath)
        }
    }

    /// Makes log key and next key of a successor, or takes up those of a try that did not end.
    public func makeNew() throws(FoundingFailure) -> (log: SigningKey, next: SigningKey) {
        func key(_ path: String) throws(FoundingFailure) -> SigningKey {
            do throws(KeyError) {
                if PlainFile.exists(path) { return try SigningKey(file: path) }
                let key = try SigningKey()
                try key.store(in: path)
                return key
            } catch { throw FoundingFailure(error, path) }
        }
        return (try key(newLogKeyPath), try key(nextKeyPath + Self.new))
    }

    /// Puts the new keys in their places and keeps the old ones beside them.
    public func takeOver() throws(FoundingFailure) {
        for path in [nextKeyPath, logKey] where PlainFile.exists(path + Self.new) {
            if let old = try? SigningKey(file: path) {
                try Self.move(path, oldPath(path, old.publicKey))
            }
            try Self.move(path + Self.new, path)
        }
    }

    /// The key of the own log. After a restore of what was backed up before a successor was opened, the key of that
    /// log, which stays beside the new one. Where a successor was opened and its key not put in its place, that is done
    /// now.
    func signer(of store: JournalStore) throws(FoundingFailure) -> SigningKey {
        let expected = store.ownLog.flatMap { store.tip(of: $0)?.identity.key }
        if let expected, let new = try? SigningKey(file: newLogKeyPath), new.publicKey == expected { try takeOver() }
        let key: SigningKey
        do throws(KeyError) { key = try SigningKey(file: logKey) } catch { throw FoundingFailure(error, logKey) }
        // A backup from before `keys rotate` holds the log of the key before. It only reads, and signs nothing with it.
        guard let expected, key.publicKey != expected, !store.headState.allowsSigning,
              let kept = try? SigningKey(file: oldPath(logKey, expected)), kept.publicKey == expected
        else { return key }
        return kept
    }

    /// Where a key stays once another is in its place.
    private func oldPath(_ path: String, _ key: PublicKey) -> String {
        path + "." + String(key.description.prefix(8)) + ".old"
    }

    private static func move(_ old: String, _ new: String) throws(FoundingFailure) {
        guard rename(old, new) == 0 else {
            throw FoundingFailure(FileFailure(operation: "rename", path: old, code: errno))
        }
    }
}
