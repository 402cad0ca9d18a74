// SPDX-License-Identifier: EUPL-1.2

/// Why an XML document is not read. Line and column are 1-based; 0 where there is no place.
public struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        case tooLarge
        case tooDeep
        case tooManyElements
        case tooManyAttributes
        /// A document type could declare entities, so none is taken.
        case documentType
        /// What libexpat says.
        case malformed(String)
        case noMemory
    }

    /// What is wrong.
    public let reason: Reason
    /// The line.
    public let line: Int
    /// The column, in characters of the encoding that libexpat counts.
    public let column: Int

    /// One English sentence.
    public var description: String {
        let place = line > 0 ? "line \(line), column \(column): " : ""
        return place + sentence
    }

    private var sentence: String {
        switch reason {
        case .tooLarge: "the document is larger than \(XMLLimits.bytes >> 20) MiB"
        case .tooDeep: "elements are nested more than \(XMLLimits.depth) deep"
        case .tooManyElements: "the document has more than \(XMLLimits.elements) elements"
        case .tooManyAttributes: "an element has more than \(XMLLimits.attributes) attributes"
        case .documentType: "the document declares a type (DOCTYPE); a document without one is read"
        case .malformed(let words): "this is no XML: \(words)"
        case .noMemory: "there is no memory to read the document"
        }
    }
}
