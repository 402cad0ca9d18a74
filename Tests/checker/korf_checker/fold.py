# SPDX-License-Identifier: EUPL-1.2
"""What entries do to the state under the epoch that judges them, Protocol/state.md section 1 and kinds.md."""

import copy

from . import cbor, civil, decisions, kinds, membership
from .crypto import sha256
from .network import Decision, Network
from .refusal import Refusal
from .rules import Rules

PASSED_OVER = (16, 17, 18, decisions.PROPOSAL)
OPEN, CARRIED, NOT_CARRIED, WITHOUT_EFFECT = range(4)
ROWS_MOST = (65_536, 2_097_152)  # of the catalogue, cells
MONTHS_NAMED = 72  # before that of the epoch's date
DECISIONS_MOST = 64  # of a member that are open under the epoch, and of a log above it
MEMBER_LOG = (membership.MEMBER, membership.LEAVING)


class Epoch:
    """What an epoch is to those that it judges: standings by OIN, rules in force, date."""

    def __init__(self, number, hash_value, date, rule_version, standings, rules):
        self.number, self.hash, self.date, self.rule_version = number, hash_value, date, rule_version
        self.standings, self.rules = standings, rules
        self.digest = None  # settled, once it is known

    def members(self):
        return {oin for oin, standing in self.standings.items() if standing == membership.MEMBER}

    def was_member(self, oin):
        return self.standings.get(oin, membership.CANDIDATE) != membership.CANDIDATE

    def is_member_log(self, oin):
        return self.standings.get(oin) in MEMBER_LOG


class Fold:
    """The state of an epoch, or that and the overlay. entries: {log id: [Entry]} held, of every log."""

    def __init__(self, genesis, entries):
        self.genesis, self.entries = genesis, entries
        self.network, self.rules = Network(genesis), Rules(genesis.document)
        date, version = genesis.document[3], genesis.document[15]
        self.epochs = [Epoch(0, genesis.network, date, version, self.network.standings(), self.rules)]
        self.upto = {name: 0 for name in self.network.logs}
        self.waiting = {}  # {(log, index): number of the epoch that judges it}
        self.founded, self.founders, self.cells, self.usage = {}, {}, {}, {}
        self.statements, self.heartbeats, self.contacts, self.destroyed = {}, {}, {}, {}
        self.supports, self.refused = {}, {}
        self.stances, self.cuts, self.closed = {}, {}, {}
        self.billed, self.decided_counts, self.billing_months = {}, {}, {}
        self.bodies = {}  # {H(body of a cut): body}
        self.stated = {}  # {(author OIN, month, counterparty): [epochs that judge its statements]}

    def copy(self):
        return copy.deepcopy(self, {id(self.genesis): self.genesis, id(self.entries): self.entries})

    @property
    def epoch(self):
        return self.epochs[-1]

    def take(self, bound_of):
        """Folds every log up to its bound; bound_of(log id) is at most what is held."""
        network = self.network
        self.bounds = {name: bound_of(name) for name in network.logs}
        waiting, self.waiting = self.waiting, {}
        new = self._new(self.bounds)
        finals = self._finals(new)
        self._proposals(new, finals)
        network.authorise_candidates()
        candidates = {name: bound_of(name) for name in network.logs if name not in self.bounds}
        self.bounds = {name: self.bounds.get(name, candidates.get(name)) for name in network.logs}
        new += self._new(candidates)
        self._over = self._over_the_limit(new)
        pending = [(name, index, judged) for (name, index), judged in waiting.items() if name in network.logs]
        pending = sorted(pending + new)
        for early in (True, False):
            for name, index, judged in pending:
                kind = self.entries[name][index].kind
                if kind not in PASSED_OVER and (kind == kinds.FOUNDED) == early:
                    self._judge(name, index, judged, finals)
        for name, bound in self.bounds.items():
            self.upto[name] = max(self.upto.get(name, 0), bound)

    def _new(self, bounds):
        return [
            (name, index, self.epoch.number)
            for name, bound in bounds.items()
            for index in range(self.upto.get(name, 0), bound)
        ]

    def _over_the_limit(self, new):
        """Entries whose log asks for more rows, from what the epoch covers on, than one log may."""
        over, totals = set(), {}
        for name, index, _ in sorted(new):
            asked = kinds.declared(self.entries[name][index], index)
            total = totals[name] = [a + b for a, b in zip(totals.get(name, (0, 0)), asked)]
            if any(mine and all_of > most for mine, all_of, most in zip(asked, total, ROWS_MOST)):
                over.add((name, index))
        return over

    def _finals(self, new):
        """{log id: index of the first final that counts}"""
        found = {}
        for name, index, _ in sorted(new):
            entry, oin = self.entries[name][index], self.network.logs[name].oin
            if entry.kind == membership.FINAL and name not in found and self._is_shaped(name, index, entry):
                if self.epoch.standings.get(oin) == membership.LEAVING:
                    found[name] = index
        return found

    def _is_shaped(self, name, index, entry):
        try:
            self._well_formed(name, index, entry)
        except Refusal:
            return False
        return True

    def _well_formed(self, name, index, entry):
        kinds.require(all(reference[0] != name for reference in entry.references))
        author = self.network.logs[name].oin
        return kinds.check(entry.kind, entry.body, index, len(entry.references), author, entry.commitment)

    def _proposals(self, new, finals):
        """They have no references and need no other entry: they are judged first."""
        epoch = self.epoch
        are_open = [one.author for one in self.network.decisions.values() if one.standing == OPEN]
        asked = {}
        for name, index, _ in sorted(new):
            entry = self.entries[name][index]
            if entry.kind != decisions.PROPOSAL:
                continue
            try:
                if index > finals.get(name, index):
                    raise Refusal("after-final")
                proposal, author = self._well_formed(name, index, entry), self.network.logs[name].oin
                asked[name] = asked.get(name, 0) + 1
                if are_open.count(author) + asked[name] > DECISIONS_MOST:
                    raise Refusal("decisions-limit")
                judged = proposal.judge(author, epoch.members(), epoch.rules, epoch.date)
            except Refusal as refusal:
                self.refused[name, index] = refusal.reason
                continue
            self.network.decisions[name, index] = Decision(
                (name, index), entry.leaf, author, proposal, epoch.number, *judged
            )

    def _judge(self, name, index, judged, finals):
        entry = self.entries[name][index]
        try:
            if index > finals.get(name, index):
                raise Refusal("after-final")
            shaped = self._well_formed(name, index, entry)
            if (name, index) in self._over:
                raise Refusal("rows-limit")
            if self._waits(name, index, judged, entry):
                self.waiting[name, index] = judged
            else:
                self._apply(name, index, self.epochs[judged], entry, shaped)
        except Refusal as refusal:
            self.refused[name, index] = refusal.reason

    def _waits(self, name, index, judged, entry):
        missing = False
        for other, place, leaf in entry.references:
            if place >= self.bounds.get(other, 0):
                missing = True
            else:
                kinds.require(self.entries[other][place].leaf == leaf)
        if missing:
            return True
        if entry.kind == kinds.EDIT:
            epoch = self.epochs[judged]
            kinds.require(epoch.is_member_log(self.network.logs[name].oin))
            return entry.body[1] not in epoch.rules.applications and entry.body[1] not in self.founded
        return entry.kind == decisions.BALLOT and self._earlier_waits(name, index, entry)

    def _earlier_waits(self, name, index, entry):
        """Entries of a log come in order: an earlier ballot that waits stands in `waiting` already."""
        wanted = self._named_proposal(name, entry)
        return any(
            other == name
            and place < index
            and self.entries[name][place].kind == decisions.BALLOT
            and self._named_proposal(name, self.entries[name][place]) == wanted
            for other, place in self.waiting
        )

    @staticmethod
    def _named_proposal(name, entry):
        ballot = decisions.Ballot(entry.body, len(entry.references), entry.commitment)
        return ballot.proposal(name, entry.references)

    # effects

    def _apply(self, name, index, epoch, entry, shaped):
        """epoch: the one that judges the entry."""
        log, kind = self.network.logs[name], entry.kind
        if kind == kinds.OPENING:
            return
        if kind == membership.READY:
            return self._ready(log, index, epoch, entry.body)
        if kind == decisions.BALLOT:
            return self._ballot(log, index, epoch, entry, shaped)
        kinds.require(epoch.is_member_log(log.oin))
        EFFECTS.get(kind, lambda *_: None)(self, log, index, epoch, entry)

    def _ready(self, log, index, epoch, body):
        if log.oin in epoch.standings:
            raise Refusal("ready-not-candidate")
        number, hash_value, digest = body
        if number > epoch.number:
            raise Refusal("ready-wrong")
        named = self.epochs[number]
        if (named.hash, named.digest) != (hash_value, digest):
            raise Refusal("ready-wrong")
        log.ready = max(log.ready, index + 1)

    def _final(self, log, index, epoch, entry):
        if epoch.standings.get(log.oin) != membership.LEAVING:
            raise Refusal("final-not-leaving")
        log.final = index + 1

    def _ballot(self, log, index, epoch, entry, ballot):
        place = ballot.proposal(log.name, entry.references)
        decision = self.network.decisions.get(place)
        if decision is None or place[0] == log.name and place[1] >= index:
            raise Refusal("ballot-decision")
        if log.oin not in decision.electorate or log.oin not in epoch.standings:
            raise Refusal("ballot-not-entitled")
        if decision.standing != OPEN:
            raise Refusal("ballot-late")
        before = decision.ballots.get(log.name)
        if (before[-1][0] if before else None) != ballot.replaced:
            raise Refusal("ballot-second")
        if before and before[-1][1].final:
            raise Refusal("ballot-final")
        decision.ballots.setdefault(log.name, []).append((index, ballot))
        for other, at in ballot.others(entry.references):
            if other in self.network.logs and self.network.logs[other].oin == log.oin:
                decision.replaced.add((other, at))

    def _supports(self, log, index, epoch, entry):
        self.supports[log.name] = max(self.supports.get(log.name, 0), entry.body[0])

    def _heartbeat(self, log, index, epoch, entry):
        self.heartbeats[log.name] = max(self.heartbeats.get(log.name, 0), entry.body[0])

    def _destroyed(self, log, index, epoch, entry):
        target = self.entries[log.name][entry.body[0]]
        if target.commitment is not None:
            self.destroyed[log.name, entry.body[0]] = target.commitment

    def _contact(self, log, index, epoch, entry):
        self.contacts[log.name] = max(self.contacts.get(log.name, (-1,)), (index, entry.body))

    def _found(self, log, index, epoch, entry):
        identifier = f"{entry.body[0]}-{entry.leaf.hex()[:8]}"
        kinds.require(identifier not in epoch.rules.applications)
        row = [log.name, index, *entry.body]
        self.founded[identifier] = min(self.founded.get(identifier, row), row)
        self.founders.setdefault(identifier, set()).add(log.oin)

    def _edit(self, log, index, epoch, entry):
        body, name = entry.body, log.name
        editors = set(self.founders.get(body[1], ()))
        if body[1] in epoch.rules.applications:
            editors |= epoch.rules.editors(body[1])
        kinds.require(log.oin in editors)
        for field, value, positions in body.get(2, ()):
            cell = self._cell(4, [body[1], field])
            self._write(cell, name, index, value)
            self._supersede(cell, entry, positions)
        for kind, element in body.get(3, ()):
            self._write(self._cell(5, [body[1], kind, element]), name, index, None)
        for kind, element, positions in body.get(4, ()):
            cell = self._cell(5, [body[1], kind, element])
            self._supersede(cell, entry, positions)
            self._raise(cell, name, index + 1)

    def _cell(self, table, key):
        """{log: [newest index + 1, value, replaced or removed up to]}"""
        return self.cells.setdefault((table, cbor.encode(key)), {})

    def _write(self, cell, name, index, value):
        mine = cell.setdefault(name, [0, None, 0])
        if index + 1 > mine[0]:
            mine[:2] = [index + 1, value]

    def _supersede(self, cell, entry, positions):
        for position in positions:
            other, upto, _ = entry.references[position]
            self._raise(cell, other, upto + 1)

    def _raise(self, cell, name, upto):
        mine = cell.setdefault(name, [0, None, 0])
        mine[2] = max(mine[2], upto)

    def _count(self, log, index, epoch, entry):
        for cell in kinds.cells(entry.kind, entry.body, log.oin):
            if cell.counts(log.oin):
                held = self.usage.setdefault((log.name, *cell.key), [0] * 5)
                held[:] = [max(a, b) for a, b in zip(held, [*cell.counters, cell.position])]

    def _named(self, other, month, epoch):
        """Whom and which month a statement, stance or cut may name, Protocol/kinds.md section 3."""
        was_member = any(before.was_member(other) for before in self.epochs[: epoch.number + 1])
        if not was_member and other not in epoch.rules.customers():
            raise Refusal("counterparty")
        if not 0 <= civil.month_of(epoch.date) - month <= MONTHS_NAMED:
            raise Refusal("month")

    def _state(self, log, index, epoch, entry):
        self._named(entry.body[2], entry.body[1], epoch)
        self._count(log, index, epoch, entry)
        key = (log.name, entry.body[1], entry.body[2])
        value = (index, sha256(cbor.encode(entry.body)))
        if epoch.date >= civil.first_day(entry.body[1] + 1):
            self.stated.setdefault((log.oin, *key[1:]), []).append(epoch.number)
        self.statements[key] = max(self.statements.get(key, (-1,)), value)

    def _still_open(self, month, one, other, epoch):
        row = self.closed.get((month, *sorted([one, other])))
        if row is not None and row[3] <= epoch.number:
            raise Refusal("period-closed")

    def _stand(self, log, index, epoch, entry):
        month, application, provider, consumer, class_name, word, quantity = entry.body
        self._named(consumer if log.oin == provider else provider, month, epoch)
        self._still_open(month, provider, consumer, epoch)
        key = (log.name, application, provider, consumer, class_name, month)
        since = self.stances.get(key, [None] * 6)[5]
        if since is None and word == kinds.DISPUTE:
            since = epoch.number
        self.stances[key] = [index, word, quantity, entry.commitment, epoch.number, since]

    def _cut(self, log, index, epoch, entry):
        month, lower, higher, number, hash_value = entry.body[:5]
        self._named(higher if log.oin == lower else lower, month, epoch)
        self._still_open(month, lower, higher, epoch)
        if number > epoch.number or self.epochs[number].hash != hash_value:
            raise Refusal("cut-epoch")
        if self.epochs[number].date < civil.first_day(month + 1):
            raise Refusal("cut-month")
        key = (log.name, month, lower, higher, number)
        if key in self.cuts:
            raise Refusal("cut-second")
        hash_of_body = sha256(cbor.encode(entry.body))
        self.cuts[key] = [index, hash_of_body, epoch.number]
        self.bodies[hash_of_body] = entry.body


EFFECTS = {
    membership.FINAL: Fold._final,
    membership.SUPPORTS: Fold._supports,
    kinds.HEARTBEAT: Fold._heartbeat,
    kinds.DESTROYED: Fold._destroyed,
    kinds.CONTACT: Fold._contact,
    kinds.FOUNDED: Fold._found,
    kinds.EDIT: Fold._edit,
    kinds.FLUSH: Fold._count,
    kinds.STATEMENT: Fold._state,
    kinds.STANCE: Fold._stand,
    kinds.CUT: Fold._cut,
}
