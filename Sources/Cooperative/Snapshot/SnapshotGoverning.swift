// SPDX-License-Identifier: EUPL-1.2
import Journal

// Epochs, members, logs and rights as they go into the head chunk, and back.
extension CooperativeState {
    func writeEpochs(_ writer: inout ChunkWriter) {
        writer.number(epoch.number)
        writer.hash(epoch.hash)
        writer.number(Int(epoch.date.dayNumber))
        writer.number(epoch.ruleVersion)
        writer.number(epoch.heads.count)
        for covered in epoch.heads {
            writer.hash(covered.log)
            writer.number(covered.head.size.count)
            writer.hash(covered.head.root)
        }
        writer.number(history.count)
        for record in history {
            writer.hash(record.hash)
            writer.number(Int(record.date.dayNumber))
            writer.hash(record.stateDigest)
            writer.number(Int(record.billingMonth.monthNumber))
        }
    }

    mutating func restoreEpochs(_ reader: inout ChunkReader) {
        let number = reader.number()
        let hash: Hash = reader.hash()
        let date = self.date(&reader)
        let ruleVersion = reader.number()
        var heads: [CoveredHead] = []
        for _ in 0..<reader.count() {
            let log: LogID = reader.hash()
            let size = LogSize(known: reader.number())
            heads.append(CoveredHead(log: log, head: Head(size: size, root: reader.hash())))
        }
        history = []
        for _ in 0..<reader.count() {
            let hash: Hash = reader.hash()
            let date = self.date(&reader)
            let digest: Hash = reader.hash()
            guard let month = CivilMonth(monthNumber: reader.number(below: 1 << 16)) else { return reader.fail() }
            history.append(EpochRecord(hash: hash, date: date, stateDigest: digest, billingMonth: month))
        }
        guard reader.isSound, EpochHeader.isOrdered(heads), history.count == number + 1 else { return reader.fail() }
        epoch = Epoch(number: number, hash: hash, date: date, ruleVersion: ruleVersion, heads: heads)
    }

    private func date(_ reader: inout ChunkReader) -> CivilDate {
        if let date = CivilDate(dayNumber: reader.number()) { return date }
        reader.fail()
        return genesis.date
    }

    mutating func restoreMember(_ number: Int, _ reader: inout ChunkReader) {
        guard let card = try? Card.parse(Array(reader.string())),
              let standing = MemberStanding(rawValue: reader.number())
        else { return reader.fail() }
        var member = FoldedMember(card: card, party: reader.small(), standing: standing, since: 0, hashing)
        member.restore(&reader)
        if number < folk.count {
            guard member.oin == folk[number].oin else { return reader.fail() }
            member.logs = folk[number].logs
            folk[number] = member
        } else {
            folk.append(member)
            memberNumbers[member.oin] = UInt32(number)
            if member.isShown { index.restore(RowReference(.member, UInt32(number)), at: member.word) }
        }
    }

    mutating func restoreLog(_ number: Int, _ reader: inout ChunkReader) {
        let member = UInt32(reader.number(below: folk.count))
        let id: LogID = reader.hash()
        let key: PublicKey = reader.hash()
        let nextKeyHash: Hash = reader.hash()
        guard reader.isSound else { return }
        let origin = Origin(network: genesis.network, oin: folk[Int(member)].oin, log: id)
        var log = FoldedLog(
            identity: LogIdentity(origin: origin, key: key, nextKeyHash: nextKeyHash), member: member,
            party: folk[Int(member)].party, isFoundersFirst: reader.bool())
        log.restore(&reader)
        if number < logs.count {
            guard log.id == logs[number].id else { return reader.fail() }
            logs[number] = log
        } else {
            logs.append(log)
            logNumbers[id] = UInt32(number)
            folk[Int(member)].logs.append(UInt32(number))
        }
        let rows: [(RowTable, Bool)] = [
            (.log, hasRow(UInt32(number))), (.suspended, log.isConvicted && log.stands), (.supports, log.supports > 0),
            (.heartbeat, log.heartbeat != nil),
        ]
        for (table, isShown) in rows where isShown {
            let row = RowReference(table, UInt32(number))
            index.restore(row, at: word(row))
        }
    }

    func writeRights(_ writer: inout ChunkWriter) {
        writer.number(rights.count)
        for (application, known) in rights.sorted(by: { $0.key < $1.key }) {
            writer.number(Int(application))
            writer.optional(known.lead.map { Int($0) })
            writer.optional(known.knownSince)
            writer.number(known.taking.count)
            for taking in known.taking {
                writer.number(Int(taking.party))
                writer.number(taking.from)
                writer.optional(taking.until)
            }
            writer.number(known.founders.count)
            for founder in known.founders { writer.number(Int(founder)) }
            let edits = denied[application] ?? []
            writer.number(edits.count)
            for edit in edits { writer.place(edit) }
        }
    }

    mutating func restoreRights(_ reader: inout ChunkReader) {
        rights = [:]
        for _ in 0..<reader.count() {
            let application = reader.small()
            var known = ApplicationRights()
            known.lead = reader.optional().map { UInt32($0) }
            known.knownSince = reader.optional() ?? Int.max
            for _ in 0..<reader.count() {
                let party = reader.small()
                let from = reader.number()
                known.taking.append(.init(party: party, from: from, until: reader.optional() ?? Int.max))
            }
            known.founders = (0..<reader.count()).map { _ in reader.small() }
            rights[application] = known
            let edits = (0..<reader.count()).map { _ in place(&reader) }
            if !edits.isEmpty { denied[application] = edits }
        }
    }
}

extension FoldedMember {
    func write(to writer: inout ChunkWriter) {
        writer.string(card.encode())
        writer.number(standing.rawValue)
        writer.number(Int(party))
        writer.number(since)
        writer.optional(joined)
        writer.optional(left)
        writer.optional(lastDate.map { Int($0.dayNumber) })
        writer.bool(votes)
        writer.number(invitations.count)
        for invitation in invitations { writer.number(Int(invitation)) }
        writer.optional(adopted.map { Int($0) })
        writer.number(contactsFrom)
        writer.bool(isShown)
        writer.number(openDecisions)
        writer.word(word)
    }

    mutating func restore(_ reader: inout ChunkReader) {
        since = reader.number()
        joined = reader.optional() ?? Int.max
        left = reader.optional() ?? Int.max
        lastDate = reader.optional().flatMap { CivilDate(dayNumber: $0) }
        votes = reader.bool()
        invitations = (0..<reader.count()).map { _ in reader.small() }
        adopted = reader.optional().map { UInt32($0) }
        contactsFrom = reader.number()
        isShown = reader.bool()
        openDecisions = reader.number()
        word = reader.word()
    }
}

extension FoldedLog {
    func write(to writer: inout ChunkWriter) {
        writer.number(Int(member))
        writer.hash(id)
        writer.hash(identity.key)
        writer.hash(identity.nextKeyHash)
        writer.bool(isFoundersFirst)
        writer.optional(predecessor.map { Int($0) })
        writer.bool(end != nil)
        if let end {
            writer.hash(end.log)
            writer.number(end.size.count)
            writer.hash(end.root)
        }
        for flag in [isOfReplacement, stands, isConvicted] { writer.bool(flag) }
        for number in [generation, size, covered, firstNamed, readyMark, finalMark, supports, contactMark,
                       declared.catalogue, declared.usage, declared.decisions] {
            writer.number(number)
        }
        for number in [bound, endedAt, memberSince, heartbeat.map { Int($0.dayNumber) }] { writer.optional(number) }
        writer.string(contact?.encode() ?? [])
    }

    mutating func restore(_ reader: inout ChunkReader) {
        predecessor = reader.optional().map { UInt32($0) }
        if reader.bool() {
            let log: LogID = reader.hash()
            let size = LogSize(known: reader.number())
            end = PredecessorEnd(log: log, size: size, root: reader.hash())
        }
        isOfReplacement = reader.bool()
        stands = reader.bool()
        isConvicted = reader.bool()
        generation = reader.number()
        size = reader.number()
        covered = reader.number()
        firstNamed = reader.number()
        readyMark = reader.number()
        finalMark = reader.number()
        supports = reader.number()
        contactMark = reader.number()
        let catalogue = reader.number()
        let usage = reader.number()
        declared = DeclaredRows(catalogue: catalogue, usage: usage, decisions: reader.number())
        bound = reader.optional()
        endedAt = reader.optional()
        memberSince = reader.optional() ?? Int.max
        heartbeat = reader.optional().flatMap { CivilDate(dayNumber: $0) }
        let contact = Array(reader.string())
        self.contact = contact.isEmpty ? nil : try? Contact.parse(contact)
    }
}
