# SPDX-License-Identifier: EUPL-1.2
"""statement-input.json"""

from .. import fixture, founding, settlement_input, tree, usage
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal
from .chain import START, Chain
from .history import History, read_history
from .kinds_topic import flush, statement

SOURCE = "Protocol/settlement-input.md"
OCTOBER = founding.JANUARY_2026 + 9
OCTOBER_DAY = 20727
ONE, TWO, THREE, CUSTOMER = fixture.oin(1), fixture.oin(2), fixture.oin(3), "veilig-thuis-01"


def check(case):
    made = read_history(case)
    month = usage.month_number(case["month"])
    found = {
        "input": settlement_input.StatementInput(made).case(case["party"], month),
        "text": settlement_input.statement_text(made, case["party"], month),
    }
    if "claimed" in case and case["claimed"] != found["text"]:
        raise Refusal("statement-text")
    return found


SECTIONS = {"": check}


def _history():
    history = History(genesis=founding.data(3, k3=OCTOBER_DAY + 10))
    corv = {"applications": ["corv"], "parties": [ONE, TWO], "classes": ["bericht"]}
    history.add(1, 96, flush([(0, 0, 1, 0, OCTOBER, 0, 2010, 10, 2010, 10, 1)], **corv))
    history.add(2, 96, flush([(0, 0, 1, 0, OCTOBER, 1, 1999, 0, 1999, 0, 1)], **corv))
    return history


def make():
    section, history = Section(check), _history()

    def fields(party, month="2026-10", base=None, **more):
        return {"party": party, "month": month, **(base or history).fields(), **more}

    one = section.good("a provider, within tolerance", **fields(ONE))
    section.good("a consumer", **fields(TWO))
    section.good("a customer that is no member", **fields(CUSTOMER))
    section.bad(
        "the consumer's is not the provider's", "statement-text", **fields(TWO, claimed=one["text"])
    )
    section.bad("a member without inhabitants", "inhabitants-missing", **fields(THREE))
    section.bad("nobody known", "unknown-party", **fields(fixture.oin(9)))
    history.add(
        1, 97, statement([(0, 0, 0, 2010, 10, 2010, 10, 5)], k1=OCTOBER, k3=sha256(b"one"), k4=2000)
    )
    history.add(
        2, 97, statement([(0, 0, 1, 2000, 0, 2000, 0, 5)], k1=OCTOBER, k2=ONE, k3=sha256(b"two"), k4=2000)
    )
    section.good("stated, equal counts, other content", **fields(ONE))
    history.add(
        1, 97, statement([(0, 0, 0, 2010, 10, 2010, 10, 5)], k1=OCTOBER, k3=sha256(b"two"), k4=2000)
    )
    section.good("stated anew, the same content", **fields(ONE))
    section.bad("the statement before the correction", "statement-text", **fields(ONE, claimed=one["text"]))
    other = _history()
    other.add(
        1,
        96,
        [
            ["corv", "onbekend"],
            [ONE, TWO, fixture.oin(8)],
            ["bericht", "zorg"],
            [
                [0, 0, 0, 1],
                [0, 0, 0, 0],
                [0, 1, 2, 1],
                [0, 1, 0, 0],
                [OCTOBER] * 4,
                [0] * 4,
                [7, 8, 9, 9],
                [0] * 4,
                [7, 8, 9, 9],
                [0] * 4,
                [2] * 4,
            ],
        ],
    )
    founded = other.add(2, 65, ["zaak", "Zaaksysteem"])
    identifier = f"zaak-{tree.leaf_hash(other.entries[2][founded]).hex()[:8]}"
    other.add(
        2,
        96,
        [
            [identifier],
            [ONE, TWO],
            ["bericht"],
            [[0], [1], [0], [0], [OCTOBER], [0], [5], [0], [5], [0], [9]],
        ],
    )
    section.good(
        "own use, no tariff, not a party, unknown and founded application", **fields(TWO, base=other)
    )
    section.good("the other side of it", **fields(ONE, base=other))
    low = _history()
    low.add(
        2,
        96,
        flush(
            [(0, 0, 1, 0, OCTOBER, 1, 5000, 0, 5000, 0, 2)],
            **{"applications": ["corv"], "parties": [ONE, TWO], "classes": ["bericht"]},
        ),
    )
    section.good("a difference, disputed", **fields(ONE, base=low))
    section.bad(
        "the higher count is not billed", "statement-text", **fields(ONE, base=low, claimed=one["text"])
    )
    for name, (ours, theirs) in (("the largest count", (10**12, 2**62)), ("counts beyond it", (10**12 + 1, 2**62))):
        absurd = History(genesis=founding.data(3))
        for author, side, count in ((1, 0, ours), (2, 1, theirs)):
            cells = [(0, 0, 1, 0, OCTOBER, side, count, 0, count, 0, 1)]
            absurd.add(author, 96, flush(cells, ["corv"], [ONE, TWO], ["bericht"]))
        section.good(name, **fields(ONE, base=absurd))
    _closed(section, fields)
    _decided(section, fields)
    return {"": section}


def _closed(section, fields):
    """January, counted unequally, agreed on, signed, and counted on."""
    january = founding.JANUARY_2026
    corv = {"applications": ["corv"], "parties": [ONE, TWO], "classes": ["bericht"]}

    def count(chain, label, quantity):
        chain.add(
            label, 96, flush([(0, 0, 1, 0, january, label - 1, quantity, 0, quantity, 0, 1)], **corv)
        )

    def counted():
        chain = Chain()
        count(chain, 1, 1400)
        count(chain, 2, 900)
        chain.epoch(32)
        chain.add(1, 97, statement((), k1=january, k4=0, k6=[], k7=[]))
        chain.epoch(33)
        return chain

    chain = counted()
    before = section.good("counted unequally, open", **fields(TWO, "2026-01", base=chain))
    chain.add(1, 98, [january, "corv", ONE, TWO, "bericht", 2, 900])
    epoch = chain.state().settled[2].epoch
    cells = [[0], [0], [0], [1401], [901], [901]]
    for label in (1, 2):
        chain.add(label, 99, [january, ONE, TWO, 2, epoch.hash, ["corv"], ["bericht"], cells])
    section.good("signed by both, not covered", **fields(TWO, "2026-01", base=chain))
    chain.epoch(35)
    count(chain, 1, 1500)
    settled = section.good("closed at what they settled on, counted on", **fields(TWO, "2026-01", base=chain))
    assert "matched 900 900 900" in settled["text"] and settled["text"] != before["text"]
    section.bad(
        "a closed month stays as it was signed",
        "statement-text",
        **fields(TWO, "2026-01", base=chain, claimed=before["text"]),
    )
    lapsed = counted()
    lapsed.epoch(70)
    count(lapsed, 2, 1300)
    after = section.good("lapsed, counted on by the lower side", **fields(TWO, "2026-01", base=lapsed))
    assert after["text"] == before["text"]


def _decided(section, fields):
    """Rules that decisions changed, a newcomer, a member that left, a log and its successor."""
    chain, four = Chain(), fixture.oin(4)
    chain.carry(chain.propose(1, 2, [THREE, START + 40]), 1, 2, 3)
    chain.carry(chain.propose(1, 10, ["corv", TWO, OCTOBER_DAY + 3]), 1, 2, 3)
    invited = chain.invite(1, 4)
    chain.carry(invited, 1, 2, 3)
    chain.ready(4)
    cells = [(0, 0, 1, 0, OCTOBER, 0, 700, 0, 700, 0, 1)]
    chain.add(1, 96, flush(cells, ["corv"], [ONE, four], ["zorg"]))
    chain.epoch(1, names=[4])
    section.bad("a newcomer without inhabitants", "inhabitants-missing", **fields(four, base=chain))
    for kind, payload in [
        (4, ["corv", "zorg", OCTOBER, None, [[100, 50000], [None, 20000]], "S", 2100, None]),
        (5, [2025, 100000, "O", 0]),
        (6, {1: "corv", 2: 900000, 3: 2025, 4: [[ONE, OCTOBER - 1], [four, OCTOBER]], 5: "S", 6: 2100}),
        (7, [[four, "", 2025, 50000, True], [four, "", 2026, 50000, True]]),
        (9, ["corv", four, OCTOBER_DAY]),
        (13, {1: {**chain.genesis.document[13], 2: 100000}}),
    ]:
        chain.carry(chain.propose(2, kind, payload), 1, 2, 4)
    chain.epoch(2)
    before = section.good("one side only", **fields(four, base=chain))
    chain.succeed("1b", 1, len(chain.entries[1]))
    cells = [(0, 0, 1, 0, OCTOBER, 0, 30, 0, 30, 0, 1)]
    chain.add("1b", 96, flush(cells, ["corv"], [ONE, four], ["zorg"]))
    cells = [(0, 0, 1, 0, OCTOBER, 1, 729, 0, 729, 0, 1)]
    chain.add(4, 96, flush(cells, ["corv"], [ONE, four], ["zorg"]))
    chain.epoch(45, names=["1b"])
    name = "decided: tariff, contribution, cost sharing, inhabitants, joining"
    made = section.good(name, **fields(four, base=chain))
    section.good("the other side of it, from two logs", **fields(ONE, base=chain))
    section.good("left the application", **fields(TWO, base=chain))
    section.good("a member that left", **fields(THREE, base=chain))
    section.bad("one side only is not both", "statement-text", **fields(four, base=chain, claimed=before["text"]))
    text = made["text"].replace("729", "730", 1)
    section.bad("the provider's count", "statement-text", **fields(four, base=chain, claimed=text))
