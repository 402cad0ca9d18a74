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
            /// Its last day, once a decision took it out; `nil` while it takes part, and in a genesis.
            public let until: CivilDate?

            /// Whether it has the rights of a participant. Spec: Protocol/voting.md §5.
            public var takesPart: Bool { until == nil }
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

        /// The order of the wire.
        static func precedes(_ left: Self, _ right: Self) -> Bool {
            if left.application != right.application { return left.application < right.application }
            if left.tariffClass != right.tariffClass { return left.tariffClass < right.tariffClass }
            return left.firstMonth < right.firstMonth
        }

        /// Whether both hold in one month. An open end ends where the next begins.
        func overlaps(_ other: Self) -> Bool {
            guard application == other.application, tariffClass == other.tariffClass else { return false }
            if firstMonth == other.firstMonth { return true }
            let (earlier, later) = firstMonth < other.firstMonth ? (self, other) : (other, self)
            return earlier.lastMonth.map { $0 >= later.firstMonth } ?? false
        }
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
        /// Who shares, by OIN; in rules in force who joined later too.
        public let participants: [Participant]
        /// VAT category.
        public let vatCategory: String
        /// Rate of VAT.
        public let vatRateBasisPoints: Int
        /// What holds for later joins, by first month.
        public let terms: [SharingTerms]
        /// What was charged before the network began, by OIN.
        public let charged: [Balance]

        /// With other participants or terms.
        func with(participants: [Participant]? = nil, terms: [SharingTerms]? = nil) -> Self {
            Self(
                application: application, totalCents: totalCents, keyYear: keyYear,
                participants: participants ?? self.participants, vatCategory: vatCategory,
                vatRateBasisPoints: vatRateBasisPoints, terms: terms ?? self.terms, charged: charged)
        }
    }

    /// What a join from a month on divides, and by which key. Spec: Protocol/genesis.md §1, key 10.7.
    public struct SharingTerms: Hashable, Sendable {
        /// The first month of joining in which it holds, until the next row begins.
        public let firstMonth: CivilMonth
        /// The total before index and depreciation, in cents; `nil` keeps the original one.
        public let totalCents: Int64?
        /// Whether the key is that of the year of joining; else weights stay as they are.
        public let isKeyOfJoining: Bool
        /// Two index figures above zero: of the join and of the original cost.
        public let index: Index?
        /// Months in which the cost is written off, from the first charge on.
        public let lifeMonths: Int64?

        /// Two index figures.
        public struct Index: Hashable, Sendable {
            /// Of the join.
            public let now: Int64
            /// Of the original cost.
            public let original: Int64
        }

        /// Whether a join may divide less than was charged, so that the cooperative pays back.
        var mayPayBack: Bool {
            totalCents != nil || lifeMonths != nil || index.map { $0.now < $0.original } ?? false
        }
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
        /// The month of the epoch whose decision made it final; `nil` where none did, and in a genesis.
        public let knownFrom: CivilMonth?

        /// The same row, as a genesis or a decision writes it.
        var asDecided: Self {
            Self(member: member, code: code, year: year, count: count, isFinal: isFinal, knownFrom: nil)
        }

        /// The order of the wire.
        static func precedes(_ left: Self, _ right: Self) -> Bool {
            if left.member != right.member { return left.member < right.member }
            return left.code == right.code ? left.year < right.year : left.code.utf8Precedes(right.code)
        }
    }

    /// An opening balance. Spec: Protocol/genesis.md §1, key 12.
    public struct Balance: Hashable, Sendable {
        /// The member.
        public let member: OIN
        /// Cents.
        public let cents: Int64
    }
}
