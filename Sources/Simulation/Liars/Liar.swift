// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

/// What a lying member does to the bodies that it sends. Under the lies it is a node like the others, so that its
/// bodies are good enough to be believed up to where they lie.
final class Liar {
    private let habits: [Habit]
    private let percent: Int
    private var earlier: [[UInt8]] = []

    init(in world: World) {
        let all = world.random.shuffled(Habit.allCases)
        habits = Array(all.prefix(world.random.within(1...4)))
        percent = world.settings.liePercent
    }

    /// Whether it does not answer at all this time.
    func isSilent(in world: World) -> Bool {
        guard habits.contains(.silent), world.random.happens(percent) else { return false }
        world.marks.hit(.liarSilent)
        return true
    }

    func changeProof(_ body: [UInt8], in world: World) -> [UInt8] {
        world.random.happens(percent / 2) ? flipped(body, in: world) : body
    }

    /// The body that is sent in place of `body`.
    func change(_ body: [UInt8], isRequest: Bool, of node: Node, in world: World) -> [UInt8] {
        defer { if earlier.count < 4 || world.random.happens(10) { earlier = earlier.suffix(3) + [body] } }
        guard world.random.happens(percent) else { return body }
        let habit = world.random.pick(habits)
        world.marks.hit(habit.mark)
        switch habit {
        case .silent: return body
        case .garbage: return world.random.bytes(world.random.below(400))
        case .truncated: return Array(body.prefix(world.random.below(max(1, body.count))))
        case .flipped: return flipped(body, in: world)
        case .stale: return earlier.first ?? body
        case .oversize:
            guard world.random.happens(5) else { return flipped(body, in: world) }
            return body + [UInt8](repeating: 0, count: SimulationLimits.madeUpBodyBytes)
        case .version:
            // Key 1 comes first: its value is the second byte after the head of the map.
            var changed = body
            if changed.count > 2 { changed[2] = 2 }
            return changed
        default: return rewrite(body, isRequest, habit, of: node, in: world)
        }
    }

    private func flipped(_ body: [UInt8], in world: World) -> [UInt8] {
        guard !body.isEmpty else { return body }
        var changed = body
        changed[world.random.below(body.count)] ^= UInt8(1 << world.random.below(8))
        return changed
    }

    private func rewrite(
        _ body: [UInt8], _ isRequest: Bool, _ habit: Habit, of node: Node, in world: World
    ) -> [UInt8] {
        if isRequest {
            guard var request = try? ExchangeRequest(decoding: body) else { return body }
            let forger = Forger(node: node, world: world)
            forger.change(&request.parcel, habit)
            if habit == .token { request.token = forger.token() }
            if habit == .digest { request.digest = node.suite.hash(world.random.bytes(2)) }
            return request.encode()
        }
        guard var answer = try? ExchangeAnswer(decoding: body) else { return body }
        let forger = Forger(node: node, world: world)
        forger.change(&answer.parcel, habit)
        switch habit {
        case .token: answer.token = forger.token()
        case .digest: answer.digest = node.suite.hash(world.random.bytes(2))
        case .endless: answer.hasMore = true
        case .refusals: answer.refusals = forger.refusals()
        default: break
        }
        if habit == .token, world.random.happens(30) { answer.sendFullTable = true }
        return answer.encode()
    }
}

/// One way to misbehave.
enum Habit: CaseIterable {
    case garbage, truncated, flipped, stale, drops, changes, endless, unknownLog, version, token, refusals, wants
    case evidence, digest, oversize, silent, signer, gap

    var mark: Mark {
        switch self {
        case .garbage: .liarGarbage
        case .truncated: .liarTruncated
        case .flipped: .liarFlipped
        case .stale: .liarStale
        case .drops: .liarDrops
        case .changes: .liarChanges
        case .endless: .liarEndless
        case .unknownLog: .liarUnknownLog
        case .version: .liarVersion
        case .token: .liarToken
        case .refusals: .liarRefusals
        case .wants: .liarWants
        case .evidence: .liarEvidence
        case .digest: .liarDigest
        case .oversize: .liarOversize
        case .silent: .liarSilent
        case .signer: .liarSigner
        case .gap: .liarGap
        }
    }
}
