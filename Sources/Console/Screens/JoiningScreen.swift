// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf network join`: what an admission waits for.
enum JoiningScreen {
    private static let everySeconds = 2

    /// Shows it once, or until the node is a member.
    static func follow(_ session: Session, waits: Bool) async throws(ConsoleFailure) -> ExitCode {
        var shown = ""
        while true {
            let answer = try session.node.get("/v1/toetreding")
            let isMember = answer.words("stap") == "lid"
            let text = text(answer, session.texts)
            if text != shown || !waits { session.show(answer) { _ in text } }
            shown = text
            guard waits, !isMember else { return isMember ? .fine : .finding }
            do { try await Task.sleep(for: .seconds(everySeconds)) } catch { return .finding }
        }
    }

    static func text(_ answer: JSON, _ texts: Texts) -> String {
        let name = answer["lid"]?.words("naam") ?? ""
        var lines: [String] = []
        switch answer.words("stap") {
        case "lid": lines.append(texts(.joinMember, name, answer.words("netwerk")))
        case "oud-lid": lines.append(texts(.joinEnded, name, answer.words("netwerk")))
        case "tijdperk": lines.append(texts(.joinEpoch, String(answer.number("tijdperk") ?? 0)))
        case "bijlezen": lines.append(texts(.joinCatchingUp))
        case "andere kaart": lines.append(texts(.joinOtherCard))
        case "besluit":
            let absent = answer.list("nietGestemd").map { $0.words("naam") }.joined(separator: ", ")
            lines.append(texts(.joinDecision, answer.words("besluit"), absent.isEmpty ? "-" : absent))
        default:
            lines.append(texts(.joinInvitation, name))
            lines += answer.list("antwoorden").map { answer in
                texts(.joinAnswer, answer.words("naam"), texts.reason(answer.words("reden")))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
