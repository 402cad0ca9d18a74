// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A line of recorded events: the facts with which a height begins, or one event with the effects that came of it.
/// Nothing in it is secret: all messages are public to members, and of keys only public parts and signatures that
/// were made stand here. Spec: Protocol/consensus.md §8.
public enum EventRecord: Sendable {
    /// A height begins; what stood before concerns an earlier one, or an earlier run.
    case height(HeightStart)
    /// What the core was told, and each effect as recorded.
    case event(ConsensusEvent, effects: [[UInt8]])

    /// The line of a height, without its end.
    public static func line(_ start: HeightStart) -> String {
        var writer = CBORWriter(capacity: 512)
        writer.array(count: start.voters.continuation == nil ? 9 : 10)
        writer.integer(1)
        start.write(to: &writer)
        return Hexadecimal.encode(writer.bytes)
    }

    /// The line of an event and its effects, without its end.
    public static func line(
        _ event: ConsensusEvent, _ effects: [ConsensusEffect], _ voters: VotingSet
    ) -> String {
        var writer = CBORWriter(capacity: 512)
        writer.array(count: 3)
        writer.integer(2)
        event.write(to: &writer, voters)
        writer.array(count: effects.count)
        for effect in effects { effect.write(to: &writer, voters) }
        return Hexadecimal.encode(writer.bytes)
    }

    /// Reads a line; one of an event under the voters of its height.
    static func parse(
        _ line: Substring, _ voters: VotingSet?, _ suite: some CipherSuite
    ) throws(CBORRefusal) -> EventRecord {
        guard let bytes = Hexadecimal.decode(line) else { throw .unexpectedItem }
        var reader = CBORReader(bytes)
        let count = try reader.array()
        switch (try reader.unsigned(), count) {
        case (1, 9), (1, 10):
            let start = try HeightStart(from: &reader, isContinued: count == 10, suite)
            try reader.end()
            return .height(start)
        case (2, 3):
            guard let voters else { throw .unexpectedItem }
            let event = try ConsensusEvent(from: &reader, voters)
            var effects: [[UInt8]] = []
            for _ in 0..<(try reader.array()) { effects.append(Array(try reader.skipItem())) }
            try reader.end()
            return .event(event, effects: effects)
        default: throw .unexpectedItem
        }
    }
}
