// SPDX-License-Identifier: EUPL-1.2

/// A field of a proposal as people write it, in the words of `network.yaml`, and what it is called in the API.
struct ProposalField: Sendable {
    /// What stands in it.
    indirect enum Shape: Sendable {
        case text
        case integer
        case truth
        /// A decimal number, sent in units of its last possible digit.
        case decimal(digits: Int, example: String)
        /// One of these words, with what the API calls it.
        case choice([(word: String, api: String)])
        /// The path of a file of text, which is sent.
        case file
        /// A price, sent as the only tier.
        case onlyTier
        case texts
        case list([ProposalField])
        case group([ProposalField])
    }

    let name: String
    let api: String
    let shape: Shape
    let isRequired: Bool

    init(_ name: String, _ api: String, _ shape: Shape = .text, isOptional: Bool = false) {
        (self.name, self.api, self.shape, isRequired) = (name, api, shape, !isOptional)
    }

    static func optional(_ name: String, _ api: String, _ shape: Shape = .text) -> ProposalField {
        ProposalField(name, api, shape, isOptional: true)
    }

    /// The name of the option that fills it: `perInhabitant` becomes `per-inhabitant`. Lists have the singular.
    var option: String {
        if case .list = shape { return name.hasSuffix("s") ? String(name.dropLast()) : name }
        return name.reduce(into: "") { text, character in
            text += character.isUppercase ? "-" + character.lowercased() : String(character)
        }
    }
}
