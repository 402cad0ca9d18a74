// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Foundation
import Notation
import YAML

/// Files of the repository itself, and how any file is reviewed.
enum PublicCodeExamples {
    /// As the node does it: what is no YAML gets one sentence.
    static func review(_ bytes: [UInt8]) -> PublicCodeReview {
        do throws(YAMLError) {
            return PublicCodeReview(try YAML.parse(bytes))
        } catch {
            return PublicCodeReview(
                unreadableAtLine: error.line, column: error.column, sentence: error.reason.sentence)
        }
    }

    static func review(_ text: String) -> PublicCodeReview { review(Array(text.utf8)) }

    /// A file, by its path in the repository.
    static func file(_ path: String) throws -> [UInt8] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: root.appending(path: path)))
    }

    /// A smallest file without findings.
    static let smallest = """
        publiccodeYmlVersion: "0.7"
        name: Zaaksysteem
        url: https://git.example.org/zaaksysteem
        platforms:
          - web
        developmentStatus: stable
        softwareType: standalone/web
        description:
          nl:
            shortDescription: Behandelt zaken van begin tot eind.
            longDescription: >
              Een zaaksysteem houdt bij wat een inwoner of ondernemer aan de gemeente vraagt, wie het behandelt,
              welke stukken erbij horen en wat het besluit werd, zodat iedereen op elk moment dezelfde stand ziet.
            features:
              - Zaken behandelen
        legal:
          license: EUPL-1.2
        maintenance:
          type: none
        localisation:
          localisationReady: false
          availableLanguages:
            - nl

        """
}
