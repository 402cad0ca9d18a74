# SPDX-License-Identifier: EUPL-1.2
"""Histories of state.json with stances and period cuts, Protocol/kinds.md sections 4 and 5."""

from .. import fixture, kinds
from .chain import Cases, Chain, changed, row

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


def make(section):
    cases = Cases(section)
    _stances(cases)
    _cuts(cases)
