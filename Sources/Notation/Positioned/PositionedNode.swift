// SPDX-License-Identifier: EUPL-1.2

/// A node of a document that people write (YAML), with the place where it stands.
public struct PositionedNode: Hashable, Sendable {
    /// What the node holds.
    public indirect enum Content: Hashable, Sendable {
        case scalar(Scalar)
        case sequence([PositionedNode])
        case mapping(Mapping)
    }

    /// Text with its meaning by the core schema of YAML 1.2.
    public struct Scalar: Hashable, Sendable {
        /// The text, unescaped and unfolded.
        public let text: String
        /// Written without quotes and not as a block.
        public let isPlain: Bool
        /// What the text means.
        public let value: ScalarValue

        /// Quoted and block text is always a string; plain text is resolved.
        public init(text: String, isPlain: Bool) {
            self.text = text
            self.isPlain = isPlain
            value = isPlain ? ScalarValue(plain: text) : .string
        }
    }

    /// Named values in their written order.
    public struct Mapping: Hashable, Sendable {
        /// One name and its value.
        public struct Member: Hashable, Sendable {
            /// The name's text.
            public let name: String
            /// 1-based line of the name.
            public let line: Int
            /// 1-based column of the name.
            public let column: Int
            /// The value.
            public let value: PositionedNode

            /// A member.
            public init(name: String, line: Int, column: Int, value: PositionedNode) {
                self.name = name
                self.line = line
                self.column = column
                self.value = value
            }
        }

        /// The first member of each name, in order.
        public let members: [Member]
        /// Members whose name stood there before.
        public let duplicates: [Member]

        /// Sorts the written members into first ones and duplicates.
        public init(_ written: [Member]) {
            var seen: Set<String> = []
            var first: [Member] = [], again: [Member] = []
            for member in written {
                if seen.insert(member.name).inserted { first.append(member) } else { again.append(member) }
            }
            members = first
            duplicates = again
        }

        /// The first member of that name.
        public subscript(name: String) -> Member? { members.first { $0.name == name } }
    }

    /// What the node holds.
    public let content: Content
    /// 1-based.
    public let line: Int
    /// 1-based, in characters.
    public let column: Int

    /// A node at a place.
    public init(_ content: Content, line: Int, column: Int) {
        self.content = content
        self.line = line
        self.column = column
    }
}

extension PositionedNode {
    /// The value of a mapping's member; `nil` for anything else.
    public subscript(name: String) -> PositionedNode? { mapping?[name]?.value }

    /// The scalar; `nil` for anything else.
    public var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }

    /// The elements of a sequence; `nil` for anything else.
    public var sequence: [PositionedNode]? { if case .sequence(let nodes) = content { nodes } else { nil } }

    /// The mapping; `nil` for anything else.
    public var mapping: Mapping? { if case .mapping(let mapping) = content { mapping } else { nil } }

    /// The text of a scalar that means a string; `nil` for anything else.
    public var string: String? { scalar.flatMap { $0.value == .string ? $0.text : nil } }

    /// The value of a scalar that means a whole number of 64 bits; `nil` for anything else.
    public var integer: Int64? { if case .integer(let value)? = scalar?.value { value } else { nil } }

    /// The value of a scalar that means a boolean; `nil` for anything else.
    public var boolean: Bool? { if case .boolean(let value)? = scalar?.value { value } else { nil } }

    /// Nothing was written, or `null` or `~`.
    public var isNull: Bool { scalar?.value == .null }
}
