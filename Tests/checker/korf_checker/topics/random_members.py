# SPDX-License-Identifier: EUPL-1.2
"""Random histories in which members come and go: candidates, forks, successors, replaced keys, exits, epochs.

Their epochs are such as correct members vote for: no log above its bound, candidates only when admitted.
"""

from .. import cbor, decisions, fixture
from .chain import START, Chain
from .history import check_history
from .draws import Draw, line_of

DECEMBER_2025 = 2025 * 12 + 11


class MemberDraw(Draw):
    def __init__(self, seed):
        super().__init__(seed, Chain(3 + seed % 2, k10=[], k12=[]))
        self.proposals, self.ballots, self.day = [], {}, 0
        self.vector = {label: 0 for label in self.history.ids}
        self.made = 0
        # Draws of older seeds stay what they were.
        self.settles, self.has_lines = seed >= 1000, seed >= 2000

    def label(self):
        return self.random.choice(list(self.history.ids))

    def oin(self):
        return fixture.oin(self.random.randrange(1, 7))

    def decide(self, label):
        pick, chain = self.random, self.history
        if not self.proposals or pick.random() < 0.3:
            self.propose(self.random.choice(list(self.vector)))
            if pick.random() < 0.7:
                self.agree()
            return
        for voter in pick.sample(list(chain.ids), min(len(chain.ids), pick.randrange(1, 4))):
            self.vote(voter, pick.choice(self.proposals[-4:]))

    def agree(self):
        """Most members vote for the newest proposal with their newest logs."""
        newest = {self.history.members[label]: label for label in self.vector}
        for label in newest.values():
            if self.random.random() < 0.8:
                self.vote(label, self.proposals[-1], choices=[1, 1, 1, 1, 1, 0])

    def propose(self, label):
        pick, chain = self.random, self.history
        kinds = [(14, None), (11, [self.oin(), pick.random() < 0.5]), (3, [self.oin()])]
        kinds += [(2, [self.oin(), START + self.day + pick.randrange(20)]), (9, ["corv", self.oin(), START])]
        kinds += [(10, ["corv", self.oin(), START + 1]), self.admission(), self.admission()]
        kinds += [self.replacement()]
        if self.has_lines:
            kinds += [line_of(pick, self.proposals, chain.ids, self.day) for _ in range(6)]
        kind, payload = pick.choice(kinds)
        more = {"organ": "gemeenschap", "k8": "corv"} if pick.random() < 0.1 else {}
        day = self.day + pick.randrange(12)
        self.proposals.append(chain.propose(label, kind, payload, day=day, **more))

    def admission(self):
        number, keys = self.random.randrange(3, 7), self.random.choice(["", " other"])
        if number in self.history.members.values():
            keys = " other"
        card = fixture.card(number, f"member {number}{keys}")
        label = f"{number}{keys}"
        if label not in self.history.ids and self.random.random() < 0.7:
            self.history.begin(label, number, card, f"member {number}{keys}")
        return decisions.ADMISSION, cbor.encode(card)

    def replacement(self):
        pick, chain = self.random, self.history
        old = self.label()
        self.made += 1
        number, keys = chain.members[old], f"anew {self.made}"
        card, end = fixture.card(number, keys), pick.randrange(1, len(chain.entries[old]) + 1)
        if pick.random() < 0.7:
            chain.begin(f"{number}k{self.made}", number, card, keys)
        return decisions.KEY_REPLACEMENT, [cbor.encode(card), *chain.end(old, end)]

    def vote(self, label, place, choices=(0, 1, 1, 1, 1, 2)):
        pick, chain = self.random, self.history
        mine = self.ballots.setdefault((label, place), [])
        replaced = mine[-1] if mine and pick.random() < 0.8 else None
        others = [
            (other, index)
            for (other, at), held in self.ballots.items()
            if at == place and other not in (label, place[0]) and chain.members[other] == chain.members[label]
            for index in held[-1:]
            if pick.random() < 0.6
        ]
        choice = pick.choice(choices)
        mine.append(chain.vote(label, place, choice, pick.random() < 0.7, replaced, others)[1])

    def people(self, label):
        pick, chain = self.random, self.history
        drawn = pick.random()
        if drawn < 0.4:
            new = [one for one in chain.ids if one not in self.vector]
            digest = bytes(32) if pick.random() < 0.1 else None
            chain.ready(pick.choice(new) if new else label, pick.randrange(len(chain.epochs) + 1), digest)
        elif drawn < 0.48:
            chain.add(label, 4, [])
        elif drawn < 0.54:
            chain.add(label, 6, [pick.randrange(3)])
        elif drawn < 0.9 and len(chain.ids) < 14:
            self.made += 1
            end = pick.randrange(1, len(chain.entries[label]) + 1)
            key = "somebody" if pick.random() < 0.1 else None
            chain.succeed(f"{label}s{self.made}", label, end, pick.randrange(2), key)
        elif drawn < 0.95:
            chain.convict(label)

    def settle(self, label):
        """Stances on a few cells, by their parties and now and then by others; cuts, some of them alike."""
        pick, chain = self.random, self.history
        own = fixture.oin(chain.members[label])
        others = [oin for oin in map(fixture.oin, (1, 2, 3, 4)) if oin != own]
        parties = sorted([own if pick.random() < 0.9 else others[0], others[-1]])
        month = DECEMBER_2025 + pick.choice([0, 0, 0, 1])
        if pick.random() < 0.5:
            body = [month, "corv", *pick.sample(parties, 2), pick.choice(["bericht", "zorg"])]
            body += [pick.randrange(5), pick.choice([None, 0, 7])]
            references = [] if pick.random() < 0.95 else self.references(label)
            return chain.add(label, 98, body, references, pick.choice([None, None, bytes(32)]))
        epochs = [folded.epoch for folded in chain.state().settled]
        named = pick.choice(epochs)
        number = named.number + (1 if pick.random() < 0.05 else 0)
        count = pick.randrange(2)
        body = [month, *parties, number, named.hash, ["corv"], ["bericht"], [[0], [0], [0], [8], [count], [0]]]
        chain.add(label, 99, body)

    def epoch(self):
        """What the overlay lets count, more or less of it; newcomers only where the result admits them."""
        pick, chain = self.random, self.history
        made = chain.state()
        bounds, labels = made.bounds(), {chain.ids[label]: label for label in chain.ids}
        self.day += pick.randrange(6)
        vector = dict(self.vector)
        for name, bound in bounds.items():
            label = labels.get(name)
            if label is None or self._is_late(made, name):
                continue
            held, most = vector.get(label, 0), min(bound, len(chain.entries[label]))
            size = pick.choice([most, most, pick.randrange(held, max(held, most) + 1)])
            known = label in vector or not made.overlay.network.is_candidates(name)
            if size > held and (known or pick.random() < 0.8):
                vector[label] = size
        self.close(vector)

    def _is_late(self, made, name):
        """Whether the log is of a leaving member whose last date is past."""
        network = made.overlay.network
        member = network.members.get(network.logs[name].oin)
        return member is not None and member.last_date is not None and START + self.day > member.last_date

    @staticmethod
    def _is_members(network, name):
        return name in network.logs and not network.is_candidates(name)

    def close(self, vector):
        chain = self.history
        while True:
            chain.epochs.append((START + self.day, 1, vector))
            network = chain.state().settled[-1].network
            strange = [label for label in vector if not self._is_members(network, chain.ids[label])]
            if not strange:
                break
            chain.epochs.pop()
            vector = {label: size for label, size in vector.items() if label not in strange}
        self.vector = vector

    def make(self, count):
        steps = [self.edit, self.small, *[self.decide] * 4, self.people, self.people]
        if self.settles:
            steps += [self.settle, self.settle]
        for number in range(count):
            self.random.choice(steps)(self.label())
            if number % 9 == 8:
                self.epoch()
        return self.history


def draw(seed):
    made = MemberDraw(seed)
    return made.make(made.random.randrange(20, 80))


def cases(first, end):
    """Good cases with what they leave, one a seed."""
    for seed in range(first, end):
        case = {"name": f"drawn {seed}", "by": "checker", **draw(seed).fields()}
        yield {**case, **check_history(case)}
