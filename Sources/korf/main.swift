// SPDX-License-Identifier: EUPL-1.2
import Console
import Glibc

exit(await Console.run(Array(CommandLine.arguments.dropFirst()), environment: Console.environment))
