// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
import Journal
public import Notation
import Settlement

/// The file from which `korf network create` makes a genesis: what the founders agreed on, as people write it.
/// Prices and amounts are text in euro (`"0.035"`), rates of VAT in percent.
public struct NetworkDescription: Sendable {
    /// Everything that is wrong with a description, each with its line.
    public struct Invalid: Error, Sendable, CustomStringConvertible {
        /// In the order of the file's fields.
        public let findings: [Finding]

        public var description: String { findings.map(\.description).joined(separator: "\n") }
    }

    /// The draft, without founders.
    public private(set) var draft: GenesisDraft

    /// Reads a description; its meaning is checked when the genesis is made.
    public init(_ document: PositionedNode) throws(Invalid) {
        var reader = DescriptionReader()
        draft = reader.draft(document)
        guard reader.reader.findings.isEmpty else { throw Invalid(findings: reader.reader.findings) }
    }
}

/// Reads the parts of a description into a draft.
private struct DescriptionReader {
    var reader = DocumentReader()

    mutating func draft(_ document: PositionedNode) -> GenesisDraft {
        var draft = GenesisDraft()
        guard let top = reader.mapping(
            document, path: "", mandatory: ["name", "date", "cooperative", "applications", "inhabitants"],
            optional: ["tariffs", "contribution", "costSharings", "balances", "terms", "timings"])
        else { return draft }
        draft.name = text(top, "name")
        draft.date = text(top, "date")
        draft.cooperative = cooperative(top["cooperative"]?.value)
        draft.applications = list(top, "applications") { $0.application($1, $2) }
        draft.tariffs = list(top, "tariffs") { $0.tariff($1, $2) }
        draft.contributions = list(top, "contribution") { $0.contribution($1, $2) }
        draft.costSharings = list(top, "costSharings") { $0.costSharing($1, $2) }
        draft.inhabitants = list(top, "inhabitants") { $0.inhabitants($1, $2) }
        draft.balances = list(top, "balances") { $0.balance($1, $2) }
        terms(top["terms"]?.value, into: &draft.terms)
        timings(top["timings"]?.value, into: &draft.timings)
        return draft
    }

    private mutating func list<Item>(
        _ mapping: PositionedNode.Mapping, _ name: String, at prefix: String = "",
        _ read: (inout Self, PositionedNode, String) -> Item?
    ) -> [Item] {
        reader.elements(mapping[name]?.value, path: prefix + name).enumerated().compactMap { position, node in
            read(&self, node, "\(prefix)\(name)[\(position)]")
        }
    }

    private mutating func text(_ mapping: PositionedNode.Mapping, _ name: String, at path: String = "") -> String {
        reader.text(mapping[name]?.value, path: path + name) ?? ""
    }

    private mutating func number(
        _ mapping: PositionedNode.Mapping, _ name: String, at path: String, in range: ClosedRange<Int64>
    ) -> Int64 {
        reader.integer(mapping[name]?.value, path: path + name, in: range) ?? 0
    }

    /// A decimal number in units of its last possible digit.
    private mutating func decimal(
        _ mapping: PositionedNode.Mapping, _ name: String, at path: String, digits: Int, example: String
    ) -> Int64 {
        reader.value(mapping[name]?.value, path: path + name, expected: "a number such as \"\(example)\"") { text in
            try? DecimalText.parse(text, fractionDigits: digits)
        } ?? 0
    }

    private mutating func cooperative(_ node: PositionedNode?) -> GenesisDraft.Party {
        var party = GenesisDraft.Party()
        guard let node, let fields = reader.mapping(
            node, path: "cooperative", mandatory: ["name", "books"],
            optional: ["oin", "address", "postal", "city", "kvk", "vat", "iban", "electronic"])
        else { return party }
        party.name = text(fields, "name", at: "cooperative.")
        party.books = text(fields, "books", at: "cooperative.")
        party.oin = reader.text(fields["oin"]?.value, path: "cooperative.oin")
        party.invoiceFacts = InvoiceFactsReader.read(fields, path: "cooperative.", &reader)
        return party
    }

    private mutating func application(_ node: PositionedNode, _ path: String) -> GenesisDraft.Application? {
        guard let fields = reader.mapping(
            node, path: path, mandatory: ["id", "name", "lead", "participants"],
            optional: ["sensitive", "classes", "providers", "modes", "customers"])
        else { return nil }
        var application = GenesisDraft.Application()
        let prefix = path + "."
        application.id = text(fields, "id", at: prefix)
        application.name = text(fields, "name", at: prefix)
        application.lead = text(fields, "lead", at: prefix)
        application.isSensitive = reader.boolean(fields["sensitive"]?.value, path: prefix + "sensitive") ?? false
        application.participants = list(fields, "participants", at: prefix) { $0.since($1, $2) }
        let classes = list(fields, "classes", at: prefix) { $0.reader.text($1, path: $2) }
        application.classes = classes.isEmpty ? ["standaard"] : classes
        let providers = list(fields, "providers", at: prefix) { $0.reader.text($1, path: $2) }
        application.providers = providers.isEmpty ? [application.lead] : providers
        application.modes = list(fields, "modes", at: prefix) { $0.mode($1, $2) }
        application.customers = list(fields, "customers", at: prefix) { $0.customer($1, $2) }
        return application
    }

    private mutating func since(_ node: PositionedNode, _ path: String) -> GenesisDraft.Since? {
        guard let fields = reader.mapping(node, path: path, mandatory: ["member", "since"]) else { return nil }
        return GenesisDraft.Since(
            member: text(fields, "member", at: path + "."), since: text(fields, "since", at: path + "."))
    }

    private mutating func mode(_ node: PositionedNode, _ path: String) -> (consumer: String, mode: Int)? {
        guard let fields = reader.mapping(node, path: path, mandatory: ["consumer", "mode"]) else { return nil }
        let mode = reader.value(
            fields["mode"]?.value, path: path + ".mode", expected: "monthlyTotal or confirmed"
        ) { ["monthlyTotal": 1, "confirmed": 2][$0] }
        return (text(fields, "consumer", at: path + "."), mode ?? 1)
    }

    private mutating func customer(_ node: PositionedNode, _ path: String) -> (id: String, name: String)? {
        guard let fields = reader.mapping(node, path: path, mandatory: ["id", "name"]) else { return nil }
        return (text(fields, "id", at: path + "."), text(fields, "name", at: path + "."))
    }

    private mutating func tariff(_ node: PositionedNode, _ path: String) -> GenesisDraft.Tariff? {
        guard let fields = reader.mapping(
            node, path: path, mandatory: ["application", "from", "vat", "rate"],
            optional: ["class", "to", "price", "tiers", "funder"])
        else { return nil }
        let prefix = path + "."
        var tariff = GenesisDraft.Tariff()
        tariff.application = text(fields, "application", at: prefix)
        tariff.tariffClass = reader.text(fields["class"]?.value, path: prefix + "class") ?? "standaard"
        tariff.firstMonth = text(fields, "from", at: prefix)
        tariff.lastMonth = reader.text(fields["to"]?.value, path: prefix + "to")
        tariff.vatCategory = text(fields, "vat", at: prefix)
        tariff.vatRate = Int(decimal(fields, "rate", at: prefix, digits: 2, example: "21"))
        tariff.funder = reader.text(fields["funder"]?.value, path: prefix + "funder")
        if fields["price"] != nil, fields["tiers"] == nil {
            tariff.tiers = [(nil, decimal(fields, "price", at: prefix, digits: 6, example: "0.035"))]
        } else if fields["price"] == nil, fields["tiers"] != nil {
            tariff.tiers = list(fields, "tiers", at: prefix) { $0.tier($1, $2) }
        } else {
            reader.refuse(prefix + "price", at: node, "expected either price or tiers")
        }
        return tariff
    }

    private mutating func tier(_ node: PositionedNode, _ path: String) -> (upTo: Int64?, price: Int64)? {
        guard let fields = reader.mapping(node, path: path, mandatory: ["price"], optional: ["upTo"])
        else { return nil }
        let upTo = reader.integer(fields["upTo"]?.value, path: path + ".upTo", in: 1...1_000_000_000_000)
        return (upTo, decimal(fields, "price", at: path + ".", digits: 6, example: "0.035"))
    }

    private mutating func contribution(_ node: PositionedNode, _ path: String) -> GenesisDraft.Contribution? {
        guard let fields = reader.mapping(node, path: path, mandatory: ["from", "perInhabitant", "vat", "rate"])
        else { return nil }
        var contribution = GenesisDraft.Contribution()
        contribution.firstYear = Int(number(fields, "from", at: path + ".", in: 1970...2199))
        contribution.perInhabitant = decimal(fields, "perInhabitant", at: path + ".", digits: 6, example: "0.35")
        contribution.vatCategory = text(fields, "vat", at: path + ".")
        contribution.vatRate = Int(decimal(fields, "rate", at: path + ".", digits: 2, example: "21"))
        return contribution
    }

    private mutating func costSharing(_ node: PositionedNode, _ path: String) -> GenesisDraft.CostSharing? {
        guard let fields = reader.mapping(
            node, path: path, mandatory: ["application", "total", "keyYear", "participants", "vat", "rate"])
        else { return nil }
        let prefix = path + "."
        var sharing = GenesisDraft.CostSharing()
        sharing.application = text(fields, "application", at: prefix)
        sharing.total = decimal(fields, "total", at: prefix, digits: 2, example: "120000.00")
        sharing.keyYear = Int(number(fields, "keyYear", at: prefix, in: 1970...2199))
        sharing.participants = list(fields, "participants", at: prefix) { $0.since($1, $2) }
        sharing.vatCategory = text(fields, "vat", at: prefix)
        sharing.vatRate = Int(decimal(fields, "rate", at: prefix, digits: 2, example: "21"))
        return sharing
    }

    private mutating func inhabitants(_ node: PositionedNode, _ path: String) -> GenesisDraft.Inhabitants? {
        guard let fields = reader.mapping(
            node, path: path, mandatory: ["member", "year", "count"], optional: ["code", "final"])
        else { return nil }
        var row = GenesisDraft.Inhabitants()
        row.member = text(fields, "member", at: path + ".")
        // An empty code is allowed: a member that is no municipality.
        row.code = fields["code"]?.value.scalar?.text ?? ""
        row.year = Int(number(fields, "year", at: path + ".", in: 1970...2199))
        row.count = number(fields, "count", at: path + ".", in: 0...100_000_000)
        row.isFinal = reader.boolean(fields["final"]?.value, path: path + ".final") ?? false
        return row
    }

    private mutating func balance(_ node: PositionedNode, _ path: String) -> (member: String, cents: Int64)? {
        guard let fields = reader.mapping(node, path: path, mandatory: ["member", "amount"]) else { return nil }
        return (text(fields, "member", at: path + "."),
                decimal(fields, "amount", at: path + ".", digits: 2, example: "100.00"))
    }

    private mutating func terms(_ node: PositionedNode?, into terms: inout Genesis.Terms) {
        let names: [(String, WritableKeyPath<Genesis.Terms, Int>)] = [
            ("smallCount", \.smallCount), ("toleranceCents", \.toleranceCents),
            ("toleranceBasisPoints", \.toleranceBasisPoints), ("capBasisPoints", \.capBasisPoints),
            ("yearlyCapCents", \.yearlyCapCents), ("disputeWorkingDays", \.disputeWorkingDays),
            ("statementWorkingDay", \.statementWorkingDay), ("paymentDays", \.paymentDays),
            ("billingDay", \.billingDay),
        ]
        guard let node, let fields = reader.mapping(node, path: "terms", mandatory: [], optional: names.map(\.0))
        else { return }
        for (name, place) in names where fields[name] != nil {
            terms[keyPath: place] = Int(number(fields, name, at: "terms.", in: 0...1_000_000_000))
        }
    }

    private mutating func timings(_ node: PositionedNode?, into timings: inout Genesis.Timings) {
        let names: [(String, WritableKeyPath<Genesis.Timings, Int>)] = [
            ("propose", \.proposeMilliseconds), ("prevote", \.prevoteMilliseconds),
            ("precommit", \.precommitMilliseconds), ("growth", \.growthMilliseconds), ("hold", \.holdMilliseconds),
        ]
        guard let node, let fields = reader.mapping(node, path: "timings", mandatory: [], optional: names.map(\.0))
        else { return }
        for (name, place) in names where fields[name] != nil {
            timings[keyPath: place] = Int(number(fields, name, at: "timings.", in: 1...3_600_000))
        }
    }
}
