// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Node

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "--daemon" {
    // The same composition as `korfd`, on the main thread like there.
    DaemonCommand.start(["--config"] + arguments.dropFirst(), local: LocalAPI.handler)
}
exit(await Bench.run(arguments))
