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
        writer.integer(5); cooperative.write(to: &writer)
        writer.integer(6); writer.list(organs) { $1.write(to: &$0) }
        writer.integer(7); writer.list(applications) { $1.write(to: &$0) }
        writer.integer(8); writer.list(tariffs) { $1.write(to: &$0) }
        writer.integer(9); writer.list(contributions) { $1.write(to: &$0) }
        writer.integer(10); writer.list(costSharings) { $1.write(to: &$0) }
        writer.integer(11); writer.list(inhabitants) { $1.write(to: &$0) }
        writer.integer(12); writer.list(balances) { writer, item in
            writer.array(count: 2)
            writer.text(item.member.digits)
            writer.integer(item.cents)
        }
        writer.integer(13); terms.write(to: &writer)
        writer.integer(14); timings.write(to: &writer)
        writer.integer(15); writer.integer(ruleVersion)
        if let predecessor {
            writer.integer(16); writer.array(count: 3)
            writer.bytes(predecessor.network)
            writer.integer(predecessor.epoch)
            writer.bytes(predecessor.stateDigest)
        }
        return writer.bytes
    }
}

extension CBORWriter {
    /// An array of as many items as the list has.
    mutating func list<Item>(_ items: [Item], _ write: (inout CBORWriter, Item) -> Void) {
        array(count: items.count)
        for item in items { write(&self, item) }
    }
}
