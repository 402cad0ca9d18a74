// SPDX-License-Identifier: EUPL-1.2

/// Why a file from outside is not read: nothing of it was taken over. Spec: Protocol/documents.md §5 and §6.
/// `name` is what vectors and programs compare.
public enum ReceivedFileRefusal: Error, Equatable, Sendable {
    case wrongRoot(found: String, right: String)
    case missing(field: String, line: Int)
    case malformed(field: String, text: String, line: Int, right: String)
    case twice(field: String, text: String, line: Int)
    case sumsDiffer(what: String, stated: String, computed: String)
    case tooMany(field: String, limit: Int)
}

extension ReceivedFileRefusal {
    /// The stable name of the refusal, the same in every language and version.
    public var name: String {
        switch self {
        case .wrongRoot: "wrong-root"
        case .missing: "missing"
        case .malformed: "malformed"
        case .twice: "twice"
        case .sumsDiffer: "sums-differ"
        case .tooMany: "too-many"
        }
    }
}

extension ReceivedFileRefusal: CustomStringConvertible {
    /// One English sentence that names the field and what would be right.
    public var description: String {
        switch self {
        case .wrongRoot(let found, let right):
            "the file holds \(found); \(right) is read"
        case .missing(let field, let line):
            "line \(line): \(field) is missing"
        case .malformed(let field, let text, let line, let right):
            "line \(line): \(field) is '\(text)'; \(right) would be right"
        case .twice(let field, let text, let line):
            "line \(line): \(field) '\(text)' stands there twice"
        case .sumsDiffer(let what, let stated, let computed):
            "\(what) is stated as \(stated), but what is in the file comes to \(computed)"
        case .tooMany(let field, let limit):
            "there are more than \(limit) of \(field)"
        }
    }
}
