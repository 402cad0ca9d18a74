// SPDX-License-Identifier: EUPL-1.2
import Cooperative

/// What the API calls kinds, choices and bases. Spec: Protocol/local-api.md §9.
enum DecisionWords {
    static let kinds: [(kind: DecisionPayload.Kind, word: String)] = [
        (.admission, "toelating"), (.exit, "uittreding"), (.expulsion, "ontzetting"), (.tariff, "tarief"),
        (.contribution, "contributie"), (.costSharing, "kostenverdeling"), (.inhabitants, "inwoners"),
        (.application, "applicatie"), (.communityJoining, "deelname"), (.communityLeaving, "einde deelname"),
        (.votingFlag, "stemvlag"), (.keyReplacement, "sleutelvervanging"), (.networkTerms, "netwerktermijnen"),
        (.freeText, "vrije tekst"), (.cellCount, "telling"), (.line, "besluitregel"),
        (.advanceSettlement, "voorschot verrekenen"),
        (.sharingTerms, "voorwaarden kostenverdeling"),
    ]

    static let choices: [(choice: Ballot.Choice, word: String)] = [
        (.for, "voor"), (.against, "tegen"), (.blank, "blanco"),
    ]

    static func word(_ kind: DecisionPayload.Kind) -> String { kinds.first { $0.kind == kind }?.word ?? kind.name }

    static func word(_ choice: Ballot.Choice) -> String { choices.first { $0.choice == choice }?.word ?? "" }

    static func word(_ base: Genesis.Organ.Base) -> String {
        switch base {
        case .votesWithoutBlanks: "stemmen zonder blanco"
        case .votes: "stemmen"
        case .entitled: "kiesgerechtigden"
        }
    }
}
