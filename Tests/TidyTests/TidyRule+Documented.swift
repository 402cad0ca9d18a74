// SPDX-License-Identifier: EUPL-1.2

extension TidyRule {
    /// Public declarations have a doc comment above them. Witnesses whose meaning their protocol gives are left out.
    static let documented = TidyRule(name: "doc comments") { file in
        guard file.path.hasPrefix("Sources/") else { return [] }
        return file.numbered(file.lines, words: ["public "]) { $0.holds("public ") && isPublicDeclaration($0) }
            .filter { !isDocumented(file.lines, at: $0.number - 1) }
            .map { "\(file.path):\($0.number): public without a doc comment: \($0.text.trimmedStart)" }
    }

    private static let declarations: Set<Substring> = [
        "class", "struct", "enum", "actor", "protocol", "func", "init", "var", "let", "typealias", "subscript",
        "associatedtype", "macro",
    ]

    private static let modifiers: Set<Substring> = [
        "final", "static", "mutating", "nonmutating", "consuming", "borrowing", "indirect", "convenience", "required",
        "nonisolated", "override", "lazy", "prefix", "postfix", "infix", "unowned", "weak",
    ]

    private static let witnesses = [
        "var description:", "static func <", "static func ==", "func hash(into", "func next()", "init(integerLiteral",
        "init(stringLiteral", "init(arrayLiteral", "init(nilLiteral", "init(booleanLiteral", "init(dictionaryLiteral",
        "func encode(to", "func makeIterator",
    ]

    /// Whether the line declares something public: attributes, `public`, modifiers, then a declaration.
    private static func isPublicDeclaration(_ line: String) -> Bool {
        var words = line.split(separator: " ").drop { $0.hasPrefix("@") }
        guard words.popFirst() == "public" else { return false }
        words = words.drop { modifiers.contains($0) || $0.hasPrefix("private(") || $0.hasPrefix("internal(") }
        guard let word = words.first?.prefix(while: \.isPartOfWord), declarations.contains(word) else { return false }
        return !witnesses.contains { line.holds($0) }
    }

    private static func isDocumented(_ lines: [String], at index: Int) -> Bool {
        let above = lines[..<index].last { line in !["@", "#"].contains(line.trimmedStart.first) }
        return above?.trimmedStart.hasPrefix("///") == true
    }
}

extension String {
    var trimmedStart: Substring { drop { $0 == " " } }
}
