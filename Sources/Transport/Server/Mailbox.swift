// SPDX-License-Identifier: EUPL-1.2
import CLinux
import Glibc
import Synchronization

/// Messages to an event loop from other threads. Posting wakes the loop through an eventfd.
final class Mailbox: Sendable {
    enum Message: Sendable {
        case response(HTTPResponse, to: UInt64)
        case stop(withinMilliseconds: Int)
    }

    let descriptor: CInt
    private let messages = Mutex<[Message]>([])

    init() throws(ServerFailure) {
        descriptor = korf_wakeup_create()
        guard descriptor >= 0 else { throw .system(call: "eventfd", errno: errno) }
    }

    deinit { close(descriptor) }

    func post(_ message: Message) {
        let wasEmpty = messages.withLock { messages in
            messages.append(message)
            return messages.count == 1
        }
        if wasEmpty { korf_wakeup_raise(descriptor) }
    }

    /// Everything posted since the last call.
    func take() -> [Message] {
        korf_wakeup_clear(descriptor)
        return messages.withLock { messages in
            let taken = messages
            messages = []
            return taken
        }
    }
}
