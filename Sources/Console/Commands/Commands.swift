// SPDX-License-Identifier: EUPL-1.2

/// All verbs of `korf`.
enum Commands {
    static let all: [Command] =
        [InitCommand.command] + NetworkCommands.all + [StatusCommand.command, TodoCommand.command]
        + MemberCommands.all + DecisionCommands.all + TextCommands.all
        + CatalogueCommands.all + UsageCommands.all + SettleCommands.all + DocumentCommands.all + OutboxCommands.all
        + ForecastCommands.all
        + ApprovalCommands.all + PaymentCommands.all
        + [ExplainCommand.command]
        + KeepingCommands.all + KeysCommands.all
}
