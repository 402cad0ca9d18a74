# SPDX-License-Identifier: EUPL-1.2
"""kinds.json"""

from .. import cbor, fixture, kinds
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal

SOURCE = "Protocol/kinds.md"
ONE, TWO, THREE = (fixture.oin(number) for number in (1, 2, 3))
MONTH = 2026 * 12 + 9
ROOT = sha256(b"root")


def check_body(case):
    body = cbor.decode(bytes.fromhex(case["body"]))
    kinds.check(case["kind"], body, case["index"], case["references"], case["author"])
    cells = list(kinds.cells(case["kind"], body, case["author"]))
    return {
        "voidCells": [index for index, cell in enumerate(cells) if not cell.counts(case["author"])],
        "cells": [[*cell.key, *cell.counters, cell.position] for cell in cells],
    }


def check_root(case):
    key = kinds.pair_key(
        bytes.fromhex(case["agreementPrivateKey"]),
        bytes.fromhex(case["otherAgreementPublicKey"]),
        bytes.fromhex(case["network"]),
        case["month"],
        case["own"],
        case["other"],
    )
    root = kinds.statement_root(key, case["records"]).hex()
    if "claimed" in case and case["claimed"] != root:
        raise Refusal("root")
    return {"pairKey": key.hex(), "root": root, "count": len(case["records"])}


SECTIONS = {"body": check_body, "statementRoot": check_root}


def flush(cells, applications=("corv", "subsidie"), parties=(ONE, TWO), classes=("aanvraag", "bericht")):
    return [list(applications), list(parties), list(classes), [list(column) for column in zip(*cells)]]


GOOD_CELLS = [(0, 0, 1, 1, MONTH, 0, 120, 2, 240, 4, 77), (1, 1, 0, 0, MONTH, 1, 3, 0, 3, 0, 78)]


def statement(cells=((0, 0, 0, 12, 1, 12, 1, 90),), **changes):
    body = {
        1: MONTH,
        2: TWO,
        3: ROOT,
        4: 11,
        6: ["corv"],
        7: ["bericht"],
        8: [list(c) for c in zip(*cells)] or [[]] * 8,
    }
    body.update({int(key[1:]): value for key, value in changes.items()})
    return {key: value for key, value in body.items() if value is not None}


def stance(word, quantity=None, provider=ONE, consumer=TWO):
    return [MONTH, "corv", provider, consumer, "bericht", word, quantity]


def cut(cells=((0, 0, 0, 13, 13, 0),), parties=(ONE, TWO)):
    columns = [list(column) for column in zip(*cells)] or [[]] * 6
    names = [["corv"], ["bericht"]] if cells else [[], []]
    return [MONTH, *parties, 2, ROOT, *names, columns]


def _fields(kind, body, index=5, references=0, author=ONE):
    return {
        "kind": kind,
        "author": author,
        "index": index,
        "references": references,
        "body": cbor.encode(body).hex(),
    }


def _good_bodies(section):
    def good(name, *arguments, **more):
        section.good(name, **_fields(*arguments, **more))

    good("heartbeat", 1, [20500])
    good("destroyed", 2, [4])
    good("contact", 32, [[bytes(32)], ["korf.example:8443"]])
    good("contact without endpoint, two pins", 32, [[bytes(32), ROOT], []])
    good("write a field", 64, {1: "corv", 2: [[1, "CORV", []]]})
    good("replace a named write", 64, {1: "corv", 2: [[1, "CORV", [0, 1]]]}, references=2)
    good("empty a field", 64, {1: "corv", 2: [[4, None, []]]})
    good(
        "qualified fields",
        64,
        {1: "corv", 2: [[1, "a", []], [24, "b", []], [[20, "en"], "c", []], [[20, "nl"], "d", []]]},
    )
    good(
        "add and remove",
        64,
        {1: "corv", 3: [[41, "Excel"], [44, "zorg"]], 4: [[43, "linux", []], [46, "nl", [0]]]},
        references=1,
    )
    good("unknown field and any value", 64, {1: "corv", 2: [[999, {1: [True, None]}, []]]})
    good("found", 65, ["zaaksysteem", "Zaaksysteem"])
    good("flush of both sides", 96, flush(GOOD_CELLS))
    good(
        "flush, one cell",
        96,
        [["corv"], [ONE, TWO], ["bericht"], [[0], [0], [1], [0], [MONTH], [0], [1], [0], [5], [0], [0]]],
    )
    good(
        "own use",
        96,
        [
            ["corv"],
            [ONE],
            ["bericht"],
            [[0, 0], [0, 0], [0, 0], [0, 0], [MONTH] * 2, [0, 1], [1, 1], [0, 0], [1, 1], [0, 0], [5, 5]],
        ],
    )
    good(
        "a cell of another's side is void alone",
        96,
        flush([GOOD_CELLS[0], (1, 1, 0, 0, MONTH, 0, 3, 0, 3, 0, 78)]),
    )
    good(
        "retracted above counted is void alone",
        96,
        flush([(0, 0, 1, 1, MONTH, 0, 1, 2, 2, 2, 77), GOOD_CELLS[1]]),
    )
    good(
        "greatest counters",
        96,
        flush([(*GOOD_CELLS[0][:6], 2**62, 2**62, 2**62, 2**62, 2**63 - 1), GOOD_CELLS[1]]),
    )
    good("statement", 97, statement())
    good("statement with a reason", 97, statement(k5="Feed stil op 3 oktober"))
    good("statement of nothing", 97, statement((), k4=0, k6=[], k7=[]))
    good(
        "statement of both sides, zeros",
        97,
        statement([(0, 0, 0, 0, 0, 0, 0, 0), (0, 0, 1, 0, 0, 0, 0, 0)], k4=0),
    )
    for name, word, quantity in [
        ("withdrawn", 0, None),
        ("dispute", 1, None),
        ("dispute with a quantity", 1, 900),
        ("accepted", 2, 0),
        ("escalated", 3, None),
        ("accepted, the greatest quantity", 2, 2**62),
    ]:
        good(f"stance: {name}", 98, stance(word, quantity))
    good("stance: confirmed by the consumer", 98, stance(4, 12), author=TWO)
    good("cut", 99, cut())
    good("cut of nothing", 99, cut(()), author=TWO)
    good("cut, both sides, the greatest count", 99, cut([(0, 0, 0, 0, 1, 2**62 + 1), (0, 0, 1, 1, 1, 0)]))
    good("statement's void cell", 97, statement([(0, 0, 0, 1, 2, 1, 1, 9)]))


def _bad_bodies(section):
    edit = {1: "corv", 2: [[1, "CORV", []]]}
    one = flush(GOOD_CELLS)

    def cells(column, values):
        columns = [list(part) for part in one[3]]
        columns[column] = values
        return [*one[:3], columns]

    for name, kind, body in [
        ("heartbeat of two", 1, [20500, 1]),
        ("heartbeat as integer", 1, 20500),
        ("heartbeat after 2199", 1, [84006]),
        ("destroyed itself", 2, [5]),
        ("destroyed later", 2, [6]),
        ("destroyed negative", 2, [-1]),
        ("contact without pin", 32, [[], []]),
        ("contact with three pins", 32, [[ROOT] * 3, []]),
        ("contact with four endpoints", 32, [[ROOT], ["a:1"] * 4]),
        ("contact endpoint", 32, [[ROOT], ["a"]]),
        ("edit of nothing", 64, {1: "corv"}),
        ("edit without application", 64, {2: edit[2]}),
        ("edit, empty application", 64, {**edit, 1: ""}),
        ("edit, application of 74", 64, {**edit, 1: "a" * 74}),
        ("edit, key 5", 64, {**edit, 5: 0}),
        ("edit, empty registers", 64, {1: "corv", 2: []}),
        ("edit, empty additions", 64, {**edit, 3: []}),
        ("fields unsorted", 64, {1: "corv", 2: [[2, "a", []], [1, "b", []]]}),
        ("field twice", 64, {1: "corv", 2: [[1, "a", []], [1, "b", []]]}),
        ("qualified before plain", 64, {1: "corv", 2: [[[20, "nl"], "a", []], [1, "b", []]]}),
        ("field negative", 64, {1: "corv", 2: [[-1, "a", []]]}),
        ("field as text", 64, {1: "corv", 2: [["naam", "a", []]]}),
        ("register of two", 64, {1: "corv", 2: [[1, "a"]]}),
        ("reference position beyond", 64, {1: "corv", 2: [[1, "a", [0]]]}),
        ("additions unsorted", 64, {1: "corv", 3: [[42, "a"], [41, "a"]]}),
        ("addition twice", 64, {1: "corv", 3: [[41, "a"], [41, "a"]]}),
        ("set as text", 64, {1: "corv", 3: [["41", "a"]]}),
        ("addition of three", 64, {1: "corv", 3: [[41, "a", []]]}),
        ("removal of two", 64, {1: "corv", 4: [[41, "a"]]}),
        ("longer text first", 64, {1: "corv", 3: [[41, "aa"], [41, "b"]]}),
        ("founded, no slug", 65, ["Zaak", "Zaak"]),
        ("founded without name", 65, ["zaak", ""]),
        ("founded of three", 65, ["zaak", "Zaak", 1]),
        ("opening again", 0, [bytes(32), ONE, bytes(32), bytes(32)]),
        ("unknown kind", 999, [1]),
        ("kind to come", 35, [1]),
        ("flush of three", 96, one[:3]),
        ("flush without cells", 96, [[], [], [], [[]] * 11]),
        ("ten columns", 96, [*one[:3], one[3][:10]]),
        ("columns of two lengths", 96, cells(10, [77])),
        ("applications unsorted", 96, [["subsidie", "corv"], *one[1:]]),
        ("unused class", 96, [*one[:2], ["aanvraag", "bericht", "zorg"], one[3]]),
        ("unused party", 96, [one[0], [ONE, TWO, THREE], *one[2:]]),
        ("party no OIN", 96, [one[0], [ONE, "x"], *one[2:]]),
        ("application no slug", 96, [["Corv", "subsidie"], *one[1:]]),
        ("class no slug", 96, [*one[:2], ["aanvraag", "-"], one[3]]),
        ("position beyond", 96, cells(0, [0, 2])),
        ("side 2", 96, cells(5, [0, 2])),
        ("month before 1970", 96, cells(4, [23639, MONTH])),
        ("negative counter", 96, cells(6, [-1, 3])),
        ("counter above 2^62", 96, cells(8, [2**62 + 1, 3])),
        ("cells unsorted", 96, [*one[:3], [column[::-1] for column in one[3]]]),
        ("cell twice", 96, [*one[:3], [[column[0]] * 2 for column in one[3]]]),
        ("inbox position null", 96, cells(10, [None, 78])),
        ("statement about itself", 97, statement(k2=ONE)),
        ("statement without root", 97, statement(k3=None)),
        ("statement, root of 31", 97, statement(k3=ROOT[1:])),
        ("statement, records negative", 97, statement(k4=-1)),
        ("statement, empty reason", 97, statement(k5="")),
        ("statement, reason of 1,001", 97, statement(k5="x" * 1001)),
        ("statement, key 9", 97, statement(k9=1)),
        ("statement, no OIN", 97, statement(k2="x")),
        ("statement, unused class", 97, statement(k7=["bericht", "zorg"])),
        ("statement, seven columns", 97, statement(k8=[[0]] * 7)),
        ("statement as array", 97, [MONTH]),
        ("stance of six", 98, stance(1)[:6]),
        ("stance, word 5", 98, stance(5)),
        ("stance withdrawn with a quantity", 98, stance(0, 1)),
        ("stance accepting nothing", 98, stance(2)),
        ("stance escalating a quantity", 98, stance(3, 1)),
        ("stance on own use", 98, stance(1, consumer=ONE)),
        ("stance of a third", 98, stance(1, provider=THREE)),
        ("stance confirmed by the provider", 98, stance(4, 1)),
        ("stance, quantity above 2^62", 98, stance(2, 2**62 + 1)),
        ("stance, quantity negative", 98, stance(2, -1)),
        ("stance, class no slug", 98, [*stance(1)[:4], "Bericht", 1, None]),
        ("stance, month before 1970", 98, [23639, *stance(1)[1:]]),
        ("cut of seven", 99, cut()[:7]),
        ("cut, parties reversed", 99, cut(parties=(TWO, ONE))),
        ("cut with oneself", 99, cut(parties=(ONE, ONE))),
        ("cut of others", 99, cut(parties=(TWO, THREE))),
        ("cut, epoch negative", 99, [*cut()[:3], -1, *cut()[4:]]),
        ("cut, hash of 31", 99, [*cut()[:4], ROOT[1:], *cut()[5:]]),
        ("cut, five columns", 99, [*cut()[:7], cut()[7][:5]]),
        ("cut, side 2", 99, cut([(0, 0, 2, 1, 1, 0)])),
        ("cut, cells unsorted", 99, cut([(0, 0, 1, 1, 1, 0), (0, 0, 0, 1, 1, 0)])),
        ("cut, cell twice", 99, cut([(0, 0, 0, 1, 1, 0), (0, 0, 0, 1, 1, 0)])),
        ("cut, count above 2^62", 99, cut([(0, 0, 0, 2**62 + 2, 1, 0)])),
        ("cut, unused class", 99, [*cut()[:6], ["bericht", "zorg"], cut()[7]]),
    ]:
        section.bad(name, "void", **_fields(kind, body))
    section.bad(
        "reference positions descend",
        "void",
        **_fields(64, {1: "corv", 2: [[1, "a", [1, 0]]]}, references=2),
    )
    section.bad(
        "reference position twice", "void", **_fields(64, {1: "corv", 4: [[41, "a", [0, 0]]]}, references=2)
    )
    section.bad("opening at index 1", "void", **_fields(0, [bytes(32), ONE, bytes(32), bytes(32)], index=1))


def _roots():
    section = Section(check_root)
    network = sha256(b"korf vector network")

    def fields(own, other, records, **changes):
        return {
            "network": network.hex(),
            "month": MONTH,
            "own": fixture.oin(own),
            "other": fixture.oin(other),
            "agreementPrivateKey": fixture.agreement_private(f"member {own}").hex(),
            "otherAgreementPublicKey": fixture.agreement_public(f"member {other}").hex(),
            "records": records,
            **changes,
        }

    day = 20727
    records = [
        [ONE, "corv", "bericht", day + number // 2, f"id-{number}", 1 + number % 3] for number in range(5)
    ]
    uuid = [ONE, "corv", "bericht", day, "0199a1b2-0000-7000-8000-000000000001", 1]
    mine = section.good("five records, one side", **fields(1, 2, records))
    theirs = section.good("five records, the other side", **fields(2, 1, records[::-1]))
    assert (mine["pairKey"], mine["root"]) == (theirs["pairKey"], theirs["root"])
    section.good("no record", **fields(1, 2, []))
    section.good("one record", **fields(1, 2, [uuid]))
    section.good("the same record twice", **fields(1, 2, [uuid, uuid]))
    section.good("another month, another key", **fields(1, 2, [uuid], month=MONTH + 1))
    section.bad(
        "one quantity differs",
        "root",
        **fields(1, 2, [[*records[0][:5], 9], *records[1:]], claimed=mine["root"]),
    )
    section.bad("a record short", "root", **fields(1, 2, records[1:], claimed=mine["root"]))
    section.bad(
        "another partner's key", "root", **{**fields(1, 3, records, claimed=mine["root"]), "other": TWO}
    )
    section.bad("another month", "root", **fields(1, 2, records, month=MONTH + 1, claimed=mine["root"]))
    return section


def make():
    bodies = Section(check_body)
    _good_bodies(bodies)
    _bad_bodies(bodies)
    return {"body": bodies, "statementRoot": _roots()}
