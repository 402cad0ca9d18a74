// SPDX-License-Identifier: EUPL-1.2

/// An element that was read, with its place. Names are compared with their namespace, never by prefix.
public struct XMLNode: Hashable, Sendable {
    /// An attribute without a namespace; others are not kept.
    public struct Attribute: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: String

        /// An attribute that was read.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The namespace; empty without one.
    public let namespace: String
    /// The name without a prefix.
    public let name: String
    /// In the written order.
    public let attributes: [Attribute]
    /// The elements in it, in order.
    public let children: [XMLNode]
    /// The characters directly in it, joined, without white space at both ends.
    public let text: String
    /// 1-based.
    public let line: Int

    /// An element at a line.
    public init(
        namespace: String, name: String, attributes: [Attribute] = [], children: [XMLNode] = [], text: String = "",
        line: Int
    ) {
        self.namespace = namespace
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
        self.line = line
    }

    /// The value of an attribute; `nil` where there is none.
    public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// All elements at a path such as `cac:Party/cbc:Name` below this one; `namespaces` says what a prefix means,
    /// and the empty prefix stands for names without one. The caller promises that every prefix is there.
    public func all(_ path: String, _ namespaces: [String: String]) -> [XMLNode] {
        path.split(separator: "/").reduce([self]) { nodes, step in
            let parts = step.split(separator: ":")
            let prefix = parts.count == 2 ? String(parts[0]) : ""
            guard let namespace = namespaces[prefix] else { preconditionFailure("an undeclared prefix \(prefix)") }
            let name = parts[parts.count - 1]
            return nodes.flatMap { node in
                node.children.filter { $0.name == name && $0.namespace == namespace }
            }
        }
    }

    /// The first element at a path; `nil` where there is none.
    public func first(_ path: String, _ namespaces: [String: String]) -> XMLNode? { all(path, namespaces).first }
}
