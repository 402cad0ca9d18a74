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
    _lines(section, fields)
    _joins(section, fields)
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


NAMES = {"Eindhoven": ONE, "MijnGemeenteDichtbij": TWO, "Woerden": THREE, "Helmond": fixture.oin(4)}
WORKED = {"Eindhoven": 226868, "MijnGemeenteDichtbij": 59077, "Woerden": 51460, "Helmond": 90515}
SHARED = {"Eindhoven": -1706715, "MijnGemeenteDichtbij": -444433, "Woerden": -387130, "Helmond": 2538278}


def _amount(made, kind):
    """What the lines of a kind sum to, and the ids of these."""
    lines = [line.split(" ") for line in made["text"].splitlines() if line.startswith("line ")]
    found = [line for line in lines if line[3] == kind]
    return sum(int(line[6]) for line in found), [line[1] for line in found]


def _network(**more):
    """Three founders whose inhabitants are those of the worked example, and a fourth member."""
    figures = [[NAMES[name], "", year, WORKED[name], True] for name in list(WORKED)[:3] for year in (2025, 2026)]
    chain = Chain(k10=[], k11=figures, k12=[], **more)
    four = NAMES["Helmond"]
    chain.carry(chain.invite(1, 4), 1, 2, 3)
    chain.ready(4)
    chain.epoch(1, names=[4])
    chain.carry(chain.propose(1, 7, [[four, "", 2026, WORKED["Helmond"], True]]), 1, 2, 3, 4)
    return chain


def _joins(section, fields):
    """The worked example of settlement.md section 5, and joins under terms of their own."""
    chain, january = _network(), founding.JANUARY_2026
    founders = [[NAMES[name], january] for name in list(WORKED)[:3]]
    sharing = {1: "corv", 2: 12000000, 3: 2026, 4: founders, 5: "S", 6: 2100}
    chain.carry(chain.propose(1, 6, sharing), 1, 2, 3, 4)
    chain.epoch(2)
    chain.carry(chain.propose(1, 9, ["corv", NAMES["Helmond"], OCTOBER_DAY]), 1, 2, 3, 4)
    chain.epoch(300)
    for name, due in SHARED.items():
        made = section.good(f"Helmond joins, {name}", **fields(NAMES[name], base=chain))
        assert _amount(made, "development-share")[0] == due, (name, _amount(made, "development-share"))
    first = section.good("the first charge of Woerden", **fields(THREE, "2026-01", base=chain))
    assert _amount(first, "development-share")[0] == 1830204
    chain.carry(chain.propose(1, 10, ["corv", TWO, OCTOBER_DAY + 40], day=330), 1, 2, 3, 4)
    chain.epoch(310)
    left = section.good("a leaver stays in the key", **fields(TWO, base=chain))
    assert _amount(left, "development-share")[0] == SHARED["MijnGemeenteDichtbij"]
    other = _network()
    founders = [[NAMES[name], january] for name in ("Eindhoven", "Helmond")]
    other.carry(other.propose(1, 6, {**sharing, 4: founders, 8: [[ONE, 500000]]}), 1, 2, 3, 4)
    other.epoch(2)
    for number, name in enumerate(("Woerden", "MijnGemeenteDichtbij")):
        slug_day = START + 31 * (2 + number)
        if name == "Woerden":
            other.carry(other.propose(1, 9, ["corv", NAMES[name], slug_day], day=200), 1, 2, 3, 4)
        else:
            other.carry(other.propose(1, 10, ["corv", TWO, START + 3], day=200), 1, 2, 3, 4)
            other.epoch(90)
            other.carry(other.propose(1, 9, ["corv", TWO, slug_day], day=200), 1, 2, 3, 4)
        other.epoch(80 + 20 * number)
    totals = dict.fromkeys(NAMES, 0)
    months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    for name in NAMES:
        for month in months:
            totals[name] += _amount(
                {"text": settlement_input.statement_text(other.state(), NAMES[name], usage.month_number(month))},
                "development-share",
            )[0]
    totals["Eindhoven"] += 500000
    assert totals == {"Eindhoven": 6361974, "MijnGemeenteDichtbij": 1656674, "Woerden": 1443074, "Helmond": 2538278}
    section.good("another order of joining", **fields(THREE, "2026-03", base=other))
    terms = _network()
    founders = [[NAMES[name], january] for name in list(WORKED)[:3]]
    rows = [[january + 5, None, 0, [105, 100], 120], [january + 8, 9000000, 1, None, None]]
    terms.carry(terms.propose(1, 6, {**sharing, 4: founders, 7: rows}, k6=12000000, k7="fonds"), 1, 2, 3, 4)
    terms.epoch(2)
    terms.carry(terms.propose(1, 9, ["corv", NAMES["Helmond"], OCTOBER_DAY]), 1, 2, 3, 4)
    terms.epoch(300)
    section.good("a join by the key of its own year and another total", **fields(NAMES["Helmond"], base=terms))
    bare = Chain(k10=[], k12=[])
    sharing = {1: "corv", 2: 12000000, 3: 2024, 4: [[ONE, january + 9], [TWO, january + 9]], 5: "S", 6: 2100}
    bare.carry(bare.propose(1, 6, sharing), 1, 2, 3)
    bare.epoch(2)
    section.bad("no figure of the key year", "inhabitants-missing", **fields(ONE, base=bare))
    section.bad("nor of the other", "inhabitants-missing", **fields(TWO, base=bare))
    section.good("whom it does not concern", **fields(CUSTOMER, base=bare))


def _lines(section, fields):
    """Lines by decision of every kind, an advance carried back, figures that become final."""
    chain, october = _network(), OCTOBER
    split = [[ONE, 50], [TWO, 25], [THREE, 25]]
    line = {1: 3, 2: 0, 3: october, 4: 9250000, 5: split, 6: "S", 7: 2100, 9: "Startkosten"}
    four = NAMES["Helmond"]
    lines = [
        (line, {}),
        ({1: 1, 2: 0, 3: october, 4: 250000, 5: [[four, 1]], 6: "O", 7: 0}, {}),
        ({1: 2, 2: 0, 3: october, 4: 99999999, 5: [[ONE, 1]], 6: "E VATEX-EU-132", 7: 0}, {}),
        ({1: 4, 2: 1, 3: october, 4: 120001, 5: [[ONE, 1], [TWO, 1]], 6: "S", 7: 2100, 8: "corv"}, {"k6": 120001, "k7": "fonds"}),
        ({1: 5, 2: 0, 3: october - 1, 4: 100000, 5: [[THREE, 1]], 6: "S", 7: 2100, 10: october}, {}),
        ({1: 5, 2: 0, 3: october - 1, 4: 7, 5: [[ONE, 1], [THREE, 0]], 6: "Z", 7: 0}, {}),
    ]
    for payload, more in lines:
        last = chain.propose(1, 18, payload, **more)
        chain.carry(last, 1, 2, 3, 4)
    chain.epoch(2)
    before = section.good("an advance not carried back", **fields(ONE, base=chain))
    chain.carry(chain.propose(2, 19, [chain.ids[last[0]], last[1], october]), 1, 2, 3, 4)
    chain.epoch(4)
    made = section.good("a fixed split, an exit charge at its cap, an advance carried back", **fields(ONE, base=chain))
    assert _amount(made, "fixed-split")[0] == 4625000 and _amount(made, "advance-settlement")[0] == -7
    assert _amount(made, "exit-charge")[0] == 226868 * 35 and _amount(made, "by-decision")[0] == 60001
    assert made["text"] != before["text"]
    paid = section.good("an entrance fee", **fields(four, base=chain))
    assert _amount(paid, "entrance-fee")[0] == 250000
    back = section.good("an advance carried back as it said", **fields(THREE, base=chain))
    assert _amount(back, "advance-settlement")[0] == -100000
    section.good("when it was asked", **fields(THREE, "2026-09", base=chain))
    section.bad(
        "the advance still stands", "statement-text", **fields(ONE, base=chain, claimed=before["text"])
    )
    late = Chain(k10=[], k12=[])
    late.carry(late.propose(1, 7, [[ONE, "GM0772", 2026, 250000, True]]), 1, 2, 3)
    late.epoch(100)
    april = section.good("last year's figures until the final ones", **fields(ONE, "2026-03", base=late))
    assert _amount(april, "contribution-correction") == (0, [])
    section.bad(
        "final figures before they are known",
        "statement-text",
        **fields(ONE, "2026-03", base=late, claimed=april["text"].replace("718792", "729167")),
    )
    corrected = section.good("and corrected once", **fields(ONE, "2026-04", base=late))
    due = [(count * 35 * k * 2 + 12) // 24 for count, k in ((250000, 3), (246443, 3))]
    assert _amount(corrected, "contribution-correction")[0] == due[0] - due[1], corrected["text"]
    without = corrected["text"].replace("contribution-correction", "contribution", 1)
    section.bad("a correction is no contribution", "statement-text", **fields(ONE, "2026-04", base=late, claimed=without))
    section.bad(
        "corrected again", "statement-text", **fields(ONE, "2026-05", base=late, claimed=corrected["text"])
    )
    two = Chain(k10=[], k11=[[ONE, "GM0772", 2025, 100, True], [ONE, "GM0773", 2025, 100, True]], k12=[])
    two.carry(two.propose(1, 7, [[ONE, "GM0772", 2026, 300, True]]), 1, 2, 3)
    two.epoch(100)
    half = section.good("one municipality of two is final", **fields(ONE, "2026-06", base=two))
    assert _amount(half, "contribution")[0] == (7000 * 6 + 6) // 12 - (7000 * 5 + 6) // 12
    section.bad(
        "half of the figures", "statement-text", **fields(ONE, "2026-06", base=two, claimed=half["text"].replace(" 583 ", " 875 "))
    )
    two.carry(two.propose(1, 7, [[ONE, "GM0773", 2026, 300, True]], day=150), 1, 2, 3)
    two.epoch(160)
    section.good("both are", **fields(ONE, "2026-06", base=two))
