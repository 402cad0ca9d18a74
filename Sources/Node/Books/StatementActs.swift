// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// Who confirmed and who approved the statement that a reader has before them, and the order that it falls under: acts
/// on another digest than the document's inputs have now do not count. Spec: Protocol/documents.md §7.4.
struct StatementActs {
    let confirmation: SheetAct?
    let approval: SheetAct?
    let order: SheetOrder?

    /// Of a statement with its digest. Only the own one has acts: those of others are in their books.
    init(_ statement: StatementOfAccount, digest: Hash, _ books: Books, _ engine: isolated NodeEngine) {
        guard statement.party == PartyID(engine.member.oin) else {
            (confirmation, approval, order) = (nil, nil, nil)
            return
        }
        let received = try? DocumentAnswers.following(statement.month, nil, engine).received(by: engine.member.oin)
        let documents = (received ?? []).filter { $0.leg == .memberPays && $0.facts.receiver.id == statement.party }
        func acts(_ kind: String) -> [[BooksAct]] {
            documents.map { document in
                let inputs = document.facts.inputs.description
                return books.acts(kind, on: document.number.description).filter { $0.facts["digest"]?.text == inputs }
            }
        }
        let confirmed = acts(BooksActKind.confirmed)
        let lines = Set(confirmed.flatMap(\.self).flatMap { $0.facts["regels"]?.elements?.compactMap(\.text) ?? [] })
        let wanted = documents.flatMap { $0.lines.map(\.id) }
        let done = wanted.count(where: lines.contains)
        confirmation = Self.act(
            confirmed.flatMap(\.self), digest, mark: done == wanted.count ? "" : " (\(done)/\(wanted.count))")
        let approved = acts(BooksActKind.released)
        let isApproved = !approved.isEmpty && approved.allSatisfy { !$0.isEmpty }
        approval = isApproved ? Self.act(approved.flatMap(\.self), digest, mark: "") : nil
        let orders = OwnOrders(books, buyer: statement.party)
        order = orders.all.isEmpty
            ? nil : orders.sheet(statement, OwnOrders.documents(of: statement.month.year, engine))
    }

    private static func act(_ acts: [BooksAct], _ digest: Hash, mark: String) -> SheetAct? {
        guard let last = acts.last else { return nil }
        var persons: [String] = []
        for act in acts where !persons.contains(where: { BooksPerson.isSame($0, act.person) }) {
            persons.append(act.person)
        }
        let inputs = last.facts["digest"]?.text.flatMap { Hash(hexadecimal: $0) } ?? digest
        return SheetAct(person: persons.joined(separator: ", ") + mark, date: last.date, digest: inputs)
    }

    /// As members of the statement's JSON.
    func add(to statement: JSON) -> JSON {
        guard case .object(var object) = statement else { return statement }
        object.set("prestatie", Self.json(confirmation))
        object.set("akkoord", Self.json(approval))
        object.set("inkooporder", order.map { order in
            [
                "nummer": .string(order.reference), "bedragCent": .integer(order.amount.value),
                "gebruiktCent": .optional(order.used?.value),
                "waarschuwing": .boolean(order.used.map {
                    OrderBalance(amount: order.amount, used: $0).warns
                } ?? false),
            ]
        } ?? .null)
        return .object(object)
    }

    private static func json(_ act: SheetAct?) -> JSON {
        act.map { act in
            [
                "persoon": .string(act.person), "datum": .string(act.date.description),
                "digest": .string(act.digest.description),
            ]
        } ?? .null
    }
}
