// SPDX-License-Identifier: EUPL-1.2
import Notation

/// What surrounds one call: where it writes, in which language, and how it reaches the node.
struct Session: Sendable {
    let terminal: any Terminal
    let texts: Texts
    let wantsJSON: Bool
    let location: NodeLocation
    let node: any NodeCalling

    /// Prints the node's answer as JSON, or what `render` makes of it.
    func show(_ answer: JSON, _ render: (JSON) -> String) {
        terminal.write(wantsJSON ? answer.rendered(.pretty) + "\n" : render(answer))
    }
}
