// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The language of a statement for people.
public enum SheetLanguage: String, Hashable, Sendable, CaseIterable {
    case dutch = "nl"
    case english = "en"
}

/// A person's act on a statement: who, when, on which bytes.
public struct SheetAct: Hashable, Sendable {
    /// Who did it, as the audit trail names them.
    public let person: String
    /// When.
    public let date: CivilDate
    /// The digest that was looked at.
    public let digest: Hash

    /// An act.
    public init(person: String, date: CivilDate, digest: Hash) {
        self.person = person
        self.date = date
        self.digest = digest
    }
}

/// What is left of a purchase order.
public struct SheetOrder: Hashable, Sendable {
    /// The buyer's name of it.
    public let reference: String
    /// What was ordered.
    public let amount: Cents
    /// What was invoiced on it so far, this statement included; nil where that is unknown.
    public let used: Cents?

    /// An order with its balance.
    public init(reference: String, amount: Cents, used: Cents?) {
        self.reference = reference
        self.amount = amount
        self.used = used
    }
}

/// A statement with what a reader wants beside it; what is not known is nil and printed as unknown.
/// Spec: Protocol/documents.md §7.4.
public struct StatementSheet: Hashable, Sendable {
    /// What was computed.
    public let statement: StatementOfAccount
    /// The digest of its canonical text.
    public let digest: Hash
    /// The name of the cooperative.
    public let cooperative: String
    /// Not signed and closed yet.
    public var isProvisional = true
    /// Names of parties; whose name is missing goes by its id.
    public var partyNames: [PartyID: String] = [:]
    /// Names of applications; whose name is missing goes by its id.
    public var applicationNames: [ApplicationID: String] = [:]
    /// The purchase order, where the member has one for this.
    public var order: SheetOrder?
    /// The member's own VAT label of an application (*compensabel*, *aftrekbaar*, *kosten*), where it set one.
    public var vatLabels: [ApplicationID: VATLabel] = [:]
    /// What the month before came to, without VAT; nil where unknown.
    public var previousNet: Cents?
    /// The last day to dispute.
    public var respondBy: CivilDate?
    /// Who confirmed that the service was had; nil while nobody did.
    public var confirmation: SheetAct?
    /// Who approved the payment; nil while nobody did.
    public var approval: SheetAct?
    /// How complete the data is, a sentence each, in the reader's language.
    public var completeness: [String] = []

    /// A sheet of the facts that every statement has; the rest is unknown until it is set.
    public init(_ statement: StatementOfAccount, digest: Hash, cooperative: String) {
        self.statement = statement
        self.digest = digest
        self.cooperative = cooperative
    }

    func name(_ party: PartyID) -> String { partyNames[party] ?? party.text }

    func name(_ application: ApplicationID?) -> String {
        application.map { applicationNames[$0] ?? $0.text } ?? "-"
    }

    /// As plain text: UTF-8, LF, at most 100 columns unless a name is longer.
    public func text(_ language: SheetLanguage = .dutch) -> String {
        SheetText(blocks: SheetComposition(sheet: self, words: SheetWords(language: language)).blocks).text
    }

    /// As one HTML file that prints on A4 and loads nothing from anywhere.
    public func html(_ language: SheetLanguage = .dutch) -> String {
        let words = SheetWords(language: language)
        return SheetHTML(
            blocks: SheetComposition(sheet: self, words: words).blocks, language: language.rawValue,
            title: words.title(statement.month)
        ).text
    }
}
