// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension Genesis {
    /// The cooperative as a party. Spec: Protocol/genesis.md §1, key 5.
    public struct Party: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its own OIN.
        public let oin: OIN?
        /// What an invoice needs.
        public let invoiceFacts: InvoiceFacts?
        /// The member that keeps its books.
        public let books: OIN
    }

    /// An organ and its rule. Spec: Protocol/genesis.md §1, key 6.
    public struct Organ: Hashable, Sendable {
        /// Who may vote.
        public enum Electorate: Int, Sendable, CaseIterable {
            case members = 0
            case participants = 1
        }

        /// What the votes for are held against.
        public enum Base: Int, Sendable, CaseIterable {
            case votesWithoutBlanks = 0
            case votes = 1
            case entitled = 2
        }

        /// Its id.
        public let id: Slug
        /// Its name.
        public let name: String
        /// Who may vote.
        public let electorate: Electorate
        /// Carried when for/base is more than this.
        public let threshold: Fraction
        /// What the votes for are held against.
        public let base: Base
        /// At least this part of the entitled must have voted.
        public let quorum: Fraction
    }

    /// A part of a whole, 0 to 1.
    public struct Fraction: Hashable, Sendable {
        /// Parts.
        public let numerator: Int
        /// Of how many, at least 1.
        public let denominator: Int

        init?(_ numerator: Int, _ denominator: Int) {
            guard denominator >= 1, (0...denominator).contains(numerator) else { return nil }
            (self.numerator, self.denominator) = (numerator, denominator)
        }
    }

    /// An opening application. Spec: Protocol/genesis.md §1, key 7.
    public struct Application: Hashable, Sendable {
        /// A member that takes part.
        public struct Participant: Hashable, Sendable {
            /// The member.
            public let member: OIN
            /// Since when.
            public let since: CivilDate
        }

        /// How usage by one consumer is compared.
        public enum Mode: Int, Sendable, CaseIterable {
            case monthlyTotal = 1
            case confirmed = 2
        }

        /// A consumer whose usage is not compared on two sides.
        public struct ConsumerMode: Hashable, Sendable {
            /// The consumer.
            public let consumer: OIN
            /// How.
            public let mode: Mode
        }

        /// A customer that is no member.
        public struct Customer: Hashable, Sendable {
            /// Its id.
            public let id: String
            /// Its name.
            public let name: String
        }

        /// Its id.
        public let id: Slug
        /// Its name.
        public let name: String
        /// The member that leads it.
        public let lead: OIN
        /// Who takes part, by OIN.
        public let participants: [Participant]
        /// Whether small counts can reveal a person's case.
        public let isSensitive: Bool
        /// Tariff classes, sorted, at least one.
        public let classes: [TariffClass]
        /// Modes by consumer; two-sided where absent.
        public let modes: [ConsumerMode]
        /// Customers that are no members, by id.
        public let customers: [Customer]
        /// Who offers the use, sorted, at least one.
        public let providers: [OIN]
    }

    /// A price. Spec: Protocol/genesis.md §1, key 8.
    public struct Tariff: Hashable, Sendable {
        /// A part of the quantity with one price.
        public struct Tier: Hashable, Sendable {
            /// The last unit at this price; `nil` for the last tier.
            public let upTo: Int64?
            /// Micro-euro a unit.
            public let priceMicroEuro: Int64
        }

        /// The application.
        public let application: Slug
        /// The class.
        public let tariffClass: TariffClass
        /// The first month.
        public let firstMonth: CivilMonth
        /// The last month; `nil` until the next begins.
        public let lastMonth: CivilMonth?
        /// At least one.
        public let tiers: [Tier]
        /// VAT category.
        public let vatCategory: String
        /// Rate of VAT.
        public let vatRateBasisPoints: Int
        /// Who pays in the consumer's place.
        public let funder: OIN?
    }

    /// What a member pays per inhabitant from a year on. Spec: Protocol/genesis.md §1, key 9.
    public struct Contribution: Hashable, Sendable {
        /// The first year.
        public let firstYear: Int
        /// Micro-euro per inhabitant.
        public let perInhabitantMicroEuro: Int64
        /// VAT category.
        public let vatCategory: String
        /// Rate of VAT.
        public let vatRateBasisPoints: Int
    }

    /// A total that participants share by inhabitants. Spec: Protocol/genesis.md §1, key 10.
    public struct CostSharing: Hashable, Sendable {
        /// Who shares since when.
        public struct Participant: Hashable, Sendable {
            /// The member.
            public let member: OIN
            /// The month in which it joined.
            public let since: CivilMonth
        }

        /// The application.
        public let application: Slug
        /// Cents.
        public let totalCents: Int64
        /// The year of whose 1 January the inhabitants count.
        public let keyYear: Int
        /// Who shares, by OIN.
        public let participants: [Participant]
        /// VAT category.
        public let vatCategory: String
        /// Rate of VAT.
        public let vatRateBasisPoints: Int
    }

    /// Inhabitants of one municipality of a member. Spec: Protocol/genesis.md §1, key 11.
    public struct Inhabitants: Hashable, Sendable {
        /// The member.
        public let member: OIN
        /// Code of the municipality, or empty.
        public let code: String
        /// The year of the count.
        public let year: Int
        /// How many.
        public let count: Int64
        /// Whether the figure is final.
        public let isFinal: Bool
    }

    /// An opening balance. Spec: Protocol/genesis.md §1, key 12.
    public struct Balance: Hashable, Sendable {
        /// The member.
        public let member: OIN
        /// Cents.
        public let cents: Int64
    }
}
