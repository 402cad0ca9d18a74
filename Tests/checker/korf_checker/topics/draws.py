# SPDX-License-Identifier: EUPL-1.2
"""Histories drawn from a seed; much in them is void, waits or is suspended."""

import random

from .. import fixture, founding, log
from .chain import START, Chain
from .history import History

MONTH = 2026 * 12


class Draw:
    def __init__(self, seed, history=None):
        self.random, self.history = random.Random(seed), history or History()
        self.applications = ["corv", "subsidie", "onbekend"]

    def references(self, member):
        """Of other logs mostly, now and then to come, contradicted or of the own log."""
        history, found = self.history, {}
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3])):
            other = self.random.choice(
                [n for n in history.ids if n != member]
                if self.random.random() < 0.97
                else list(history.ids)
            )
            index = self.random.randrange(
                len(history.entries[other]) + (1 if self.random.random() < 0.1 else 0)
            )
            known = index < len(history.entries[other])
            leaf = bytes(32) if not known or self.random.random() < 0.03 else None
            found[history.ids[other], index] = history.reference(other, index, leaf)
        return [found[key] for key in sorted(found)]

    def positions(self, references):
        return [p for p in range(len(references)) if self.random.random() < 0.7]

    def edit(self, member):
        references, pick = self.references(member), self.random
        parts = {}
        if pick.random() < 0.6:
            fields = sorted(pick.sample([1, 2, 5, 12], pick.randrange(1, 4)))
            parts["registers"] = [
                [f, pick.choice(["a", "b", 3, None, ["x"]]), self.positions(references)] for f in fields
            ]
        if pick.random() < 0.5:
            parts["additions"] = [[s, e] for s in (41, 44) for e in ("p", "q") if pick.random() < 0.5]
        if pick.random() < 0.4 or not any(parts.values()):
            parts["removals"] = [
                [s, e, self.positions(references)]
                for s in (41, 44)
                for e in ("p", "q")
                if pick.random() < 0.5
            ]
        parts = {name: rows for name, rows in parts.items() if rows} or {"additions": [[41, "p"]]}
        self.history.edit(member, pick.choice(self.applications), references, **parts)

    def usage(self, member):
        pick, me = self.random, fixture.oin(member)
        other = fixture.oin(pick.choice([n for n in self.history.ids if n != member]))
        counted, held = pick.randrange(100), pick.randrange(20)
        numbers = [
            counted,
            min(counted, held) if pick.random() < 0.9 else counted + 1,
            counted * 2,
            held % (counted * 2 + 1),
            held,
        ]
        month = MONTH - pick.randrange(3)
        if pick.random() < 0.3:
            sides = [0, 1] if pick.random() < 0.5 else [0]
            rows = [[0, 0, side, *numbers] for side in sides]
            self.history.add(
                member,
                97,
                {
                    1: month,
                    2: other,
                    3: bytes([held]) * 32,
                    4: counted,
                    6: ["corv"],
                    7: ["bericht"],
                    8: [list(column) for column in zip(*rows)],
                },
                self.references(member),
            )
            return
        parties = sorted([me, other])
        mine = parties.index(me)
        rows = [
            [0, mine, 1 - mine, 0, month, 0, *numbers],
            [0, 1 - mine, mine, 0, month, 1 if pick.random() < 0.9 else 0, *numbers],
        ]
        columns = [list(column) for column in zip(*sorted(rows))]
        self.history.add(member, 96, [["corv"], parties, ["bericht"], columns], self.references(member))

    def small(self, member):
        pick, history = self.random, self.history
        kind = pick.choice([1, 1, 2, 32, 65, 3, 700])
        if kind == 1:
            history.add(
                member,
                1,
                [20_000 + pick.randrange(600)],
                commitment=log.commitment(bytes(32), b"x") if pick.random() < 0.3 else None,
            )
        elif kind == 2:
            history.add(member, 2, [pick.randrange(len(history.entries[member]) + 1)])
        elif kind == 32:
            history.add(
                member,
                32,
                [[bytes([pick.randrange(256)]) * 32], ["a.example:8443"] * pick.randrange(3)],
                self.references(member),
            )
        elif kind == 65:
            index = history.add(
                member, 65, [pick.choice(["zaak", "wonen"]), "Nieuw"], self.references(member)
            )
            leaf = log.read_entry(history.entries[member][index]).leaf
            self.applications.append(f"{history_slug(history, member, index)}-{leaf.hex()[:8]}")
        else:
            history.add(member, kind, [pick.randrange(9)], self.references(member))

    def make(self, count):
        for _ in range(count):
            member = self.random.randrange(1, 4)
            self.random.choice([self.edit, self.edit, self.usage, self.small])(member)
        return self.history


def line_of(pick, proposals, ids, day):
    """A payload about money: a line, an advance carried back, terms of joins, figures."""
    month, oins = founding.JANUARY_2026 + pick.randrange(4), sorted({fixture.oin(pick.randrange(1, 5)) for _ in range(2)})
    advance = pick.choice(proposals) if proposals else None
    place = [ids[advance[0]], advance[1]] if advance else [bytes(32), 0]
    return pick.choice(
        [
            (18, {1: pick.randrange(3, 6), 2: 0, 3: month, 4: 1 + day, 5: [[oin, 1] for oin in oins], 6: "O", 7: 0}),
            (18, {1: 5, 2: 0, 3: month, 4: 50, 5: [[oins[0], 1]], 6: "S", 7: 2100, 10: month + pick.randrange(1, 4)}),
            (19, [*place, month + 2]),
            (20, ["subsidie", month, None, pick.randrange(2), None, None]),
            (6, {1: "corv", 2: 100, 3: 2026, 4: [[oins[0], month]], 5: "S", 6: 2100, 8: [[oins[-1], 7]]}),
            (7, [[oins[0], "", 2026, 5, pick.random() < 0.5]]),
        ]
    )


class ChainDraw(Draw):
    """With proposals, ballots, a successor, and epochs that cover whatever is drawn."""

    def __init__(self, seed):
        # Draws of older seeds stay what they were.
        self.has_lines = seed >= 1000
        super().__init__(seed, Chain(k12=[]) if self.has_lines else Chain(k10=[], k12=[]))
        self.proposals, self.ballots, self.day, self.sizes = [], {}, 0, dict.fromkeys((1, 2, 3), 0)

    def decide(self, member):
        pick, chain = self.random, self.history
        if not self.proposals or pick.random() < 0.35:
            slug, oin = pick.choice(["corv", "subsidie"]), fixture.oin(pick.randrange(1, 4))
            kind, payload = pick.choice(
                [
                    (14, None),
                    (9, [slug, oin, START + 1]),
                    (10, [slug, oin, START + 1]),
                    (11, [oin, pick.random() < 0.5]),
                    (5, [2027 + pick.randrange(2), 1, "O", 0]),
                    (2, [oin, START + self.day + 9]),
                ]
            )
            if self.has_lines and pick.random() < 0.6:
                kind, payload = line_of(pick, self.proposals, chain.ids, self.day)
            self.proposals.append(chain.propose(member, kind, payload, day=self.day + pick.randrange(9)))
            return
        place = pick.choice(self.proposals[-3:])
        mine = self.ballots.setdefault((member, place), [])
        replaced = mine[-1] if mine and pick.random() < 0.8 else None
        final = pick.random() < 0.6
        mine.append(chain.vote(member, place, pick.choice([0, 1, 1, 1, 2]), final, replaced)[1])

    def epoch(self):
        self.day += self.random.randrange(6)
        for member, held in self.sizes.items():
            size = len(self.history.entries[member])
            self.sizes[member] = self.random.choice([size, size, self.random.randrange(held, size + 1)])
        self.history.epoch(self.day, **{f"_{member}": size for member, size in self.sizes.items()})

    def make(self, count):
        for number in range(count):
            member = self.random.randrange(1, 4)
            self.random.choice([self.edit, self.usage, self.small, *[self.decide] * 3])(member)
            if number % 10 == 9:
                self.epoch()
        return self.history


def history_slug(history, member, index):
    return log.read_entry(history.entries[member][index]).body[0]
