// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

/// Something that waits for a node's disk.
struct Job {
    /// Who hears when it is durable.
    enum Waiter {
        /// A batch of an exchange that this node began.
        case settle(session: Int, batch: Int)
        /// A request of a partner that is answered once what it brought is kept.
        case answer(ResolvedRequest, Message)
        /// The application that handed in the work.
        case application
        case nobody
    }

    enum Work {
        case admit([Page], evidence: [[UInt8]])
        case append([[UInt8]])
        case remember(partner: Int, token: [UInt8]?)
    }

    let work: Work
    let waiter: Waiter

    init(_ work: Work, _ waiter: Waiter = .nobody) {
        self.work = work
        self.waiter = waiter
    }
}
