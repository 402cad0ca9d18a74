# SPDX-License-Identifier: EUPL-1.2
"""Histories of state.json in which epochs close decisions, Protocol/voting.md."""

from .. import fixture, founding
from ..crypto import sha256
from .chain import AGAINST, BLANK, COMMUNITY, FOR, START, Cases, Chain, changed, row, without

JULY = founding.JANUARY_2026 + 6
ONE, TWO, THREE = (fixture.oin(number) for number in (1, 2, 3))
OPEN, CARRIED, NOT_CARRIED, WITHOUT_EFFECT = range(4)


def tariff(first, last=None, name="zorg", price=1):
    return ["corv", name, first, last, [[None, price]], "S", 2100, None]


def place(chain, label_and_index):
    return [chain.ids[label_and_index[0]], label_and_index[1]]


def standing(chain, proposal):
    return row(chain, 12, place(chain, proposal))[6]


def tally(chain, proposal):
    return row(chain, 12, place(chain, proposal))[8:11]


def _plain(cases):
    chain = Chain()
    chain.edit(1, "corv", registers=[[1, "CORV", []]])
    chain.epoch(3)
    empty = cases.good("an epoch that decides nothing", chain)
    chain.edit(2, "corv", registers=[[1, "Corv", []]])
    cases.good("an overlay over it", chain)
    cases.other("what is above the epoch counts in the overlay", chain, empty["digest"])
    chain.epoch(4, _2=1)
    cases.good("an epoch that leaves an entry to the overlay", chain)
    chain.epoch(4)
    cases.good("a third", chain)
    cases.misread("the epoch's number is in the state", chain, changed(1, 1, 2))
    cases.misread("rules in force are in the state", chain, without(15))


def _certain(cases):
    chain = Chain()
    proposal = chain.propose(1, 4, tariff(JULY))
    chain.vote(2, proposal)
    cases.good("a proposal and a ballot in the overlay", chain)
    chain.epoch(1)
    open_one = cases.good("not yet certain: still open", chain)
    assert standing(chain, proposal) == OPEN and tally(chain, proposal) == [1, 0, 0]
    chain.vote(1, proposal)
    cases.good("provisionally carried", chain)
    chain.epoch(2)
    cases.good("certain before the deadline: closed, a tariff more", chain)
    assert standing(chain, proposal) == CARRIED
    cases.other("closing changes the state", chain, open_one["digest"])
    cases.misread("the rules changed", chain, lambda rows: [
        [15, 8, row(Chain(), 15, 8)] if one[:2] == [15, 8] else one for one in rows
    ])
    chain.vote(3, proposal, AGAINST)
    late = cases.good("a late ballot leaves no row", chain)
    assert tally(chain, proposal) == [2, 0, 0] and late["digest"] != open_one["digest"]
    cases.misread("a late ballot is counted", chain, changed(12, 9, 1))
    chain.epoch(3)
    cases.good("also where it is covered", chain)


def _deadline(cases):
    chain = Chain()
    quorum = chain.propose(1, 14, None, day=10)
    carried = chain.propose(2, 14, None, day=10)
    lost = chain.propose(3, 14, None, day=9)
    chain.vote(1, quorum)
    chain.vote(1, carried)
    chain.vote(2, carried, BLANK)
    chain.vote(2, lost, final=False)
    chain.vote(3, lost, AGAINST, final=False)
    chain.epoch(9)
    cases.good("on the deadline nothing is closed", chain)
    assert [standing(chain, one) for one in (quorum, carried, lost)] == [OPEN] * 3
    chain.epoch(10)
    cases.good("after one deadline of two", chain)
    assert [standing(chain, one) for one in (quorum, carried, lost)] == [OPEN, OPEN, NOT_CARRIED]
    chain.epoch(11)
    cases.good("after the deadline: without quorum, by one vote and a blank one", chain)
    assert [standing(chain, one) for one in (quorum, carried)] == [NOT_CARRIED, CARRIED]
    cases.misread("a quorum not looked at", chain, changed(12, 6, CARRIED, place(chain, quorum)))
    cases.misread("a blank vote is one against", chain, changed(12, 6, NOT_CARRIED, place(chain, carried)))


def _replaced(cases):
    chain = Chain()
    proposal = chain.propose(1, 14, None)
    _, first = chain.vote(2, proposal, FOR, final=False)
    chain.vote(2, proposal, AGAINST)
    void = cases.good("a second ballot that does not say so is void", chain)
    chain.vote(2, proposal, AGAINST, final=False, replaced=first)
    cases.good("a ballot replaced", chain)
    assert tally(chain, proposal) == [0, 1, 0]
    cases.other("the first ballot no longer stands", chain, void["digest"])
    chain.vote(2, proposal, BLANK, replaced=first)
    chain.vote(2, proposal, BLANK, replaced=first + 2)
    chain.vote(2, proposal, FOR, replaced=first + 4)
    cases.good("only the one that stands can be replaced, a final one never", chain)
    assert tally(chain, proposal) == [0, 0, 1]
    other = chain.propose(1, 14, None)
    chain.vote(2, other, FOR, final=False, replaced=first)
    chain.vote(3, (1, 0))
    chain.vote(3, (3, 3))
    chain.add(3, 34, [[0], FOR, True, None])
    chain.add(3, 34, [1, 3, True, None])
    chain.add(3, 34, [proposal[1], FOR, True, None], commitment=bytes(32))
    cases.good("ballots on what is no proposal, of another shape, or replacing another's", chain)
    chain.epoch(2)
    cases.good("all of it covered", chain)
    cases.misread("one voter, one vote", chain, changed(12, 9, 1, place(chain, proposal)))


def _without_effect(cases):
    chain = Chain()
    proposals = [
        chain.propose(1, 4, tariff(JULY, price=1)),
        chain.propose(2, 4, tariff(JULY + 3, JULY + 8, price=2)),
        chain.propose(3, 4, tariff(JULY + 8, price=3)),
    ]
    for proposal in proposals:
        chain.carry(proposal, 1, 2, 3)
    chain.epoch(1)
    cases.good("overlapping tariffs: carried without effect, in order of log", chain)
    found = [standing(chain, one) for one in sorted(proposals, key=lambda one: chain.ids[one[0]])]
    assert sorted(found) == [CARRIED, CARRIED, WITHOUT_EFFECT], found
    blocked = next(one for one in proposals if standing(chain, one) == WITHOUT_EFFECT)
    cases.misread("carried without effect is shown", chain, changed(12, 6, CARRIED, place(chain, blocked)))
    for kind, payload in [
        (2, [fixture.oin(9), START + 60]),
        (4, ["corv", "onbekend", JULY, None, [[None, 1]], "S", 2100, None]),
        (4, ["niets", "zorg", JULY, None, [[None, 1]], "S", 2100, None]),
        (5, [2026, 1, "O", 0]),
        (6, {1: "subsidie", 2: 1, 3: 2025, 4: [[TWO, JULY]], 5: "S", 6: 2100}),
        (7, [[ONE, "GM0772", 2025, 1, True]]),
        (8, {1: "corv", 2: "x", 3: ONE, 4: [], 5: False, 6: ["x"], 9: [ONE]}),
        (9, ["corv", TWO, START]),
        (10, ["corv", ONE, START]),
        (10, ["corv", TWO, 17000]),
        (12, [fixture.card_bytes(3, "new keys"), bytes(32), 1, bytes(32)]),
        (12, [fixture.card_bytes(3, k5=bytes(32)), chain.ids[3], 1, bytes(32)]),
        (1, fixture.card_bytes(3, "new keys")),
        (1, fixture.card_bytes(4, k4=fixture.signer("member 2").public_key)),
        (11, [fixture.oin(9), True]),
        (18, {1: 4, 2: 0, 3: JULY, 4: 1, 5: [[fixture.oin(9), 1]], 6: "O", 7: 0}),
        (19, [bytes(32), 0, JULY]),
        (20, ["corv", JULY, None, 1, None, None]),
    ]:
        proposal = chain.propose(1, kind, payload)
        chain.carry(proposal, 1, 2, 3)
    before = row(chain, 15)
    chain.epoch(2)
    cases.good("every kind without effect", chain)
    found = [value[6] for value in row(chain, 12).values()]
    assert found.count(WITHOUT_EFFECT) == 19 and row(chain, 15) == before, found


def _effects(cases):
    chain = Chain()
    chain.edit(3, "corv", registers=[[5, 1, []]])
    chain.edit(1, "nieuw", registers=[[5, 1, []]])
    chain.epoch(1)
    cases.good("nobody's application, and one without the right", chain)
    for kind, payload in [
        (4, tariff(JULY, JULY + 5)),
        (4, tariff(JULY + 6)),
        (5, [2027, 1, "O", 0]),
        (6, {1: "corv", 2: 100, 3: 2025, 4: [[ONE, JULY], [TWO, JULY]], 5: "S", 6: 2100}),
        (7, [[ONE, "GM0772", 2026, 250000, True], [THREE, "", 2025, 7, False]]),
        (8, {1: "nieuw", 2: "Nieuw", 3: ONE, 4: [[ONE, START], [TWO, START]], 5: False, 6: ["x"], 9: [TWO]}),
        (9, ["corv", THREE, START + 40]),
        (10, ["corv", TWO, START + 5]),
        (13, {2: [1000, 1000, 1000, 1000, 1000]}),
        (13, {1: {key: 7 for key in range(1, 9)}}),
        (14, None),
    ]:
        chain.carry(chain.propose(1, kind, payload, k6=100, k7="begroting"), 1, 2, 3)
    before = row(chain, 15)
    chain.epoch(2)
    cases.good("every kind that changes the rules", chain)
    assert all(value[6] == CARRIED for value in row(chain, 12).values())
    after = row(chain, 15)
    assert sum(before[key] != after[key] for key in before) == 7
    cases.misread("terms are of the genesis for ever", chain, lambda rows: [
        [15, 13, sha256(b"")] if one[:2] == [15, 13] else one for one in rows
    ])
    chain.edit(3, "corv", registers=[[1, "C", []]])
    chain.edit(2, "corv", registers=[[1, "B", []]])
    chain.edit(2, "nieuw", registers=[[1, "N", []]])
    made = cases.good("rights by the new rules; what waited for the application goes on waiting", chain)
    chain.carry(chain.propose(1, 9, ["corv", TWO, START + 50], day=40), 1, 2, 3)
    chain.epoch(31)
    chain.edit(2, "corv", registers=[[1, "B2", []]])
    cases.good("a participant that left takes part again", chain)
    cases.other("and edits again", chain, made["digest"])


def _lines(cases):
    """Lines by decision have a row once there is one; a joiner enters the key; a figure is known from its decision."""
    chain = Chain()
    line = {1: 5, 2: 0, 3: JULY, 4: 1000, 5: [[ONE, 2], [TWO, 1]], 6: "S", 7: 2100}
    before = row(chain, 15)
    advance = chain.propose(1, 18, line)
    chain.carry(advance, 1, 2, 3)
    chain.carry(chain.propose(1, 9, ["subsidie", THREE, START]), 1, 2, 3)
    chain.carry(chain.propose(2, 7, [[THREE, "", 2025, 31000, True]]), 1, 2, 3)
    chain.carry(chain.propose(2, 20, ["subsidie", JULY, None, 1, [11, 10], None]), 1, 2, 3)
    chain.epoch(40)
    cases.good("a line, a joiner in the key, a final figure, terms of joins", chain)
    after = row(chain, 15)
    assert len(after) == len(before) + 1 and sum(after[key] != before[key] for key in before) == 3
    cases.misread("a line has no row", chain, lambda rows: [one for one in rows if one[:2] != [15, 17]])
    chain.carry(chain.propose(3, 19, [*place(chain, advance), JULY + 2]), 1, 2, 3)
    made = cases.good("an advance carried back, in the overlay", chain)
    chain.epoch(80)
    cases.good("and covered", chain)
    cases.other("carried back only once it is covered", chain, made["digest"])


def _waiting(cases):
    """An entry that waits is judged under the epoch of its own position."""
    chain = Chain()
    named = chain.edit(1, "corv", registers=[[1, "A", []]])
    chain.edit(2, "corv", [chain.reference(1, named)], registers=[[1, "B", [0]]])
    chain.epoch(1, _1=1)
    cases.good("an entry that names one that is not covered waits; the overlay releases it", chain)
    chain.carry(chain.propose(3, 10, ["corv", TWO, START + 1]), 3)
    proposal = (3, 1)
    chain.vote(2, proposal)
    chain.epoch(2, _1=1)
    cases.good("its author leaves the application meanwhile", chain)
    assert standing(chain, proposal) == CARRIED
    chain.edit(2, "corv", [chain.reference(1, named)], registers=[[2, "void", [0]]])
    chain.epoch(3)
    released = cases.good("released later, it is judged as it stood", chain)
    assert len(row(chain, 4)) == 1 and not row(chain, 8)

    def lost(rows):
        return [
            [4, one[1], [part for part in one[2] if part[0] == chain.ids[1]]] if one[0] == 4 else one
            for one in rows
        ]

    cases.misread("rights lost while waiting", chain, lost)
    cases.other("the settled state holds what waits", chain, released["settled"][1]["digest"])


def _order_of_ballots(cases):
    chain = Chain()
    proposal = chain.propose(1, 14, None, day=5)
    missing = chain.propose(3, 14, None)
    _, first = chain.vote(2, proposal, FOR, final=False, others=[missing])
    chain.vote(2, proposal, AGAINST, final=False, replaced=first)
    chain.vote(2, missing, FOR)
    chain.epoch(1, _3=1)
    cases.good("a ballot that waits holds up the later ones on its decision", chain)
    part = cases.good("also in the overlay", chain, {3: 1})
    assert tally(chain, proposal) == [0, 1, 0] and part["digest"] != chain.digest()
    chain.epoch(6, _3=1)
    cases.good("closed without them", chain)
    assert tally(chain, proposal) == [0, 0, 0]
    chain.epoch(7)
    cases.good("released too late", chain)
    assert tally(chain, proposal) == [0, 0, 0] and not row(chain, 13, [*place(chain, proposal), TWO])
    cases.misread("released after closing, and counted", chain, changed(12, 9, 1, place(chain, proposal)))


def _proposals(cases):
    chain = Chain()
    before = cases.good("before", chain)
    body = {1: "algemene-vergadering", 2: 14, 3: None, 4: "x", 5: START}
    for change in [
        {1: "onbekend"},
        {1: COMMUNITY},
        {2: 16},
        {2: 18, 3: {1: 4, 2: 1, 3: JULY, 4: 1, 5: [[ONE, 1]], 6: "O", 7: 0}},
        {3: 1},
        {4: ""},
        {4: "a\n"},
        {4: "x" * 201},
        {5: START - 1},
        {5: START + 401},
        {6: 0, 7: "x"},
        {6: 5},
        {7: "x"},
        {8: "corv"},
        {9: 1},
        {1: COMMUNITY, 8: "onbekend"},
        {1: COMMUNITY, 8: "subsidie"},
        {1: COMMUNITY, 8: "corv", 2: 5, 3: [2027, 1, "O", 0]},
        {1: COMMUNITY, 8: "corv", 2: 9, 3: ["subsidie", ONE, START]},
    ]:
        chain.add(1, 33, {**body, **change})
    chain.add(1, 33, body, [chain.reference(2, 0)])
    made = cases.good("proposals that are void", chain)
    assert made["digest"] == before["digest"]
    chain.propose(1, 14, None, day=0)
    chain.propose(1, 14, None, day=400)
    chain.add(1, 33, body, commitment=bytes(32))
    chain.propose(1, 14, None, k6=1, k7="begroting")
    cases.good("proposals at the edge", chain)
    cases.other("void proposals leave no row", chain, before["digest"])
    chain.epoch(500)
    cases.good("all closed by their deadlines", chain)
    cases.misread("closed", chain, changed(12, 6, OPEN))


def _participants(cases):
    chain = Chain()
    proposal = chain.propose(2, 4, tariff(JULY), organ=COMMUNITY, k8="corv")
    chain.vote(3, proposal, AGAINST)
    chain.vote(2, proposal)
    cases.good("participants decide; a ballot of another member is void", chain)
    assert tally(chain, proposal) == [1, 0, 0]
    cases.misread("the electorate is of the application", chain, changed(12, 11, 3))
    chain.epoch(1)
    cases.good("open", chain)
    leaving = chain.propose(1, 10, ["corv", TWO, START + 1])
    chain.carry(leaving, 1, 3)
    chain.epoch(2)
    cases.good("a participant leaves and has voted", chain)
    chain.vote(2, proposal, BLANK)
    chain.vote(1, proposal)
    chain.epoch(3)
    cases.good("it stays of the electorate of older decisions", chain)
    assert standing(chain, proposal) == CARRIED
    chain.propose(2, 4, tariff(JULY), organ=COMMUNITY, k8="corv")
    again = chain.propose(1, 9, ["corv", THREE, START + 9], organ=COMMUNITY, k8="corv")
    chain.vote(1, again)
    chain.epoch(4)
    cases.good("one participant is left and decides alone", chain)
    assert standing(chain, again) == CARRIED
    cases.misread("one that left has no vote", chain, changed(12, 11, 2))


def _many(cases):
    """No more than 64 of a member: open under the epoch, and of its log above it."""
    chain = Chain()
    first = [chain.propose(1, 14, None) for _ in range(62)]
    chain.epoch(1)
    chain.propose(1, 14, None, day=0)  # void, and counted all the same
    last = chain.propose(1, 14, None)
    beyond = chain.propose(1, 14, None)
    chain.propose(2, 14, None)
    over = cases.good("a member has at most 64 decisions open; what its log asks for counts, void or not", chain)
    assert standing(chain, last) == OPEN and row(chain, 12, place(chain, beyond)) is None
    chain.carry(first[0], 1, 2, 3)
    chain.epoch(2)
    cases.good("one of them is closed", chain)
    assert standing(chain, first[0]) == CARRIED and row(chain, 12, place(chain, beyond)) is None
    room = [chain.propose(1, 14, None) for _ in range(3)]
    cases.good("room for two under the next epoch, which the third has not", chain)
    assert [standing(chain, one) for one in room[:2]] == [OPEN] * 2
    assert row(chain, 12, place(chain, room[2])) is None
    cases.other("a decision beyond the bound is void", chain, over["digest"])


def make(section):
    cases = Cases(section)
    for part in (
        _plain,
        _certain,
        _deadline,
        _replaced,
        _without_effect,
        _effects,
        _lines,
        _waiting,
        _order_of_ballots,
        _proposals,
        _participants,
        _many,
    ):
        part(cases)
