// SPDX-License-Identifier: EUPL-1.2

/// Flushes and statements read counters and append what they say; one at a time, so that none says what another has
/// overtaken.
actor OneAtATime {
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits for its turn.
    func begin() async {
        guard isBusy else {
            isBusy = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Lets the next one go on.
    func end() {
        guard !waiting.isEmpty else {
            isBusy = false
            return
        }
        waiting.removeFirst().resume()
    }
}

extension OneAtATime {
    /// Waits for its turn, works, and lets the next one go on, however the work ends.
    nonisolated func alone<Value, Failure: Error>(
        _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        await begin()
        do throws(Failure) {
            let value = try await work()
            await end()
            return value
        } catch {
            await end()
            throw error
        }
    }
}
