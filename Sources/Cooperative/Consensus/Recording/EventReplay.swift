// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What a replay came to.
public struct ReplayCount: Equatable, Sendable {
    /// Heights begun.
    public var heights = 0
    /// Events, each with the effects that were recorded.
    public var events = 0
    /// Effects.
    public var effects = 0
}

/// The first line that does not replay.
public struct ReplayDifference: Error, Equatable, Sendable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// What is different, in a sentence.
    public let sentence: String

    public var description: String { "line \(line): \(sentence)" }
}

/// Replays recorded events through the very core that a node runs, and compares effect by effect.
/// Spec: Protocol/consensus.md §8.
public struct EventReplay<Suite: CipherSuite> {
    private let suite: Suite
    private var count = ReplayCount()

    /// A replay with the suite that the network uses.
    public init(_ suite: Suite) { self.suite = suite }

    private struct Line {
        let number: Int
        let event: ConsensusEvent
        let effects: [[UInt8]]
    }

    /// Replays lines from the first height on. Lines of one height are read before it runs, since the signatures that
    /// its core asks for stand in their effects.
    public mutating func run(_ lines: [Substring]) throws(ReplayDifference) -> ReplayCount {
        var start: HeightStart?
        var events: [Line] = []
        for (place, text) in lines.enumerated() {
            let record: EventRecord
            do throws(CBORRefusal) { record = try EventRecord.parse(text, start?.voters, suite) } catch {
                throw ReplayDifference(line: place + 1, sentence: "no record stands here (\(error.rawValue))")
            }
            switch record {
            case .height(let next):
                if let start { try replay(start, events) }
                (start, events) = (next, [])
            case .event(let event, let effects):
                events.append(Line(number: place + 1, event: event, effects: effects))
            }
        }
        if let start { try replay(start, events) }
        return count
    }

    private mutating func replay(_ start: HeightStart, _ lines: [Line]) throws(ReplayDifference) {
        count.heights += 1
        var signer: RecordedSigner?
        if let key = start.ownKey { signer = RecordedSigner(publicKey: key) }
        for line in lines {
            for effect in line.effects { try remember(effect, of: line, start.voters, &signer) }
        }
        var core = start.core(signer: signer, suite: suite)
        for line in lines {
            if case .appended = line.event, core.own == nil {
                throw ReplayDifference(line: line.number, sentence: "one that does not vote appended a message")
            }
            try compare(core.handle(line.event), with: line, start.voters)
        }
    }

    /// Remembers a signature that was made. It has to be the own key's.
    private func remember(
        _ effect: [UInt8], of line: Line, _ voters: VotingSet, _ signer: inout RecordedSigner?
    ) throws(ReplayDifference) {
        let own: (step: VoteText.Step, vote: Vote)?
        do throws(CBORRefusal) { own = try ConsensusEffect.vote(in: effect) } catch {
            throw ReplayDifference(line: line.number, sentence: "no effect stands here (\(error.rawValue))")
        }
        guard let (step, vote) = own, let choice = vote.choice, let key = signer?.publicKey else { return }
        let text = voters.voteText(step, vote.round, choice.hash)
        guard suite.verifies(choice.signature, of: text, by: key) else {
            throw ReplayDifference(line: line.number, sentence: "a recorded vote is not signed by the own key")
        }
        signer?.signatures[text] = choice.signature
    }

    private mutating func compare(
        _ effects: [ConsensusEffect], with line: Line, _ voters: VotingSet
    ) throws(ReplayDifference) {
        for (place, effect) in effects.enumerated() {
            guard place < line.effects.count else {
                throw ReplayDifference(line: line.number, sentence: "effect \(place + 1) is not recorded: \(effect)")
            }
            let bytes = effect.encode(voters)
            guard bytes == line.effects[place] else {
                throw ReplayDifference(line: line.number, sentence: """
                    effect \(place + 1) of \(line.event) is now \(effect), and recorded was \
                    \(Hexadecimal.encode(line.effects[place]))
                    """)
            }
        }
        guard effects.count == line.effects.count else {
            throw ReplayDifference(
                line: line.number,
                sentence: "effect \(effects.count + 1) does not come now: "
                    + Hexadecimal.encode(line.effects[effects.count]))
        }
        count.events += 1
        count.effects += effects.count
    }
}

/// Answers with signatures that were made before; the key is not there. What was never signed gets none that is good.
struct RecordedSigner: Signing {
    let publicKey: PublicKey
    var signatures: [[UInt8]: Signature] = [:]

    func sign(_ message: [UInt8]) -> Signature {
        signatures[message] ?? Signature(first: Bytes32((0, 0, 0, 0)), second: Bytes32((0, 0, 0, 0)))
    }
}
