// SPDX-License-Identifier: EUPL-1.2
import Notation
import Settlement

/// `korf settle calculate`: cases as JSON lines, without a node. Spec: Protocol/settlement-calculate.md.
enum CalculateCommand {
    static let command = Command(
        "settle calculate", "Answers cases as JSON lines, one line for each, by the code that a node uses.",
        operands: [Operand("FILE", .path)], example: "korf settle calculate cases.jsonl", run: run)

    /// Bytes of answers that are written at once.
    private static let chunkBytes = 1 << 16

    @Sendable
    private static func run(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        var lines = try LineReader(arguments.required("FILE"))
        var output: [UInt8] = []
        var isEveryLineACase = true
        while let line = try lines.next() {
            guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            let answer = Calculation.answer(line)
            if answer["reason"]?.text == Calculation.malformed { isEveryLineACase = false }
            output += answer.bytes()
            output.append(0x0A)
            if output.count >= chunkBytes {
                session.terminal.write(String(decoding: output, as: UTF8.self))
                output.removeAll(keepingCapacity: true)
            }
        }
        session.terminal.write(String(decoding: output, as: UTF8.self))
        return isEveryLineACase ? .fine : .finding
    }
}
