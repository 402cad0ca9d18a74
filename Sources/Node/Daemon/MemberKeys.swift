// SPDX-License-Identifier: EUPL-1.2
import Journal
import Synchronization
import Transport

/// Which TLS keys each member has named, readable from the server's own threads. The engine keeps it up to date.
final class MemberKeys: Sendable {
    private let pins: Mutex<[OIN: [TLSPin]]>

    init(_ pins: [OIN: [TLSPin]]) { self.pins = Mutex(pins) }

    /// What members name now.
    var current: [OIN: [TLSPin]] { pins.withLock { $0 } }

    /// Takes over what members name now.
    func update(_ newest: [OIN: [TLSPin]]) { pins.withLock { $0 = newest } }
}
