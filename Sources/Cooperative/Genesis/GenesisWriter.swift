// SPDX-License-Identifier: EUPL-1.2
import Journal

extension GenesisParts {
    /// The canonical bytes. Spec: Protocol/genesis.md §1.
    func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 4_096)
        writer.map(count: predecessor == nil ? 15 : 16)
        writer.integer(1); writer.integer(1)
        writer.integer(2); writer.text(name)
        writer.integer(3); writer.integer(Int(date.dayNumber))
        writer.integer(4); writer.list(founders) { $0.bytes($1.encode()) }
        writer.integer(5); write(cooperative, to: &writer)
        writer.integer(6); writer.list(organs) { Self.write($1, to: &$0) }
        writer.integer(7); writer.list(applications) { Self.write($1, to: &$0) }
        writer.integer(8); writer.list(tariffs) { Self.write($1, to: &$0) }
        writer.integer(9); writer.list(contributions) { writer, item in
            writer.array(count: 4)
            writer.integer(item.firstYear)
            writer.integer(item.perInhabitantMicroEuro)
            writer.text(item.vatCategory)
            writer.integer(item.vatRateBasisPoints)
        }
        writer.integer(10); writer.list(costSharings) { Self.write($1, to: &$0) }
        writer.integer(11); writer.list(inhabitants) { writer, item in
            writer.array(count: 5)
            writer.text(item.member.digits)
            writer.text(item.code)
            writer.integer(item.year)
            writer.integer(item.count)
            writer.bool(item.isFinal)
        }
        writer.integer(12); writer.list(balances) { writer, item in
            writer.array(count: 2)
            writer.text(item.member.digits)
            writer.integer(item.cents)
        }
        writer.integer(13); writer.map(count: terms.values.count)
        for (position, value) in terms.values.enumerated() {
            writer.integer(position + 1)
            writer.integer(value)
        }
        writer.integer(14); writer.list(timings.values) { $0.integer($1) }
        writer.integer(15); writer.integer(ruleVersion)
        if let predecessor {
            writer.integer(16); writer.array(count: 3)
            writer.bytes(predecessor.network)
            writer.integer(predecessor.epoch)
            writer.bytes(predecessor.stateDigest)
        }
        return writer.bytes
    }

    private func write(_ party: Genesis.Party, to writer: inout CBORWriter) {
        writer.map(count: 2 + (party.oin == nil ? 0 : 1) + (party.invoiceFacts == nil ? 0 : 1))
        writer.integer(1); writer.text(party.name)
        if let oin = party.oin { writer.integer(2); writer.text(oin.digits) }
        if let facts = party.invoiceFacts { writer.integer(3); facts.write(to: &writer) }
        writer.integer(4); writer.text(party.books.digits)
    }

    private static func write(_ organ: Genesis.Organ, to writer: inout CBORWriter) {
        writer.array(count: 4)
        writer.text(organ.id.description)
        writer.text(organ.name)
        writer.integer(organ.electorate.rawValue)
        writer.list([
            organ.threshold.numerator, organ.threshold.denominator, organ.base.rawValue,
            organ.quorum.numerator, organ.quorum.denominator,
        ]) { $0.integer($1) }
    }

    private static func write(_ application: Genesis.Application, to writer: inout CBORWriter) {
        writer.map(
            count: 7 + (application.modes.isEmpty ? 0 : 1) + (application.customers.isEmpty ? 0 : 1))
        writer.integer(1); writer.text(application.id.description)
        writer.integer(2); writer.text(application.name)
        writer.integer(3); writer.text(application.lead.digits)
        writer.integer(4); writer.list(application.participants) { writer, item in
            writer.array(count: 2)
            writer.text(item.member.digits)
            writer.integer(Int(item.since.dayNumber))
        }
        writer.integer(5); writer.bool(application.isSensitive)
        writer.integer(6); writer.list(application.classes) { $0.text($1.description) }
        if !application.modes.isEmpty {
            writer.integer(7); writer.list(application.modes) { writer, item in
                writer.array(count: 2)
                writer.text(item.consumer.digits)
                writer.integer(item.mode.rawValue)
            }
        }
        if !application.customers.isEmpty {
            writer.integer(8); writer.list(application.customers) { writer, item in
                writer.array(count: 2)
                writer.text(item.id)
                writer.text(item.name)
            }
        }
        writer.integer(9); writer.list(application.providers) { $0.text($1.digits) }
    }

    private static func write(_ tariff: Genesis.Tariff, to writer: inout CBORWriter) {
        writer.array(count: 8)
        writer.text(tariff.application.description)
        writer.text(tariff.tariffClass.description)
        writer.integer(Int(tariff.firstMonth.monthNumber))
        if let last = tariff.lastMonth { writer.integer(Int(last.monthNumber)) } else { writer.null() }
        writer.list(tariff.tiers) { writer, tier in
            writer.array(count: 2)
            if let upTo = tier.upTo { writer.integer(upTo) } else { writer.null() }
            writer.integer(tier.priceMicroEuro)
        }
        writer.text(tariff.vatCategory)
        writer.integer(tariff.vatRateBasisPoints)
        if let funder = tariff.funder { writer.text(funder.digits) } else { writer.null() }
    }

    private static func write(_ sharing: Genesis.CostSharing, to writer: inout CBORWriter) {
        writer.map(count: 6)
        writer.integer(1); writer.text(sharing.application.description)
        writer.integer(2); writer.integer(sharing.totalCents)
        writer.integer(3); writer.integer(sharing.keyYear)
        writer.integer(4); writer.list(sharing.participants) { writer, item in
            writer.array(count: 2)
            writer.text(item.member.digits)
            writer.integer(Int(item.since.monthNumber))
        }
        writer.integer(5); writer.text(sharing.vatCategory)
        writer.integer(6); writer.integer(sharing.vatRateBasisPoints)
    }
}

extension CBORWriter {
    /// An array of as many items as the list has.
    mutating func list<Item>(_ items: [Item], _ write: (inout CBORWriter, Item) -> Void) {
        array(count: items.count)
        for item in items { write(&self, item) }
    }
}
