# SPDX-License-Identifier: EUPL-1.2
"""Members, candidates and logs as one epoch leaves them; Protocol/membership.md."""

from . import decisions, identity, membership
from .refusal import Refusal


class Log:
    """An authorised log. predecessor and end: of successors and key replacements."""

    def __init__(self, name, oin, card_or_keys, predecessor=None, end=0, named_by=None):
        self.name, self.oin = name, oin
        self.key, self.next_hash = card_or_keys
        self.predecessor, self.end, self.named_by = predecessor, end, named_by
        self.ready = self.final = 0


class Member:
    def __init__(self, card_bytes, standing, since, logs):
        self.card_bytes, self.card = card_bytes, identity.read_card(card_bytes)
        self.standing, self.since, self.votes = standing, since, standing == membership.MEMBER
        self.last_date, self.replaced = None, None
        self.logs = logs  # names, in order of succession


class Decision:
    """A proposal that counts."""

    def __init__(self, place, leaf, author, proposal, judged, electorate, rule):
        self.place, self.leaf, self.author, self.proposal, self.judged = place, leaf, author, proposal, judged
        self.electorate, self.rule = electorate, rule
        self.standing = self.closing = 0
        self.tally, self.reason = None, None
        self.ballots, self.replaced = {}, set()  # {log: [(index, Ballot)]}, {(log, index)} for good

    def counting(self, voter_of):
        """{voter: [(choice, final)]}"""
        found = {}
        for name in sorted(self.ballots):
            index, ballot = self.ballots[name][-1]
            if self.counts(name, index, ballot):
                found.setdefault(voter_of[name], []).append((ballot.choice, ballot.final))
        return found

    def counts(self, name, index, ballot):
        return ballot.final or (name, index) not in self.replaced


class Network:
    def __init__(self, genesis):
        self.genesis = genesis
        self.logs, self.members, self.decisions = {}, {}, {}
        for oin, card in genesis.cards.items():
            name = identity.log_id(genesis.entry0(oin))
            self.logs[name] = Log(name, oin, (card[4], card[5]), named_by=0)
            self.members[oin] = Member(genesis.card_bytes[oin], membership.MEMBER, 0, [name])
        self.first = set(self.logs)

    def origin(self, log):
        return identity.origin(self.genesis.network, log.oin, log.name)

    def standings(self):
        return {oin: member.standing for oin, member in self.members.items()}

    def having(self, *standings):
        return {oin for oin, member in self.members.items() if member.standing in standings}

    def voters(self):
        return {oin for oin in self.having(membership.MEMBER) if self.members[oin].votes}

    def voting_logs(self):
        """[(log id, public key)]: of each voter its newest log that the epoch names."""
        found = []
        for oin in self.voters():
            newest = self.newest_named(oin)
            found.append((newest.name, newest.key))
        return sorted(found)

    def voting_cards(self):
        """{log id: (OIN, next-key hash, recovery key)} of the voting logs."""
        cards = {}
        for oin in self.voters():
            newest = self.newest_named(oin)
            cards[newest.name] = (oin, newest.next_hash, self.members[oin].card[6])
        return cards

    def newest_named(self, oin):
        logs = [self.logs[name] for name in self.members[oin].logs]
        return [log for log in logs if log.named_by is not None][-1]

    # candidates

    def invitations(self):
        """Decisions that make a candidate, in order."""
        for place in sorted(self.decisions):
            decision = self.decisions[place]
            if decision.proposal.kind == decisions.ADMISSION and decision.standing in (0, 1):
                card = identity.read_card(decision.proposal.payload)
                if card[1] not in self.members:
                    yield decision, card

    def adopted(self):
        return [(decision, card) for decision, card in self.invitations() if decision.standing == 1]

    def candidate_rows(self):
        """{OIN: (decision, card)}: the adopted invitation, else the lowest."""
        found = {}
        for decision, card in self.invitations():
            if card[1] not in found or decision.standing == 1:
                found[card[1]] = (decision, card)
        return found

    def authorise_candidates(self):
        wanted = {}
        for _, card in self.invitations():
            name = self.founder_log(card)
            wanted[name] = card
            if name not in self.logs:
                self.logs[name] = Log(name, card[1], (card[4], card[5]))
        of_members = {name for member in self.members.values() for name in member.logs}
        for name in [name for name in self.logs if name not in wanted and name not in of_members]:
            del self.logs[name]

    def founder_log(self, card):
        return identity.log_id(identity.founder_entry0(self.genesis.network, card))

    def is_candidates(self, name):
        return self.logs[name].oin not in self.members

    def keys_in_use(self):
        """Log keys of members' logs and of adopted candidates."""
        keys = {self.logs[name].key for member in self.members.values() for name in member.logs}
        return keys | {card[4] for _, card in self.adopted()}

    # successors

    def authorise_successors(self, held):
        """held: {log id: entry 0} of logs that nothing authorises yet. Of two of one log the lower stands."""
        found = True
        while found:
            found = False
            for name in sorted(held):
                if name not in self.logs and self._is_successor(name, held[name]):
                    body = identity.read_entry0(held[name])
                    self.logs[name] = Log(name, body[1], (body[2], body[3]), body[4], body[5])
                    self.members[body[1]].logs.append(name)
                    found = True

    def _is_successor(self, name, data):
        try:
            body = identity.read_entry0(data)
            if identity.log_id(data) != name or len(body) != 10 or body[4] not in self.logs:
                return False
            predecessor, member = self.logs[body[4]], self.members.get(body[1])
            if member is None or member.standing not in (membership.MEMBER, membership.LEAVING):
                return False
            if member.logs[-1] != predecessor.name:
                return False
            identity.check_successor(
                data,
                self.genesis.network,
                member.card[1],
                predecessor.name,
                predecessor.next_hash,
                member.card[6],
            )
        except Refusal:
            return False
        return True

    def replace_keys(self, payload):
        """The effect of a carried key replacement whose conditions hold."""
        card_bytes, predecessor, end, _ = payload
        card = identity.read_card(card_bytes)
        member = self.members[card[1]]
        kept = member.logs.index(predecessor) + 1
        for name in member.logs[kept:]:
            del self.logs[name]
        name = self.founder_log(card)
        member.logs = [*member.logs[:kept], name]
        member.card_bytes, member.card, member.replaced = card_bytes, card, predecessor
        self.logs[name] = Log(name, card[1], (card[4], card[5]), predecessor, end)

    def named_end(self, name):
        """The end that a successor or key replacement names of this log, or None."""
        logs = self.members[self.logs[name].oin].logs if self.logs[name].oin in self.members else []
        after = logs[logs.index(name) + 1 :] if name in logs else []
        return self.logs[after[0]].end if after else None

