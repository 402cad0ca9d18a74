// SPDX-License-Identifier: EUPL-1.2

/// How `korf` ends; scripts rely on the numbers.
public enum ExitCode: Int32, Sendable {
    /// All is well.
    case fine = 0
    /// Something needs a person, or the node refused.
    case finding = 1
    /// The command line is not one that `korf` knows.
    case usage = 2
    /// No node answered.
    case unreachable = 3
}

/// Why a command ended early: a sentence for people and, where the node answered with a problem, its document.
struct ConsoleFailure: Error {
    let code: ExitCode
    /// One or more sentences, a line each.
    let message: String
    /// The problem document, shown with `--json`.
    var document: [UInt8]?

    init(_ code: ExitCode, _ message: String, document: [UInt8]? = nil) {
        self.code = code
        self.message = message
        self.document = document
    }
}
