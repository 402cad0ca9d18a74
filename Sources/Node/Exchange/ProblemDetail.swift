// SPDX-License-Identifier: EUPL-1.2
import Notation

/// The sentence of a problem document. Spec: Protocol/transport.md §5.
enum ProblemDetail {
    /// Bytes of a sentence that are kept; a peer wrote it.
    static let bytesLimit = 600

    /// `nil` where the body is no such document.
    static func read(_ body: [UInt8]) -> String? {
        guard body.count <= 4_096, let text = (try? JSON(parsing: body))?["detail"]?.text else { return nil }
        return String(decoding: text.utf8.prefix(bytesLimit), as: UTF8.self)
    }
}
