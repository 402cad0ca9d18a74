# SPDX-License-Identifier: EUPL-1.2
"""Counting ballots, Protocol/voting.md section 4."""

from .decisions import AGAINST, BLANK, FOR


class Poll:
    """voters: {voter: [(choice, final)]} of counting ballots, at least one each; rule as in genesis key 6."""

    def __init__(self, rule, entitled, voters):
        self.rule, self.entitled = rule, entitled
        self.flagged = sorted(voter for voter, ballots in voters.items() if len({b[0] for b in ballots}) > 1)
        self.fors, self.against, self.blank = _count(voters.values())
        self.carried = self._outcome(self.fors, self.against, self.blank)
        settled = [ballots for ballots in voters.values() if all(final for _, final in ballots)]
        fors, against, blank = _count(settled)
        rest = entitled - len(settled)
        outcomes = {
            self._outcome(fors + rest, against, blank),
            self._outcome(fors, against + rest, blank),
            self._outcome(fors, against, blank),
        }
        self.certain = len(outcomes) == 1

    def _outcome(self, fors, against, blank):
        numerator, denominator, base_of, quorum, quorum_of = self.rule
        cast = fors + against + blank
        base = (fors + against, cast, self.entitled)[base_of]
        enough = cast * quorum_of >= quorum * self.entitled
        return base > 0 and fors * denominator > numerator * base and enough

    def tally(self):
        return [self.fors, self.against, self.blank]


def choice(ballots):
    """The choice of one voter with these ballots."""
    choices = {ballot[0] for ballot in ballots}
    return choices.pop() if len(choices) == 1 else BLANK


def _count(all_ballots):
    choices = [choice(ballots) for ballots in all_ballots]
    return tuple(sum(1 for one in choices if one == wanted) for wanted in (FOR, AGAINST, BLANK))
