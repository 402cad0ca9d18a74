// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Replication

/// How complete an answer is, per log: what is held against the largest signed size seen, and whether its owner has
/// been heard of. Never claims what was not checked. Spec: Protocol/local-api.md §2.
struct Completeness: Sendable {
    /// A log that falls short, and why.
    struct Shortfall: Sendable {
        enum Reason: String, Sendable {
            /// Entries below a signed head are missing.
            case entriesMissing = "regels-ontbreken"
            /// No partner that agrees with what is held was reached since the start.
            case notCompared = "niet-vergeleken"
            /// The newest heartbeat is older than two days.
            case silent = "stil"
        }

        let oin: OIN
        let member: String
        let reason: Reason
        let sentence: String
        /// Since when, as far as this node knows, in milliseconds.
        var since: Int64?
    }

    let shortfalls: [Shortfall]
    /// Remarks that leave the answer complete.
    let remarks: [String]
    let logsTotal: Int

    var isComplete: Bool { shortfalls.isEmpty }

    /// Days without a heartbeat after which a log counts as silent.
    static let silentDays = 2

    init(_ engine: isolated NodeEngine) {
        let partners = engine.partners.values
        let agrees = partners.contains { $0.digests == .equal }
        let today = engine.clock.today()
        let heartbeats = Dictionary(uniqueKeysWithValues: engine.state.heartbeats().map { ($0.log, $0.date) })
        var shortfalls: [Shortfall] = []
        var remarks: [String] = []
        var total = 0
        for tip in engine.tips.values.sorted(by: { $0.log < $1.log }) {
            let oin = tip.identity.origin.oin
            // An applicant that was not admitted wrote nothing here, and will not.
            if tip.held == .empty, tip.log != engine.ownLogID, engine.state.member(oin) == nil { continue }
            total += 1
            let name = engine.name(of: oin)
            if engine.forks[tip.log] != nil {
                remarks.append("\(name): twee geschiedenissen; wat boven het laatste tijdperk staat, telt niet.")
                continue
            }
            let missing = engine.missing(of: tip)
            if missing > 0 {
                let since = engine.shortSince[tip.log]
                shortfalls.append(Shortfall(
                    oin: oin, member: name, reason: .entriesMissing,
                    sentence: "\(name): \(Self.missing(missing, of: tip, since: since))", since: since))
            } else if let reason = Self.shortfall(
                isOwn: tip.log == engine.ownLogID, agrees, heartbeats[tip.log], today) {
                shortfalls.append(Shortfall(
                    oin: oin, member: name, reason: reason.0, sentence: "\(name): \(reason.1)"))
            } else if tip.held == .empty {
                remarks.append("\(name): heeft nog niets geschreven, voor zover bekend.")
            }
        }
        self.shortfalls = shortfalls
        self.remarks = remarks
        logsTotal = total
    }

    /// One log's matter: what its member signed and nobody showed here yet, and for how long.
    private static func missing(_ count: Int, of tip: LogTip, since: Int64?) -> String {
        let when = since.map { ", sinds \(Instant(milliseconds: $0))" } ?? ""
        return "\(count) regels ontbreken nog: gehouden \(tip.held), getekend \(tip.head?.size ?? .empty)\(when)."
    }

    private static func shortfall(
        isOwn: Bool, _ agrees: Bool, _ heartbeat: CivilDate?, _ today: CivilDate
    ) -> (Shortfall.Reason, String)? {
        if isOwn { return nil }
        guard agrees else { return (.notCompared, "sinds de start nog met geen knoop gelijk bevonden.") }
        if let heartbeat, let oldest = today.adding(days: -silentDays), heartbeat < oldest {
            return (.silent, "laatste levensteken \(heartbeat); wat daarna kwam, is onbekend.")
        }
        return nil
    }

    var json: JSON {
        [
            "volledig": .boolean(isComplete),
            "logsBijgewerkt": .count(logsTotal - shortfalls.count),
            "logsTotaal": .count(logsTotal),
            "tekorten": .array(shortfalls.map { shortfall in
                [
                    "oin": .string(shortfall.oin.digits), "naam": .string(shortfall.member),
                    "reden": .string(shortfall.reason.rawValue),
                    "sindsTijdstip": .optional(shortfall.since.map { Instant(milliseconds: $0).description }),
                ]
            }),
            "toelichting": .array((shortfalls.map(\.sentence) + remarks).map { .string($0) }),
        ]
    }
}
