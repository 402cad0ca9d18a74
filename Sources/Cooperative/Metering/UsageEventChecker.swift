// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Checks events of one JSON text, one after the other.
struct UsageEventChecker {
    var violations: [UsageEventViolation] = []

    // Neighbours mostly share these; the texts point into the request.
    private var sources = LastText<String>()
    private var providers = LastText<OIN>()
    private var consumers = LastText<OIN>()

    /// The event at `place`; `nil` after writing down what is wrong.
    mutating func event(_ tape: borrowing JSONTape, at place: Int, index: Int?) -> UsageEvent? {
        var draft = UsageEventDraft()
        guard tape.kind(at: place) == .object else {
            note(.object, "", index, &draft)
            return nil
        }
        tape.forEachMember(of: place) { name, value in
            envelope(tape, name, value, index, &draft)
        }
        for (field, name) in UsageEventDraft.Fields.envelope where !draft.met.contains(field) {
            note(.present, name, index, &draft)
        }
        do throws(UsageEventRule) {
            guard let day = try draft.day() else { return nil }
            return draft.event(on: day)
        } catch {
            let isTime = error == .timeTooOld || error == .timeTooLate
            note(error, isTime ? "time" : "data.transactie", index, &draft)
            return nil
        }
    }

    private mutating func envelope(
        _ tape: borrowing JSONTape, _ name: Int, _ value: Int, _ index: Int?, _ draft: inout UsageEventDraft
    ) {
        // In the JSON format of CloudEvents an attribute that is null is not set.
        guard tape.kind(at: value) != .null else { return }
        if tape.isName("id", at: name) {
            let id = Self.text(tape, value, UsageEventField.id)
            draft.id = keep(id, "id", .id, index, &draft)
        } else if tape.isName("source", at: name) {
            let source = Self.text(tape, value, of: &sources, UsageEventField.source)
            draft.source = keep(source, "source", .source, index, &draft)
        } else if tape.isName("time", at: name) {
            let time = Self.text(tape, value, UsageEventField.time)
            draft.timeMilliseconds = keep(time, "time", .time, index, &draft)
        } else if tape.isName("specversion", at: name) {
            exact(tape, value, "1.0", .specificationVersion, "specversion", .specificationVersion, index, &draft)
        } else if tape.isName("type", at: name) {
            exact(tape, value, UsageEvent.cloudEventType, .type, "type", .type, index, &draft)
        } else if tape.isName("datacontenttype", at: name) {
            exact(tape, value, "application/json", .contentType, "datacontenttype", [], index, &draft)
        } else if tape.isName("data", at: name) {
            data(tape, value, index, &draft)
        }
    }

    private mutating func data(
        _ tape: borrowing JSONTape, _ place: Int, _ index: Int?, _ draft: inout UsageEventDraft
    ) {
        draft.met.insert(.data)
        guard tape.kind(at: place) == .object else { return note(.object, "data", index, &draft) }
        tape.forEachMember(of: place) { name, value in content(tape, name, value, index, &draft) }
        for (field, name) in UsageEventDraft.Fields.content where !draft.met.contains(field) {
            note(.present, name, index, &draft)
        }
    }

    private mutating func content(
        _ tape: borrowing JSONTape, _ name: Int, _ value: Int, _ index: Int?, _ draft: inout UsageEventDraft
    ) {
        let isNull = tape.kind(at: value) == .null
        if tape.isName("applicatie", at: name) {
            let application = Self.text(tape, value, UsageEventField.application)
            draft.application = keep(application, "data.applicatie", .application, index, &draft)
        } else if tape.isName("aanbieder", at: name) {
            let provider = Self.text(tape, value, of: &providers, UsageEventField.oin)
            draft.provider = keep(provider, "data.aanbieder", .provider, index, &draft)
        } else if tape.isName("afnemer", at: name) {
            let consumer = Self.text(tape, value, of: &consumers, UsageEventField.oin)
            draft.consumer = keep(consumer, "data.afnemer", .consumer, index, &draft)
        } else if tape.isName("klasse", at: name) {
            guard !isNull else { return }
            let tariffClass = Self.text(tape, value, UsageEventField.tariffClass)
            draft.tariffClass = keep(tariffClass, "data.klasse", [], index, &draft)
        } else if tape.isName("transactie", at: name) {
            guard !isNull else { return }
            let transaction = Self.text(tape, value, UsageEventField.transaction)
            draft.transaction = keep(transaction, "data.transactie", [], index, &draft)
        } else if tape.isName("aantal", at: name) {
            // A quantity of null would silently count as one, so it is refused.
            do throws(UsageEventRule) {
                draft.quantity = try UsageEventField.quantity(tape.integer(at: value))
            } catch { note(error, "data.aantal", index, &draft) }
        } else {
            note(.knownField, "data.\(tape.string(at: name) ?? "")", index, &draft)
        }
    }

    /// Text of a field, checked.
    private static func text<Value>(
        _ tape: borrowing JSONTape, _ place: Int, _ check: (FieldText) throws(UsageEventRule) -> Value
    ) -> Result<Value, UsageEventRule> {
        do throws(UsageEventRule) {
            if let text = tape.plainText(at: place) { return .success(try check(text)) }
            guard let text = tape.string(at: place) else { throw .text }
            return .success(try Array(text.utf8).withUnsafeBufferPointer { bytes throws(UsageEventRule) in
                try check(bytes)
            })
        } catch {
            return .failure(error)
        }
    }

    /// The same through the newest value. Unescaped text does not stay where it is, so it is not remembered.
    private static func text<Value>(
        _ tape: borrowing JSONTape, _ place: Int, of last: inout LastText<Value>,
        _ check: (FieldText) throws(UsageEventRule) -> Value
    ) -> Result<Value, UsageEventRule> {
        guard let text = tape.plainText(at: place) else { return Self.text(tape, place, check) }
        do throws(UsageEventRule) { return .success(try last.value(of: text, check)) } catch {
            return .failure(error)
        }
    }

    /// The value; `nil` after writing down what is wrong.
    private mutating func keep<Value>(
        _ result: Result<Value, UsageEventRule>, _ path: StaticString, _ field: UsageEventDraft.Fields,
        _ index: Int?, _ draft: inout UsageEventDraft
    ) -> Value? {
        draft.met.formUnion(field)
        switch result {
        case .success(let value): return value
        case .failure(let rule):
            note(rule, "\(path)", index, &draft)
            return nil
        }
    }

    private mutating func exact(
        _ tape: borrowing JSONTape, _ place: Int, _ expected: StaticString, _ rule: UsageEventRule,
        _ path: StaticString, _ field: UsageEventDraft.Fields, _ index: Int?, _ draft: inout UsageEventDraft
    ) {
        draft.met.formUnion(field)
        if !tape.isName(expected, at: place) { note(rule, "\(path)", index, &draft) }
    }

    private mutating func note(
        _ rule: UsageEventRule, _ path: String, _ index: Int?, _ draft: inout UsageEventDraft
    ) {
        draft.isBroken = true
        let prefix = index.map { path.isEmpty ? "[\($0)]" : "[\($0)]." } ?? ""
        violations.append(.init(path: prefix + path, rule: rule))
    }
}

/// The value of the newest text, so that a run of equal texts is checked and copied once.
/// The texts have to stay where they are while this lives.
struct LastText<Value> {
    private var text: FieldText?
    private var value: Value?

    mutating func value(
        of text: FieldText, _ check: (FieldText) throws(UsageEventRule) -> Value
    ) throws(UsageEventRule) -> Value {
        if let last = self.text, let value, last.elementsEqual(text) { return value }
        let checked = try check(text)
        self.text = text
        value = checked
        return checked
    }
}
