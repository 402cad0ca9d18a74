// SPDX-License-Identifier: EUPL-1.2

/// The VAT category of a tariff, contribution or cost sharing as it is written down. Spec: Protocol/genesis.md §1.
enum VATCategoryText {
    /// What would be right.
    static let sentence = "A VAT category is S, Z, E, AE or O; after E, AE and O a reason of exemption may follow."

    /// S, Z, E, AE or O; the last three may be followed by a space and a reason without control characters.
    static func isCategory(_ text: String) -> Bool {
        guard (1...CooperativeLimits.nameBytes).contains(text.utf8.count) else { return false }
        if text == "S" || text == "Z" { return true }
        let bytes = Array(text.utf8)
        let code = Array(bytes.prefix { $0 != 0x20 })
        guard code == Array("E".utf8) || code == Array("AE".utf8) || code == Array("O".utf8) else { return false }
        guard code.count < bytes.count else { return true }
        let reason = bytes.dropFirst(code.count + 1)
        return reason.first.map { $0 != 0x20 } ?? false && reason.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
