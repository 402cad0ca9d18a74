# SPDX-License-Identifier: EUPL-1.2
"""Histories of state.json about forks, successors and replaced keys, Protocol/membership.md section 4."""

from .. import cbor, fixture
from ..crypto import sha256
from .chain import AGAINST, BLANK, FOR, START, Cases, Chain, changed, row, without
from .decided_histories import CARRIED, ONE, THREE, TWO, WITHOUT_EFFECT, place, standing, tally
from .kinds_topic import MONTH, flush

OWN = {"applications": ["corv"], "parties": [ONE, TWO], "classes": ["bericht"]}


def _fork(cases):
    chain = Chain(4)
    chain.add(2, 96, flush([(0, 0, 1, 0, MONTH, 1, 5, 0, 5, 0, 1)], **OWN))
    chain.epoch(1)
    chain.add(2, 96, flush([(0, 0, 1, 0, MONTH, 1, 8, 0, 8, 0, 2)], **OWN))
    chain.add(2, 32, [[sha256(b"pin")], []])
    chain.add(2, 1, [START + 1])
    free = cases.good("before the evidence", chain)
    chain.convict(2)
    made = cases.good("suspended above the epoch", chain)
    assert row(chain, 10, chain.ids[2]) == 2 and not row(chain, 9)
    cases.other("what it covers stays", chain, free["digest"])
    cases.misread("suspended from the epoch on", chain, lambda rows: [
        [10, one[1], 0] if one[0] == 10 else one for one in rows
    ])
    chain.succeed("2b", 2, 4)
    chain.add("2b", 96, flush([(0, 0, 1, 0, MONTH, 1, 3, 0, 3, 0, 1)], **OWN))
    chain.add("2b", 1, [START + 2])
    named = cases.good("a successor names the end: up to it the old log counts", chain)
    assert row(chain, 10, chain.ids[2]) == 4 and not row(chain, 9, chain.ids[2])
    assert row(chain, 14, chain.ids["2b"])[1:4] == [chain.ids[2], 4, 0]
    cases.other("the successor's end", chain, made["digest"])
    chain.epoch(2, _2=4)
    cases.good("an epoch that does not name it", chain)
    chain.epoch(3, names=["2b"], _2=4)
    cases.good("the successor covered, its usage beside the old log's", chain)
    assert len(row(chain, 6)) == 2 and row(chain, 14, chain.ids["2b"])[3] == 3
    cases.other("covered", chain, named["digest"])
    chain.add("2b", 32, [[sha256(b"pin 2")], ["b.example:8443"]])
    cases.good("a contact of the newest log", chain)
    cases.misread("a contact of the older log", chain, changed(2, 2, [sha256(b"pin")], TWO))
    low = Chain(4)
    low.add(2, 1, [START])
    low.add(2, 1, [START + 1])
    low.epoch(1)
    low.succeed("2b", 2, 1)
    low.add(2, 1, [START + 2])
    cases.good("an end below what the epoch covers", low)
    assert row(low, 9, low.ids[2]) == START + 1
    cases.misread("what an epoch covers counts", low, without(9))


def _two_successors(cases):
    chain = Chain(4)
    chain.add(2, 1, [START])
    labels = [chain.succeed("2b", 2, 1), chain.succeed("2c", 2, 2, authority=1)]
    one, two = sorted(labels, key=lambda label: chain.ids[label])
    chain.add(one, 1, [START + 1])
    chain.add(two, 1, [START + 2])
    chain.succeed("2d", two, 2)
    both = cases.good("of two successors the lower log id stands, a successor of the other does not", chain)
    assert list(row(chain, 14)) == [cbor.encode(chain.ids[one])]
    chain.epoch(1, names=[two], _2=1)
    cases.good("then the other is covered first", chain)
    assert cbor.encode(chain.ids[one]) not in row(chain, 14)
    cases.other("the covered one stands", chain, both["digest"])
    false = Chain(4)
    before = cases.good("nobody has a successor", false)
    false.succeed("2b", 2, 1, key="member 2 recovery")
    false.succeed("2c", 2, 1, authority=1, key="member 2 next")
    false.succeed("2d", 2, 1, key="someone")
    false.add("2b", 1, [START])
    cases.good("a wrong authority leaves no trace", false)
    assert not row(false, 14)
    third = false.succeed("2e", 2, 1)
    false.succeed("2f", third, 1)
    false.succeed("2g", third, 1, authority=1, keys="g")
    chained = cases.good("a successor of a successor", false)
    assert len(row(false, 14)) == 2
    cases.other("authorised by the next key", false, before["digest"])
    false.epoch(1, names=[third])
    cases.good("the first covered, the second in the overlay", false)
    cases.other("covered", false, chained["digest"])


def _two_logs_vote(cases):
    chain = Chain()
    proposals = [chain.propose(1, 14, None, day=50) for _ in range(4)]
    _, first = chain.vote(2, proposals[0], FOR)
    chain.vote(2, proposals[1], FOR, final=False)
    chain.vote(2, proposals[2], FOR, final=False)
    chain.vote(2, proposals[3], AGAINST)
    chain.epoch(1)
    chain.succeed("2b", 2, first + 4)
    chain.vote("2b", proposals[0], AGAINST, others=[(2, first)])
    chain.vote("2b", proposals[1], AGAINST, others=[(2, first + 1)])
    chain.vote("2b", proposals[2], AGAINST)
    chain.vote("2b", proposals[3], AGAINST)
    blank = cases.good("ballots of an old and a new log: blank, replaced, blank, alike", chain)
    assert [tally(chain, one) for one in proposals] == [[0, 0, 1], [0, 1, 0], [0, 0, 1], [0, 1, 0]]
    cases.misread("different ballots are blank", chain, changed(12, 8, 1, place(chain, proposals[0])))
    cases.misread("the newer log wins", chain, changed(12, 9, 1, place(chain, proposals[2])))
    chain.epoch(2, names=["2b"])
    cases.good("covered", chain)
    chain.vote(1, proposals[0])
    chain.vote(3, proposals[0])
    chain.vote(1, proposals[3], AGAINST)
    chain.epoch(3)
    cases.good("closed", chain)
    cases.other("closed", chain, blank["digest"])
    naming = Chain()
    proposal = naming.propose(1, 14, None)
    _, first = naming.vote(2, proposal, FOR, final=False)
    naming.succeed("2b", 2, first + 1)
    _, second = naming.vote("2b", proposal, AGAINST, final=False, others=[(2, first)])
    naming.vote("2b", proposal, BLANK, replaced=second)
    cases.good("a naming ballot that is itself replaced", naming)
    assert tally(naming, proposal) == [0, 0, 1]
    cases.misread("what it named stays replaced", naming, changed(12, 8, 1))


def _key_replacement(cases):
    chain = Chain()
    chain.add(3, 32, [[sha256(b"old pin")], ["old.example:8443"]])
    chain.epoch(1)
    chain.add(3, 1, [START + 1])
    chain.add(3, 1, [START + 2])
    card = fixture.card(3, "three anew")
    replaced = chain.propose(1, 12, [cbor.encode(card), *chain.end(3, 3)])
    chain.begin("3b", 3, card, "three anew")
    chain.carry(replaced, 1, 2)
    chain.convict(3)
    before = cases.good("a key replacement provisionally carried changes nothing yet", chain)
    chain.epoch(2, _3=2)
    cases.good("closed: card, end and log at once, the old contact gone", chain)
    assert row(chain, 14, chain.ids["3b"]) == [THREE, chain.ids[3], 3, 0, 0, 0]
    assert row(chain, 9, chain.ids[3]) == START + 1 and row(chain, 10, chain.ids[3]) == 3
    cases.other("closed", chain, before["digest"])
    cases.misread("the contact of the replaced log", chain, changed(2, 4, 2, THREE))
    newer = fixture.card(3, "three again")
    again = chain.propose(1, 12, [cbor.encode(newer), *chain.end(3, 2)])
    chain.begin("3c", 3, newer, "three again")
    chain.add("3b", 1, [START + 3])
    chain.carry(again, 1, 2)
    cases.good("the new log writes before an epoch names it", chain)
    assert row(chain, 9, chain.ids["3b"]) == START + 3
    chain.epoch(3, _3=2)
    cases.good("a second replacement takes the place of a log that no epoch names", chain)
    assert standing(chain, again) == CARRIED and list(row(chain, 14)) == [cbor.encode(chain.ids["3c"])]
    cases.misread("the end is that of the second", chain, changed(14, 2, 3))
    chain.add("3c", 1, [START + 4])
    chain.epoch(4, names=["3c"], _3=2)
    cases.good("the new log named", chain)
    third = chain.propose(1, 12, [fixture.card_bytes(3, "three more"), *chain.end(3, 2)])
    chain.carry(third, 1, 2)
    chain.succeed("3d", "3c", 2)
    chain.epoch(5, _3=2)
    cases.good("only the newest log is replaced; the new keys name a successor", chain)
    assert standing(chain, third) == WITHOUT_EFFECT and len(row(chain, 14)) == 2


def make(section):
    cases = Cases(section)
    for part in (_fork, _two_successors, _two_logs_vote, _key_replacement):
        part(cases)
