// SPDX-License-Identifier: EUPL-1.2
import Journal

// How the rows of a genesis are written, there and in the payloads of decisions. Spec: Protocol/genesis.md §1.

extension Genesis.Party {
    func write(to writer: inout CBORWriter) {
        writer.map(count: 2 + (oin == nil ? 0 : 1) + (invoiceFacts == nil ? 0 : 1))
        writer.integer(1); writer.text(name)
        if let oin { writer.integer(2); writer.text(oin.digits) }
        if let invoiceFacts { writer.integer(3); invoiceFacts.write(to: &writer) }
        writer.integer(4); writer.text(books.digits)
    }
}

extension Genesis.Organ {
    func write(to writer: inout CBORWriter) {
        writer.array(count: 4)
        writer.text(id.description)
        writer.text(name)
        writer.integer(electorate.rawValue)
        writer.list([
            threshold.numerator, threshold.denominator, base.rawValue, quorum.numerator, quorum.denominator,
        ]) { $0.integer($1) }
    }
}

extension Genesis.Application {
    func write(to writer: inout CBORWriter) {
        writer.map(count: 7 + (modes.isEmpty ? 0 : 1) + (customers.isEmpty ? 0 : 1))
        writer.integer(1); writer.text(id.description)
        writer.integer(2); writer.text(name)
        writer.integer(3); writer.text(lead.digits)
        writer.integer(4); writer.list(participants) { writer, item in
            writer.array(count: item.until == nil ? 2 : 3)
            writer.text(item.member.digits)
            writer.integer(Int(item.since.dayNumber))
            if let until = item.until { writer.integer(Int(until.dayNumber)) }
        }
        writer.integer(5); writer.bool(isSensitive)
        writer.integer(6); writer.list(classes) { $0.text($1.description) }
        if !modes.isEmpty {
            writer.integer(7); writer.list(modes) { writer, item in
                writer.array(count: 2)
                writer.text(item.consumer.digits)
                writer.integer(item.mode.rawValue)
            }
        }
        if !customers.isEmpty {
            writer.integer(8); writer.list(customers) { writer, item in
                writer.array(count: 2)
                writer.text(item.id)
                writer.text(item.name)
            }
        }
        writer.integer(9); writer.list(providers) { $0.text($1.digits) }
    }
}

extension Genesis.Tariff {
    func write(to writer: inout CBORWriter) {
        writer.array(count: 8)
        writer.text(application.description)
        writer.text(tariffClass.description)
        writer.integer(Int(firstMonth.monthNumber))
        if let lastMonth { writer.integer(Int(lastMonth.monthNumber)) } else { writer.null() }
        writer.list(tiers) { writer, tier in
            writer.array(count: 2)
            if let upTo = tier.upTo { writer.integer(upTo) } else { writer.null() }
            writer.integer(tier.priceMicroEuro)
        }
        writer.text(vatCategory)
        writer.integer(vatRateBasisPoints)
        if let funder { writer.text(funder.digits) } else { writer.null() }
    }
}

extension Genesis.Contribution {
    func write(to writer: inout CBORWriter) {
        writer.array(count: 4)
        writer.integer(firstYear)
        writer.integer(perInhabitantMicroEuro)
        writer.text(vatCategory)
        writer.integer(vatRateBasisPoints)
    }
}

extension Genesis.CostSharing {
    func write(to writer: inout CBORWriter) {
        writer.map(count: 6 + (terms.isEmpty ? 0 : 1) + (charged.isEmpty ? 0 : 1))
        writer.integer(1); writer.text(application.description)
        writer.integer(2); writer.integer(totalCents)
        writer.integer(3); writer.integer(keyYear)
        writer.integer(4); writer.list(participants) { writer, item in
            writer.array(count: 2)
            writer.text(item.member.digits)
            writer.integer(Int(item.since.monthNumber))
        }
        writer.integer(5); writer.text(vatCategory)
        writer.integer(6); writer.integer(vatRateBasisPoints)
        if !terms.isEmpty {
            writer.integer(7); writer.list(terms) { writer, item in
                writer.array(count: 5)
                item.writeFields(to: &writer)
            }
        }
        if !charged.isEmpty {
            writer.integer(8); writer.list(charged) { writer, item in
                writer.array(count: 2)
                writer.text(item.member.digits)
                writer.integer(item.cents)
            }
        }
    }
}

extension Genesis.SharingTerms {
    /// Five items of an array.
    func writeFields(to writer: inout CBORWriter) {
        writer.integer(Int(firstMonth.monthNumber))
        if let totalCents { writer.integer(totalCents) } else { writer.null() }
        writer.integer(isKeyOfJoining ? 1 : 0)
        if let index { writer.list([index.now, index.original]) { $0.integer($1) } } else { writer.null() }
        if let lifeMonths { writer.integer(lifeMonths) } else { writer.null() }
    }
}

extension Genesis.Inhabitants {
    func write(to writer: inout CBORWriter) {
        writer.array(count: knownFrom == nil ? 5 : 6)
        writer.text(member.digits)
        writer.text(code)
        writer.integer(year)
        writer.integer(count)
        writer.bool(isFinal)
        if let knownFrom { writer.integer(Int(knownFrom.monthNumber)) }
    }
}

extension Genesis.Terms {
    func write(to writer: inout CBORWriter) {
        let defaults = Self().values
        let rows = values.enumerated().filter { position, value in
            position < Self.mandatoryCount || value != defaults[position]
        }
        writer.map(count: rows.count)
        for (position, value) in rows {
            writer.integer(position + 1)
            writer.integer(value)
        }
    }
}

extension Genesis.Timings {
    func write(to writer: inout CBORWriter) { writer.list(values) { $0.integer($1) } }
}
