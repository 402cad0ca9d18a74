// SPDX-License-Identifier: EUPL-1.2
public import Journal
import Replication
import Storage

extension NodeEngine {
    /// Answers a partner's exchange: first what it pushes is checked and made durable, then the answer is planned on
    /// what is held after that. Spec: Protocol/exchange.md §3.
    public func answerExchange(_ body: [UInt8], from peer: OIN, at milliseconds: Int64) async -> ExchangeReply {
        let asked: ResolvedRequest
        do throws(BodyRefusal) {
            let request = try ExchangeRequest(decoding: body)
            guard let numbers = chain.numbers(of: request.numberingEpoch) else { throw .field(key: 11) }
            asked = try ResolvedRequest(request, numbers)
        } catch {
            count(error.reason, for: peer)
            return .refused(error.reason)
        }
        do throws(EngineFailure) {
            var refusals: [LogRefusal] = []
            if !asked.pages.isEmpty {
                let outcome = try await admit(asked.pages)
                for (log, refusal) in outcome.refused {
                    count(refusal.reason, for: peer)
                    refusals.append(LogRefusal(log: log, reason: refusal.reason))
                }
            }
            try await keepEvidence(asked.request.parcel.evidence, from: peer)
            try await keepTexts(asked.request.parcel.texts, from: peer)
            await settleTexts()
            var plan = AnswerPlan(asked, &heads, epoch: chain.number, refusals: refusals, suite)
            note(peer, asked, heads.digest(suite), at: milliseconds)
            heard(epoch: asked.request.epoch, from: peer)
            plan.epochs = epochsToCompare(with: asked.request)
            if let hash = asked.request.epochHash {
                compare([EpochMention(number: max(1, asked.request.epoch), hash: hash)], from: peer)
            }
            plan.textsMissing = texts.missing
            var pages = StorePages(store)
            do throws(StorageFailure) {
                return .answered(try plan.fill(from: &pages).body)
            } catch { throw .storage(error) }
        } catch {
            log(.error, "exchange", peer.digits, result: "failed", ["reason": error.description])
            return .failed
        }
    }

    /// Links the signed head at `n` to the newest one, or shows a leaf. Spec: Protocol/exchange.md §5.
    public func answerProve(_ body: [UInt8], from peer: OIN) -> ExchangeReply {
        do throws(BodyRefusal) {
            let request = try ProveRequest(decoding: body)
            guard let log = chain.founding.log(request.log) else { throw BodyRefusal.logUnknown(key: 1) }
            return prove(request, log, for: peer)
        } catch {
            count(error.reason, for: peer)
            return .refused(error.reason)
        }
    }

    /// The newest head held of a log. Spec: Protocol/exchange.md §5.
    public func answerHead(_ body: [UInt8], from peer: OIN) -> ExchangeReply {
        do throws(BodyRefusal) {
            let request = try HeadRequest(decoding: body)
            return .answered(HeadAnswer(head: tips[request.log]?.head?.signed).encode())
        } catch {
            count(error.reason, for: peer)
            return .refused(error.reason)
        }
    }

    /// Entries of the branch that has a root at a size, where it is held. Spec: Protocol/exchange.md §5.
    public func answerBranch(_ body: [UInt8], from peer: OIN) -> ExchangeReply {
        let request: BranchRequest
        do throws(BodyRefusal) {
            request = try BranchRequest(decoding: body)
            guard tips[request.log] != nil else { throw BodyRefusal.logUnknown(key: 1) }
        } catch {
            count(error.reason, for: peer)
            return .refused(error.reason)
        }
        do throws(StorageFailure) {
            return .answered(BranchAnswer(part: try part(of: request)).encode())
        } catch {
            count("branch-not-read", for: peer)
            return .failed
        }
    }

    private func part(of request: BranchRequest) throws(StorageFailure) -> BranchAnswer.Part? {
        guard root(of: request.log, at: request.head.size) == request.head.root, let tree = store.tree(of: request.log),
              let page = try store.page(of: request.log, from: request.from, byteLimit: NodeLimits.branchBytes),
              let cut = page.cut(at: request.head.size, suite)
        else { return nil }
        let stop = LogSize(known: cut.from.position + cut.entries.count)
        var hashes: [Hash] = []
        for subtree in Subtree.cover(stop, to: request.head.size) { hashes.append(try tree.root(of: subtree)) }
        return BranchAnswer.Part(cut, hashes: hashes)
    }

    private func prove(_ request: ProveRequest, _ log: LogID, for peer: OIN) -> ExchangeReply {
        guard let tree = store.tree(of: log) else { return .refused("nothing-held") }
        do throws(StorageFailure) {
            let answer = try ProveAnswer.answering(
                request, log: log, head: tree.head, held: tree.held, tree, suite)
            return answer.map { .answered($0.encode()) } ?? .refused("nothing-held")
        } catch {
            // Counted with the refusals, so that one who asks without end cannot fill the log with lines.
            count("proof-not-read", for: peer)
            return .failed
        }
    }

    /// What a partner's question tells of it.
    private func note(_ peer: OIN, _ asked: ResolvedRequest, _ digest: Hash, at milliseconds: Int64) {
        exchanged(with: peer, at: milliseconds) { standing in
            if asked.request.digest == digest { standing.digests = .equal }
        }
        // Whoever holds the same holds no more of the own log: it need not be dialled to be asked.
        if asked.request.digest == digest { ownHeadAnswered(by: peer) }
    }
}

/// What is sent back to a peer.
public enum ExchangeReply: Sendable {
    /// A body of the protocol.
    case answered([UInt8])
    /// The request is wrong, with its reason.
    case refused(String)
    /// This node cannot answer now.
    case failed
}
