# SPDX-License-Identifier: EUPL-1.2
"""The state digest; settled states and overlay from scratch; Protocol/state.md. For clearness, not speed."""

import functools

from . import cbor, epoch, evidence, log, membership, rows, tree
from .closing import Closing
from .crypto import sha256
from .fold import Epoch, Fold
from .refusal import Refusal

UNBOUNDED = 1 << 63


def node(rows, depth=0):
    """rows: [(position, row bytes)] in any order."""
    if not rows:
        return bytes(32)
    if len(rows) == 1:
        return sha256(b"\x00" + rows[0][1])
    sides = ([], [])
    for row in rows:
        sides[row[0][depth // 8] >> (7 - depth % 8) & 1].append(row)
    return sha256(b"\x01" + node(sides[0], depth + 1) + node(sides[1], depth + 1))


def digest(rows):
    """rows: row bytes; two rows of one table and key are no state."""
    placed = []
    for row in rows:
        table, key, _ = cbor.decode(row)
        placed.append((sha256(cbor.encode([table, key])), row))
    if len({position for position, _ in placed}) != len(placed):
        raise Refusal("row-twice")
    return node(placed)


class State:
    """The settled state of each epoch and the overlay over the last.

    genesis, logs {log id: [entry bytes]} held, evidence [bytes], and from E_1 on epochs
    [(date, rule version, {log id: size})]. Logs of nobody and evidence that does not verify do nothing.
    """

    def __init__(self, genesis, logs, evidence_items=(), epochs=()):
        self.genesis, self.evidence = genesis, list(evidence_items)
        self.entries = {name: [log.read_entry(data) for data in held] for name, held in logs.items()}
        self._opening = {name: held[0].data for name, held in self.entries.items() if held}
        fold = Fold(genesis, self.entries)
        fold.epoch.digest = digest(rows.rows(fold))
        self.settled, self.closings = [fold], []
        for date, rule_version, vector in epochs:
            self.settle(date, rule_version, vector)

    def _held(self, name):
        return len(self.entries.get(name, ()))

    def settle(self, date, rule_version, vector):
        """The state after one epoch more; before anybody asks for the overlay."""
        fold, header = self.settled[-1].copy(), self.header(date, rule_version, vector)
        network, number = fold.network, fold.epoch.number + 1
        network.authorise_successors({name: self._opening[name] for name in vector if vector[name]})
        fold.take(lambda name: vector.get(name, 0))
        for name, one in network.logs.items():
            if name in vector and one.named_by is None:
                one.named_by = number
        self.closings.append(Closing(fold, number, date, sha256(header)))
        made = Epoch(number, sha256(header), date, rule_version, network.standings(), fold.rules)
        fold.epochs.append(made)
        made.digest = digest(rows.rows(fold))
        self.settled.append(fold)

    def header(self, date, rule_version, vector):
        """The header of the epoch after the last, as its bytes."""
        before = self.settled[-1].epoch
        if any(size > self._held(name) for name, size in vector.items()):
            raise Refusal("vector-not-held")
        heads = [
            (name, size, tree.root([entry.leaf for entry in self.entries[name][:size]] if size else []))
            for name, size in sorted(vector.items())
        ]
        return cbor.encode(
            {
                1: self.genesis.network,
                2: before.number + 1,
                3: before.hash,
                4: epoch.vector_root(heads),
                5: date,
                6: rule_version,
                7: before.digest,
            }
        )

    @functools.cached_property
    def _above(self):
        """(overlay, {suspended log: bound}, {log: bound})"""
        fold = self.settled[-1].copy()
        network, covered = fold.network, dict(fold.upto)
        network.authorise_successors(self._opening)

        def bound(name):
            return self._bound(fold, name, covered.get(name, 0), self._is_convicted(network, name))

        fold.take(lambda name: min(bound(name), self._held(name)))
        bounds = {name: bound(name) for name in network.logs}
        convicted = {name: bounds[name] for name in bounds if self._is_convicted(network, name)}
        return fold, convicted, bounds

    @property
    def overlay(self):
        return self._above[0]

    def bounds(self):
        """{log id: bound} in the overlay."""
        return self._above[2]

    @property
    def suspended(self):
        return self._above[1]

    @staticmethod
    def _bound(fold, name, covered, convicted):
        network, bounds = fold.network, [UNBOUNDED]
        end = network.named_end(name)
        if convicted and end is None:
            bounds.append(covered)
        if end is not None:
            bounds.append(max(covered, end))
        if network.is_candidates(name):
            bounds.append(membership.CANDIDATE_ENTRIES_MOST)
        elif network.members[network.logs[name].oin].standing == membership.ENDED:
            bounds.append(covered)
        return min(bounds)

    def _is_convicted(self, network, name):
        one = network.logs[name]
        for data in self.evidence:
            try:
                evidence.check(data, name, network.origin(one), one.key)
                return True
            except Refusal:
                continue
        return False

    # what readers of one state ask

    @property
    def authors(self):
        return {name: one.oin for name, one in self.overlay.network.logs.items()}

    @property
    def applications(self):
        return {*self.overlay.rules.applications, *self.overlay.founded}

    @property
    def founded(self):
        return self.overlay.founded

    @property
    def usage(self):
        return self.overlay.usage

    @property
    def statements(self):
        return self.overlay.statements

    def rows(self):
        return rows.rows(self.overlay, self.suspended)

    def digest(self):
        return digest(self.rows())
