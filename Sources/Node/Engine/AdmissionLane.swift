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
    /// Bytes of the entries held above the last epoch, with those admitted here.
    private(set) var byteCount: Int
    private let bytesLimit: Int

    /// A log as it is held, and how many bytes of it may be.
    init(_ tip: LogTip, byteCount: Int, bytesLimit: Int) {
        self.tip = tip
        self.byteCount = byteCount
        self.bytesLimit = bytesLimit
    }

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
                var grown = tip
                let new = try grown.admit(page, suite)
                guard byteCount + new.entries.byteCount <= bytesLimit else { throw .logFull(bytesLimit: bytesLimit) }
                byteCount += new.entries.byteCount
                tip = grown
                admitted.append(new)
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
