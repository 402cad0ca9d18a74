// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// What this member receives of a month: the documents that follow from the settled state, and which of their cells
/// are contested. Spec: Protocol/local-api.md §7a.
struct ReceivedDocuments {
    let documents: [BillingDocument]
    let contested: Set<CellKey>

    /// Cells of which the newest word of either party is a dispute or a hand-over to the organ, until the two agree on
    /// a quantity or the month is closed.
    init(_ month: CivilMonth, _ engine: isolated NodeEngine) throws(MonthDocuments.Refusal) {
        let own = engine.member.oin
        documents = try DocumentAnswers.following(month, nil, engine).received(by: own)
        contested = Self.contested(in: documents, engine)
    }

    /// The contested cells among the months of the documents' lines.
    static func contested(in documents: [BillingDocument], _ engine: isolated NodeEngine) -> Set<CellKey> {
        var contested: Set<CellKey> = []
        let months = Set(documents.flatMap(\.lines).compactMap(\.cell?.month)).sorted()
        for month in months {
            for view in engine.state.stanceViews() where view.stance.month == month {
                let stance = view.stance
                let pair = PairPeriod(engine.state, month, own: stance.provider, other: stance.consumer)
                guard pair.closed == nil, isOpen(stance, in: pair), let key = key(stance) else { continue }
                contested.insert(key)
            }
        }
        return contested
    }

    /// Whether a line of the document is about a contested cell.
    func isContested(_ document: BillingDocument) -> Bool {
        document.lines.contains { $0.cell.map(contested.contains) ?? false }
    }

    private static func isOpen(_ stance: CellStance, in pair: PairPeriod) -> Bool {
        let on = pair.stances.filter { view in
            view.stance.application == stance.application && view.stance.tariffClass == stance.tariffClass
                && view.stance.provider == stance.provider && view.stance.consumer == stance.consumer
        }
        let isProvidedByLower = stance.provider < stance.consumer
        let cell = pair.cells.first {
            $0.application == stance.application && $0.tariffClass == stance.tariffClass
                && $0.isProvidedByLower == isProvidedByLower
        }
        guard cell?.settled == nil else { return false }
        return [stance.provider, stance.consumer].contains { party in
            let newest = on.filter { $0.author == party }.max {
                ($0.judge, $0.source.index) < ($1.judge, $1.source.index)
            }
            switch newest?.stance.word {
            case .disputes, .escalates: return true
            default: return false
            }
        }
    }

    private static func key(_ stance: CellStance) -> CellKey? {
        guard let application = try? ApplicationID(stance.application),
              let tariffClass = try? ClassID(stance.tariffClass)
        else { return nil }
        return CellKey(
            application: application, provider: PartyID(stance.provider), consumer: PartyID(stance.consumer),
            tariffClass: tariffClass, month: stance.month)
    }
}

/// Who confirmed of a document that the service was had, and who approved the payment: two acts by two people, each of
/// the digest that they saw. Where the digest changed, both are void. Spec: Protocol/local-api.md §7a.
struct Performance {
    /// Of the digest that the document has now.
    let confirmations: [BooksAct]
    /// Lines that nobody confirmed.
    let openLines: [String]
    /// Of the digest that the document has now.
    let approval: BooksAct?
    /// Somebody confirmed or approved another digest.
    let isVoid: Bool
    private let everConfirmed: [String]
    private let everApproved: [String]

    init(_ document: BillingDocument, _ books: Books) {
        let (name, digest) = (document.number.description, document.facts.inputs.description)
        let confirmed = books.acts(BooksActKind.confirmed, on: name)
        let approved = books.acts(BooksActKind.released, on: name)
        confirmations = confirmed.filter { $0.facts["digest"]?.text == digest }
        let lines = Set(confirmations.flatMap { $0.facts["regels"]?.elements?.compactMap(\.text) ?? [] })
        openLines = document.lines.map(\.id).filter { !lines.contains($0) }
        approval = approved.last { $0.facts["digest"]?.text == digest }
        isVoid = (confirmed + approved).contains { $0.facts["digest"]?.text != digest }
        everConfirmed = confirmed.map(\.person)
        everApproved = approved.map(\.person)
    }

    var isConfirmed: Bool { openLines.isEmpty }

    /// Whether the person approved the document before, under any digest.
    func wasApproved(by person: String) -> Bool { everApproved.contains { BooksPerson.isSame($0, person) } }

    /// Whether the person confirmed the document before, under any digest.
    func wasConfirmed(by person: String) -> Bool { everConfirmed.contains { BooksPerson.isSame($0, person) } }

    /// `verklaard`, `deels`, `vervallen` (of another digest), `nog niet`.
    var word: String {
        if isConfirmed { return "verklaard" }
        if !confirmations.isEmpty { return "deels" }
        return isVoid ? "vervallen" : "nog niet"
    }
}
