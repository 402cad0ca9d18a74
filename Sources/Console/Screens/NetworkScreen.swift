// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf network show`.
enum NetworkScreen {
    static func text(_ document: JSON, _ texts: Texts) -> String {
        let founders = document.list("stichters").map { $0.words("naam") }.joined(separator: ", ")
        let applications = document.list("applicaties").map { $0.words("naam") }.joined(separator: ", ")
        let cooperative = document["cooperatie"]
        let lines = [
            texts(.networkTitle, document.words("naam"), Figures(texts: texts).day(document.words("datum")),
                  String(document.number("regelversie") ?? 0)),
            document.words("id"),
            texts(.networkCooperative, cooperative?.words("naam") ?? "",
                  cooperative?["boekhouder"]?.words("naam") ?? ""),
        ] + Layout.wrap(texts(.networkFounders, founders), columns: 100, hanging: 2)
            + Layout.wrap(texts(.networkApplications, applications), columns: 100, hanging: 2)
        return lines.joined(separator: "\n") + "\n"
    }
}
