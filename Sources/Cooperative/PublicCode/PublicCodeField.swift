// SPDX-License-Identifier: EUPL-1.2
import Notation

/// A field of the file with its path and the place of its name. A field that is absent or null has no node
/// and the place of what it would stand in.
struct PublicCodeField {
    let path: String
    let line: Int
    let column: Int
    let node: PositionedNode?

    /// The whole document.
    init(document: PositionedNode) {
        self.init(path: "", line: document.line, column: document.column, node: document)
    }

    private init(path: String, line: Int, column: Int, node: PositionedNode?) {
        self.path = path
        self.line = line
        self.column = column
        self.node = node.flatMap { $0.isNull ? nil : $0 }
    }

    subscript(name: String) -> PublicCodeField {
        let inside = path.isEmpty ? name : "\(path).\(name)"
        guard let member = node?.mapping?[name] else {
            return PublicCodeField(path: inside, line: line, column: column, node: nil)
        }
        return PublicCodeField(path: inside, line: member.line, column: member.column, node: member.value)
    }

    /// The members of a mapping, in the order of the file.
    var members: [(name: String, field: PublicCodeField)] {
        node?.mapping?.members.map { ($0.name, self[$0.name]) } ?? []
    }

    /// The elements of a sequence.
    var elements: [PublicCodeField] {
        node?.sequence?.enumerated().map { index, element in
            PublicCodeField(path: "\(path)[\(index)]", line: element.line, column: element.column, node: element)
        } ?? []
    }
}
