// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement

/// The documents that follow from a month, as proposals without a number: of the leg `member-pays` those of the
/// cooperative to every member and customer, of the other leg those of each provider to the cooperative.
/// Spec: Protocol/settlement-documents.md §4.
struct MonthDocuments {
    /// Why there is none.
    enum Refusal: Error, CustomStringConvertible {
        case notOver(CivilMonth)
        case calculation(SettlementRefusal)
        case billing(BillingRefusal)

        var description: String {
            switch self {
            case .notOver(let month):
                "\(month) is not billed yet: its documents follow from the first epoch that is dated on the day of "
                    + "billing of the next month or later"
            case .calculation(let refusal): refusal.description
            case .billing(let refusal): refusal.description
            }
        }
    }

    /// The month of use.
    let month: CivilMonth
    /// The date that documents get.
    let date: CivilDate
    /// The receiver's purchase order, for those that a check compares with it.
    var order: String?

    private let state: CooperativeState
    private let input: SettlementInput
    private let billed: BilledMonths
    private let digest: (String) -> Hash

    /// Reads a settled state; the overlay is provisional, and money is never billed from it.
    init(
        _ month: CivilMonth, dated date: CivilDate, _ settled: CooperativeState, digest: @escaping (String) -> Hash
    ) throws(Refusal) {
        guard settled.billingEpoch(of: month) != nil else { throw .notOver(month) }
        do throws(SettlementRefusal) {
            input = try SettlementInput(settled, through: month)
            billed = try BilledMonths(settled, input, also: [month])
        } catch {
            throw .calculation(error)
        }
        self.month = month
        self.date = date
        self.digest = digest
        state = settled
    }

    /// What a member issues: its own as provider, and the cooperative's where it keeps the books.
    func issued(by member: OIN) throws(Refusal) -> [BillingDocument] {
        var documents = try self.documents(of: PartyID(member), .cooperativePays)
        guard state.genesis.cooperative.books == member else { return documents }
        for party in payers { documents += try self.documents(of: party, .memberPays) }
        return documents
    }

    /// What a member receives: the cooperative's to it, and each provider's where it keeps the cooperative's books.
    func received(by member: OIN) throws(Refusal) -> [BillingDocument] {
        var documents = try self.documents(of: PartyID(member), .memberPays)
        guard state.genesis.cooperative.books == member else { return documents }
        for party in input.members.map(\.id).sorted() { documents += try self.documents(of: party, .cooperativePays) }
        return documents
    }

    private var payers: [PartyID] {
        let customers = Set(input.applications.flatMap(\.customers))
        return Set(input.members.map(\.id)).union(customers).sorted()
    }

    private func documents(of party: PartyID, _ leg: Leg) throws(Refusal) -> [BillingDocument] {
        let proposals: [ProposedDocument]
        do throws(SettlementRefusal) {
            proposals = try billed.history(of: party, in: leg).documents.filter { $0.month == month }
        } catch { throw .calculation(error) }
        var made: [BillingDocument] = []
        for proposal in proposals {
            do throws(BillingRefusal) {
                made.append(try Self.document(
                    proposal, state, dated: date, order: order, inputs: digest(proposal.canonicalText)))
            } catch { throw .billing(error) }
        }
        return made
    }

    /// A proposal as a document, with the facts of a state about who issues and who receives.
    static func document(
        _ proposal: ProposedDocument, _ state: CooperativeState, dated date: CivilDate? = nil, order: String? = nil,
        inputs: Hash
    ) throws(BillingRefusal) -> BillingDocument {
        let own = party(proposal.party, state)
        let cooperative: BillingParty
        let days: Int
        do throws(SettlementRefusal) {
            cooperative = try Self.cooperative(state)
            days = try SettlementInput.terms(state.rules.terms).paymentTermDays
        } catch { throw .calculation(error) }
        let isPaid = proposal.leg == .memberPays
        let facts = DocumentFacts(
            issuer: isPaid ? cooperative : own, receiver: isPaid ? own : cooperative,
            issueDate: date ?? proposal.month.lastDay, paymentTermDays: days, orderReference: order,
            buyerReference: "Overzicht \(proposal.month)", inputs: inputs)
        return try BillingDocument(
            number: .proposal(proposal.name), leg: proposal.leg, facts: facts, lines: proposal.lines,
            originals: proposal.originals)
    }

    private static func cooperative(_ state: CooperativeState) throws(SettlementRefusal) -> BillingParty {
        let party = state.genesis.cooperative
        return BillingParty(
            try party.partyID(), name: party.name, oin: party.oin, facts: party.invoiceFacts ?? nothing)
    }

    private static func party(_ id: PartyID, _ state: CooperativeState) -> BillingParty {
        if let oin = OIN(id.text), let member = state.member(oin) {
            return BillingParty(id, name: member.card.name, oin: oin, facts: member.card.invoiceFacts ?? nothing)
        }
        let customers = state.rules.applications.flatMap(\.customers)
        let name = customers.first { $0.id == id.text }?.name ?? id.text
        return BillingParty(id, name: name, facts: nothing)
    }

    private static var nothing: InvoiceFacts {
        guard let facts = InvoiceFacts() else { preconditionFailure("facts without any part are of their form") }
        return facts
    }
}
