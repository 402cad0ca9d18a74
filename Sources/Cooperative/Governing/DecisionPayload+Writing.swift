// SPDX-License-Identifier: EUPL-1.2
import Journal

extension DecisionPayload {
    /// The canonical bytes, without the kind. Spec: Protocol/voting.md §5.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 256)
        write(to: &writer)
        return writer.bytes
    }

    func write(to writer: inout CBORWriter) {
        switch self {
        case .admission(let card): writer.bytes(card.encode())
        case .exit(let member, let lastDate):
            writer.array(count: 2)
            writer.text(member.digits)
            writer.integer(Int(lastDate.dayNumber))
        case .expulsion(let member):
            writer.array(count: 1)
            writer.text(member.digits)
        case .tariff(let tariff): tariff.write(to: &writer)
        case .contribution(let contribution): contribution.write(to: &writer)
        case .costSharing(let sharing): sharing.write(to: &writer)
        case .inhabitants(let counts): writer.list(counts.rows) { $1.write(to: &$0) }
        case .application(let application): application.write(to: &writer)
        case .communityJoining(let application, let member, let date),
             .communityLeaving(let application, let member, let date):
            writer.array(count: 3)
            writer.text(application.description)
            writer.text(member.digits)
            writer.integer(Int(date.dayNumber))
        case .votingFlag(let member, let votes):
            writer.array(count: 2)
            writer.text(member.digits)
            writer.bool(votes)
        case .keyReplacement(let replacement):
            writer.array(count: 4)
            writer.bytes(replacement.card.encode())
            writer.bytes(replacement.log)
            writer.integer(replacement.end.size.count)
            writer.bytes(replacement.end.root)
        case .networkTerms(let network):
            writer.map(count: (network.terms == nil ? 0 : 1) + (network.timings == nil ? 0 : 1))
            if let terms = network.terms { writer.integer(1); terms.write(to: &writer) }
            if let timings = network.timings { writer.integer(2); timings.write(to: &writer) }
        case .freeText: writer.null()
        case .cellCount(let count): count.write(to: &writer)
        case .line(let line): line.write(to: &writer)
        case .advanceSettlement(let advance, let month):
            writer.array(count: 3)
            writer.bytes(advance.log)
            writer.integer(advance.index.position)
            writer.integer(Int(month.monthNumber))
        case .sharingTerms(let application, let terms):
            writer.array(count: 6)
            writer.text(application.description)
            terms.writeFields(to: &writer)
        }
    }
}
