// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Simulation

// A long range shows its lines as they come, also through a pipe.
setvbuf(stdout, nil, _IOLBF, 0)
let code = SimulateCommand.run(Array(CommandLine.arguments.dropFirst())) { line in
    fputs(line + "\n", stdout)
}
exit(code)
