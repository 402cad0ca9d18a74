// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Notation
import Transport

/// What somebody does in the books, each its own right in `korf.yaml`.
enum BooksRole: String {
    /// Numbers documents, hands them over, rejects them.
    case issuer = "uitschrijver"
    /// Ordered the service and confirms that it was had.
    case orderer = "besteller"
    /// Approves payments and documents before they are handed over.
    case controller = "controller"
    /// Sets orders, records payments and opening balances.
    case clerk = "administratie"
}

/// Who does something in the books: the login name that the kernel names for the other end of the socket, or the name
/// that the caller gives. Spec: Protocol/local-api.md §7a.
struct BooksPerson {
    let name: String
    let login: String?
    let role: BooksRole

    /// Where `korf.yaml` lists who may do it, the login name alone counts and another name is refused; where it lists
    /// nobody, the name that the caller gives goes before the login name.
    init(
        _ given: JSON?, _ request: APIRequest, as role: BooksRole, _ settings: Configuration.Books
    ) throws(APIProblem) {
        let language = request.language
        var login: String?
        if case .local(let uid, _, _) = request.caller { login = Self.loginName(uid) }
        if let given, given != .null {
            guard let text = given.text, (1...100).contains(text.utf8.count),
                  text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
            else {
                throw .refused(
                    400, language, nl: "door is geen naam.", en: "door is no name.",
                    [.init(path: "door", message: "expected the name of a person, 1 to 100 bytes")])
            }
        }
        let listed = settings.persons(for: role)
        let named = given?.text
        if let listed {
            guard let login, listed.contains(login), named == nil || named == login else {
                throw .refused(
                    403, language,
                    nl: "\(named ?? login ?? "Onbekend") mag dit niet als \(role.rawValue); volgens korf.yaml mogen: "
                        + "\(listed.joined(separator: ", ")), onder hun eigen inlognaam.",
                    en: "\(named ?? login ?? "Unknown") may not do this as \(role.rawValue); by korf.yaml these may: "
                        + "\(listed.joined(separator: ", ")), under their own login.")
            }
        }
        guard let name = named ?? login else {
            throw .refused(
                400, language, nl: "Wie dit doet, is niet bekend.", en: "It is not known who does this.",
                [.init(path: "door", message: "expected the name of a person")])
        }
        (self.name, self.login, self.role) = (name, login, role)
    }

    /// Names of one person, whatever the case of the letters.
    static func isSame(_ one: String, _ other: String) -> Bool { one.lowercased() == other.lowercased() }

    private static func loginName(_ uid: UInt32) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4_096)
        guard getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
        else { return nil }
        return String(cString: name)
    }
}
