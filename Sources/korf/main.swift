// SPDX-License-Identifier: EUPL-1.2
import Console
import Foundation

exit(await Console.run(Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment))
