// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Testing

extension TestNode {
    /// Proposes a free text to the general assembly, with a deadline far away.
    func propose(_ title: String, payload: DecisionPayload = .freeText) async throws -> Decision.ID {
        let deadline = try #require(SystemClock().today().adding(days: 30))
        let proposal = try DecisionProposal(
            organ: try #require(Slug("alv")), payload: payload, title: title, deadline: deadline)
        let appended = try await engine.append([proposal.entry()])
        return Decision.ID(log: appended[0].log, index: appended[0].index)
    }

    /// Casts this member's ballot, once the proposal is held here.
    func vote(_ choice: Ballot.Choice, on decision: Decision.ID) async throws {
        try await eventually("the proposal is held") { await engine.read { $0.state.decision(decision) != nil } }
        let entry = try await engine.read { engine in
            let view = try #require(engine.state.decision(decision))
            return try Ballot.entry(choice, on: view.reference, in: engine.ownLogID)
        }
        _ = try await engine.append([entry])
    }

    /// The number of the last epoch applied.
    func epoch() async -> Int { await engine.read { $0.chain.number } }

    func standing(of decision: Decision.ID) async -> DecisionStanding? {
        await engine.read { $0.settled.decision(decision)?.standing }
    }

    /// Waits for an epoch.
    func reaches(_ number: Int, seconds: Double = 30) async throws {
        try await eventually("epoch \(number)", seconds: seconds) { await epoch() >= number }
    }

    /// The state digest after the last epoch.
    func settledDigest() async -> Hash { await engine.read { $0.settledDigest } }
}
