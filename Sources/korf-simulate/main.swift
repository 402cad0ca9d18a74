// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Simulation

// Each line is written at once, so that a long range shows them as they come, also through a pipe.
let code = SimulateCommand.run(Array(CommandLine.arguments.dropFirst())) { line in
    var rest = Array((line + "\n").utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}
exit(code)
