// SPDX-License-Identifier: EUPL-1.2

/// Where an actor lives: a member, and which of its faces. Only a member that forks has two.
struct Address: Hashable, Sendable {
    let member: Int
    let face: Int
}

/// A body on its way.
struct Message: Sendable {
    /// Which door it goes through. Another kind of actor, such as one that agrees on epochs, adds its own here.
    enum Path: Int, Sendable {
        case exchange, prove
    }

    enum Kind: Int, Sendable {
        case request, answer, refusal
    }

    let from: Address
    let to: Address
    let path: Path
    let kind: Kind
    /// The asker's session and, in it, request: an answer comes back over the connection of its request.
    let session: Int
    let request: Int
    let body: [UInt8]

    /// The answer to this request.
    func reply(_ kind: Kind, _ body: [UInt8]) -> Message {
        Message(from: to, to: from, path: path, kind: kind, session: session, request: request, body: body)
    }
}

/// What an actor is told.
enum ActorEvent: Sendable {
    case wake
    case message(Message)
    /// No answer came to a request.
    case timeout(session: Int, request: Int)
    /// The disk has a commit.
    case synced(commit: Int)
    /// Something to write.
    case work
}

/// Whoever takes part in a simulation: it is told events and acts through the world that it is given, never
/// otherwise. A node that exchanges logs is one kind; a consensus core is another.
protocol SimulatedActor: AnyObject {
    /// Counts the starts: what was asked for in an earlier life no longer concerns this one.
    var life: Int { get }
    /// Whether it runs.
    var isUp: Bool { get }

    func take(_ event: ActorEvent, in world: World)
    /// Everything in memory is lost; of the disk what was synced stays.
    func crash(in world: World)
    func start(in world: World)
}
