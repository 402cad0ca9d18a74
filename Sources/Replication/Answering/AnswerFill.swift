// SPDX-License-Identifier: EUPL-1.2

import Journal

/// An answer ready to be sent.
public struct FilledAnswer: Hashable, Sendable {
    /// The body.
    public let body: [UInt8]
    /// Up to where each log was sent.
    public let sent: [HeldSize]
    /// Whether the asker has to come back for more.
    public let hasMore: Bool
}

extension AnswerPlan {
    /// Reads entries, hashes, evidence and texts from `source` and encodes the answer within the limit of a
    /// body. What does not fit stays named in the heads, so that the asker goes on by wants; where not even
    /// all names fit there is no token, and the asker compares again. Spec: Protocol/exchange.md §3.
    public func fill<Source: PageSource>(from source: inout Source) throws(Source.Failure) -> FilledAnswer {
        var answer = ExchangeAnswer(epoch: epoch, digest: digest)
        var room = Room(ExchangeLimits.bodyBytes - ExchangeLimits.fixedBytes - ExchangeLimits.oneEntryBytes)
        for refusal in refusals.prefix(ExchangeLimits.refusalsAnswered) {
            let item = PushRefusal(log: numbers.reference(to: refusal.log), reason: refusal.reason)
            if room.take(item.byteCount) { answer.refusals.append(item) }
        }
        var isTruncated = try addEvidence(to: &answer, &room, from: &source)
        var listed: [LogID] = []
        isTruncated = addNames(to: &answer, &room, &listed) || isTruncated

        room.give(ExchangeLimits.oneEntryBytes)
        var filler = PageFiller(numbers)
        try filler.fill(orders, budgetBytes: min(pagesBytes, room.left), from: &source)
        room.spend(filler.pages.bytes.count)
        let ends = Dictionary(filler.ends.map { ($0.log, $0.size) }, uniquingKeysWith: max)
        let remaining = zip(answer.parcel.heads, listed).filter { ends[$0.1] != exchangedSize(of: $0.1) }
        answer.parcel.heads = remaining.map(\.0)
        for commitment in textsMissing.prefix(ExchangeLimits.texts) where room.take(34) {
            answer.parcel.textsWanted.append(commitment)
        }
        for commitment in textsWanted {
            guard let text = try source.text(of: commitment), room.take(text.byteCount) else { continue }
            answer.parcel.texts.append(text)
        }
        let open = orders.contains { ends[$0.row.log] != $0.row.exchangedSize }
        answer.hasMore = isTruncated || open
        answer.token = isTruncated ? nil : token?.bytes
        answer.sendFullTable = sendFullTable
        answer.epochs = epochs
        return FilledAnswer(
            body: answer.encode(pages: filler.pages), sent: filler.ends, hasMore: answer.hasMore)
    }

    private func exchangedSize(of log: LogID) -> LogSize? {
        let position = heads.firstIndexNotBelow(log) { $0.log }
        return heads[position].exchangedSize
    }

    /// Adds what fits; `true` where something did not. Which items come first turns with the asker's
    /// digest, which changes with each that it takes.
    private func addEvidence<Source: PageSource>(
        to answer: inout ExchangeAnswer, _ room: inout Room, from source: inout Source
    ) throws(Source.Failure) -> Bool {
        guard !evidence.isEmpty else { return false }
        let start = Int(rotation % UInt64(evidence.count))
        for log in evidence[start...] + evidence[..<start] {
            guard answer.parcel.evidence.count < ExchangeLimits.evidence else { return true }
            guard let item = try source.evidence(against: log) else { continue }
            guard room.take(item.count + 3) else { return true }
            answer.parcel.evidence.append(item)
        }
        return false
    }

    /// Adds wants and heads as far as they fit; `true` where some did not. `listed` are the logs of the heads.
    private func addNames(
        to answer: inout ExchangeAnswer, _ room: inout Room, _ listed: inout [LogID]
    ) -> Bool {
        var wanted: [Want] = []
        for want in wants {
            let item = Want(log: numbers.reference(to: want.log), from: want.size.next)
            guard wanted.count < ExchangeLimits.wants, room.take(item.byteCount) else { break }
            wanted.append(item)
        }
        if !wanted.isEmpty { answer.parcel.wants = wanted }
        for row in heads {
            guard let mention = row.mention(numbers) else { continue }
            guard listed.count < ExchangeLimits.heads, room.take(mention.byteCount) else { break }
            answer.parcel.heads.append(mention)
            listed.append(row.log)
        }
        return wanted.count < wants.count || listed.count < heads.count
    }
}

/// How many bytes of a body are left.
struct Room {
    private(set) var left: Int

    init(_ bytes: Int) { left = bytes }

    /// Takes `bytes` where they fit.
    mutating func take(_ bytes: Int) -> Bool {
        guard bytes <= left else { return false }
        left -= bytes
        return true
    }

    /// Gives back what was kept aside.
    mutating func give(_ bytes: Int) { left += bytes }

    /// Takes `bytes` that were written already.
    mutating func spend(_ bytes: Int) { left = max(0, left - bytes) }
}
