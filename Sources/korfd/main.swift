// SPDX-License-Identifier: EUPL-1.2
import Node

DaemonCommand.start(Array(CommandLine.arguments.dropFirst()), local: LocalAPI.handler)
