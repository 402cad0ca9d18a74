// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Compares the external head file with the database at start. Spec: Protocol/log.md §7.
struct ExternalHeadCheck {
    let identity: LogIdentity
    /// `nil` while the own log is declared and empty.
    let tip: LogTip?
    /// The size of which the database knows that its file was written.
    let publishedSize: LogSize
    let suite: any CipherSuite

    /// What the file says where the database knows no own log.
    static func withoutOwnLog(_ file: [UInt8]?) -> ExternalHeadState {
        guard let file else { return .fresh }
        let text = String(decoding: file, as: UTF8.self)
        if text.hasPrefix("korf-head/v1 ") { return .fresh }
        do throws(NoteRefusal) {
            let size = try Checkpoint.parse(Note.parse(file).text).head.size
            return .externalAhead(external: size, held: .empty)
        } catch {
            return .externalMissing(reason: "the file there is no head of a log")
        }
    }

    /// `rootAt` answers the root of the own log at a size below its own.
    func state(
        _ file: [UInt8]?, rootAt: (LogSize) throws(StorageFailure) -> Hash
    ) throws(StorageFailure) -> ExternalHeadState {
        guard let file else { return .externalMissing(reason: "there is no such file") }
        let external: ExternalHead
        do throws(NoteRefusal) {
            external = try ExternalHead.parse(file, of: identity, suite)
        } catch { return .externalMissing(reason: "the file is no head of this log") }
        let held = tip?.held ?? .empty
        if external.size > held { return .externalAhead(external: external.size, held: held) }
        guard external.size >= publishedSize else {
            return .externalMissing(reason: "the file names size \(external.size), older than what was published")
        }
        guard case .signed(let head) = external else {
            return held == .empty ? .inStep : .databaseAhead(external: .empty, held: held)
        }
        let root = head.size == held ? tip?.head?.root : try rootAt(head.size)
        // Another root at the same size: the file saw a history that this database does not have.
        guard root == head.root else { return .externalAhead(external: head.size, held: held) }
        return head.size == held ? .inStep : .databaseAhead(external: head.size, held: held)
    }
}
