# SPDX-License-Identifier: EUPL-1.2
"""What a whole network decided, counted again: one line for each epoch, decision, member and digest."""

import datetime

from . import membership
from .fold import CARRIED, OPEN, WITHOUT_EFFECT
from .poll import Poll

KINDS = dict(enumerate((
    "admission, exit, expulsion, tariff, contribution, cost sharing, inhabitants, application, "
    "community joining, community leaving, voting flag, key replacement, network terms, free text"
).split(", "), 1))
KINDS.update({18: "line", 19: "advance settlement", 20: "cost sharing terms"})
STANDINGS = ("candidate", "member", "leaving", "ended")


def _day(number):
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=number)).isoformat()


def _outcome(decision):
    if decision.standing == CARRIED:
        return "carried"
    if decision.standing == WITHOUT_EFFECT:
        return f"carried without effect, {decision.reason}"
    return "open" if decision.standing == OPEN else "not carried"


def _decision(decision, tally, flagged):
    name = f"{decision.place[0].hex()[:8]}-{decision.place[1]}"
    proposal = decision.proposal
    counts = f"{tally[0]} for, {tally[1]} against, {tally[2]} blank of {len(decision.electorate)}"
    remark = f" (different ballots of {', '.join(flagged)})" if flagged else ""
    title = proposal.title.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'decision {name} by {decision.author}, {KINDS[proposal.kind]}, "{title}", '
        f"until {_day(proposal.deadline)}: {counts}{remark}: {_outcome(decision)}"
    )


def _members(before, after):
    for oin in sorted(after.network.members):
        standing = after.network.members[oin].standing
        earlier = before.network.members.get(oin)
        if earlier is None or earlier.standing != standing:
            yield f"member {oin} {STANDINGS[standing]}"


def lines(export):
    state = export.state
    yield f"network {export.genesis.network.hex()}"
    for number, fold in enumerate(state.settled):
        if number:
            proof, before = export.certificates[number - 1], state.settled[number - 1]
            voters = len(before.network.voting_logs())
            yield (
                f"epoch {number} of {_day(fold.epoch.date)}, hash {fold.epoch.hash.hex()}, "
                f"round {proof.round}, signed by {len(proof.signers)} of {voters}"
            )
            for decision in state.closings[number - 1].closed:
                yield _decision(decision, decision.tally, decision.flagged)
            yield from _members(before, fold)
        told = f", as the header of epoch {number + 1} says" if number + 1 < len(state.settled) else ""
        yield f"state after epoch {number} {fold.epoch.digest.hex()}{told}"
    for place in sorted(state.overlay.network.decisions):
        decision = state.overlay.network.decisions[place]
        if decision.standing == OPEN:
            voter_of = {name: one.oin for name, one in state.overlay.network.logs.items()}
            made = Poll(decision.rule, len(decision.electorate), decision.counting(voter_of))
            yield _decision(decision, made.tally(), made.flagged)
    for name, bound in sorted(state.suspended.items()):
        yield f"log {name.hex()} of {state.authors[name]} is suspended from {bound}"
    candidates = sorted(state.overlay.network.candidate_rows())
    yield from (f"member {oin} {STANDINGS[membership.CANDIDATE]}" for oin in candidates)
    yield f"overlay {state.digest().hex()}"
