// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf network show`.
enum NetworkScreen {
    static func text(_ document: JSON, _ texts: Texts) -> String {
        let founders = document.list("stichters").map { $0.words("naam") }.joined(separator: ", ")
        let cooperative = document["cooperatie"]
        let lines = [
            texts(.networkTitle, document.words("naam"), Figures(texts: texts).day(document.words("datum")),
                  String(document.number("regelversie") ?? 0)),
            texts(.networkID, document.words("id")),
            texts(.networkCooperative, cooperative?.words("naam") ?? "",
                  cooperative?["boekhouder"]?.words("naam") ?? ""),
        ] + Layout.wrap(texts(.networkFounders, founders), columns: Table.columnsLimit, hanging: 2)
            + dialled(document, texts) + RulesLines(network: document, texts: texts).lines
        return lines.joined(separator: "\n") + "\n"
    }

    /// Whom a JOIN file names.
    private static func dialled(_ document: JSON, _ texts: Texts) -> [String] {
        let members = document.list("adressen").map { address in
            let name = address["naam"]?.text ?? address.words("oin")
            return "\(name) (\(address.list("eindpunten").compactMap(\.text).joined(separator: ", ")))"
        }
        guard !members.isEmpty else { return [] }
        return Layout.wrap(texts(.networkDials, members.joined(separator: ", ")), columns: 100, hanging: 2)
    }
}
