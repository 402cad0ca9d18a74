// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Node
import Transport

exit(await DaemonCommand.run(Array(CommandLine.arguments.dropFirst())) { _ in
    { _ in HTTPResponse.problem(status: 404, title: "Niet gevonden", detail: "Hier is niets.") }
})
