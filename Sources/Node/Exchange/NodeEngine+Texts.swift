// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage

/// Which texts beside the logs are here, and which are missing. Spec: Protocol/exchange.md §6.
struct TextsBeside: Sendable {
    /// Texts of which the store was asked.
    var held: Set<TextCommitment> = []
    /// Texts that stand and are not here, in order.
    var missing: [TextCommitment] = []
    /// Texts that were deleted here since their author destroyed them.
    var deleted: Set<TextCommitment> = []
}

extension NodeEngine {
    /// Looks which texts are missing, and deletes those that were destroyed, with their salts.
    func settleTexts() async {
        let standing = state.standingTexts()
        let destroyed = state.destroyedTexts().filter { !texts.deleted.contains($0) }
        do throws(StorageFailure) {
            if !destroyed.isEmpty {
                try await store.destroyTexts(destroyed)
                texts.deleted.formUnion(destroyed)
                texts.held.subtract(destroyed)
            }
            for commitment in standing where !texts.held.contains(commitment) {
                if try store.text(of: commitment) != nil { texts.held.insert(commitment) }
            }
        } catch {
            log(.error, "texts", result: "failed", ["reason": error.description])
        }
        texts.missing = standing.filter { !texts.held.contains($0) }
    }

    /// Keeps what is missing here; what fits no commitment is counted for the peer.
    func keepTexts(_ items: [SaltedText], from peer: OIN) async throws(EngineFailure) {
        guard !items.isEmpty else { return }
        // A stance that another one replaced meanwhile was asked for all the same.
        let asked = texts.missing
        await settleTexts()
        let missing = Set(texts.missing)
        let known = Set(asked + state.standingTexts() + state.destroyedTexts())
        var batch = CommitBatch()
        for item in items {
            let bytes = Array(item.text.utf8)
            guard let commitment = TextCommitment(salt: item.salt, utf8: bytes, hashing: suite),
                  known.contains(commitment)
            else {
                count("text-mismatch", for: peer)
                continue
            }
            // One that came twice, or was destroyed meanwhile, is nobody's fault.
            guard missing.contains(commitment) else { continue }
            batch.texts.append(HeldText(commitment: commitment, salt: item.salt, text: bytes))
        }
        guard !batch.texts.isEmpty else { return }
        do throws(StorageFailure) { _ = try await store.commit(batch) } catch { throw .storage(error) }
        await settleTexts()
    }
}
