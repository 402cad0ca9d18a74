// SPDX-License-Identifier: EUPL-1.2
public import Storage

/// The parts of a node that serves, for whoever answers people and programs on this machine.
public struct RunningNode: Sendable {
    /// What is held and what it means.
    public let engine: NodeEngine
    /// The store; the engine alone changes its journal.
    public let store: NodeStore
    /// Where usage is reported.
    public let metering: MeteringInbox
    /// States months.
    public let statements: MonthStatement
    /// The own certificate.
    public let certificate: OwnCertificate
    /// What the operator set.
    public let configuration: Configuration
    /// The time, for what is shown.
    public let clock: any WallClock
    /// Asks other members for heads; `nil` where nobody can be asked.
    public var headQuestion: HeadQuestion?
    /// Compares months with other members; `nil` where nobody can be asked.
    public var comparison: PairComparison?
    let flusher: UsageFlusher
    let expiry: RawEventExpiry

    /// Flushes usage now, as far as the small-count rule lets it go; answers how many cells went out.
    public func flush() async throws(EngineFailure) -> Int { try await flusher.flush() }
}
