# SPDX-License-Identifier: EUPL-1.2
"""Histories of state.json with stances and period cuts, Protocol/kinds.md sections 4 and 5."""

from .. import fixture, kinds
from .chain import Cases, Chain, changed, row, without

DECEMBER_2025 = 2025 * 12 + 11
ONE, TWO, THREE = (fixture.oin(number) for number in (1, 2, 3))
WITHDRAWN, DISPUTE, ACCEPT, ESCALATE, CONFIRM = range(5)


def stance(word, quantity=None, provider=ONE, consumer=TWO, month=DECEMBER_2025):
    return [month, "corv", provider, consumer, "bericht", word, quantity]


def epoch_hash(chain, number):
    return chain.state().settled[number].epoch.hash


def cut(chain, number, cells=((0, 0, 0, 13, 13, 0),), month=DECEMBER_2025, parties=(ONE, TWO)):
    columns = [list(column) for column in zip(*cells)] or [[]] * 6
    names = [["corv"], ["bericht"]] if cells else [[], []]
    return [month, *parties, number, epoch_hash(chain, number), *names, columns]


def _stances(cases):
    chain = Chain()
    chain.add(1, kinds.STANCE, stance(DISPUTE, 900))
    first = cases.good("a dispute", chain)
    chain.epoch(3)
    chain.add(1, kinds.STANCE, stance(WITHDRAWN))
    chain.add(2, kinds.STANCE, stance(ACCEPT, 900), commitment=bytes(32))
    cases.good("withdrawn under a later epoch, accepted with a reason", chain)
    cases.other("what was said later stands", chain, first["digest"])
    chain.epoch(4)
    chain.add(1, kinds.STANCE, stance(DISPUTE))
    cases.good("disputed again: since the first time", chain)
    key = [chain.ids[1], "corv", ONE, TWO, "bericht", DECEMBER_2025]
    assert row(chain, 17, key)[1:] == [DISPUTE, None, None, 2, 0]
    cases.misread("the first dispute is in the state", chain, changed(17, 5, 2, key))
    before = chain.digest()
    chain.add(3, kinds.STANCE, stance(DISPUTE))
    chain.add(1, kinds.STANCE, stance(CONFIRM, 12))
    chain.add(1, kinds.STANCE, stance(ACCEPT))
    chain.add(2, kinds.STANCE, stance(ESCALATE), [chain.reference(1, 1)])
    void = cases.good("of a third, confirmed by the provider, without quantity, with a reference: void", chain)
    assert void["digest"] == before
    chain.add(2, kinds.STANCE, stance(CONFIRM, 12))
    cases.good("confirmed by the consumer", chain)


def _cuts(cases):
    chain = Chain()
    chain.epoch(0)
    chain.epoch(5)
    chain.add(1, kinds.CUT, cut(chain, 2))
    cases.good("signed by one", chain)
    chain.add(2, kinds.CUT, cut(chain, 2))
    both = cases.good("signed by both", chain)
    key = [DECEMBER_2025, ONE, TWO, 2]
    assert row(chain, 18, [chain.ids[1], *key])[1] == row(chain, 18, [chain.ids[2], *key])[1]
    before = chain.digest()
    chain.add(1, kinds.CUT, cut(chain, 2, [(0, 0, 0, 14, 13, 0)]))
    chain.add(1, kinds.CUT, [*cut(chain, 1)[:3], 3, *cut(chain, 1)[4:]])
    chain.add(1, kinds.CUT, [*cut(chain, 1)[:4], bytes(32), *cut(chain, 1)[5:]])
    chain.add(1, kinds.CUT, cut(chain, 2, month=DECEMBER_2025 + 1))
    chain.add(3, kinds.CUT, cut(chain, 2))
    chain.add(1, kinds.CUT, cut(chain, 2, parties=(TWO, ONE)))
    void = cases.good("a second, an epoch to come, another hash, a month that goes on, a third, reversed: void", chain)
    assert void["digest"] == before == both["digest"]
    chain.epoch(6)
    chain.add(1, kinds.CUT, cut(chain, 3, [(0, 0, 0, 14, 13, 0), (0, 0, 1, 0, 1, 5)]))
    chain.add(2, kinds.CUT, cut(chain, 1, []))
    cases.good("as of other epochs, counts that are missing or none", chain)


def counted(chain, label, side, quantity, name="bericht", month=DECEMBER_2025):
    """A flush of one cell that ONE provides to TWO."""
    columns = [[0], [0], [1], [0], [month], [side], [quantity], [0], [quantity], [0], [1]]
    chain.add(label, kinds.FLUSH, [["corv"], [ONE, TWO], [name], columns])


def state(chain, label, month=DECEMBER_2025):
    other = TWO if label == 1 else ONE
    chain.add(label, kinds.STATEMENT, {1: month, 2: other, 3: bytes(32), 4: 0, 6: [], 7: [], 8: [[]] * 8})


def _closed(cases):
    chain = Chain()
    chain.epoch(1)
    chain.add(1, kinds.CUT, cut(chain, 1))
    chain.add(2, kinds.CUT, cut(chain, 0 + 1, [(0, 0, 0, 14, 13, 0)]))
    chain.epoch(2)
    cases.good("two cuts that differ close nothing", chain)
    chain.add(1, kinds.CUT, cut(chain, 2))
    chain.add(2, kinds.CUT, cut(chain, 2))
    open_one = cases.good("two that are equal close nothing yet in the overlay", chain)
    chain.epoch(5)
    cases.good("an epoch that covers both closes the month", chain)
    cases.other("the closed month is in the state", chain, open_one["digest"])
    key = [DECEMBER_2025, ONE, TWO]
    assert row(chain, 19, key)[:2] == [1, 2] and row(chain, 19, key)[3] == 3
    cases.misread("signed, not lapsed", chain, changed(19, 0, 2))
    before = chain.digest()
    chain.add(1, kinds.STANCE, stance(DISPUTE, 3))
    chain.add(2, kinds.CUT, cut(chain, 3))
    after = cases.good("stances and cuts come too late", chain)
    assert after["digest"] == before


def _lapsed(cases):
    chain = Chain()
    for label, side, quantity in ((1, 0, 12), (2, 1, 10)):
        counted(chain, label, side, quantity)
    counted(chain, 1, 0, 7, "zorg")
    state(chain, 1)
    chain.epoch(4)
    # Working day 20 after 5 January is 2 February.
    chain.epoch(32)
    cases.good("the last working day of the window", chain)
    assert not row(chain, 19)
    chain.epoch(33)
    cases.good("the window has passed: lapsed, with the cells that both counted", chain)
    assert row(chain, 19, [DECEMBER_2025, ONE, TWO])[:2] == [2, 3]
    counted(chain, 1, 0, 13)
    chain.epoch(34)
    cases.good("what is counted afterwards changes no closed month", chain)
    cases.misread("of its own epoch, not of a later one", chain, changed(19, 1, 4))


def _restated(cases):
    chain = Chain()
    state(chain, 1)
    chain.epoch(4)
    state(chain, 2)
    chain.epoch(25)
    state(chain, 1)
    chain.epoch(50)
    chain.epoch(60)
    cases.good("the window counts from the latest statement", chain)
    assert not row(chain, 19)
    for day in (75, 80, 88):
        state(chain, 1)
        chain.epoch(day)
    cases.good("not yet three windows after the first", chain)
    assert not row(chain, 19)
    chain.epoch(89)
    cases.good("three windows after the first, however often it is stated", chain)
    assert len(row(chain, 19)) == 1


def _stated_early(cases):
    """Who states a month that still runs would else close it before everything is counted."""
    chain = Chain()
    chain.epoch(61)
    state(chain, 1, DECEMBER_2025 + 3)
    chain.epoch(64)
    chain.epoch(80)
    cases.good("a month stated before its end does not lapse", chain)
    assert not row(chain, 19)
    chain.epoch(95)
    state(chain, 1, DECEMBER_2025 + 3)
    chain.epoch(96)
    chain.epoch(124)
    cases.good("stated again after its end: the window counts from there", chain)
    assert not row(chain, 19)
    chain.epoch(130)
    cases.good("and then it lapses", chain)
    assert len(row(chain, 19)) == 1


def _billed(cases):
    chain = Chain()
    counted(chain, 1, 0, 12)
    counted(chain, 2, 1, 10)
    counted(chain, 1, 0, 7, "zorg")
    state(chain, 1)
    state(chain, 2)
    chain.epoch(5)
    chain.epoch(13)
    cases.good("both stated, and the day of billing is to come", chain)
    assert not row(chain, 20)
    chain.epoch(14)
    cases.good("billed from the day on, closed or not", chain)
    key = [DECEMBER_2025, ONE, TWO]
    assert row(chain, 20, [*key, 0])[:2] == [DECEMBER_2025, 3]
    cases.misread("what one side alone counted stands there too", chain, without(20))
    counted(chain, 2, 1, 11)
    chain.epoch(15)
    cases.good("what is not closed is not corrected", chain)
    chain.epoch(50)
    # Lapsed by the same epoch that is the first to bill January.
    cases.good("lapsed, and what changed is billed with January", chain)
    assert len(row(chain, 19)) == 1 and row(chain, 20, [*key, 1])[:2] == [DECEMBER_2025 + 1, 5]
    counted(chain, 1, 0, 13)
    chain.epoch(60)
    once = cases.good("once a month", chain)
    chain.epoch(75)
    cases.good("a change after the close, with February", chain)
    assert row(chain, 20, [*key, 2])[:2] == [DECEMBER_2025 + 2, 7]
    cases.other("corrections are in the state", chain, once["digest"])
    cases.misread("in the documents of February", chain, changed(20, 0, DECEMBER_2025 + 3, [*key, 2]))


def _billed_beside(cases):
    """With a later month of the same two, a change of a closed one is billed at once."""
    chain = Chain()
    chain.carry(chain.propose(1, 13, {1: {**chain.genesis.document[13], 13: 0}}), 1, 2, 3)
    for label, side in ((1, 0), (2, 1)):
        counted(chain, label, side, 10)
        state(chain, label)
    chain.epoch(5)
    cases.good("nothing is billed before it is closed where the day is 0", chain)
    assert not row(chain, 20)
    cells = [(0, 0, 0, 11, 11, 9)]
    number = chain.state().overlay.epoch.number
    for label in (1, 2):
        chain.add(label, kinds.CUT, cut(chain, number, cells))
    chain.epoch(6)
    cases.good("closed: billed at once, what was settled", chain)
    december = [DECEMBER_2025, ONE, TWO]
    assert len(row(chain, 20)) == 1
    for label, side in ((1, 0), (2, 1)):
        counted(chain, label, side, 13)
        counted(chain, label, side, 5, month=DECEMBER_2025 + 1)
    chain.epoch(33)
    waiting = cases.good("late usage waits", chain)
    number += 2
    for label in (1, 2):
        chain.add(label, kinds.CUT, cut(chain, number, [(0, 0, 0, 6, 6, 0)], DECEMBER_2025 + 1))
    chain.epoch(34)
    cases.good("and goes with January, counted on from what was settled", chain)
    assert row(chain, 20, [*december, 1])[0] == DECEMBER_2025 + 1
    cases.other("it is in the state", chain, waiting["digest"])


def _billed_at_the_limit(cases):
    """What was settled and what came since are together more than a count can say."""
    most = 1 << 62
    chain = Chain()
    chain.carry(chain.propose(1, 13, {1: {**chain.genesis.document[13], 13: 0}}), 1, 2, 3)
    chain.epoch(5)
    for label in (1, 2):
        chain.add(label, kinds.CUT, cut(chain, 1, [(0, 0, 0, 0, 0, most + 1)]))
    chain.epoch(6)
    for label, side in ((1, 0), (2, 1)):
        counted(chain, label, side, most)
        chain.add(label, kinds.CUT, cut(chain, 1, [(0, 0, 0, 6, 6, 0)], DECEMBER_2025 - 1))
    chain.epoch(7)
    counted(chain, 1, 0, most)
    chain.epoch(33)
    cases.good("counts stop at the most that a cut can say", chain)


def _spoken(cases):
    """What the organ says of a cell, voting.md section 5, kind 15."""
    payload = [DECEMBER_2025, "corv", ONE, TWO, "bericht", 11]
    chain = Chain()
    counted(chain, 1, 0, 12)
    counted(chain, 2, 1, 8)
    state(chain, 1)
    state(chain, 2)
    chain.carry(chain.propose(1, 15, payload), 1, 2, 3)
    chain.carry(chain.propose(1, 15, [*payload[:4], "zorg", 11]), 1, 2, 3)
    chain.epoch(2)
    cases.good("not handed over, and a cell that nobody counted: without effect", chain)
    assert not row(chain, 21)
    chain.add(2, kinds.STANCE, stance(ESCALATE))
    chain.carry(chain.propose(1, 15, payload), 1, 2, 3)
    chain.epoch(3)
    cases.good("handed over, and the organ has spoken", chain)
    cell = ["corv", ONE, TWO, "bericht", DECEMBER_2025]
    assert row(chain, 21, cell)[2:] == [11, 12, 8]
    cases.misread("beside what both had counted", chain, changed(21, 4, 9))
    counted(chain, 2, 1, 9)
    chain.epoch(14)
    cases.good("billed is what it said and what came since", chain)
    chain.epoch(50)
    cases.good("lapsed with it", chain)
    assert len(row(chain, 19)) == 1
    chain.carry(chain.propose(2, 15, [*payload[:5], 10], 80), 1, 2, 3)
    chain.epoch(51)
    cases.good("a lapse left it open: the organ may speak again", chain)
    assert row(chain, 21, cell)[2:] == [10, 12, 9]
    chain.epoch(75)
    cases.good("which is billed with the next month", chain)


def _named(cases):
    """Few bytes would else make rows of people and months that never were."""
    chain = Chain()
    chain.epoch(5)
    state(chain, 1, DECEMBER_2025 + 1)
    state(chain, 1, DECEMBER_2025 - 71)
    chain.add(2, kinds.STANCE, stance(DISPUTE, month=DECEMBER_2025 - 71))
    before = cases.good("the month that runs, and the 72nd before it", chain)
    stranger = fixture.oin(9)
    for month in (DECEMBER_2025 + 2, DECEMBER_2025 - 72):
        state(chain, 1, month)
        chain.add(2, kinds.STANCE, stance(DISPUTE, month=month))
    chain.add(1, kinds.CUT, cut(chain, 1, month=DECEMBER_2025 - 72))
    chain.add(1, kinds.CUT, cut(chain, 1, parties=(ONE, stranger)))
    statement = {1: DECEMBER_2025, 2: stranger, 3: bytes(32), 4: 0, 6: [], 7: [], 8: [[]] * 8}
    chain.add(1, kinds.STATEMENT, statement)
    chain.add(1, kinds.STANCE, stance(DISPUTE, consumer=stranger))
    void = cases.good("months to come, too long ago, and strangers: void", chain)
    assert void["digest"] == before["digest"]


def make(section):
    cases = Cases(section)
    _stances(cases)
    _cuts(cases)
    _closed(cases)
    _lapsed(cases)
    _restated(cases)
    _stated_early(cases)
    _billed(cases)
    _billed_beside(cases)
    _billed_at_the_limit(cases)
    _spoken(cases)
    _named(cases)
