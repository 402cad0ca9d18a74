// SPDX-License-Identifier: EUPL-1.2
import Journal
import Node
import Notation

/// `korf member`.
enum MemberCommands {
    private static let proposing = [
        Option("organ", .text, "The organ that decides; may be left out where there is one."),
        Option("deadline", .date, "The last day to vote; 14 days from now where not given."),
        Option("title", .text, "What people read."),
        Option("text", .path, "A file with goal, expected result and explanation."),
    ]

    static let all = [
        Command("member list", "Lists the members, with standing and logs.", example: "korf member list") {
            (_, session) async throws(ConsoleFailure) in
            session.show(try session.node.get("/v1/leden")) { MemberScreens.list($0, session.texts) }
            return .fine
        },
        Command(
            "member show", "Shows a member: its card, standing, logs and the keys that verify them.",
            operands: [Operand("OIN", .oin)], example: "korf member show 00000099000000632000"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let answer = try session.node.get("/v1/leden/" + arguments.required("OIN"))
            session.show(answer) { MemberScreens.show($0, session.texts) }
            return .fine
        },
        Command(
            "member propose", "Proposes to admit a member, by its card.",
            operands: [Operand("CARDFILE", .path)], options: proposing,
            example: "korf member propose woerden.korf-card --deadline 2026-12-15", run: propose),
        Command(
            "member exit", "Proposes that this member leaves.",
            options: [Option("date", .date, isRequired: true, "The last day as a member.")] + proposing,
            example: "korf member exit --date 2027-12-31", run: exit),
    ]

    @Sendable
    private static func propose(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let path = arguments.required("CARDFILE")
        let card: Card
        do throws(FoundingFailure) { card = try NetworkFounding.card(path) } catch {
            throw ConsoleFailure(.finding, error.description)
        }
        let text = String(decoding: try Files.read(path), as: UTF8.self)
        return try send(
            "toelating", ["kaart": .string(text)], title: session.texts(.admissionTitle, card.name),
            ["inhoud": path, "inhoud.kaart": path], arguments, session)
    }

    @Sendable
    private static func exit(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let own = try session.node.get("/v1/status")["lid"] ?? .null
        return try send(
            "uittreding",
            ["lid": .string(own.words("oin")), "laatsteDatum": .string(arguments.required("date"))],
            title: session.texts(.exitTitle, own.words("naam")),
            ["inhoud.lid": own.words("naam"), "inhoud.laatsteDatum": "--date"], arguments, session)
    }

    private static func send(
        _ kind: String, _ payload: JSON, title: String, _ places: [String: String], _ arguments: Arguments,
        _ session: Session
    ) throws(ConsoleFailure) -> ExitCode {
        var request = JSONObject()
        request.set("soort", .string(kind))
        request.set("titel", .string(arguments["title"] ?? title))
        if let organ = arguments["organ"] { request.set("orgaan", .string(organ)) }
        if let deadline = arguments["deadline"] { request.set("termijnDatum", .string(deadline)) }
        if let file = arguments["text"] {
            request.set("tekst", .string(String(decoding: try Files.read(file), as: UTF8.self)))
        }
        request.set("inhoud", payload)
        let written = places.merging([
            "titel": "--title", "orgaan": "--organ", "termijnDatum": "--deadline", "tekst": "--text",
        ]) { first, _ in first }
        let answer: JSON
        do throws(ConsoleFailure) { answer = try session.node.post("/v1/besluiten", .object(request)) } catch {
            throw WrittenPlaces(written).told(error)
        }
        session.show(answer) { DecisionCommands.proposed($0, session.texts) }
        return .fine
    }
}
