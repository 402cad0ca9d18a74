// SPDX-License-Identifier: EUPL-1.2

public import Journal

extension ExchangeSession {
    /// The next request, as a body. Call it once after `init` and once for each `.ask`; `heads` is
    /// what is durable now.
    public mutating func compose<Source: PageSource>(
        _ heads: inout HeldHeads, from source: inout Source, _ hashing: some Hashing
    ) throws(Source.Failure) -> [UInt8] {
        precondition(stage == .composing, "a request is composed when the session asks for it")
        let digest: Hash
        if case .fetch = purpose, let lastDigest { digest = lastDigest } else { digest = heads.digest(hashing) }
        lastDigest = digest
        var request = ExchangeRequest(ruleVersion: ruleVersion, epoch: epoch, digest: digest)
        request.numberingEpoch = numbers.epoch
        request.epochHash = epochHash
        sentToken = false
        let body: [UInt8]
        switch purpose {
        case .compare: body = try composeComparison(&request, heads, &source)
        case .fetch(let logs): body = composeFetch(&request, logs)
        case .push: body = try composePush(&request, heads, &source)
        }
        stage = .awaiting
        summary.requests += 1
        summary.bytesSent += body.count
        return body
    }

    private mutating func composeComparison<Source: PageSource>(
        _ request: inout ExchangeRequest, _ heads: HeldHeads, _ source: inout Source
    ) throws(Source.Failure) -> [UInt8] {
        comparisons += 1
        hasMovedSinceComparison = false
        comparedAt = heads.history.sequence
        if toldUpTo == nil { toldUpTo = heads.history.sequence }
        request.token = memory.token
        sentToken = memory.token != nil
        var room = Room(ExchangeLimits.bodyBytes - ExchangeLimits.fixedBytes)
        let told = memory.headsToTell(heads)
        for log in told.evidence.prefix(ExchangeLimits.evidence) {
            guard let item = try source.evidence(against: log), room.take(item.count + 3) else { continue }
            request.parcel.evidence.append(item)
        }
        request.parcel.textsWanted = textsWanted
        _ = room.take(textsWanted.count * 34)
        for row in told.rows {
            guard let mention = row.mention(numbers), row.held > partnerHolds[row.log] ?? .empty else { continue }
            guard request.parcel.heads.count < ExchangeLimits.heads, room.take(mention.byteCount) else {
                isSound = false
                break
            }
            request.parcel.heads.append(mention)
        }
        return request.encode(pages: try introductions(told.rows, &room, &source))
    }

    /// The first pages of logs that the vector does not name: the partner may not know a candidate's or a
    /// successor's. Spec: Protocol/exchange.md §8.
    private mutating func introductions<Source: PageSource>(
        _ rows: [HeadRow], _ room: inout Room, _ source: inout Source
    ) throws(Source.Failure) -> EncodedPages {
        let orders = rows.compactMap { row -> PageOrder? in
            guard case .id = numbers.reference(to: row.log), row.held > partnerHolds[row.log] ?? .empty else {
                return nil
            }
            return PageOrder(row, from: .zero)
        }
        var filler = PageFiller(numbers)
        let budget = min(ExchangeLimits.introductionBytes, room.left)
        guard !orders.isEmpty, budget >= ExchangeLimits.shareBytes else { return filler.pages }
        try filler.fill(orders, budgetBytes: budget, from: &source)
        for end in filler.ends {
            partnerHolds[end.log] = max(partnerHolds[end.log] ?? .empty, end.size)
            sentUpTo[end.log] = max(sentUpTo[end.log] ?? .empty, end.size)
        }
        return filler.pages
    }

    private func composeFetch(_ request: inout ExchangeRequest, _ logs: [LogID]) -> [UInt8] {
        request.parcel.wants = logs.map {
            Want(log: numbers.reference(to: $0), from: (goals[$0]?.next ?? .empty).next)
        }
        return request.encode()
    }

    private mutating func composePush<Source: PageSource>(
        _ request: inout ExchangeRequest, _ heads: HeldHeads, _ source: inout Source
    ) throws(Source.Failure) -> [UInt8] {
        if isSound, !needsComparison, let newToken {
            request.token = newToken
            sentToken = true
            comparedAt = heads.history.sequence
        } else {
            request.parcel.wants = []
        }
        var orders: [PageOrder] = []
        for log in pushes.keys.sorted() {
            guard let row = heads.table[log], let from = pushes[log], !row.isForked else { continue }
            if let order = PageOrder(row, from: from.next) { orders.append(order) }
        }
        var room = Room(ExchangeLimits.bodyBytes - ExchangeLimits.fixedBytes)
        for commitment in textsAsked {
            guard let text = try source.text(of: commitment), room.take(text.byteCount) else { continue }
            request.parcel.texts.append(text)
        }
        textsAsked = []
        var filler = PageFiller(numbers)
        let budget = min(ExchangeLimits.pagesBytes, room.left)
        if budget >= ExchangeLimits.oneEntryBytes { try filler.fill(orders, budgetBytes: budget, from: &source) }
        var rest: [LogID: LogSize] = [:]
        if filler.pages.count > 0 {
            let ends = Dictionary(filler.ends.map { ($0.log, $0.size) }, uniquingKeysWith: max)
            for order in orders {
                let sent = ends[order.row.log] ?? order.from.sizeBefore
                if sent < order.row.held { rest[order.row.log] = sent }
                guard let end = ends[order.row.log] else { continue }
                sentUpTo[order.row.log] = end
                partnerHolds[order.row.log] = end
            }
        } else if !orders.isEmpty, budget < ExchangeLimits.oneEntryBytes {
            rest = pushes
        } else if !orders.isEmpty {
            isSound = false
        }
        pushes = rest
        return request.encode(pages: filler.pages)
    }
}
