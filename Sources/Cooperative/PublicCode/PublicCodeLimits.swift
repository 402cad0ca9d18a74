// SPDX-License-Identifier: EUPL-1.2

/// The lengths that publiccode.yml sets, in grapheme clusters. Spec: Protocol/publiccode.md §3.
enum PublicCodeLimits {
    static let shortDescription = 150
    static let longDescription = 150...10_000
    static let genericName = 35
}
