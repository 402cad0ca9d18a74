// SPDX-License-Identifier: EUPL-1.2
import Journal

extension GenesisDraft {
    /// The first item that does not come after the one before it, in any list. Spec: Protocol/genesis.md §1.
    func firstOutOfOrder() -> GenesisPath? {
        let root = GenesisPath.whole
        let applicationsPath = root.key(7, "applications")
        var lists: [(path: GenesisPath, keys: [[String]])] = [
            (root.key(4, "founders"), founders.map { [$0.oin.digits] }),
            (root.key(6, "organs"), organs.map { [$0.id] }),
            (applicationsPath, applications.map { [$0.id] }),
        ]
        for (index, application) in applications.enumerated() {
            let path = applicationsPath.item(index)
            lists += [
                (path.key(4, "participants"), application.participants.map { [$0.member] }),
                (path.key(6, "classes"), application.classes.map { [$0] }),
                (path.key(7, "modes"), application.modes.map { [$0.consumer] }),
                (path.key(8, "customers"), application.customers.map { [$0.id] }),
                (path.key(9, "providers"), application.providers.map { [$0] }),
            ]
        }
        lists.append((
            root.key(8, "tariffs"), tariffs.map { [$0.application, $0.tariffClass, $0.firstMonth] }))
        // Years have four digits, so that the order of text is that of numbers.
        lists.append((root.key(9, "contribution"), contributions.map { ["\($0.firstYear)"] }))
        lists.append((root.key(10, "costSharings"), costSharings.map { [$0.application] }))
        for (index, sharing) in costSharings.enumerated() {
            let path = root.key(10, "costSharings").item(index).key(4, "participants")
            lists.append((path, sharing.participants.map { [$0.member] }))
            let item = root.key(10, "costSharings").item(index)
            lists.append((item.key(7, "terms"), sharing.terms.map { [$0.firstMonth] }))
            lists.append((item.key(8, "charged"), sharing.charged.map { [$0.member] }))
        }
        lists.append((root.key(11, "inhabitants"), inhabitants.map { [$0.member, $0.code, "\($0.year)"] }))
        lists.append((root.key(12, "balances"), balances.map { [$0.member] }))
        for (path, keys) in lists {
            if let index = Self.firstOutOfOrder(keys) { return path.item(index) }
        }
        return nil
    }

    private static func firstOutOfOrder(_ keys: [[String]]) -> Int? {
        keys.indices.dropFirst().first { !precedes(keys[$0 - 1], keys[$0]) }
    }

    private static func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (first, second) in zip(left, right) where first != second { return first.utf8Precedes(second) }
        return false
    }
}
