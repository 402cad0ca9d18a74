// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage

extension NodeEngine {
    /// Appends the daily sign of life, unless the log said something today.
    func heartbeat() async {
        guard mode == .writes else { return }
        let today = clock.today()
        guard state.member(member.oin)?.heartbeat != today else { return }
        do throws(EngineFailure) {
            _ = try await append([Heartbeat(date: today).entry()])
        } catch { log(.warning, "heartbeat", result: "failed", ["reason": error.description]) }
    }

    /// Saves what changed of the folded state, so that the next start folds only what came after.
    func saveState() async {
        // What is folded now may be of a branch that is just being replaced.
        guard entriesSinceSnapshot > 0 || isStateRebuilt, !isTakingBranch else { return }
        let replacingAll = isStateRebuilt
        (entriesSinceSnapshot, isStateRebuilt) = (0, false)
        let cursor = state.cursor
        let chunks = state.snapshotChunks().map(\.stored)
        do throws(StorageFailure) {
            try await store.saveSnapshot(cursor: cursor, chunks: chunks, replacingAll: replacingAll)
        } catch {
            // The saved state stays the older one; a start folds from there.
            log(.error, "state", result: "not-saved", ["reason": error.description])
        }
    }
}
