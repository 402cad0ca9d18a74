# SPDX-License-Identifier: EUPL-1.2
"""How the members of the demo decide: propose, vote, and wait for the epoch that closes it."""
import json
import pathlib

import events
from players import Failed, Member

HERE = pathlib.Path(__file__).parent


def propose(member: Member, *arguments: str) -> str:
    """Proposes a decision; returns its id."""
    return json.loads(member.korf("decision", "propose", *arguments, "--json"))["id"]


def vote(decision: str, voters: list[Member]) -> None:
    """Each voter waits until the proposal has come and votes for it, unless the others' votes closed it before."""
    for voter in voters:
        voter.wait_until(lambda voter=voter: _stand(voter, decision), f"the decision {decision}", 20)
        try:
            voter.korf("decision", "vote", decision, "voor")
        except Failed:
            if _stand(voter, decision) == "open":
                raise


def closed(decision: str, nodes: list[Member], stand: str = "aangenomen") -> int:
    """Waits until every node has the decision closed; returns the epoch."""
    for node in nodes:
        node.wait_until(
            lambda node=node: _stand(node, decision) not in (None, "open"), f"an epoch that closes {decision}", 40)
        found = _stand(node, decision)
        if found != stand:
            raise Failed(f"{node.name}: {decision} is {found}: {node.ask('decision', 'show', decision)}")
    epochs = {node.ask("decision", "show", decision)["sluitTijdperk"] for node in nodes}
    if len(epochs) != 1:
        raise Failed(f"{decision} was closed by epochs {epochs}")
    return epochs.pop()


def decide(nodes: list[Member], voters: list[Member], proposals: list[tuple[Member, tuple[str, ...]]]) -> list[str]:
    """Proposes all, votes on all, and waits until all are closed on every node."""
    decisions = [propose(member, *arguments) for member, arguments in proposals]
    for decision in decisions:
        vote(decision, voters)
    for decision in decisions:
        epoch = closed(decision, nodes)
        title = nodes[0].ask("decision", "show", decision)["titel"]
        print(f"   {title}: aangenomen, tijdperk {epoch}")
    return decisions


def joining(application: str) -> tuple[str, ...]:
    """Woerden takes part in an application."""
    return (
        "--kind", "community-joining", "--application", application, "--member", events.WOERDEN,
        "--date", "2026-01-01", "--title", f"Woerden doet mee aan {application}",
    )


def from_file(name: str) -> tuple[str, ...]:
    return ("--file", str(HERE / "besluiten" / name))


def _stand(node: Member, decision: str) -> str | None:
    for row in node.ask("decision", "list", "--all")["besluiten"]:
        if row["id"] == decision:
            return row["stand"]
    return None
