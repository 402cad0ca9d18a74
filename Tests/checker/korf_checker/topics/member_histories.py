# SPDX-License-Identifier: EUPL-1.2
"""Histories of state.json about members and their logs, Protocol/membership.md."""

from .. import cbor, fixture
from ..crypto import sha256
from .chain import AGAINST, START, Cases, Chain, changed, row, without
from .decided_histories import CARRIED, ONE, THREE, TWO, WITHOUT_EFFECT, place, standing, tally

FOUR = fixture.oin(4)
CANDIDATE, MEMBER, LEAVING, ENDED = range(4)


def member(chain, oin):
    """[standing, since, votes] or None."""
    value = row(chain, 2, oin)
    return value and value[5:]


def _admission(cases):
    chain = Chain()
    older = chain.propose(2, 14, None, day=60)
    invited = chain.invite(1, 4)
    chain.add(4, 1, [START])
    chain.propose(4, 14, None)
    cases.good("a candidate, from the proposal on", chain)
    assert member(chain, FOUR) == [CANDIDATE, 0, False]
    chain.epoch(1)
    chain.ready(4, digest=bytes(32))
    chain.add(4, 3, [2, chain.state().settled[1].epoch.hash, bytes(32)])
    chain.add(1, 3, [0, chain.genesis.network, chain.state().settled[0].epoch.digest])
    wrong = cases.good("ready of another digest, of an epoch to come, of a member: void", chain)
    assert row(chain, 14, chain.ids[4])[4] == 0
    chain.carry(invited, 1, 2)
    adopted = chain.epoch(2)
    cases.good("adopted, not ready", chain)
    assert standing(chain, invited) == CARRIED and member(chain, FOUR) == [CANDIDATE, 0, False]
    chain.ready(4, 1)
    cases.good("ready, in the overlay", chain)
    cases.other("a ready counts", chain, wrong["digest"])
    chain.epoch(3)
    cases.good("an epoch that does not name the log yet", chain)
    chain.add(4, 1, [START + 1])
    chain.epoch(4, names=[4], _4=6)
    cases.good("a member; what it wrote as a candidate stays void", chain)
    assert member(chain, FOUR) == [MEMBER, 4, True] and adopted == 2
    chain.add(4, 1, [START + 2])
    newer = chain.propose(4, 14, None)
    chain.vote(4, newer)
    chain.vote(4, older)
    chain.ready(4)
    cases.good("it writes, proposes, and votes on newer decisions", chain)
    assert tally(chain, newer) == [1, 0, 0] and tally(chain, older) == [0, 0, 0]
    cases.misread("an older electorate", chain, changed(12, 8, 1, place(chain, older)))
    cases.misread("candidates have a heartbeat", chain, without(9))
    cases.misread("since the epoch that admits", chain, changed(2, 6, 0, FOUR))
    chain.epoch(5)
    cases.good("four members", chain)
    cases.misread("logs of newcomers are in the state", chain, without(14))


def _at_once(cases):
    """Invitation, ballots and ready covered by one epoch."""
    chain = Chain()
    invited = chain.invite(3, 4)
    chain.carry(invited, 1, 2, 3)
    chain.ready(4)
    chain.epoch(1, names=[4])
    cases.good("invited, ready and admitted by one epoch", chain)
    assert member(chain, FOUR) == [MEMBER, 1, True]
    chain.edit(4, "corv", registers=[[1, "x", []]])
    chain.carry(chain.propose(1, 9, ["corv", FOUR, START + 1]), 1, 2, 3)
    chain.epoch(2)
    chain.edit(4, "corv", registers=[[1, "y", []]])
    cases.good("no right at first, then a participant", chain)
    assert len(row(chain, 4)) == 1
    cases.misread("the newcomer votes", chain, changed(2, 7, False, FOUR))


def _invitations(cases):
    chain = Chain()
    first = chain.invite(1, 4)
    second = chain.invite(2, "4b", fixture.card(4, "other four"), 4)
    same = chain.propose(3, 1, fixture.card_bytes(4))
    known = chain.propose(3, 1, fixture.card_bytes(1, "new one"))
    chain.ready(4)
    chain.ready("4b")
    cases.good("invited three times, with two cards; and a member invited", chain)
    assert len(row(chain, 14)) == 2
    chain.carry(second, 1, 2)
    chain.epoch(1)
    cases.good("one adopted: the row is its", chain)
    chain.carry(first, 1, 2)
    chain.carry(same, 1, 2)
    chain.carry(known, 1, 2)
    chain.epoch(2)
    cases.good("the others carried without effect, their log gone", chain)
    assert [standing(chain, one) for one in (first, same, known)] == [WITHOUT_EFFECT] * 3
    assert list(row(chain, 14)) == [cbor.encode(chain.ids["4b"])]
    chain.epoch(3, names=["4b"])
    cases.good("admitted by the second card", chain)
    assert member(chain, FOUR) == [MEMBER, 3, True]
    other = sha256(fixture.card_bytes(4))
    cases.misread("the card of the adopted invitation", chain, changed(2, 0, other, FOUR))
    lost = Chain()
    place_of = lost.invite(1, 4, day=2)
    lost.ready(4)
    lost.add(4, 1, [START], [(lost.ids[1], 99, bytes(32))])
    lost.vote(2, place_of, AGAINST)
    shown = cases.good("a candidate before the decision", lost)
    lost.epoch(3)
    cases.good("not carried: nothing is left of it", lost)
    assert member(lost, FOUR) is None and not row(lost, 14) and not row(lost, 8)
    cases.other("the candidate is no more", lost, shown["digest"])
    full = Chain()
    full.invite(1, 4)
    for _ in range(15):
        full.add(4, 1, [START])
    sixteen = cases.good("sixteen entries of a candidate", full)
    full.ready(4)
    full.edit(1, "corv", [full.reference(4, 16)], registers=[[1, "waits", []]])
    over = cases.good("the seventeenth does not count, who names it waits", full)
    assert row(full, 14, full.ids[4])[4] == 0 and len(row(full, 8)) == 1
    cases.other("who names it waits", full, sixteen["digest"])
    cases.misread("a seventeenth entry", full, changed(14, 4, 17))
    full.convict(4)
    cases.good("a candidate that forks is suspended", full)
    cases.other("suspended", full, over["digest"])


def _exit(cases):
    chain = Chain()
    open_one = chain.propose(1, 14, None, day=200)
    leaves = chain.propose(3, 2, [THREE, START + 20])
    chain.add(3, 4, [])
    chain.add(3, 1, [START])
    chain.carry(leaves, 1, 2, 3)
    chain.epoch(1)
    cases.good("leaving; a final before that is void", chain)
    assert member(chain, THREE) == [LEAVING, 1, False]
    chain.vote(3, open_one)
    chain.add(3, 1, [START + 1])
    chain.propose(3, 14, None)
    chain.vote(3, chain.propose(1, 14, None))
    again = chain.propose(2, 2, [THREE, START + 90])
    chain.carry(again, 1, 2)
    leaving = cases.good("it writes and votes on older decisions, not on newer ones", chain)
    assert tally(chain, open_one) == [1, 0, 0]
    chain.epoch(2)
    cases.good("no exit twice", chain)
    assert standing(chain, again) == WITHOUT_EFFECT
    chain.add(3, 4, [0])
    chain.add(3, 1, [START + 2])
    chain.add(3, 4, [])
    chain.add(3, 1, [START + 3])
    chain.add(3, 1, [START + 4], [(chain.ids[1], 99, bytes(32))])
    cases.good("nothing counts above its final", chain)
    assert row(chain, 9, chain.ids[3]) == START + 2 and not row(chain, 8)
    cases.misread("an entry above the final", chain, without(9))
    chain.epoch(3, _3=len(chain.entries[3]) - 2)
    cases.good("ended by its final", chain)
    early = Chain()
    past = early.propose(1, 2, [THREE, START - 1])
    early.carry(past, 1, 2, 3)
    early.epoch(1)
    cases.good("a last date before the epoch that closes the exit", early)
    assert standing(early, past) == WITHOUT_EFFECT and member(early, THREE)[0] == MEMBER
    assert member(chain, THREE) == [ENDED, 3, False]
    cases.other("ended", chain, leaving["digest"])
    cases.misread("ended, not leaving", chain, changed(2, 5, LEAVING, THREE))
    late = Chain()
    leaves = late.propose(3, 2, [THREE, START + 20])
    late.carry(leaves, 1, 2)
    late.epoch(1)
    late.add(3, 1, [START + 15])
    late.epoch(20)
    cases.good("leaving until the last date", late)
    assert member(late, THREE) == [LEAVING, 1, False]
    late.add(3, 1, [START + 20])
    late.epoch(21, _3=3)
    cases.good("ended by the date", late)
    assert member(late, THREE) == [ENDED, 3, False] and row(late, 9, late.ids[3]) == START + 15
    cases.misread("after the last date", late, lambda rows: [
        [9, one[1], START + 20] if one[0] == 9 else one for one in rows
    ])
    back = late.propose(1, 1, fixture.card_bytes(3))
    late.carry(back, 1, 2)
    late.epoch(22, _3=3)
    cases.good("nobody comes back under one OIN", late)
    assert standing(late, back) == WITHOUT_EFFECT


def _expulsion(cases):
    chain = Chain(4)
    older = chain.propose(1, 14, None, day=200)
    chain.vote(4, older, final=False)
    own = chain.propose(4, 14, None, day=200)
    expelled = chain.propose(1, 3, [FOUR])
    chain.carry(expelled, 1, 2, 3)
    chain.edit(1, "corv", [(chain.ids[4], 9, bytes(32))], registers=[[1, "x", []]])
    before = cases.good("about to be expelled", chain)
    chain.epoch(1)
    chain.add(4, 1, [START + 1])
    chain.vote(4, older, AGAINST, replaced=1)
    chain.edit(2, "corv", [chain.reference(4, 3)], registers=[[5, 1, []]])
    cases.good("expelled and still writing: nothing above counts, who names it waits", chain)
    assert member(chain, FOUR) == [ENDED, 1, False] and tally(chain, older) == [1, 0, 0]
    assert not row(chain, 9) and len(row(chain, 8)) == 2
    cases.other("expelled", chain, before["digest"])
    cases.misread("an expelled member's ballot stays", chain, changed(12, 8, 0, place(chain, older)))
    chain.carry(older, 1, 2, 3)
    chain.carry(own, 1, 2, 3)
    chain.succeed("4b", 4, 3)
    chain.epoch(2, _4=3)
    cases.good("its open proposal is decided, its successor is nobody's", chain)
    assert standing(chain, own) == standing(chain, older) == CARRIED and tally(chain, older) == [4, 0, 0]
    assert not row(chain, 14)
    two = chain.propose(1, 3, [TWO])
    flag = chain.propose(1, 11, [THREE, False])
    chain.carry(two, 1, 2, 3)
    chain.carry(flag, 1, 2, 3)
    chain.epoch(3, _4=3)
    one = chain.propose(1, 2, [ONE, START + 100])
    last = chain.propose(1, 11, [ONE, False])
    back = chain.propose(1, 11, [THREE, True])
    for proposal in (one, last, back):
        chain.carry(proposal, 1, 3)
    cases.good("a member without the voting flag", chain)
    assert member(chain, THREE) == [MEMBER, 0, False]
    cases.misread("a member without the flag votes on decisions", chain, changed(12, 11, 1))
    chain.epoch(4, _2=chain.epochs[-1][2][2], _4=3)
    cases.good("the last voter stays, the flag is given back", chain)
    assert [standing(chain, p) for p in (one, last, back)] == [WITHOUT_EFFECT, WITHOUT_EFFECT, CARRIED]
    cases.misread("without effect", chain, changed(2, 5, LEAVING, ONE))


def _small(cases):
    chain = Chain()
    chain.add(1, 6, [2])
    chain.add(1, 6, [1])
    chain.add(2, 6, [1])
    chain.add(2, 5, [chain.ids[1], 1, bytes(32)])
    chain.add(3, 6, [1], [chain.reference(1, 0)])
    chain.add(3, 6, [-1])
    chain.add(3, 5, [chain.ids[1], 1])
    chain.add(3, 4, [])
    chain.add(3, 3, [0])
    made = cases.good("supported rule versions", chain)
    assert len(row(chain, 16)) == 2
    cases.misread("the largest version holds", chain, without(16))
    chain.epoch(1, version=2)
    cases.good("an epoch of a later rule version", chain)
    assert row(chain, 1, 0)[2] == 2
    cases.other("the rule version is in the state", chain, made["digest"])


def make(section):
    cases = Cases(section)
    for part in (_admission, _at_once, _invitations, _exit, _expulsion, _small):
        part(cases)
