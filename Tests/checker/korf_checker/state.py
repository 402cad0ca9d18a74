# SPDX-License-Identifier: EUPL-1.2
"""The fold from scratch and the state digest, Protocol/state.md. Written for clearness, not for speed."""

from . import cbor, evidence, kinds, log
from .crypto import sha256
from .refusal import Refusal

EPOCH, RULE_VERSION = 0, 1


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
    """genesis, logs {log id: [entry bytes]}, evidence [bytes] to rows.

    Logs of nobody and evidence that does not verify do nothing.
    """

    def __init__(self, genesis, logs, evidence_items=()):
        self.genesis = genesis
        self.authors = genesis.logs()
        self.entries = {
            name: [log.read_entry(data) for data in logs.get(name, ())] for name in self.authors
        }
        self.suspended = {name for name in map(self._convicted, evidence_items) if name is not None}
        self.applications = {
            slug: {item[3], *(row[0] for row in item[4])} for slug, item in genesis.applications.items()
        }
        self.founded, self.cells, self.usage, self.statements = {}, {}, {}, {}
        self.heartbeats, self.contacts, self.destroyed, self.waiting = {}, {}, {}, {}
        self._fold()

    def _convicted(self, data):
        try:
            name = evidence.read(data)[0]
            if name not in self.authors:
                return None
            oin = self.authors[name]
            return evidence.check(data, name, self.genesis.origin(oin), self.genesis.cards[oin][4])
        except Refusal:
            return None

    def _counting(self):
        """Entries of logs that are authorised and not suspended; epoch 0 covers nothing."""
        for name, entries in self.entries.items():
            if name not in self.suspended:
                yield from ((name, index, entry) for index, entry in enumerate(entries))

    def _fold(self):
        ready = []
        for name, index, entry in self._counting():
            try:
                self._well_formed(name, index, entry)
                if self._references_held(entry):
                    ready.append((name, index, entry))
                else:
                    self.waiting[name, index] = entry.leaf
            except Refusal:
                pass  # void
        for name, index, entry in sorted(ready, key=lambda item: item[2].kind != kinds.FOUNDED):
            self._apply(name, index, entry)

    def _well_formed(self, name, index, entry):
        kinds.require(all(reference[0] != name for reference in entry.references))
        kinds.check(entry.kind, entry.body, index, len(entry.references), self.authors[name])

    def _references_held(self, entry):
        """True: all held; False: one is missing; void where one is contradicted."""
        missing = False
        for name, index, leaf in entry.references:
            entries = self.entries.get(name, ())
            if name in self.suspended or index >= len(entries):
                missing = True
            else:
                kinds.require(entries[index].leaf == leaf)
        return not missing

    def _apply(self, name, index, entry):
        author, body = self.authors[name], entry.body
        if entry.kind == kinds.HEARTBEAT:
            self.heartbeats[name] = max(self.heartbeats.get(name, 0), body[0])
        elif entry.kind == kinds.DESTROYED:
            target = self.entries[name][body[0]]
            if target.commitment is not None:
                self.destroyed[name, body[0]] = target.commitment
        elif entry.kind == kinds.CONTACT:
            self.contacts[name] = max(self.contacts.get(name, (-1,)), (index, body))
        elif entry.kind == kinds.FOUNDED:
            self._found(name, index, entry, author)
        elif entry.kind == kinds.EDIT:
            self._edit(name, index, entry, author)
        elif entry.kind in (kinds.FLUSH, kinds.STATEMENT):
            self._count(name, entry, author)
            if entry.kind == kinds.STATEMENT:
                key = (name, body[1], body[2])
                self.statements[key] = max(
                    self.statements.get(key, (-1,)), (index, sha256(cbor.encode(body)))
                )

    def _found(self, name, index, entry, author):
        identifier = f"{entry.body[0]}-{entry.leaf.hex()[:8]}"
        if identifier in self.genesis.applications:
            return
        row = [name, index, *entry.body]
        self.founded[identifier] = min(self.founded.get(identifier, row), row)
        self.applications.setdefault(identifier, set()).add(author)

    def _edit(self, name, index, entry, author):
        body = entry.body
        if body[1] not in self.applications:
            self.waiting[name, index] = entry.leaf
            return
        if author not in self.applications[body[1]]:
            return
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

    def _count(self, name, entry, author):
        for cell in kinds.cells(entry.kind, entry.body, author):
            if cell.counts(author):
                held = self.usage.setdefault((name, *cell.key), [0] * 5)
                held[:] = [max(a, b) for a, b in zip(held, [*cell.counters, cell.position])]

    def row_items(self):
        genesis = self.genesis
        yield [1, 0, [genesis.network, EPOCH, RULE_VERSION]]
        for name, oin in self.authors.items():
            card = genesis.cards[oin]
            index, (pins, endpoints) = self.contacts.get(name, (-1, (card[8], card[9])))
            yield [2, oin, [sha256(genesis.card_bytes[oin]), [name], pins, endpoints, index + 1]]
        for identifier, row in self.founded.items():
            yield [3, identifier, row]
        for (table, key), cell in self.cells.items():
            values = [
                [name, *(mine if table == 4 else [mine[0], mine[2]])] for name, mine in sorted(cell.items())
            ]
            yield [table, cbor.decode(key), values]
        for key, counters in self.usage.items():
            yield [6, list(key), counters]
        for key, (index, value) in self.statements.items():
            yield [7, list(key), [index, value]]
        for key, leaf in self.waiting.items():
            yield [8, list(key), leaf]
        for name, day in self.heartbeats.items():
            yield [9, name, day]
        for name in self.suspended:
            yield [10, name, 0]
        for key, commitment in self.destroyed.items():
            yield [11, list(key), commitment]

    def rows(self):
        return sorted(cbor.encode(item) for item in self.row_items())

    def digest(self):
        return digest(self.rows())
