// SPDX-License-Identifier: EUPL-1.2

/// The language in which a refusal is told. Spec: Protocol/local-api.md §9.
enum APILanguage: Sendable {
    case dutch
    case english

    /// The first language that the caller takes; Dutch unless that is English.
    init(acceptLanguage field: String?) {
        let first = (field ?? "").split(separator: ",").first.map(String.init)?.lowercased() ?? ""
        self = first.drop { $0 == " " }.hasPrefix("en") ? .english : .dutch
    }
}

/// A sentence in both languages, written where the refusal is decided.
struct BothLanguages: Sendable, Equatable {
    let nl: String
    let en: String

    subscript(language: APILanguage) -> String { language == .dutch ? nl : en }
}

extension APIProblem {
    /// A refusal in the language of the caller.
    static func refused(
        _ status: Int, _ language: APILanguage, nl: String, en: String, _ violations: [Violation] = []
    ) -> APIProblem {
        let title = switch status {
        case 400: "Bad request"
        case 403: "Forbidden"
        case 404: "Not found"
        case 409: "Conflict"
        default: "Not now"
        }
        let detail = BothLanguages(nl: nl, en: en)[language]
        return APIProblem(status: status, title: title, detail: detail, violations: violations)
    }
}
