# SPDX-License-Identifier: EUPL-1.2
"""state.json"""

from .. import cbor, fixture, log, state, tree
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal
from . import decided_histories, fork_histories, member_histories, settling_histories
from .history import History, check_history
from .kinds_topic import flush, statement

SOURCE = "Protocol/state.md"
MONTH = 2026 * 12


def check_rows(case):
    found = state.digest([bytes.fromhex(row) for row in case["rows"]]).hex()
    if "claimed" in case and case["claimed"] != found:
        raise Refusal("state-digest")
    return {"digest": found}


SECTIONS = {"rows": check_rows, "histories": check_history}


def _rows():
    section = Section(check_rows)
    rows = [cbor.encode([9, sha256(bytes([number])), 20000 + number]).hex() for number in range(64)]
    section.good("none", rows=[])
    section.good("one", rows=rows[:1])
    section.good("one of another table", rows=[cbor.encode([1, 0, [bytes(32), 0, 1]]).hex()])
    for count in (2, 3, 8, 64):
        section.good(f"{count}", rows=rows[:count])
    near = _near_rows()
    section.good("two that share many bits", rows=near)
    full = section.good("order of rows is free", rows=rows[:8][::-1])
    assert full["digest"] == check_rows({"rows": rows[:8]})["digest"]
    section.bad("none is not H of nothing", "state-digest", rows=[], claimed=sha256(b"").hex())
    section.bad(
        "one without prefix", "state-digest", rows=rows[:1], claimed=sha256(bytes.fromhex(rows[0])).hex()
    )
    section.bad("a row short", "state-digest", rows=rows[:7], claimed=full["digest"])
    section.bad(
        "an RFC 6962 tree",
        "state-digest",
        rows=rows[:8],
        claimed=tree.root([tree.leaf_hash(bytes.fromhex(row)) for row in rows[:8]]).hex(),
    )
    section.bad(
        "a value changed",
        "state-digest",
        rows=[cbor.encode([9, sha256(b"\0"), 1]).hex(), *rows[1:8]],
        claimed=full["digest"],
    )
    section.bad(
        "two rows of one key", "row-twice", rows=[rows[0], cbor.encode([9, sha256(b"\0"), 1]).hex()]
    )
    return section


def _near_rows():
    """Two rows whose positions agree in the first 14 bits or more."""
    seen = {}
    for number in range(100_000):
        position = sha256(cbor.encode([11, [bytes(32), number]]))[:2]
        prefix = (position[0] << 8 | position[1]) >> 2
        if prefix in seen:
            return [cbor.encode([11, [bytes(32), n], bytes(32)]).hex() for n in (seen[prefix], number)]
        seen[prefix] = number
    raise AssertionError("no near positions")


def _registers(section):
    history = History()
    section.good("founders alone", **history.fields())
    section.good("logs not begun", **history.fields({1: 0, 2: 0, 3: 0}))
    first = history.edit(1, "corv", registers=[[1, "CORV", []], [5, 2, []]])
    second = history.edit(2, "corv", registers=[[1, "Corv", []]])
    conflict = section.good("two names at once are a conflict", **history.fields())
    history.edit(1, "corv", registers=[[5, 3, []]])
    section.good("a writer replaces its own", **history.fields())
    history.edit(1, "corv", [history.reference(2, second)], registers=[[1, "CORV berichten", [0]]])
    solved = section.good("an edit that names the other resolves", **history.fields())
    section.good("the resolving edit waits for what it names", **history.fields({2: 1}))
    history.edit(2, "corv", registers=[[1, "Corv opnieuw", []]])
    section.good("a write after the resolution is a conflict again", **history.fields())
    history.edit(
        2, "corv", [history.reference(1, first)], registers=[[1, None, [0]], [[20, "nl"], "Berichten", []]]
    )
    section.good("a field emptied, a qualified one written", **history.fields())
    section.bad(
        "the conflict is not the resolution", "state-digest", **history.fields(), claimed=conflict["digest"]
    )
    section.bad("later writes count", "state-digest", **history.fields(), claimed=solved["digest"])


def _sets(section):
    history = History()
    added = history.edit(1, "corv", additions=[[41, "Excel"], [46, "nl"]])
    history.edit(2, "corv", additions=[[41, "Excel"]])
    both = section.good("one element added twice", **history.fields())
    history.edit(2, "corv", [history.reference(1, added)], removals=[[41, "Excel", [0]], [46, "nl", []]])
    section.good("removed where named, and one's own", **history.fields())
    history.edit(1, "corv", additions=[[41, "Excel"]])
    section.good("added again after the removal", **history.fields())
    history.edit(1, "corv", additions=[[43, "web"]], removals=[[43, "web", []]])
    section.good("added and removed by one entry", **history.fields())
    history.edit(2, "corv", removals=[[49, "nooit", []]])
    section.good("removal of what was never there", **history.fields())
    section.bad("removals count", "state-digest", **history.fields(), claimed=both["digest"])


def _rights(section):
    history = History()
    before = section.good("nothing yet", **history.fields())
    history.edit(3, "corv", registers=[[1, "van een ander", []]])
    history.add(3, 999, ["unknown kind"], [history.reference(1, 0)])
    history.add(3, 33, [0])
    history.add(3, 64, {1: "corv"})
    history.add(3, 0, [bytes(32), fixture.oin(3), bytes(32), bytes(32)])
    history.add(3, 1, [84006])
    history.add(3, 999, 0, [(history.ids[1], 99, bytes(32))])
    history.add(3, 64, {1: "corv"}, [(history.ids[1], 99, bytes(32))])
    history.edit(3, "subsidie", [(history.ids[1], 0, bytes(32))], registers=[[1, "other leaf", [0]]])
    history.edit(2, "subsidie", [history.reference(2, 0)], registers=[[1, "own log named", [0]]])
    void = section.good("void entries leave no row", **history.fields())
    assert void["digest"] == before["digest"]
    contradicted = [(history.ids[1], 0, bytes(32)), (history.ids[1], 99, bytes(32))]
    history.edit(2, "subsidie", contradicted, registers=[[1, "void though one is missing", []]])
    assert (
        section.good("contradicted and missing is void", **history.fields())["digest"] == before["digest"]
    )
    history.edit(3, "corv", [(history.ids[1], 99, bytes(32))], registers=[[1, "no right, but waits", []]])
    section.good("an edit without right waits for its reference", **history.fields())
    section.bad("what waits is in the digest", "state-digest", **history.fields(), claimed=before["digest"])


def _foundings(section):
    history = History()
    index = history.add(3, 65, ["zaak", "Zaaksysteem"])
    identifier = f"zaak-{tree.leaf_hash(history.entries[3][index]).hex()[:8]}"
    section.good("founded", **history.fields())
    history.edit(3, identifier, registers=[[1, "Zaak", []]])
    history.edit(1, identifier, registers=[[1, "not a participant", []]])
    section.good("the founder edits, another may not", **history.fields())
    waits = section.good("the founding not yet held", **history.fields({3: 1}))
    history.edit(2, "onbekend", registers=[[1, "x", []]])
    section.good("an unknown application waits", **history.fields())
    section.bad(
        "founding makes the edit count", "state-digest", **history.fields(), claimed=waits["digest"]
    )
    chain = History()
    one = chain.edit(1, "corv", registers=[[1, "a", []]])
    two = chain.edit(2, "corv", [chain.reference(1, one)], registers=[[1, "b", [0]]])
    chain.edit(1, "corv", [chain.reference(2, two)], registers=[[1, "c", [0]]])
    section.good("a chain of three", **chain.fields())
    section.good("a reference to an entry that waits itself", **chain.fields({1: 1}))
    section.good("the middle not held", **chain.fields({2: 1}))


def _small(section):
    history = History()
    history.add(1, 1, [20600])
    history.add(1, 1, [20500])
    section.good("the largest heartbeat holds", **history.fields())
    history.add(1, 32, [[sha256(b"pin 1")], ["a.example:8443"]])
    history.add(1, 32, [[sha256(b"pin 2"), sha256(b"pin 3")], []])
    history.add(2, 32, [[], []])
    section.good("the newest contact holds", **history.fields())
    text = history.edit(1, "corv", registers=[[1, "met toelichting", []]])
    history.add(1, 1, [20601], commitment=log.commitment(bytes(32), b"tekst"))
    history.add(1, 2, [text + 1])
    history.add(1, 2, [text])
    section.good("a text destroyed, another that never was", **history.fields())


def _usage(section):
    history = History()
    one, two = fixture.oin(1), fixture.oin(2)
    cell = (0, 0, 1, 0, MONTH, 0)
    alone = {"applications": ["corv"], "parties": [one, two], "classes": ["bericht"]}
    history.add(1, 96, flush([(*cell, 100, 0, 200, 0, 40)], **alone))
    early = section.good("a flush", **history.fields())
    history.add(1, 96, flush([(*cell, 150, 3, 300, 6, 60)], **alone))
    history.add(1, 96, flush([(*cell, 140, 5, 290, 7, 55)], **alone))
    section.good("counters never fall", **history.fields())
    history.add(2, 96, flush([(*cell[:5], 1, 149, 2, 298, 4, 12)], **alone))
    history.add(
        2, 96, flush([(*cell, 999, 0, 999, 0, 99), (0, 0, 1, 0, MONTH, 1, 149, 200, 298, 4, 99)], **alone)
    )
    history.add(3, 96, flush([(*cell, 999, 0, 999, 0, 99)], **alone))
    section.good("void cells leave no row", **history.fields())
    history.add(1, 97, statement([(0, 0, 0, 151, 3, 302, 6, 61), (0, 0, 1, 0, 0, 0, 0, 61)], k1=MONTH, k4=148))
    section.good("a statement raises its cells", **history.fields())
    history.add(1, 97, statement([(0, 0, 0, 152, 3, 304, 6, 70)], k1=MONTH, k4=149, k5="correctie"))
    history.add(2, 97, statement([(0, 0, 1, 150, 3, 300, 6, 70)], k1=MONTH, k2=one, k4=147))
    history.add(2, 97, statement([(0, 0, 0, 5, 0, 5, 0, 70)], k1=MONTH))
    last = section.good("the newer statement stands", **history.fields())
    section.bad("later flushes count", "state-digest", **history.fields(), claimed=early["digest"])
    section.bad("one entry less", "state-digest", **history.fields({1: 5}), claimed=last["digest"])


def _suspended(section):
    history = History()
    start = section.good("before anything", **history.fields())
    one = history.edit(1, "corv", registers=[[1, "A", []]])
    history.edit(2, "corv", [history.reference(1, one)], registers=[[1, "B", [0]]])
    history.add(1, 1, [20600])
    history.add(1, 32, [[sha256(b"pin")], []])
    history.edit(2, "corv", [(history.ids[1], one, bytes(32))], registers=[[5, 1, []]])
    free = section.good("before the evidence", **history.fields())
    history.convict(1)
    made = section.good("a suspended log counts no more, what names it waits", **history.fields())
    again = section.good("whatever is held of it", **history.fields({1: 1}))
    assert made["digest"] == again["digest"] != free["digest"]
    section.bad("evidence changes the state", "state-digest", **history.fields(), claimed=free["digest"])
    section.bad(
        "a suspended log is shown", "state-digest", **history.fields({2: 1}), claimed=start["digest"]
    )
    false = History()
    false.evidence.append(
        cbor.encode({1: false.ids[1], 2: [1, bytes(32), bytes(64)], 3: [1, sha256(b""), bytes(64)], 4: []})
    )
    assert (
        section.good("evidence that does not verify changes nothing", **false.fields())["digest"]
        == start["digest"]
    )


def _asking(history, member, rows):
    """Edits of an application that nobody founded, and that name entries that nobody holds, asking for so many rows:
    each removal for itself and for 24 positions."""
    references = [(sha256(bytes([number])), 0, bytes(32)) for number in range(24)]
    while rows:
        removals = min(rows // 25, 1900)
        parts = {"removals": [[0, number, list(range(24))] for number in range(removals)]}
        if not removals:
            parts = {"additions": [[0, number] for number in range(rows)]}
        history.edit(member, "onbekend", references, **parts)
        rows -= 25 * removals or rows


def _rows_of_one_log(section):
    history = History()
    _asking(history, 1, 65_535)
    history.edit(1, "corv", registers=[[1, "the last row", []]])
    history.edit(1, "corv", registers=[[1, "one too many", []]])
    history.add(1, 65, ["zaak", "one more"])
    history.edit(1, "corv", registers=[[1, "of no shape", [0]]])
    history.add(1, 1, [20600])
    cells = {"applications": ["corv"], "parties": [fixture.oin(1), fixture.oin(2)], "classes": ["bericht"]}
    history.add(1, 96, flush([(0, 0, 1, 0, MONTH, 0, 1, 0, 1, 0, 1)], **cells))
    history.edit(2, "corv", registers=[[1, "of another log", []]])
    size = len(history.entries[1])
    section.good("one log asks for more rows than it may", **history.fields())
    history.edit(1, "corv", registers=[[2, "under the next epoch", []]])
    vector = [[history.ids[1].hex(), size], [history.ids[2].hex(), 1]]
    epoch = {"date": history.genesis.document[3] + 1, "ruleVersion": 1, "vector": sorted(vector)}
    section.good("the count begins anew above an epoch", **history.fields(), epochs=[epoch])


def make():
    histories = Section(check_history)
    for part in (_registers, _sets, _rights, _foundings, _small, _usage, _suspended, _rows_of_one_log):
        part(histories)
    _misreadings(histories)
    decided_histories.make(histories)
    member_histories.make(histories)
    fork_histories.make(histories)
    settling_histories.make(histories)
    return {"rows": _rows(), "histories": histories}


def _misreadings(section):
    """Digests that a reader gets who misses one sentence of the page."""

    def bad(name, history, change):
        held = [cbor.decode(bytes.fromhex(row)) for row in check_history(history.fields())["rows"]]
        claimed = state.digest([cbor.encode(row) for row in change(held)])
        section.bad(name, "state-digest", **history.fields(), claimed=claimed.hex())

    history = History()
    one = history.edit(1, "corv", registers=[[1, "a", []]])
    history.edit(
        2, "corv", [history.reference(1, one)], registers=[[1, "b", [0]]], removals=[[41, "x", [0]]]
    )
    history.edit(3, "corv", registers=[[1, "void", []]])
    history.edit(2, "corv", [(history.ids[3], 9, bytes(32))], additions=[[42, "y"]])
    log_three = history.ids[3]

    def without(table):
        return lambda rows: [row for row in rows if row[0] != table]

    bad("what waits left out", history, without(8))
    bad("no network row", history, without(1))
    bad(
        "a void write kept",
        history,
        lambda rows: [
            [4, row[1], sorted(row[2] + [[log_three, 2, "void", 0]])] if row[0] == 4 else row
            for row in rows
        ],
    )
    bad(
        "a replaced value dropped",
        history,
        lambda rows: [
            (
                [4, row[1], [[c[0], c[1], None if c[1] <= c[3] else c[2], c[3]] for c in row[2]]]
                if row[0] == 4
                else row
            )
            for row in rows
        ],
    )
    bad(
        "own removal not noted",
        history,
        lambda rows: [
            [5, row[1], [c for c in row[2] if c[0] != history.ids[2]]] if row[0] == 5 else row
            for row in rows
        ],
    )
    bad(
        "indices without one added",
        history,
        lambda rows: [
            [4, row[1], [[c[0], c[1] - 1, c[2], c[3]] for c in row[2]]] if row[0] == 4 else row
            for row in rows
        ],
    )
    bad(
        "the card itself in place of its hash",
        history,
        lambda rows: [
            [2, row[1], [history.genesis.card_bytes[row[1]], *row[2][1:]]] if row[0] == 2 else row
            for row in rows
        ],
    )
    counted = History()
    own = {"applications": ["corv"], "parties": [fixture.oin(1), fixture.oin(2)], "classes": ["bericht"]}
    counted.add(1, 96, flush([(0, 0, 1, 0, MONTH, 0, 0, 0, 0, 0, 0)], **own))
    bad("zeros left out", counted, without(6))
    counted.convict(1)
    bad("suspended not shown", counted, without(10))
    bad(
        "suspended from its held size",
        counted,
        lambda rows: [[10, row[1], 2] if row[0] == 10 else row for row in rows],
    )
