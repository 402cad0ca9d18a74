// SPDX-License-Identifier: EUPL-1.2

import Journal

// Upper bounds of encoded sizes, to know what fits a body before it is written.

extension LogReference {
    var byteCount: Int {
        switch self {
        case .number(let number): number < 24 ? 1 : number < 256 ? 2 : number < 65_536 ? 3 : 9
        case .id: 2 + Bytes32.byteCount
        }
    }
}

extension HeadMention {
    var byteCount: Int { 1 + log.byteCount + 9 + 2 + Signature.byteCount + (held < size ? 9 : 0) }
}

extension Want {
    var byteCount: Int { 1 + log.byteCount + 9 }
}

extension PushRefusal {
    var byteCount: Int { 1 + log.byteCount + 2 + reason.utf8.count }
}

extension SaltedText {
    var byteCount: Int { 1 + 2 + Bytes32.byteCount + 5 + text.utf8.count }
}
