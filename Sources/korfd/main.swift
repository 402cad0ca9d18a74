// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Node

exit(await DaemonCommand.run(Array(CommandLine.arguments.dropFirst()), local: LocalAPI.handler))
