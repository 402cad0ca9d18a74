// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

/// Makes false parts of a body.
struct Forger {
    let node: Node
    let world: World

    func change(_ parcel: inout ExchangeParcel, _ habit: Habit) {
        switch habit {
        case .drops: parcel.pages = parcel.pages.filter { _ in world.random.happens(40) }
        case .changes: parcel.pages = parcel.pages.map { changed($0) }
        case .signer: parcel.pages = parcel.pages.map { signedByOther($0) }
        case .gap: parcel.pages = parcel.pages.map { moved($0) }
        case .unknownLog:
            let stranger = LogReference.id(LogID(node.suite.hash(world.random.bytes(8)).value))
            parcel.pages = parcel.pages.map {
                ReferencedPage(
                    log: stranger, from: $0.from, headSize: $0.headSize, headSignature: $0.headSignature,
                    entries: $0.entries, rightHandHashes: $0.rightHandHashes)
            }
            parcel.heads.append(HeadMention(log: stranger, size: 7, signature: signature()))
        case .endless:
            let log = LogReference.number(world.random.below(node.network.memberCount))
            parcel.heads.append(HeadMention(log: log, size: 1_000_000, signature: signature()))
        case .wants:
            let log = LogReference.number(world.random.below(node.network.memberCount))
            parcel.wants = (parcel.wants ?? []) + [Want(log: log, from: EntryIndex(known: world.random.below(50)))]
        case .evidence: parcel.evidence.append(evidence())
        default: break
        }
    }

    func token() -> [UInt8] {
        switch world.random.below(3) {
        case 0: return world.random.bytes(1 + world.random.below(60))
        case 1:
            return ExchangeToken(
                instance: node.disk.instance, sequence: HeadSequence(world.random.below(10_000))).bytes
        default:
            return ExchangeToken(instance: Node.newInstance(in: world), sequence: HeadSequence(3)).bytes
        }
    }

    func refusals() -> [PushRefusal] {
        let reasons = ["head-signature", "page-gap", "log-not-authorised"]
        return (0..<node.network.memberCount).map {
            PushRefusal(log: .number($0), reason: world.random.pick(reasons))
        }
    }

    private func signature() -> Signature {
        let hash = node.suite.hash(world.random.bytes(8)).value
        return Signature(first: hash, second: hash)
    }

    /// Evidence against somebody: of two heads that the liar signed itself, or of no heads at all.
    private func evidence() -> [UInt8] {
        guard world.random.happens(70) else { return world.random.bytes(world.random.below(300)) }
        let victim = node.network.identities[world.random.below(node.network.memberCount)]
        let signer = node.network.signers[node.member]
        let heads = [1, 2].map { _ in
            SignedHead(
                Head(size: 3, root: node.suite.hash(world.random.bytes(4))), of: victim.origin, signer: signer)
        }
        // The liar's own log could be convicted so: it would tell the truth about itself.
        guard victim.log != node.ownID else { return [] }
        return ForkEvidence(log: victim.log, sameSize: heads[0], heads[1])?.encode() ?? []
    }

    private func changed(_ page: ReferencedPage) -> ReferencedPage {
        guard !page.entries.isEmpty, world.random.happens(70) else { return page }
        var entries = (0..<page.entries.count).map { Array(page.entries[$0]) }
        let position = world.random.below(entries.count)
        let offset = world.random.below(entries[position].count)
        entries[position][offset] ^= 1
        return ReferencedPage(
            log: page.log, from: page.from, headSize: page.headSize, headSignature: page.headSignature,
            entries: EntryBatch(entries), rightHandHashes: page.rightHandHashes)
    }

    private func signedByOther(_ page: ReferencedPage) -> ReferencedPage {
        ReferencedPage(
            log: page.log, from: page.from, headSize: page.headSize, headSignature: signature(),
            entries: page.entries, rightHandHashes: page.rightHandHashes)
    }

    private func moved(_ page: ReferencedPage) -> ReferencedPage {
        ReferencedPage(
            log: page.log, from: EntryIndex(known: page.from.position + 1 + world.random.below(3)),
            headSize: LogSize(known: page.headSize.count + world.random.below(5)),
            headSignature: page.headSignature, entries: page.entries, rightHandHashes: page.rightHandHashes)
    }
}
