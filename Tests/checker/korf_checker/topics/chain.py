# SPDX-License-Identifier: EUPL-1.2
"""Histories with epochs: logs by label (a founder's its number), proposals, ballots, successors, epochs."""

from .. import cbor, decisions, fixture, founding, head, identity, state, tree
from ..crypto import sha256
from ..state import State
from .history import History, check_history

START = 20454
ASSEMBLY, COMMUNITY = "algemene-vergadering", "gemeenschap"
AGAINST, FOR, BLANK = 0, 1, 2


class Chain(History):
    """Every epoch covers all that its vector's logs hold at that moment, unless told otherwise."""

    def __init__(self, founders=3, **changes):
        super().__init__(genesis=founding.data(founders, **changes), founders=founders)
        self.keys = {n: f"member {n}" for n in self.ids}
        self.members = {n: n for n in self.ids}
        self.named = set(self.ids)
        self.epochs = []

    def fields(self, held=None, **more):
        epochs = [
            {
                "date": date,
                "ruleVersion": version,
                "vector": [[self.ids[label].hex(), size] for label, size in self._by_id(vector)],
            }
            for date, version, vector in self.epochs
        ]
        return {**super().fields(held), "epochs": epochs, **more}

    def _by_id(self, vector):
        return sorted(vector.items(), key=lambda item: self.ids[item[0]])

    def state(self):
        epochs = [
            (date, version, {self.ids[label]: size for label, size in vector.items()})
            for date, version, vector in self.epochs
        ]
        logs = {self.ids[label]: entries for label, entries in self.entries.items()}
        return State(self.genesis, logs, self.evidence, epochs)

    def digest(self):
        return self.state().digest().hex()

    def epoch(self, day, names=(), version=1, **sizes):
        """names: labels of logs that it names first; sizes: _1=3 covers log 1 up to 3."""
        self.named |= set(names)
        vector = {label: len(self.entries[label]) for label in self.named}
        for label, size in sizes.items():
            vector[int(label[1:]) if label[1:].isdigit() else label[1:]] = size
        self.epochs.append((START + day, version, vector))
        return len(self.epochs)

    # decisions

    def propose(self, label, kind, payload, day=30, organ=ASSEMBLY, references=(), **more):
        body = {1: organ, 2: kind, 3: payload, 4: "Een voorstel", 5: START + day}
        body.update({int(key[1:]): value for key, value in more.items()})
        return label, self.add(label, decisions.PROPOSAL, body, references)

    def vote(self, label, place, choice=FOR, final=True, replaced=None, others=()):
        """place and others: (label, index)."""
        references = [self.reference(*item) for item in others]
        named = place[1]
        if place[0] != label:
            references = sorted([*references, self.reference(*place)])
            named = [references.index(self.reference(*place))]
        return label, self.add(label, decisions.BALLOT, [named, choice, final, replaced], references)

    def carry(self, place, *labels):
        for label in labels:
            self.vote(label, place)

    # logs

    def _begin(self, label, number, keys, entry0):
        self.ids[label], self.entries[label] = identity.log_id(entry0), [entry0]
        self.keys[label], self.members[label] = keys, number
        return label

    def signer(self, label):
        return fixture.signer(self.keys[label])

    def invite(self, by, label, card=None, number=None, **more):
        """A proposal of admission, and the log of who is invited."""
        number = number or label
        card = card or fixture.card(number)
        self.begin(label, number, card)
        return self.propose(by, decisions.ADMISSION, cbor.encode(card), **more)

    def begin(self, label, number, card, keys=None):
        entry0 = identity.founder_entry0(self.genesis.network, card)
        return self._begin(label, number, keys or f"member {number}", entry0)

    def ready(self, label, number=None, digest=None):
        folds = self.state().settled
        epoch = folds[len(folds) - 1 if number is None else number].epoch
        return self.add(label, 3, [epoch.number, epoch.hash, digest or epoch.digest])

    def succeed(self, label, old, end, authority=0, key=None, keys=None):
        """A successor of a log, by the next key (0) or the recovery key (1), or signed by another key."""
        number, keys = self.members[old], keys or f"{label} of {self.members[old]}"
        before = identity.read_entry0(self.entries[old][0])
        signer = fixture.signer(keys)
        right = (f"{self.keys[old]} next", f"member {number} recovery")
        authoriser = fixture.signer(key or right[authority])
        leaves = [tree.leaf_hash(entry) for entry in self.entries[old][:end]]
        body = [before[0], before[1], signer.public_key, sha256(fixture.signer(keys + " next").public_key)]
        body += [self.ids[old], end, tree.root(leaves), authority, authoriser.public_key]
        body.append(authoriser.sign(identity.successor_message(body + [b""])))
        return self._begin(label, number, keys, cbor.encode([1, 0, body]))

    def end(self, label, size):
        return [self.ids[label], size, tree.root([tree.leaf_hash(e) for e in self.entries[label][:size]])]

    def convict(self, label):
        leaves = [tree.leaf_hash(entry) for entry in self.entries[label]]
        oin = fixture.oin(self.members[label])
        origin = identity.origin(self.genesis.network, oin, self.ids[label])
        roots = sorted([tree.root(leaves), tree.root(leaves[:-1] + [tree.leaf_hash(b"other")])])
        heads = [
            [len(leaves), root, self.signer(label).sign(head.text(origin, len(leaves), root).encode())]
            for root in roots
        ]
        self.evidence.append(cbor.encode({1: self.ids[label], 2: heads[0], 3: heads[1], 4: []}))


class Cases:
    """Good and bad cases of one section, each checked against what its name says."""

    def __init__(self, section):
        self.section = section

    def good(self, name, chain, held=None):
        return self.section.good(name, **chain.fields(held))

    def other(self, name, chain, claimed):
        """A digest that another history has."""
        self.section.bad(name, "state-digest", **chain.fields(), claimed=claimed)

    def misread(self, name, chain, change):
        """The digest of rows changed as a reader would who misses one sentence."""
        held = [cbor.decode(bytes.fromhex(row)) for row in check_history(chain.fields())["rows"]]
        claimed = state.digest([cbor.encode(row) for row in change(held)])
        self.section.bad(name, "state-digest", **chain.fields(), claimed=claimed.hex())


def changed(table, at, value, key=None):
    """A change of one field of the value of the rows of a table."""

    def change(rows):
        for row in rows:
            if row[0] == table and key in (None, row[1]):
                row[2][at] = value(row[2][at]) if callable(value) else value
        return rows

    return change


def without(table):
    return lambda rows: [row for row in rows if row[0] != table]


def row(chain, table, key=None):
    """The values of a table in the overlay, or of one key."""
    items = map(cbor.decode, chain.state().rows())
    found = {cbor.encode(item[1]): item[2] for item in items if item[0] == table}
    return found if key is None else found.get(cbor.encode(key))

