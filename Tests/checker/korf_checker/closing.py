# SPDX-License-Identifier: EUPL-1.2
"""What an epoch closes: decisions, ends of members, admissions, months; voting.md sections 4 and 5, membership.md."""

from . import billing, decisions, identity, membership, periods
from .fold import CARRIED, NOT_CARRIED, OPEN, WITHOUT_EFFECT
from .network import Member
from .poll import Poll
from .refusal import Refusal
from .rules import Ground, month_of


def require(good, reason):
    if not good:
        raise Refusal(reason)


def poll(fold, decision):
    voter_of = {name: log.oin for name, log in fold.network.logs.items()}
    return Poll(decision.rule, len(decision.electorate), decision.counting(voter_of))


class Closing:
    """Closes, in a fold that has taken what the epoch covers, as the epoch of this number and date."""

    def __init__(self, fold, number, date, hash_value):
        self.fold, self.network, self.number, self.date = fold, fold.network, number, date
        self.closed = []
        self._decide()
        self._end()
        self._admit()
        periods.close(fold, number, date, hash_value)
        billing.bill(fold, number, date, hash_value)

    def _decide(self):
        counted = [
            (decision, poll(self.fold, decision))
            for _, decision in sorted(self.network.decisions.items())
            if decision.standing == OPEN
        ]
        for decision, result in counted:
            if result.certain or self.date > decision.proposal.deadline:
                decision.closing, decision.tally = self.number, result.tally()
                decision.flagged = result.flagged
                decision.standing = NOT_CARRIED
                if result.carried:
                    self._carry(decision)
                self.closed.append(decision)
                self.network.authorise_candidates()

    def _carry(self, decision):
        proposal, self.deciding = decision.proposal, decision
        try:
            if proposal.kind in PEOPLE:
                PEOPLE[proposal.kind](self, proposal.payload)
            else:
                ground = Ground(
                    self.network.having(membership.MEMBER),
                    self.network.having(membership.MEMBER, membership.LEAVING, membership.ENDED),
                    self.fold.founded,
                    month_of(self.date),
                    decision.place,
                )
                self.fold.rules = self.fold.rules.after(proposal.kind, proposal.payload, ground)
            decision.standing = CARRIED
        except Refusal as refusal:
            decision.standing, decision.reason = WITHOUT_EFFECT, refusal.reason

    def _member(self, oin, *standings):
        member = self.network.members.get(oin)
        require(member is not None and member.standing in standings, "effect-member-unknown")
        return member

    def _voter_left(self, without):
        require(self.network.voters() - {without}, "effect-last-voter")

    def _set(self, member, standing):
        member.standing, member.since, member.votes = standing, self.number, standing == membership.MEMBER

    def _admission(self, payload):
        card = identity.read_card(payload)
        adopted = {known[1] for _, known in self.network.adopted()}
        require(card[1] not in self.network.members and card[1] not in adopted, "effect-member-known")
        require(card[4] not in self.network.keys_in_use(), "effect-key-known")

    def _exit(self, payload):
        oin, last_date = payload
        member = self._member(oin, membership.MEMBER)
        self._voter_left(oin)
        require(last_date >= self.date, "effect-date")
        self._set(member, membership.LEAVING)
        member.last_date = last_date

    def _expulsion(self, payload):
        member = self._member(payload[0], membership.MEMBER, membership.LEAVING)
        self._voter_left(payload[0])
        self._set(member, membership.ENDED)

    def _flag(self, payload):
        oin, votes = payload
        member = self._member(oin, membership.MEMBER)
        if not votes:
            self._voter_left(oin)
        member.votes = votes

    def _replacement(self, payload):
        card = identity.read_card(payload[0])
        self._member(card[1], membership.MEMBER)
        require(self.network.newest_named(card[1]).name == payload[1], "effect-log")
        require(card[4] not in self.network.keys_in_use(), "effect-key-known")
        self.network.replace_keys(payload)

    def _cell_count(self, payload):
        periods.decide(self.fold, payload, self.deciding.place)

    def _end(self):
        for member in self.network.members.values():
            if member.standing == membership.LEAVING:
                final = any(self.network.logs[name].final for name in member.logs)
                if final or self.date > member.last_date:
                    self._set(member, membership.ENDED)

    def _admit(self):
        for decision, card in self.network.adopted():
            name = self.network.founder_log(card)
            log = self.network.logs[name]
            if log.named_by is not None and log.ready:
                self.network.members[card[1]] = Member(
                    decision.proposal.payload, membership.MEMBER, self.number, [name]
                )
        self.network.authorise_candidates()


PEOPLE = {
    decisions.ADMISSION: Closing._admission,
    decisions.EXIT: Closing._exit,
    decisions.EXPULSION: Closing._expulsion,
    decisions.VOTING_FLAG: Closing._flag,
    decisions.KEY_REPLACEMENT: Closing._replacement,
    decisions.CELL_COUNT: Closing._cell_count,
}
