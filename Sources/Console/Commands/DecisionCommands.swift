// SPDX-License-Identifier: EUPL-1.2
import Notation
import Transport

/// `korf decision`.
enum DecisionCommands {
    private static let id = Operand("ID")

    static let all = [
        Command(
            "decision propose", "Asks an organ to decide, from options or from a file.",
            options: ProposalOptions.all,
            example: "korf decision propose --kind tariff --application subsidiesysteem --from 2027-01 --price 0.05 "
                + "--vat S --rate 21 --title \"Tarief Subsidiesysteem 2027\" --deadline 2026-12-15", run: propose),
        Command(
            "decision list", "Lists decisions that are open, by deadline.",
            options: [.flag("all", "Lists closed ones too, newest first.")], example: "korf decision list --all"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let target = Target.query("/v1/besluiten", [("alle", arguments.has("all") ? "true" : nil)])
            session.show(try session.node.get(target)) { DecisionListScreen.text($0, session.texts) }
            return .fine
        },
        Command(
            "decision show", "Shows rule, payload, electorate, votes, tally and outcome of a decision.",
            operands: [id], example: "korf decision show 2563bbff-12"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let answer = try session.node.get(path(arguments))
            session.show(answer) { DecisionScreen(decision: $0, texts: session.texts).text }
            return .fine
        },
        Command(
            "decision vote", "Votes for this member; final unless it says that it may be replaced.",
            operands: [
                id, Operand("VOTE", .choice(["voor", "tegen", "blanco", "for", "against", "blank"])),
            ],
            options: [
                .flag("replaceable", "The vote may be replaced later, and so makes no outcome certain."),
                .flag("replace", "Replaces this member's own vote, which said that it may be replaced."),
            ],
            example: "korf decision vote 2563bbff-12 voor", run: vote),
        Command(
            "decision close",
            "Says what closing a decision waits for: an epoch closes it, nobody by hand. Exit code 1 while open.",
            operands: [id],
            options: [Option("wait", .number(1...86_400), "Waits so many seconds until it is closed.")],
            example: "korf decision close 2563bbff-12 --wait 60", run: close),
    ]

    static func path(_ arguments: Arguments) -> String {
        "/v1/besluiten/" + Target.segment(arguments.required("ID"))
    }

    @Sendable
    private static func propose(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let file = arguments["file"]
        let document: PositionedNode
        if let file {
            let extra = arguments.options.keys.sorted().first { name in
                name != "file" && ProposalOptions.all.contains { $0.name == name }
            }
            if let extra { throw ConsoleFailure(.usage, "--\(extra) does not go with --file; put it into the file.") }
            document = try Files.document(file)
        } else {
            document = try ProposalOptions.document(arguments)
        }
        var reader = ProposalReader(isFromOptions: file == nil)
        guard let request = try reader.request(document) else {
            throw ConsoleFailure(file == nil ? .usage : .finding, reader.sentences(file: file))
        }
        let answer: JSON
        do throws(ConsoleFailure) { answer = try session.node.post("/v1/besluiten", request) } catch {
            guard error.document != nil else { throw error }
            throw ConsoleFailure(error.code, reader.sentences(error, file: file), document: error.document)
        }
        session.show(answer) { proposed($0, session.texts) }
        return .fine
    }

    static func proposed(_ decision: JSON, _ texts: Texts) -> String {
        let id = decision.words("id")
        let effect = PayloadWords(decision: decision, texts: texts).consequence.map { "  " + $0 }
        let lines = [texts(.proposed, id, decision.words("titel"))] + effect + [texts(.proposedHint, id)]
        return lines.joined(separator: "\n") + "\n"
    }

    @Sendable
    private static func vote(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let dutch = ["for": "voor", "against": "tegen", "blank": "blanco"]
        let word = arguments.required("VOTE")
        let choice = dutch[word] ?? word
        let answer = try session.node.post(path(arguments) + "/stemmen", [
            "keuze": .string(choice), "definitief": .boolean(!arguments.has("replaceable")),
            "vervangt": .boolean(arguments.has("replace")),
        ])
        session.show(answer) { decision in
            let words = DecisionWords(decision: decision, texts: session.texts)
            var lines = [
                session.texts(
                    .voted, session.texts.word(choice), decision.words("id"), decision.words("titel")),
                words.tally, words.outcome,
            ]
            if arguments.has("replaceable") { lines.append(session.texts(.votedReplaceable)) }
            return lines.flatMap { Layout.wrap($0, columns: Table.columnsLimit, hanging: 2) }.joined(separator: "\n")
                + "\n"
        }
        return .fine
    }

    @Sendable
    private static func close(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var secondsLeft = arguments.number("wait") ?? 0
        while true {
            let decision = try session.node.get(path(arguments))
            let isOpen = decision.words("stand") == "open"
            if isOpen, secondsLeft > 0 {
                secondsLeft -= 1
                session.terminal.progress(DecisionWaits.lines(decision, session.texts).first ?? "")
                do { try await Task.sleep(for: .seconds(1)) } catch { secondsLeft = 0 }
                continue
            }
            session.terminal.progress("")
            session.show(decision) { closing($0, session.texts) }
            return isOpen ? .finding : .fine
        }
    }

    private static func closing(_ decision: JSON, _ texts: Texts) -> String {
        let words = DecisionWords(decision: decision, texts: texts)
        var lines = [texts(words.isOpen ? .stillOpen : .closedAlready, decision.words("id"))]
        lines += words.result + DecisionWaits.lines(decision, texts)
        return lines.flatMap { Layout.wrap($0, columns: Table.columnsLimit, hanging: 2) }.joined(separator: "\n") + "\n"
    }
}

/// `korf todo`.
enum TodoCommand {
    static let command = Command(
        "todo", "Lists what this member has to do, each with the exact command; exit code 1 when something is due.",
        example: "korf todo"
    ) { (_, session) async throws(ConsoleFailure) in
        let answer = try session.node.get("/v1/taken")
        session.show(answer) { TodoScreen(answer: $0, texts: session.texts).text }
        return TodoScreen(answer: answer, texts: session.texts).isDue ? .finding : .fine
    }
}

/// `korf text`.
enum TextCommands {
    static let all = [
        Command(
            "text destroy", "Destroys the text of an own proposal on every node; what was decided stays provable.",
            operands: [Operand("ID")], example: "korf text destroy 2563bbff-12"
        ) { (arguments, session) async throws(ConsoleFailure) in
            let target = "/v1/teksten/" + Target.segment(arguments.required("ID")) + "/_vernietig"
            let answer = try session.node.json(session.node.call(
                .post, target, mediaType: nil, body: [], accept: "application/json"))
            session.show(answer) { session.texts(.textDestroyed, $0.words("id"), $0.words("regel")) + "\n" }
            return .fine
        },
    ]
}
