// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why a request of a comparison is refused, or why an answer of the counterparty is no answer: it is named with this,
/// and nothing of it is believed. `name` is what the wire and the vectors say. Spec: Protocol/comparison.md §7.
public enum ComparisonRefusal: Error, Hashable, Sendable {
    // Of the body, whoever wrote it.
    case oversize(bytes: Int)
    case notCanonical(CBORRefusal)
    case version(Int64)
    case field(Int)
    // Of an answer, beside what was asked or answered before.
    case root
    case leafSums
    case sums
    case codes
    case record
    case leaf
    case endless
    // Of a request, beside what the answering side holds.
    case equal
    case notStated
    case notReproducible
    case changed
    case tooManyRecords
    case busy
}

extension ComparisonRefusal: CustomStringConvertible {
    /// The stable name.
    public var name: String {
        switch self {
        case .oversize: "body-oversize"
        case .notCanonical: "body-not-canonical"
        case .version: "version-unsupported"
        case .field: "body-field"
        case .root: "root"
        case .leafSums: "leaf-sums"
        case .sums: "sums"
        case .codes: "codes"
        case .record: "record"
        case .leaf: "leaf"
        case .endless: "endless"
        case .equal: "equal"
        case .notStated: "not-stated"
        case .notReproducible: "not-reproducible"
        case .changed: "changed"
        case .tooManyRecords: "too-many-records"
        case .busy: "busy"
        }
    }

    /// One English sentence.
    public var description: String {
        switch self {
        case .oversize(let bytes): "the body has \(bytes) bytes; at most \(Limits.comparisonBodyBytes) are read"
        case .notCanonical(let reason): "the body is no canonical CBOR map: \(reason.rawValue)"
        case .version(let version): "version \(version) of the comparison is not known here"
        case .field(let key): "key \(key) of the body is missing, has another shape, or may not stand there"
        case .root: "the leaves do not give the root that was stated"
        case .leafSums: "equal leaves were given other sums, or unequal leaves equal ones"
        case .sums: "the sums of a range's parts do not add up to the sum of the range"
        case .codes: "the codes of a range do not add up to its sum"
        case .record: "a record is not the one whose code was listed"
        case .leaf: "the records do not give the leaf that was stated"
        case .endless: "the answers do not come to an end"
        case .equal: "both sides have the same root, so there is nothing to ask"
        case .notStated: "no statement of this month towards this member is held here"
        case .notReproducible: 
            "the records held no longer give the root that was stated; the month has to be stated again"
        case .changed: "the records have another root by now; compare again"
        case .tooManyRecords: "more than \(Limits.comparedRecords) records of one month cannot be compared"
        case .busy: "another comparison is being prepared; try again later"
        }
    }
}
