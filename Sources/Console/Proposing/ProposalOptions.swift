// SPDX-License-Identifier: EUPL-1.2
import Notation

/// A proposal from the options of a call: the same document as a file would hold.
enum ProposalOptions {
    static let all: [Option] = [
        Option("file", .path, "A YAML or JSON file with the whole proposal, instead of options."),
        Option("kind", .named("KIND", ProposalKind.all.map(\.word)), "What is decided: "
            + ProposalKind.all.map(\.word).joined(separator: ", ") + "."),
        Option("title", .text, "What people read, at most 200 bytes."),
        Option("organ", .text, "The organ that decides; may be left out where there is one."),
        Option("deadline", .date, "The last day to vote; 14 days from now where not given."),
        Option("cost", .text, "What it costs, in euro: 25000.00."), Option("cover", .text, "What covers the cost."),
        Option("application", .text, "The application: of the payload, or whose participants decide."),
        Option("text", .path, "A file with goal, expected result and explanation."),
        Option("class", .text, isRepeated: true, "The tariff class; of a new application, each."),
        Option("from", .text, "Tariff, cost-sharing terms: first month. Contribution: first year."),
        Option("to", .month, "Tariff: last month."), Option("price", .text, "Tariff: euro a unit, such as 0.035."),
        Option("vat", .text, "VAT category, such as S."), Option("rate", .text, "Rate of VAT in percent, such as 21."),
        Option("funder", .oin, "Tariff: who pays in the consumer's place."),
        Option("per-inhabitant", .text, "Contribution: euro per inhabitant, such as 0.35."),
        Option("total", .text, "Cost sharing, line: euro in all."),
        Option("key-year", .number(1970...2199), "Cost sharing: the year whose inhabitants count."),
        Option("participant", .assignment, isRepeated: true, "OIN=YYYY-MM for a cost sharing, OIN=YYYY-MM-DD else."),
        Option("member", .oin, "The member that it is about."),
        Option("date", .date, "The day from which, or until which, it holds."),
        Option("votes", .choice(["true", "false"]), "Voting flag: whether the member's node votes on epochs."),
        Option("code", .text, "Inhabitants: municipality code, such as GM0632."),
        Option("year", .number(1970...2199), "Inhabitants: the year of the count."),
        Option("count", .number(0...100_000_000), "Inhabitants: how many."),
        Option("final", .choice(["true", "false"]), "Inhabitants: whether the figure is final."),
        Option("id", .text, "Application: its slug."), Option("name", .text, "Application: its name."),
        Option("lead", .oin, "Application: the member that leads it."),
        Option("sensitive", .choice(["true", "false"]), "Application: whether small counts reveal a person's case."),
        Option("provider", .oin, isRepeated: true, "Application: who offers the use."),
        Option("card", .path, "Admission, key replacement: the card file."),
        Option("log", .text, "Key replacement: the log that ends."),
        Option("end-size", .number(0...Int(Int32.max)), "Key replacement: entries of it that stand."),
        Option("end-root", .text, "Key replacement: the root at that size."),
        Option("line", .choice(["entrance-fee", "exit-charge", "fixed-split", "other", "advance"]),
               "Line by decision: what it is for."),
        Option("pays", .choice(["member", "cooperative"]), "Line by decision: who pays; the members where not given."),
        Option("month", .month, "Line by decision: when it falls. Advance settlement: when it is carried back."),
        Option("key", .assignment, isRepeated: true, "Line by decision: OIN=WEIGHT of each who bears a part."),
        Option("for", .text, "Line by decision: what it is for, in words."),
        Option("settled-in", .month, "Advance: the month in which it is carried back."),
        Option("decision", .text, "Advance settlement: the decision of the advance."),
        Option("key-date", .choice(["original", "joining"]), "Cost-sharing terms: whose year's inhabitants count."),
        Option("index-now", .number(1...Int(Int32.max)), "Cost-sharing terms: the index figure of the join."),
        Option("index-original", .number(1...Int(Int32.max)), "Cost-sharing terms: that of the original cost."),
        Option("life-months", .number(1...1_200), "Cost-sharing terms: months in which the cost is written off."),
        Option("set", .assignment, isRepeated: true, "Network terms: smallCount=12, propose=30000 and so on."),
    ]

    /// The document; options that the kind has no use for are refused.
    static func document(_ arguments: Arguments) throws(ConsoleFailure) -> PositionedNode {
        guard let kind = arguments["kind"].flatMap(ProposalKind.named) else {
            throw ConsoleFailure(.usage, "korf decision propose needs --kind, or --file with a whole proposal.")
        }
        var members: [(String, PositionedNode)] = [("kind", scalar(kind.word))]
        var used: Set<String> = ["kind", "json", "language", "directory", "socket"]
        let owns = kind.fields.contains { $0.name == "application" }
        for field in ProposalReader.top where field.name != "application" || !owns {
            guard let value = arguments[field.option] else { continue }
            used.insert(field.option)
            members.append((field.name, scalar(value)))
        }
        if !kind.fields.isEmpty { members.append(("payload", payload(kind, arguments, &used))) }
        try checkAssignments(kind, arguments)
        if let extra = arguments.options.keys.sorted().first(where: { !used.contains($0) }) {
            throw ConsoleFailure(.usage, "--\(extra) means nothing for a decision of kind \(kind.word).")
        }
        return mapping(members)
    }

    /// A mistyped name would be left out in silence, and the old value stay.
    private static func checkAssignments(_ kind: ProposalKind, _ arguments: Arguments) throws(ConsoleFailure) {
        let known = kind.fields.flatMap { field -> [String] in
            if case .group(let inside) = field.shape { inside.map(\.name) } else { [] }
        }
        guard !known.isEmpty else { return }
        var seen: Set<String> = []
        for (name, _) in arguments.all("set").map(pair) {
            guard known.contains(name) else {
                throw ConsoleFailure(
                    .usage, "--set \(name): is not known here; known are: \(known.joined(separator: ", ")).")
            }
            guard seen.insert(name).inserted else {
                throw ConsoleFailure(.usage, "--set \(name): is given twice.")
            }
        }
    }

    private static func payload(
        _ kind: ProposalKind, _ arguments: Arguments, _ used: inout Set<String>
    ) -> PositionedNode {
        // Inhabitants go by the row; by options there is one.
        if kind.fields.count == 1, case .list(let row) = kind.fields[0].shape {
            return mapping([(kind.fields[0].name, sequence([mapping(fields(row, arguments, &used))]))])
        }
        return mapping(fields(kind.fields, arguments, &used))
    }

    private static func fields(
        _ fields: [ProposalField], _ arguments: Arguments, _ used: inout Set<String>
    ) -> [(String, PositionedNode)] {
        var members: [(String, PositionedNode)] = []
        for field in fields {
            let option = Self.option(of: field)
            let values = arguments.all(option)
            guard !values.isEmpty else { continue }
            switch field.shape {
            case .group(let inside):
                used.insert(option)
                let known = Set(inside.map(\.name))
                let pairs = values.map(pair).filter { known.contains($0.0) }
                if !pairs.isEmpty { members.append((field.name, mapping(pairs.map { ($0.0, scalar($0.1)) }))) }
            case .list(let inside):
                guard inside.count == 2, option == "participant" || option == "key" else { continue }
                used.insert(option)
                members.append((field.name, sequence(values.map(pair).map { member, other in
                    mapping([(inside[0].name, scalar(member)), (inside[1].name, scalar(other))])
                })))
            case .texts:
                used.insert(option)
                members.append((field.name, sequence(values.map(scalar))))
            default:
                // A second value of what takes one is left over, and so refused.
                if values.count == 1 { used.insert(option) }
                members.append((field.name, scalar(values[0])))
            }
        }
        return members
    }

    private static func option(of field: ProposalField) -> String {
        switch field.shape {
        case .group: "set"
        case .texts: field.name == "classes" ? "class" : String(field.name.dropLast())
        default: field.option
        }
    }

    private static func pair(_ assignment: String) -> (String, String) {
        let place = assignment.firstIndex(of: "=") ?? assignment.endIndex
        return (String(assignment[..<place]), String(assignment[place...].dropFirst()))
    }

    private static func scalar(_ text: String) -> PositionedNode {
        PositionedNode(.scalar(.init(text: text, isPlain: true)), line: 0, column: 0)
    }

    private static func sequence(_ items: [PositionedNode]) -> PositionedNode {
        PositionedNode(.sequence(items), line: 0, column: 0)
    }

    private static func mapping(_ members: [(String, PositionedNode)]) -> PositionedNode {
        let written = members.map { PositionedNode.Mapping.Member(name: $0.0, line: 0, column: 0, value: $0.1) }
        return PositionedNode(.mapping(.init(written)), line: 0, column: 0)
    }
}
