# SPDX-License-Identifier: EUPL-1.2
"""voting.json: written by hand or by the node, read here."""

from .. import cbor
from ..decisions import Ballot, Proposal
from ..genesis import Genesis
from ..poll import Poll
from ..refusal import Refusal
from ..rules import Ground, Rules

SOURCE = "Protocol/voting.md"


def _body(case, reason):
    """A body that is no canonical CBOR is no body of this shape."""
    try:
        return cbor.decode(bytes.fromhex(case["hex"]))
    except Refusal:
        raise Refusal(reason) from None


def check_proposal(case):
    made = Proposal(_body(case, "decision-shape"))
    return {
        "organ": made.organ,
        "kind": made.kind,
        "payload": cbor.encode(made.payload).hex(),
        "title": made.title,
        "deadline": made.deadline,
        "cost": made.cost,
        "cover": made.cover,
        "application": made.application,
    }


def check_judgement(case):
    rules = Rules(Genesis(bytes.fromhex(case["genesis"])).document)
    made = Proposal(cbor.decode(bytes.fromhex(case["hex"])))
    made.judge(case["author"], set(case["members"]), rules, case["date"])
    return {}


def check_ballot(case):
    made = Ballot(_body(case, "ballot-shape"), case["references"])
    return {
        "own": made.own,
        "position": made.position,
        "choice": made.choice,
        "final": made.final,
        "replaced": made.replaced,
    }


def check_poll(case):
    made = Poll(case["rule"], case["entitled"], dict(enumerate(case["voters"])))
    found = {
        "for": made.fors,
        "against": made.against,
        "blank": made.blank,
        "flagged": len(made.flagged),
        "carried": made.carried,
        "certain": made.certain,
    }
    if "claimed" in case and case["claimed"] != list(found.values()):
        raise Refusal("poll")
    return found


def check_effects(case):
    rules = Rules(Genesis(bytes.fromhex(case["genesis"])).document)
    for index, (kind, payload) in enumerate(case["decisions"]):
        ground = Ground(set(case["members"]), month=case["month"], place=(bytes(32), index))
        rules = rules.after(kind, cbor.decode(bytes.fromhex(payload)), ground)
    return {"rules": [[key, value.hex()] for key, value in rules.hashes()]}


SECTIONS = {
    "proposal": check_proposal,
    "judgement": check_judgement,
    "ballot": check_ballot,
    "poll": check_poll,
    "effects": check_effects,
}
