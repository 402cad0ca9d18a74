// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Dispatch
import Journal
import Synchronization

/// The pages of one log in one job, and what became of them. Logs do not depend on each other in admission, so their
/// signatures and hashes are checked on all processors.
struct AdmissionLane: Sendable {
    private(set) var tip: LogTip
    private(set) var admitted: [AdmittedPage] = []
    private(set) var refusals: [PageRefusal] = []
    private var pages: [Page] = []

    init(_ tip: LogTip) { self.tip = tip }

    mutating func add(_ page: Page) { pages.append(page) }

    /// Admits the pages of every lane, each lane's in their order.
    static func admit(_ lanes: [AdmissionLane], _ suite: OpenSSLSuite) -> [AdmissionLane] {
        let slots = lanes.map(Slot.init)
        DispatchQueue.concurrentPerform(iterations: slots.count) { number in
            slots[number].lane.withLock { $0.admit(suite) }
        }
        return slots.map { slot in slot.lane.withLock { $0 } }
    }

    private mutating func admit(_ suite: OpenSSLSuite) {
        for page in pages {
            do throws(PageRefusal) {
                admitted.append(try tip.admit(page, suite))
            } catch .empty {
                // Held already: another partner was faster.
                continue
            } catch {
                refusals.append(error)
            }
        }
        pages = []
    }

    private final class Slot: Sendable {
        let lane: Mutex<AdmissionLane>

        init(_ lane: AdmissionLane) { self.lane = Mutex(lane) }
    }
}
