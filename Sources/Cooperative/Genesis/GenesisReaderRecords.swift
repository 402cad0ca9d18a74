// SPDX-License-Identifier: EUPL-1.2
import Journal

extension GenesisReader {
    static func application(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.Application {
        var application = GenesisDraft.Application()
        let words = [
            "id", "name", "lead", "participants", "sensitive", "classes", "modes", "customers", "providers",
        ]
        try cursor.map(path, words: words, optional: [7, 8]) { cursor, key, path throws(GenesisRefusal) in
            switch key {
            case 1: application.id = try cursor.text(path)
            case 2: application.name = try cursor.text(path)
            case 3: application.lead = try cursor.text(path)
            case 4:
                application.participants = try cursor.list(path, participant)
            case 5: application.isSensitive = try cursor.bool(path)
            case 6: application.classes = try cursor.list(path, text)
            case 7:
                application.modes = try cursor.list(path) { cursor, path throws(GenesisRefusal) in
                    try cursor.record(2, path)
                    return (try cursor.text(path.key(0, "consumer")), try cursor.int(path.key(1, "mode")))
                }
            case 8:
                application.customers = try cursor.list(path) { cursor, path throws(GenesisRefusal) in
                    try cursor.record(2, path)
                    return (try cursor.text(path.key(0, "id")), try cursor.text(path.key(1, "name")))
                }
            default: application.providers = try cursor.list(path, text)
            }
        }
        return application
    }

    private static func participant(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.Since {
        let hasLeft = cursor.mayHaveLeft && cursor.isNextArray(count: 3)
        try cursor.record(hasLeft ? 3 : 2, path)
        var since = GenesisDraft.Since(
            member: try cursor.text(path.key(0, "member")), since: try cursor.date(path.key(1, "since")))
        if hasLeft { since.until = try cursor.date(path.key(2, "until")) }
        return since
    }

    private static func text(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> String {
        try cursor.text(path)
    }

    static func tariff(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.Tariff {
        var tariff = GenesisDraft.Tariff()
        try cursor.record(8, path)
        tariff.application = try cursor.text(path.key(0, "application"))
        tariff.tariffClass = try cursor.text(path.key(1, "class"))
        tariff.firstMonth = try cursor.month(path.key(2, "from"))
        tariff.lastMonth = try cursor.optional { cursor throws(GenesisRefusal) in
            try cursor.month(path.key(3, "until"))
        }
        tariff.tiers = try cursor.list(path.key(4, "tiers")) { cursor, path throws(GenesisRefusal) in
            try cursor.record(2, path)
            let upTo = try cursor.optional { cursor throws(GenesisRefusal) in
                try cursor.integer(path.key(0, "upTo"))
            }
            return (upTo, try cursor.integer(path.key(1, "price")))
        }
        tariff.vatCategory = try cursor.text(path.key(5, "vat"))
        tariff.vatRate = try cursor.int(path.key(6, "rate"))
        tariff.funder = try cursor.optional { cursor throws(GenesisRefusal) in
            try cursor.text(path.key(7, "funder"))
        }
        return tariff
    }

    static func contribution(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.Contribution {
        var contribution = GenesisDraft.Contribution()
        try cursor.record(4, path)
        contribution.firstYear = try cursor.int(path.key(0, "from"))
        contribution.perInhabitant = try cursor.integer(path.key(1, "perInhabitant"))
        contribution.vatCategory = try cursor.text(path.key(2, "vat"))
        contribution.vatRate = try cursor.int(path.key(3, "rate"))
        return contribution
    }

    static func costSharing(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.CostSharing {
        var sharing = GenesisDraft.CostSharing()
        let words = ["application", "total", "keyYear", "participants", "vat", "rate", "terms", "charged"]
        try cursor.map(path, words: words, optional: [7, 8]) { cursor, key, path throws(GenesisRefusal) in
            switch key {
            case 1: sharing.application = try cursor.text(path)
            case 2: sharing.total = try cursor.integer(path)
            case 3: sharing.keyYear = try cursor.int(path)
            case 4:
                sharing.participants = try cursor.list(path) { cursor, path throws(GenesisRefusal) in
                    try cursor.record(2, path)
                    return .init(
                        member: try cursor.text(path.key(0, "member")),
                        since: try cursor.month(path.key(1, "since")))
                }
            case 5: sharing.vatCategory = try cursor.text(path)
            case 6: sharing.vatRate = try cursor.int(path)
            case 7:
                sharing.terms = try cursor.list(path, sharingTerms)
                if sharing.terms.isEmpty { throw cursor.wrong(path, "at least one row") }
            default:
                sharing.charged = try cursor.list(path) { cursor, path throws(GenesisRefusal) in
                    try cursor.record(2, path)
                    return (try cursor.text(path.key(0, "member")), try cursor.integer(path.key(1, "cents")))
                }
                if sharing.charged.isEmpty { throw cursor.wrong(path, "at least one row") }
            }
        }
        return sharing
    }

    private static func sharingTerms(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.SharingTerms {
        try cursor.record(5, path)
        return try sharingTermsFields(&cursor, path, 0)
    }

    /// The five fields of terms, as items of an array from `place` on.
    static func sharingTermsFields(
        _ cursor: inout GenesisCursor, _ path: GenesisPath, _ place: Int
    ) throws(GenesisRefusal) -> GenesisDraft.SharingTerms {
        var terms = GenesisDraft.SharingTerms()
        terms.firstMonth = try cursor.month(path.key(place, "from"))
        terms.total = try cursor.optional { cursor throws(GenesisRefusal) in
            try cursor.integer(path.key(place + 1, "total"))
        }
        let key = path.key(place + 2, "key")
        switch try cursor.int(key) {
        case 0: terms.isKeyOfJoining = false
        case 1: terms.isKeyOfJoining = true
        default: throw cursor.wrong(key, "0 or 1")
        }
        let index = path.key(place + 3, "index")
        terms.index = try cursor.optional { cursor throws(GenesisRefusal) in
            try cursor.record(2, index)
            return (try cursor.integer(index.key(0, "now")), try cursor.integer(index.key(1, "original")))
        }
        terms.lifeMonths = try cursor.optional { cursor throws(GenesisRefusal) in
            try cursor.integer(path.key(place + 4, "life"))
        }
        return terms
    }

    static func inhabitants(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.Inhabitants {
        var inhabitants = GenesisDraft.Inhabitants()
        let isKnown = cursor.mayHaveLeft && cursor.isNextArray(count: 6)
        try cursor.record(isKnown ? 6 : 5, path)
        inhabitants.member = try cursor.text(path.key(0, "member"))
        inhabitants.code = try cursor.text(path.key(1, "code"))
        inhabitants.year = try cursor.int(path.key(2, "year"))
        inhabitants.count = try cursor.integer(path.key(3, "count"))
        inhabitants.isFinal = try cursor.bool(path.key(4, "final"))
        if isKnown { inhabitants.knownFrom = try cursor.month(path.key(5, "knownFrom")) }
        return inhabitants
    }
}
