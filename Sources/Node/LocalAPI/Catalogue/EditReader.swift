// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// Reads a change of the catalogue from JSON and collects everything that is wrong with it.
struct EditReader {
    private(set) var draft: EditDraft
    private(set) var violations: [APIProblem.Violation] = []

    init(_ view: ApplicationView, author log: LogID) { draft = EditDraft(view, author: log) }

    mutating func read(_ body: JSON) {
        readFields(body["velden"])
        readSets(body["toevoegen"], "toevoegen") { draft, set, element in draft.add(set, element) }
        readSets(body["verwijderen"], "verwijderen") { draft, set, element in draft.remove(set, element) }
        if body.members?.isEmpty ?? true { refuse("", "is empty: name velden, toevoegen or verwijderen") }
    }

    private mutating func refuse(_ path: String, _ message: String) {
        violations.append(APIProblem.Violation(path: path, message: message))
    }

    private mutating func readFields(_ value: JSON?) {
        guard let value, value != .null else { return }
        guard let members = value.members else { return refuse("velden", "expected an object of names and values") }
        for member in members {
            let path = "velden.\(member.name)"
            guard let (field, meaning) = CatalogueWords.field(member.name) else {
                let known = CatalogueWords.fields.filter(\.isEditable).map(\.word).joined(separator: ", ")
                refuse(path, "is not a field; known are: \(known)")
                continue
            }
            guard meaning.isEditable else {
                refuse(path, "comes with a publiccode.yml and is not written by hand")
                continue
            }
            if member.value == .null {
                draft.clear(field)
            } else if let encoded = encode(member.value, meaning, path) {
                draft.set(field, encoded)
            }
        }
    }

    private mutating func encode(_ value: JSON, _ meaning: CatalogueWords.Field, _ path: String) -> CBOR? {
        switch meaning.shape {
        case .text, .count:
            guard let text = value.text, !text.isEmpty else { return expected("text", path) }
            return .text(text)
        case .phase:
            guard let text = value.text, let number = CatalogueWords.phases.firstIndex(of: text) else {
                return expected("one of \(CatalogueWords.phases.joined(separator: ", "))", path)
            }
            return .integer(Int64(number))
        case .date:
            guard let day = value.text.flatMap({ CivilDate($0) }) else { return expected("a date, YYYY-MM-DD", path) }
            return .integer(Int64(day.dayNumber))
        case .truth:
            guard let truth = value.truth ?? value.text.flatMap(Bool.init) else {
                return expected("true or false", path)
            }
            return .bool(truth)
        case .money: return money(value, path)
        }
    }

    private mutating func money(_ value: JSON, _ path: String) -> CBOR? {
        let names = CatalogueWords.costs.map { $0 + "Cent" }
        guard let members = value.members, !members.isEmpty else {
            return expected("an object of \(names.joined(separator: ", "))", path)
        }
        var pairs: [CBOR.Pair] = []
        for member in members {
            guard let position = names.firstIndex(of: member.name), let cents = member.value.wholeNumber else {
                return expected("whole cents under \(names.joined(separator: ", "))", path)
            }
            pairs.append(CBOR.Pair(.integer(Int64(position + 1)), .integer(cents)))
        }
        return .map(pairs)
    }

    private mutating func expected(_ what: String, _ path: String) -> CBOR? {
        refuse(path, "expected \(what)")
        return nil
    }

    private mutating func readSets(
        _ value: JSON?, _ name: String, _ change: (inout EditDraft, CatalogueSet, CBOR) -> Void
    ) {
        guard let value, value != .null else { return }
        guard let members = value.members else { return refuse(name, "expected an object of names and lists") }
        for member in members {
            let path = "\(name).\(member.name)"
            guard let set = CatalogueWords.sets.first(where: { $0.word == member.name })?.set else {
                refuse(path, "is not a set; known are: \(CatalogueWords.sets.map(\.word).joined(separator: ", "))")
                continue
            }
            guard let elements = member.value.elements else {
                refuse(path, "expected a list")
                continue
            }
            for (index, element) in elements.enumerated() {
                guard let item = Self.element(element) else {
                    refuse("\(path)[\(index)]", "expected text, a whole number, or a list of these")
                    continue
                }
                change(&draft, set, item)
            }
        }
    }

    /// Text and lists as they stand; a date of a standard is a day number by then.
    private static func element(_ value: JSON) -> CBOR? {
        switch value {
        case .string(let text): return text.isEmpty ? nil : .text(text)
        case .integer(let number): return .integer(number)
        case .array(let items):
            let encoded = items.compactMap(element)
            return encoded.count == items.count && !items.isEmpty ? .array(encoded) : nil
        default: return nil
        }
    }
}
