// SPDX-License-Identifier: EUPL-1.2
public import Notation

/// One kind of case: what it may hold and how it is answered.
struct CaseKind: Sendable {
    let name: String
    let fields: [String]
    let answer: @Sendable (JSONField) throws -> JSON

    init(_ name: String, _ fields: String..., answer: @escaping @Sendable (JSONField) throws -> JSON) {
        self.name = name
        self.fields = fields
        self.answer = answer
    }
}

/// Answers cases of settlement without a node, by the same code that a node uses.
/// Spec: Protocol/settlement-calculate.md.
public enum Calculation {
    /// Every kind; one line each.
    static let kinds: [String: CaseKind] = Dictionary(
        uniqueKeysWithValues: (ShareCases.all + PriceCases.all + ComparisonCases.all + DocumentCases.all
            + PeriodCases.all + StatementCases.all + ForecastCases.all).map { ($0.name, $0) })

    /// The reason of a line that is no case.
    public static let malformed = "malformed-case"

    /// The answer to one line: `result`, or `reason` and `message`; the case's `id` first where it has one.
    public static func answer(_ line: [UInt8]) -> JSON {
        do {
            return answer(try JSON(parsing: line))
        } catch {
            return refused(error, id: nil)
        }
    }

    /// The answer to one case.
    public static func answer(_ value: JSON) -> JSON {
        let id = value["id"]
        do {
            let field = value.field
            let name = try field.member("kind").string()
            guard let kind = kinds[name] else {
                let names = kinds.keys.sorted().joined(separator: ", ")
                throw CaseFault(path: "kind", expectation: "expected one of " + names)
            }
            for member in value.members ?? [] where !(["kind", "id", "name"] + kind.fields).contains(member.name) {
                throw CaseFault(path: member.name, expectation: "is not a field of \(name)")
            }
            var answer = JSONObject()
            if let id { answer.set("id", id) }
            answer.set("result", try kind.answer(field))
            return .object(answer)
        } catch {
            return refused(error, id: id)
        }
    }

    private static func refused(_ error: any Error, id: JSON?) -> JSON {
        guard let refusal = NamedRefusal(error) else {
            preconditionFailure("a case is refused by a rule or by its form")
        }
        var answer = JSONObject()
        if let id { answer.set("id", id) }
        answer.set("reason", .string(refusal.name))
        answer.set("message", .string(refusal.sentence))
        return .object(answer)
    }
}
