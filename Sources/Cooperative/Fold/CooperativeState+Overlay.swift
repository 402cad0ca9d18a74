// SPDX-License-Identifier: EUPL-1.2
public import Journal

// What is held above the last epoch, folded onto its settled state. Spec: Protocol/state.md §4.
extension CooperativeState {
    /// The overlay on this settled state: everything that is held above the epoch folded, below the bounds that
    /// these convicted logs and the successors among these entries 0 give. The entries 0 are those of the logs
    /// that are held, in any order; their authority was judged on receipt.
    public func overlay(
        convicted: Set<LogID>, openings: [EntryZero] = [], held: some HeldEntries
    ) -> CooperativeState {
        var state = self
        state.isOverlay = true
        state.isStale = false
        (state.restsOnSaved, state.isSaved) = (isSaved, false)
        state.convicted = convicted
        state.openSuccessors(openings)
        for log in convicted.sorted() { state.logNumber(log).map { state.convict($0) } }
        state.setBounds()
        state.replay(held)
        return state
    }

    /// Suspends a log with held evidence; whoever calls this sets the bounds.
    mutating func convict(_ number: UInt32) {
        guard !logs[Int(number)].isConvicted else { return }
        logs[Int(number)].isConvicted = true
        if logs[Int(number)].stands { addSuspendedRow(number) }
    }

    /// Folds everything that is held of every known log above what was folded. Logs that this makes known are
    /// folded too, and so are those of ended candidates that it invites again: what does not stand comes last.
    public mutating func replay(_ held: some HeldEntries) {
        var hadMore = true
        while hadMore {
            hadMore = false
            var number = 0
            while number < logs.count {
                if logs[number].stands, takeAll(number, held) { hadMore = true }
                number += 1
            }
        }
        for number in logs.indices { takeAll(number, held) }
    }

    @discardableResult
    mutating func takeAll(_ number: Int, _ held: some HeldEntries) -> Bool {
        let (log, size) = (logs[number].id, logs[number].size)
        while let batch = held.entries(log: log, from: EntryIndex(known: logs[number].size)), batch.count > 0 {
            take(UInt32(number), from: logs[number].size, batch, held)
        }
        return logs[number].size > size
    }

    /// The bound of every log in the overlay, which is that of a settled state into which nothing is folded yet.
    /// Spec: Protocol/state.md §4.
    mutating func setBounds() {
        for number in logs.indices {
            let bound = overlayBound(UInt32(number))
            guard logs[number].bound != bound else { continue }
            logs[number].bound = bound
            guard logs[number].isConvicted, logs[number].stands else { continue }
            index.touch(word(RowReference(.suspended, UInt32(number))))
        }
    }

    private func overlayBound(_ number: UInt32) -> Int? {
        let log = logs[Int(number)]
        let member = folk[Int(log.member)]
        guard log.stands else { return 0 }
        var bounds: [Int] = []
        if let end = successor(of: number).flatMap({ logs[Int($0)].end }) {
            bounds.append(max(log.covered, end.size.count))
        } else if log.isConvicted {
            bounds.append(log.covered)
        }
        if let ended = log.endedAt { bounds.append(ended) }
        if let last = member.lastDate, epoch.date > last { bounds.append(log.covered) }
        if member.standing == .candidate { bounds.append(CooperativeLimits.candidateEntries) }
        return bounds.min()
    }
}

extension CooperativeState {
    /// The state in which nothing of the convicted log counts above what the epoch covers: everything above E_0 is
    /// folded again without it. A log that is not known, or that is suspended already, changes nothing.
    /// Spec: Protocol/log.md §6, Protocol/state.md §4. Of a state after E_0 only.
    public func suspending(_ fork: ConvictedFork, held: some HeldEntries) -> CooperativeState {
        suspending(fork.log, held: held)
    }

    /// The same for a log that is known to be convicted, such as one whose evidence was checked and stored.
    public func suspending(_ log: LogID, held: some HeldEntries) -> CooperativeState {
        guard let number = logNumber(log), !logs[Int(number)].isConvicted else { return self }
        precondition(epoch.number == 0, "after other epochs the overlay is made anew from the settled state")
        let convicted = self.convicted.union([log])
        return CooperativeState(genesis: genesis, hashing: hashing).overlay(convicted: convicted, held: held)
    }
}
