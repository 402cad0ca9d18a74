# SPDX-License-Identifier: EUPL-1.2
"""Writes Protocol/vectors/voting.json: cases whose inputs and expected values are written here by hand, after
Protocol/voting.md. Nothing here reads a body, counts a vote or applies an effect; only the encoding and the fixed
members are those of the checker.

    python3 Tests/oracle/voting_vectors.py Protocol/vectors
"""

import copy
import hashlib
import json
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "checker"))

from korf_checker import cbor, fixture, founding  # noqa: E402

ONE, TWO, THREE, FOUR = (fixture.oin(number) for number in (1, 2, 3, 4))
DATE = 20454  # the genesis' 2026-01-01
MONTH = founding.JANUARY_2026
LOG, ROOT = hashlib.sha256(b"log").digest(), hashlib.sha256(b"root").digest()
CARD = fixture.card_bytes(4)
ALV, COMMUNITY = "algemene-vergadering", "gemeenschap"
TERMS = {1: 10, 2: 500, 3: 50, 4: 1000, 5: 10000, 6: 20, 7: 3, 8: 30}
TIMINGS = [60000, 30000, 30000, 30000, 60000]

TARIFF = ["corv", "zorg", MONTH, None, [[1000, 250000], [None, 150000]], "S", 2100, None]
SHARING = {1: "corv", 2: 500000, 3: 2026, 4: [[ONE, MONTH], [TWO, MONTH + 1]], 5: "S", 6: 2100}
APPLICATION = {
    1: "archief",
    2: "Archief",
    3: THREE,
    4: [[ONE, DATE], [THREE, DATE]],
    5: False,
    6: ["standaard"],
    7: [[ONE, 2]],
    8: [["klant-1", "Klant"]],
    9: [THREE],
}
LINE = {1: 3, 2: 0, 3: MONTH + 2, 4: 9250000, 5: [[ONE, 50], [TWO, 25], [THREE, 25]], 6: "S", 7: 2100, 9: "Startkosten"}
ADVANCE = {**LINE, 1: 5, 4: 1000, 10: MONTH + 5}
JOINS = ["corv", MONTH + 6, None, 1, [1100, 1000], None]
PAYLOADS = {
    1: CARD,
    2: [THREE, DATE + 90],
    3: [THREE],
    4: TARIFF,
    5: [2027, 360000, "O", 0],
    6: SHARING,
    7: [[ONE, "GM0772", 2026, 249500, True], [TWO, "", 2026, 62100, False]],
    8: APPLICATION,
    9: ["corv", THREE, DATE],
    10: ["corv", TWO, DATE + 30],
    11: [TWO, False],
    12: [fixture.card_bytes(2, label="again"), LOG, 17, ROOT],
    13: {1: TERMS, 2: TIMINGS},
    14: None,
    18: LINE,
    19: [bytes(32), 0, MONTH + 4],
    20: JOINS,
}


def changed(value, **fields):
    """A copy of a map or array with items changed: k3=... sets key or position 3, None in a map takes it away."""
    copied = copy.deepcopy(value)
    for key, item in fields.items():
        copied[int(key[1:])] = item
    if isinstance(copied, dict):
        return {key: item for key, item in copied.items() if item is not None or key == 3}
    return copied


def body(kind=14, payload=..., **fields):
    payload = PAYLOADS[kind] if payload is ... else payload
    return changed({1: ALV, 2: kind, 3: payload, 4: "Besluit", 5: DATE + 30}, **fields)


class Section:
    def __init__(self):
        self.valid, self.invalid = [], []

    def good(self, name, **fields):
        self.valid.append({"name": name, "by": "hand", **fields})

    def bad(self, name, reason, **fields):
        self.invalid.append({"name": name, "by": "hand", "reason": reason, **fields})


def proposals():
    section = Section()

    def good(name, value):
        section.good(
            name,
            hex=cbor.encode(value).hex(),
            organ=value[1],
            kind=value[2],
            payload=cbor.encode(value[3]).hex(),
            title=value[4],
            deadline=value[5],
            cost=value.get(6),
            cover=value.get(7),
            application=value.get(8),
        )

    for kind in PAYLOADS:
        good(f"kind {kind}", body(kind))
    good("terms alone", body(13, {1: TERMS}))
    good("terms that are not the default", body(13, {1: {**TERMS, 9: 1, 10: 0, 11: 12, 12: 1}}))
    good("a cost sharing with terms and what was charged",
         body(6, {**SHARING, 7: [JOINS[1:], [MONTH + 9, 1, 0, None, 1]], 8: [[ONE, 0], [TWO, 5]]}))
    good("a line that the cooperative pays", body(18, changed(LINE, k1=4, k2=1)))
    good("a refund about an application", body(18, {**LINE, 4: -1, 8: "corv"}))
    good("an advance and when it is carried back", body(18, ADVANCE))
    good("an entrance fee", body(18, {**LINE, 1: 1, 5: [[FOUR, 1]], 6: "E een reden", 7: 0}))
    good("a weight of none beside another", body(18, {**LINE, 5: [[ONE, 0], [TWO, 2**63 - 1]]}))
    good("terms of joins that fix all", body(20, ["corv", MONTH, 0, 0, [1, 2**63 - 1], 1]))
    good("timings alone", body(13, {2: TIMINGS}))
    good("a tariff with last month and funder", body(4, changed(TARIFF, k3=MONTH + 11, k7=THREE)))
    good("an application without modes and customers", body(8, changed(APPLICATION, k7=None, k8=None)))
    good("an application without participants", body(8, changed(APPLICATION, k4=[])))
    good("a title of one byte", body(k4="x"))
    good("a title of 200 bytes", body(k4="é" * 100))
    good("a cost and its cover", body(k6=1, k7="begroting 2026"))
    good("the largest cost, a cover of 200 bytes", body(k6=2**63 - 1, k7="c" * 200))
    good("a cost without cover has the right shape", body(k6=250000))
    good("an application whose participants decide", body(k8="corv"))
    good("first day of all", body(k5=0))
    good("last date of a member before today has the right shape", body(2, [THREE, 0]))

    def bad(name, value):
        section.bad(name, "decision-shape", hex=(value if isinstance(value, bytes) else cbor.encode(value)).hex())

    whole = body(6)
    for key in (1, 2, 3, 4, 5):
        bad(f"without key {key}", {number: item for number, item in whole.items() if number != key})
    bad("an unknown key", {**whole, 9: 1})
    bad("a text key", {**whole, "titel": "x"})
    bad("an array", list(whole.values()))
    bad("a byte too many", cbor.encode(whole) + b"\x00")
    bad("keys out of order", b"\xa5" + b"".join(map(cbor.encode, (2, 14, 1, ALV, 3, None, 4, "x", 5, DATE))))
    bad("organ is no slug", body(k1="Algemene"))
    bad("kind 0", body(14, k2=0))
    bad("kind 15", body(14, k2=15))
    bad("kind 17", body(14, k2=17))
    bad("kind 21", body(14, k2=21))
    bad("kind as text", body(14, k2="14"))
    bad("the payload of another kind", body(3, PAYLOADS[11]))
    bad("an empty title", body(k4=""))
    bad("a title of 201 bytes", body(k4="x" * 201))
    bad("a title with a line feed", body(k4="een\ntwee"))
    bad("a title with U+0085", body(k4="een\u0085twee"))
    bad("a deadline after 2199", body(k5=84006))
    bad("a negative deadline", body(k5=-1))
    bad("a cost of 0", body(k6=0, k7="begroting"))
    bad("a negative cost", body(k6=-5, k7="begroting"))
    bad("a cover without a cost", body(k7="begroting"))
    bad("an empty cover", body(k6=5, k7=""))
    bad("a cover of 201 bytes", body(k6=5, k7="c" * 201))
    bad("an application that is no slug", body(k8="corv-"))
    faults = [
        ("a card as map", 1, fixture.card(4)),
        ("a card without name", 1, fixture.card_bytes(4, k2=None)),
        ("an exit without date", 2, [THREE]),
        ("an OIN of 19 digits", 3, [THREE[1:]]),
        ("a tariff of seven fields", 4, TARIFF[:7]),
        ("a tariff without tiers", 4, changed(TARIFF, k4=[])),
        ("a last tier with a bound", 4, changed(TARIFF, k4=[[1000, 5]])),
        ("tiers that do not rise", 4, changed(TARIFF, k4=[[10, 5], [10, 4], [None, 3]])),
        ("a negative price", 4, changed(TARIFF, k4=[[None, -1]])),
        ("a last month before the first", 4, changed(TARIFF, k3=MONTH - 1)),
        ("a class that is no class", 4, changed(TARIFF, k1="Zorg")),
        ("a VAT rate of 10,001", 4, changed(TARIFF, k6=10001)),
        ("an empty VAT category", 5, [2027, 1, "", 0]),
        ("a first year of 1969", 5, [1969, 1, "O", 0]),
        ("a negative contribution", 5, [2027, -1, "O", 0]),
        ("a cost sharing without key year", 6, {key: SHARING[key] for key in (1, 2, 4, 5, 6)}),
        ("sharers out of order", 6, changed(SHARING, k4=[[TWO, MONTH], [ONE, MONTH]])),
        ("a sharer twice", 6, changed(SHARING, k4=[[ONE, MONTH], [ONE, MONTH]])),
        ("no inhabitants at all", 7, []),
        ("inhabitants out of order", 7, PAYLOADS[7][::-1]),
        ("inhabitants of one place twice", 7, [PAYLOADS[7][0], PAYLOADS[7][0]]),
        ("a municipality code of three digits", 7, [[ONE, "GM772", 2026, 1, True]]),
        ("a negative count", 7, [[ONE, "GM0772", 2026, -1, True]]),
        ("final as number", 7, [[ONE, "GM0772", 2026, 1, 1]]),
        ("an application without classes", 8, changed(APPLICATION, k6=[])),
        ("an application without providers", 8, changed(APPLICATION, k9=[])),
        ("classes out of order", 8, changed(APPLICATION, k6=["zorg", "bericht"])),
        ("a participant with a date until", 8, changed(APPLICATION, k4=[[ONE, DATE, DATE + 5]])),
        ("a mode that is none", 8, changed(APPLICATION, k7=[[ONE, 3]])),
        ("an application with an unknown key", 8, {**APPLICATION, 10: 1}),
        ("joining without date", 9, ["corv", THREE]),
        ("joining what is no slug", 9, ["Corv", THREE, DATE]),
        ("leaving with a date as text", 10, ["corv", TWO, "2026-02-01"]),
        ("a voting flag as number", 11, [TWO, 0]),
        ("an end of no entries", 12, changed(PAYLOADS[12], k2=0)),
        ("a root of 31 bytes", 12, changed(PAYLOADS[12], k3=ROOT[1:])),
        ("neither terms nor timings", 13, {}),
        ("terms without the last", 13, {1: {key: TERMS[key] for key in range(1, 8)}}),
        ("a negative term", 13, {1: {**TERMS, 2: -1}}),
        ("four timings", 13, {2: TIMINGS[:4]}),
        ("terms with a third key", 13, {1: TERMS, 3: 1}),
        ("free text with a payload", 14, "tekst"),
        ("offset off, which is the default", 13, {1: {**TERMS, 9: 0}}),
        ("offset twice on", 13, {1: {**TERMS, 9: 2}}),
        ("a correction threshold that is the default", 13, {1: {**TERMS, 10: 500}}),
        ("an unknown term", 13, {1: {**TERMS, 14: 1}}),
        ("terms of joins that are none", 6, {**SHARING, 7: []}),
        ("terms of joins out of order", 6, {**SHARING, 7: [[MONTH + 1, *JOINS[2:]], [MONTH, *JOINS[2:]]]}),
        ("nothing charged before", 6, {**SHARING, 8: []}),
        ("a refund before", 6, {**SHARING, 8: [[ONE, -1]]}),
        ("a line without a leg", 18, {key: LINE[key] for key in (1, 3, 4, 5, 6, 7)}),
        ("a line of kind 6", 18, {**LINE, 1: 6}),
        ("a third leg", 18, {**LINE, 2: 2}),
        ("a line of nothing", 18, {**LINE, 4: 0}),
        ("a line that nobody bears", 18, {**LINE, 5: []}),
        ("a line whose weights are all zero", 18, {**LINE, 5: [[ONE, 0], [TWO, 0]]}),
        ("a negative weight", 18, {**LINE, 5: [[ONE, 5], [TWO, -1]]}),
        ("bearers out of order", 18, {**LINE, 5: [[TWO, 1], [ONE, 1]]}),
        ("a VAT category that is none", 18, {**LINE, 6: "X"}),
        ("category S without a rate", 18, {**LINE, 7: 0}),
        ("category O with a rate", 18, {**LINE, 6: "O"}),
        ("category Z with a reason", 18, {**LINE, 6: "Z omdat", 7: 0}),
        ("a reason that begins with a blank", 18, {**LINE, 6: "E  reden", 7: 0}),
        ("a reason with a line feed", 18, {**LINE, 6: "E een\nreden", 7: 0}),
        ("an empty text", 18, {**LINE, 9: ""}),
        ("a fixed split that is carried back", 18, {**LINE, 10: MONTH + 5}),
        ("an advance carried back at once", 18, {**ADVANCE, 10: MONTH + 2}),
        ("an entrance fee of two", 18, {**LINE, 1: 1}),
        ("an exit charge that the cooperative pays", 18, {**LINE, 1: 2, 2: 1, 5: [[ONE, 1]]}),
        ("a line with an eleventh key", 18, {**LINE, 11: 1}),
        ("an advance that is named by half a log", 19, [bytes(16), 0, MONTH]),
        ("an advance at a negative index", 19, [bytes(32), -1, MONTH]),
        ("terms of joins of five fields", 20, JOINS[:5]),
        ("a key date that is none", 20, changed(JOINS, k3=2)),
        ("an index of one figure", 20, changed(JOINS, k4=[5])),
        ("an index of zero", 20, changed(JOINS, k4=[5, 0])),
        ("a life of zero", 20, changed(JOINS, k5=0)),
        ("a negative total of joins", 20, changed(JOINS, k2=-1)),
    ]
    for name, kind, payload in faults:
        bad(name, body(kind, payload))
    return section


def judgements():
    section = Section()
    genesis = founding.data().hex()

    def case(value, author=TWO, members=(ONE, TWO, THREE), date=DATE):
        return {
            "genesis": genesis,
            "members": list(members),
            "date": date,
            "author": author,
            "hex": cbor.encode(value).hex(),
        }

    of_corv = {"k1": COMMUNITY, "k8": "corv"}
    for kind in PAYLOADS:
        section.good(f"kind {kind} for all members", **case(body(kind)))
    for kind in (4, 6, 8, 9, 10, 14, 20):
        section.good(f"kind {kind} for participants", **case(body(kind, **of_corv)))
    section.good("the deadline today", **case(body(k5=DATE)))
    section.good("the deadline in 400 days", **case(body(k5=DATE + 400)))
    section.good("a cost with its cover", **case(body(k6=100, k7="begroting")))
    section.good("what it names need not be known yet", **case(body(4, changed(TARIFF, k0="later"))))
    section.good("a member that is no founder", **case(body(), FOUR, (ONE, FOUR)))

    def bad(name, reason, value, *arguments, **options):
        section.bad(name, reason, **case(value, *arguments, **options))

    bad("by a stranger", "decision-not-member", body(), FOUR)
    bad("by a founder that is a member no more", "decision-not-member", body(), TWO, (ONE, THREE))
    bad("by a stranger to no organ", "decision-not-member", body(k1="raad"), FOUR)
    bad("an organ that is none", "decision-organ", body(k1="raad"))
    bad("an organ of participants without application", "decision-organ", body(k1=COMMUNITY))
    bad("an organ of members with application", "decision-organ", body(k8="corv"))
    bad("an organ of members with an unknown application", "decision-organ", body(k8="geen"))
    bad("an application that is none", "decision-application", body(k1=COMMUNITY, k8="geen"))
    bad("by a member that takes no part", "decision-not-participant", body(**of_corv), THREE)
    bad("by a lead elsewhere", "decision-not-participant", body(k1=COMMUNITY, k8="subsidie"), ONE)
    for kind in (1, 2, 3, 5, 7, 11, 12, 13, 18, 19):
        bad(f"kind {kind} by participants", "decision-kind-of-organ", body(kind, **of_corv))
    about = [
        (4, changed(TARIFF, k0="subsidie")),
        (6, changed(SHARING, k1="subsidie")),
        (9, ["subsidie", ONE, DATE]),
        (10, ["subsidie", TWO, DATE]),
        (20, changed(JOINS, k0="subsidie")),
    ]
    for kind, payload in about:
        bad(f"kind {kind} about another's application", "decision-kind-of-organ", body(kind, payload, **of_corv))
    bad("the deadline yesterday", "decision-deadline", body(k5=DATE - 1))
    bad("the deadline in 401 days", "decision-deadline", body(k5=DATE + 401))
    bad("late and without cover", "decision-deadline", body(k5=DATE - 1, k6=100))
    bad("a cost without cover", "decision-cover-missing", body(k6=100))
    section.good("what the cooperative pays, covered", **case(body(18, {**LINE, 2: 1}, k6=9250000, k7="fonds")))
    section.good("a refund to the cooperative", **case(body(18, {**LINE, 2: 1, 4: -1})))
    bad("what the cooperative pays, without cover", "decision-cover-missing", body(18, {**LINE, 2: 1}))
    bad("a refund without cover", "decision-cover-missing", body(18, {**LINE, 4: -1}))
    for name, terms in (("total", changed(JOINS, k2=5)), ("index", changed(JOINS, k4=[9, 10])), ("life", changed(JOINS, k5=60))):
        bad(f"terms of joins with a lower {name}, without cover", "decision-cover-missing", body(20, terms))
    lower = {**SHARING, 7: [[MONTH, None, 0, None, 60]]}
    bad("a cost sharing with depreciation, without cover", "decision-cover-missing", body(6, lower))
    return section


def ballots():
    section = Section()

    def good(name, value, references, own, position):
        section.good(
            name,
            hex=cbor.encode(value).hex(),
            references=references,
            own=own,
            position=position,
            choice=value[1],
            final=value[2],
            replaced=value[3],
        )

    good("for, on a proposal of this log", [3, 1, True, None], 0, 3, None)
    good("against, on another log's", [[0], 0, True, None], 1, None, 0)
    good("blank, may be replaced", [[0], 2, False, None], 1, None, 0)
    good("replaces an own ballot", [[0], 1, True, 12], 1, None, 0)
    good("the proposal is the last of eight references", [[7], 1, True, None], 8, None, 7)
    good("the proposal stands between replaced ballots", [[1], 1, True, None], 3, None, 1)
    good("an own proposal and eight replaced ballots", [0, 1, True, None], 8, 0, None)
    good("a large index", [2**40, 1, False, 2**41], 0, 2**40, None)

    def bad(name, value, references=1):
        data = value if isinstance(value, bytes) else cbor.encode(value)
        section.bad(name, "ballot-shape", hex=data.hex(), references=references)

    bad("a choice of 3", [[0], 3, True, None])
    bad("a negative choice", [[0], -1, True, None])
    bad("final as number", [[0], 1, 1, None])
    bad("three items", [[0], 1, True])
    bad("five items", [[0], 1, True, None, None])
    bad("a map", {1: [0], 2: 1, 3: True})
    bad("no proposal", [None, 1, True, None])
    bad("a negative index", [-1, 1, True, None])
    bad("a position without references", [[0], 1, True, None], 0)
    bad("a position that is none", [[2], 1, True, None], 2)
    bad("two positions", [[0, 1], 1, True, None], 2)
    bad("an empty position", [[], 1, True, None])
    bad("a negative position", [[-1], 1, True, None])
    bad("replaced is negative", [[0], 1, True, -1])
    bad("replaced is a list", [[0], 1, True, [1]])
    bad("nine references", [[0], 1, True, None], 9)
    bad("nine references and an own proposal", [3, 1, True, None], 9)
    bad("a byte too many", cbor.encode([[0], 1, True, None]) + b"\x00")
    return section


FINAL_FOR, FINAL_AGAINST, FINAL_BLANK = [[1, True]], [[0, True]], [[2, True]]
OPEN_FOR, OPEN_AGAINST, OPEN_BLANK = [[1, False]], [[0, False]], [[2, False]]
TWO_MINDS = [[1, True], [0, True]]
MAJORITY, TWO_THIRDS = [1, 2, 0, 0, 1], [2, 3, 1, 0, 1]
OF_ALL, HALF_PRESENT = [1, 2, 2, 0, 1], [1, 2, 0, 1, 2]
HUGE = 2**63 - 1


def polls():
    section = Section()
    # name, rule, entitled, voters, (for, against, blank, flagged, carried, certain), and where a
    # misreading is at hand: its name and what it gives.
    cases = [
        ("nobody voted", MAJORITY, 5, [], (0, 0, 0, 0, False, False), "no base is certain", (0, 0, 0, 0, False, True)),
        ("nobody may vote", MAJORITY, 0, [], (0, 0, 0, 0, False, True), None, None),
        ("a majority of one", MAJORITY, 3, [FINAL_FOR] * 2 + [FINAL_AGAINST], (2, 1, 0, 0, True, True), None, None),
        ("half is not more than half", MAJORITY, 2, [FINAL_FOR, FINAL_AGAINST], (1, 1, 0, 0, False, True),
         "at least for more than", (1, 1, 0, 0, True, True)),
        ("two of three are certain", MAJORITY, 3, [FINAL_FOR] * 2, (2, 0, 0, 0, True, True), None, None),
        ("two of four are not", MAJORITY, 4, [FINAL_FOR] * 2, (2, 0, 0, 0, True, False),
         "the rest stays away", (2, 0, 0, 0, True, True)),
        ("blanks do not count in the base", MAJORITY, 5, [FINAL_FOR, FINAL_BLANK, FINAL_BLANK], (1, 0, 2, 0, True, False),
         "blanks in the base", (1, 0, 2, 0, False, False)),
        ("all blank has no base", MAJORITY, 2, [FINAL_BLANK] * 2, (0, 0, 2, 0, False, True), None, None),
        ("two thirds of the votes cast, just not", TWO_THIRDS, 3, [FINAL_FOR] * 2 + [FINAL_BLANK],
         (2, 0, 1, 0, False, True), "blanks out of the base", (2, 0, 1, 0, True, True)),
        ("more than two thirds", TWO_THIRDS, 4, [FINAL_FOR] * 3 + [FINAL_AGAINST], (3, 1, 0, 0, True, True), None, None),
        ("more than half of the entitled", OF_ALL, 4, [FINAL_FOR] * 3, (3, 0, 0, 0, True, True), None, None),
        ("half of the entitled, the rest absent", OF_ALL, 4, [FINAL_FOR] * 2, (2, 0, 0, 0, False, False),
         "the votes cast as base", (2, 0, 0, 0, True, False)),
        ("it cannot be carried any more", OF_ALL, 4, [FINAL_AGAINST] * 2, (0, 2, 0, 0, False, True), None, None),
        ("quorum met exactly", HALF_PRESENT, 4, [FINAL_FOR] * 2, (2, 0, 0, 0, True, False),
         "more than the quorum", (2, 0, 0, 0, False, False)),
        ("quorum missed by one", HALF_PRESENT, 5, [FINAL_FOR] * 2, (2, 0, 0, 0, False, False),
         "no quorum", (2, 0, 0, 0, True, False)),
        ("blanks count for the quorum", HALF_PRESENT, 4, [FINAL_FOR, FINAL_BLANK], (1, 0, 1, 0, True, False),
         "blanks are absent", (1, 0, 1, 0, False, False)),
        ("certain but for the quorum", [1, 2, 2, 1, 1], 3, [FINAL_FOR] * 2, (2, 0, 0, 0, False, False),
         "staying away is left out", (2, 0, 0, 0, False, True)),
        ("ballots that may be replaced count, and leave all open", MAJORITY, 3, [OPEN_FOR] * 3, (3, 0, 0, 0, True, False),
         "replaceable as final", (3, 0, 0, 0, True, True)),
        ("one open ballot that cannot turn it", MAJORITY, 3, [FINAL_FOR] * 2 + [OPEN_AGAINST], (2, 1, 0, 0, True, True),
         None, None),
        ("one open ballot that can", MAJORITY, 3, [FINAL_FOR, FINAL_AGAINST, OPEN_FOR], (2, 1, 0, 0, True, False),
         None, None),
        ("an open blank", MAJORITY, 2, [FINAL_FOR, OPEN_BLANK], (1, 0, 1, 0, True, False), None, None),
        ("two choices of one voter are blank", MAJORITY, 3, [TWO_MINDS, FINAL_FOR, FINAL_FOR], (2, 0, 1, 1, True, True),
         "the last ballot of a voter", (2, 1, 0, 0, True, True)),
        ("two equal ballots of one voter are one", MAJORITY, 2, [FINAL_FOR * 2, FINAL_AGAINST], (1, 1, 0, 0, False, True),
         "ballots for voters", (2, 1, 0, 0, True, True)),
        ("a voter with one final and one open ballot is open", MAJORITY, 1, [[[1, True], [1, False]]],
         (1, 0, 0, 0, True, False), "one final ballot is enough", (1, 0, 0, 0, True, True)),
        ("three ballots, two choices", MAJORITY, 1, [[[1, True], [2, True], [1, True]]], (0, 0, 1, 1, False, True),
         "most ballots of a voter", (1, 0, 0, 0, True, True)),
        ("a threshold of all is never passed", [1, 1, 0, 0, 1], 3, [FINAL_FOR] * 3, (3, 0, 0, 0, False, True), None, None),
        ("a threshold of none needs one for", [0, 1, 0, 0, 1], 9, [FINAL_FOR], (1, 0, 0, 0, True, True), None, None),
        ("a threshold of none, votes against alone", [0, 1, 1, 0, 1], 2, [FINAL_AGAINST], (0, 1, 0, 0, False, False),
         None, None),
        ("a quorum of all", [1, 2, 1, 1, 1], 2, [FINAL_FOR] * 2, (2, 0, 0, 0, True, True), None, None),
        ("fractions of 63 bits, just carried", [HUGE // 2, HUGE, 0, 0, 1], 2, [FINAL_FOR, FINAL_AGAINST],
         (1, 1, 0, 0, True, True), "products of 64 bits", (1, 1, 0, 0, False, True)),
        ("fractions of 63 bits, just not", [HUGE // 2 + 1, HUGE, 0, 0, 1], 2, [FINAL_FOR, FINAL_AGAINST],
         (1, 1, 0, 0, False, True), None, None),
        ("400 members, 201 final for", MAJORITY, 400, [FINAL_FOR] * 201, (201, 0, 0, 0, True, True), None, None),
        ("400 members, 200 final for", MAJORITY, 400, [FINAL_FOR] * 200, (200, 0, 0, 0, True, False), None, None),
    ]
    for name, rule, entitled, voters, result, misreading, claimed in cases:
        fields = ("for", "against", "blank", "flagged", "carried", "certain")
        inputs = {"rule": rule, "entitled": entitled, "voters": voters}
        section.good(name, **inputs, **dict(zip(fields, result)))
        if misreading:
            section.bad(f"{name}: {misreading}", "poll", **inputs, claimed=list(claimed))
    return section


def effects():
    section = Section()
    document = founding.document()
    genesis = cbor.encode(document).hex()
    keys = (6, 7, 8, 9, 10, 11, 13, 14)
    corv, subsidie = document[7]
    tariffs, contribution, sharings, inhabitants = (document[key] for key in (8, 9, 10, 11))

    def inputs(decisions, members):
        return {
            "genesis": genesis,
            "members": list(members),
            "month": MONTH + 2,
            "decisions": [[kind, cbor.encode(payload).hex()] for kind, payload in decisions],
        }

    def good(name, decisions, changes, members=(ONE, TWO, THREE)):
        after = {**document, **changes}
        standing = [*keys, 17] if 17 in after else keys
        rules = [[key, hashlib.sha256(cbor.encode(after[key])).hexdigest()] for key in standing]
        section.good(name, **inputs(decisions, members), rules=rules)

    def bad(name, reason, *decisions, members=(ONE, TWO, THREE)):
        section.bad(name, reason, **inputs(decisions, members))

    def with_participants(application, rows):
        return [{**one, 4: rows} if one is application else one for one in (corv, subsidie)]

    joined, left = [THREE, DATE], [TWO, corv[4][1][1], DATE + 30]
    first = corv[4][0]
    good("nothing decided", [], {})
    good("free text", [(14, None)], {})
    good("a tariff for a class without one", [(4, TARIFF)], {8: [*tariffs[:2], TARIFF, tariffs[2]]})
    later = ["corv", "bericht", MONTH + 12, None, [[None, 1]], "S", 2100, THREE]
    good("a tariff that ends an open one", [(4, later)], {8: [*tariffs[:2], later, tariffs[2]]})
    before = ["subsidie", "aanvraag", MONTH - 12, None, [[None, 1]], "O", 0, None]
    good("an open tariff before another", [(4, before)], {8: [*tariffs[:2], before, tariffs[2]]})
    closed = ["subsidie", "aanvraag", MONTH - 12, MONTH - 1, [[None, 1]], "O", 0, None]
    good("a closed tariff up to another", [(4, closed)], {8: [*tariffs[:2], closed, tariffs[2]]})
    good("a contribution from a later year", [(5, PAYLOADS[5])], {9: [*contribution, PAYLOADS[5]]})
    earlier = [2020, 300000, "O", 0]
    good("a contribution from an earlier year", [(5, earlier)], {9: [earlier, *contribution]})
    good("a cost sharing", [(6, SHARING)], {10: [SHARING, *sharings]})
    counts = PAYLOADS[7]
    good("inhabitants, one in place of another, one added", [(7, counts)],
         {11: [inhabitants[0], [*counts[0], MONTH + 2], inhabitants[2], counts[1]]})
    good("a final count decided again as it stands", [(7, [inhabitants[0]])], {})
    good("a final count of a decision, decided again", [(7, counts), (7, [counts[0]])],
         {11: [inhabitants[0], [*counts[0], MONTH + 2], inhabitants[2], counts[1]]})
    good("an application", [(8, APPLICATION)], {7: [APPLICATION, corv, subsidie]})
    good("a tariff of an application decided before it", [(8, APPLICATION), (4, [
        "archief", "standaard", MONTH, None, [[None, 5]], "S", 2100, None])],
        {7: [APPLICATION, corv, subsidie],
         8: [["archief", "standaard", MONTH, None, [[None, 5]], "S", 2100, None], *tariffs]})
    good("joining", [(9, ["corv", THREE, DATE])], {7: with_participants(corv, [*corv[4], joined])})
    good("joining from a day that is to come", [(9, ["corv", THREE, DATE + 900])],
         {7: with_participants(corv, [*corv[4], [THREE, DATE + 900]])})
    good("leaving", [(10, ["corv", TWO, DATE + 30])], {7: with_participants(corv, [first, left])})
    good("leaving on the day of joining", [(10, ["corv", TWO, corv[4][1][1]])],
         {7: with_participants(corv, [first, [TWO, corv[4][1][1], corv[4][1][1]]])})
    good("joining again", [(10, ["corv", TWO, DATE + 30]), (9, ["corv", TWO, DATE + 60])],
         {7: with_participants(corv, [first, [TWO, DATE + 60]])})
    good("joining while the day of leaving is to come",
         [(10, ["corv", TWO, DATE + 30]), (9, ["corv", TWO, DATE + 10])],
         {7: with_participants(corv, [first, [TWO, DATE + 10]])})
    good("leaving of who is a member no more", [(10, ["corv", TWO, DATE + 30])],
         {7: with_participants(corv, [first, left])}, members=(ONE, THREE))
    good("a new member joins", [(9, ["corv", FOUR, DATE])],
         {7: with_participants(corv, [*corv[4], [FOUR, DATE]])}, members=(ONE, TWO, THREE, FOUR))
    subsidie_sharing = sharings[0]
    good("joining enters the key, at the earliest when it is decided", [(9, ["subsidie", THREE, DATE])],
         {7: with_participants(subsidie, [*subsidie[4], [THREE, DATE]]),
          10: [{**subsidie_sharing, 4: [*subsidie_sharing[4], [THREE, MONTH + 2]]}]})
    good("joining from a month that is to come", [(9, ["subsidie", THREE, DATE + 100])],
         {7: with_participants(subsidie, [*subsidie[4], [THREE, DATE + 100]]),
          10: [{**subsidie_sharing, 4: [*subsidie_sharing[4], [THREE, MONTH + 3]]}]})
    good("joining of who is in the key", [(9, ["subsidie", ONE, DATE + 100])],
         {7: with_participants(subsidie, [[ONE, DATE + 100], *subsidie[4]])})
    good("a leaver that comes back keeps its place",
         [(9, ["subsidie", THREE, DATE]), (10, ["subsidie", THREE, DATE + 5]), (9, ["subsidie", THREE, DATE + 400])],
         {7: with_participants(subsidie, [*subsidie[4], [THREE, DATE + 400]]),
          10: [{**subsidie_sharing, 4: [*subsidie_sharing[4], [THREE, MONTH + 2]]}]})
    joins, earlier_joins = ["subsidie", *JOINS[1:]], ["subsidie", MONTH, 5, 0, None, 60]
    good("terms of joins", [(20, joins), (20, earlier_joins)],
         {10: [{**subsidie_sharing, 7: [earlier_joins[1:], joins[1:]]}]})
    zero = bytes(32)
    good("a line by decision", [(18, LINE)], {17: [[zero, 0, MONTH + 2, None, LINE]]})
    past = {**LINE, 3: MONTH}
    good("a line of a month that is past falls when it is decided", [(18, past)],
         {17: [[zero, 0, MONTH + 2, None, past]]})
    good("two lines alike", [(18, LINE), (18, LINE)],
         {17: [[zero, 0, MONTH + 2, None, LINE], [zero, 1, MONTH + 2, None, LINE]]})
    good("an advance, carried back as it says", [(18, ADVANCE)], {17: [[zero, 0, MONTH + 2, MONTH + 5, ADVANCE]]})
    plain = {key: ADVANCE[key] for key in ADVANCE if key != 10}
    good("an advance, carried back by a later decision", [(18, plain), (19, [zero, 0, MONTH + 7])],
         {17: [[zero, 0, MONTH + 2, MONTH + 7, plain]]})
    bad("a line about an unknown application", "effect-application-unknown", (18, {**LINE, 8: "geen"}))
    bad("a line that a stranger bears", "effect-member-unknown", (18, {**LINE, 5: [[FOUR, 1]]}))
    soon = {**ADVANCE, 3: MONTH, 10: MONTH + 1}
    bad("an advance carried back before it is decided", "effect-date", (18, soon))
    bad("no advance to carry back", "effect-line-unknown", (19, [zero, 0, MONTH + 7]))
    bad("what is no advance carried back", "effect-line-unknown", (18, LINE), (19, [zero, 0, MONTH + 7]))
    bad("an advance carried back twice", "effect-exists", (18, ADVANCE), (19, [zero, 0, MONTH + 7]))
    bad("an advance carried back too early", "effect-date", (18, plain), (19, [zero, 0, MONTH + 2]))
    bad("terms of an unknown application", "effect-application-unknown", (20, changed(JOINS, k0="geen")))
    bad("terms of a cost that is not shared", "effect-cost-sharing-unknown", (20, JOINS))
    bad("terms of one month twice", "effect-exists", (20, joins), (20, joins))
    bad("a sharing whose charged is a stranger", "effect-member-unknown", (6, {**SHARING, 8: [[FOUR, 1]]}))
    good("terms", [(13, {1: {**TERMS, 1: 25}})], {13: {**TERMS, 1: 25}})
    good("timings", [(13, {2: [1, 2, 3, 4, 5]})], {14: [1, 2, 3, 4, 5]})
    good("terms and timings", [(13, {1: {**TERMS, 8: 14}, 2: [1, 2, 3, 4, 5]})],
         {13: {**TERMS, 8: 14}, 14: [1, 2, 3, 4, 5]})
    good("the last of two terms", [(13, {1: {**TERMS, 1: 25}}), (13, {1: {**TERMS, 1: 40}})], {13: {**TERMS, 1: 40}})

    bad("a tariff of an unknown application", "effect-application-unknown", (4, changed(TARIFF, k0="geen")))
    bad("a tariff of an unknown class", "effect-class-unknown", (4, changed(TARIFF, k1="zorgen")))
    bad("a funder that is no member", "effect-member-unknown", (4, changed(TARIFF, k7=FOUR)))
    bad("an unknown class and funder", "effect-class-unknown", (4, changed(TARIFF, k1="zorgen", k7=FOUR)))
    bad("a tariff twice", "effect-tariffs-overlap", (4, TARIFF), (4, TARIFF))
    bad("a second tariff of one first month", "effect-tariffs-overlap",
        (4, ["corv", "bericht", MONTH, None, [[None, 1]], "S", 2100, None]))
    bad("a tariff within a closed one", "effect-tariffs-overlap",
        (4, ["corv", "bericht", MONTH + 3, None, [[None, 1]], "S", 2100, None]))
    bad("a closed tariff into another", "effect-tariffs-overlap",
        (4, ["subsidie", "aanvraag", MONTH - 5, MONTH, [[None, 1]], "O", 0, None]))
    bad("a contribution of the same year", "effect-exists", (5, [2026, 1, "O", 0]))
    bad("a sharing of an unknown application", "effect-application-unknown", (6, changed(SHARING, k1="geen")))
    bad("a sharer that is no member", "effect-member-unknown", (6, SHARING), members=(ONE, THREE))
    bad("a second sharing", "effect-exists", (6, changed(SHARING, k1="subsidie")))
    bad("a second sharing with a stranger", "effect-member-unknown",
        (6, changed(SHARING, k1="subsidie", k4=[[FOUR, MONTH]])))
    bad("inhabitants of a stranger", "effect-member-unknown", (7, [[FOUR, "GM0772", 2026, 1, True]]))
    bad("another final count", "effect-exists", (7, [[ONE, "GM0772", 2025, 246444, True]]))
    bad("a final count made open again", "effect-exists", (7, [[ONE, "GM0772", 2025, 246443, False]]))
    bad("one row of two cannot stand", "effect-exists",
        (7, [[ONE, "GM0772", 2024, 1, True], [ONE, "GM0772", 2025, 1, True]]))
    bad("an application that is known", "effect-exists", (8, changed(APPLICATION, k1="corv")))
    for key, name, rows in (
        (3, "lead", FOUR),
        (4, "participant", [[FOUR, DATE]]),
        (7, "consumer", [[FOUR, 1]]),
        (9, "provider", [FOUR]),
    ):
        bad(f"a {name} that is no member", "effect-member-unknown", (8, {**APPLICATION, key: rows}))
    bad("joining an unknown application", "effect-application-unknown", (9, ["geen", THREE, DATE]))
    bad("joining of a stranger", "effect-member-unknown", (9, ["corv", FOUR, DATE]))
    bad("joining twice", "effect-exists", (9, ["corv", TWO, DATE]))
    bad("leaving an unknown application", "effect-application-unknown", (10, ["geen", TWO, DATE]))
    bad("leaving without taking part", "effect-not-participant", (10, ["corv", THREE, DATE]))
    bad("the lead leaves", "effect-not-participant", (10, ["corv", ONE, DATE]))
    bad("leaving twice", "effect-not-participant",
        (10, ["corv", TWO, DATE + 30]), (10, ["corv", TWO, DATE + 60]))
    bad("leaving before joining", "effect-date", (10, ["corv", TWO, corv[4][1][1] - 1]))
    return section


def render(sections):
    def lines(cases):
        return ",\n".join("      " + json.dumps(case, ensure_ascii=False) for case in cases)

    parts = [
        f'  "{name}": {{\n    "valid": [\n{lines(section.valid)}\n    ],\n'
        f'    "invalid": [\n{lines(section.invalid)}\n    ]\n  }}'
        for name, section in sections.items()
    ]
    return '{\n  "topic": "voting",\n  "source": "Protocol/voting.md",\n' + ",\n".join(parts) + "\n}\n"


def main(directory):
    sections = {
        "proposal": proposals(),
        "judgement": judgements(),
        "ballot": ballots(),
        "poll": polls(),
        "effects": effects(),
    }
    (pathlib.Path(directory) / "voting.json").write_text(render(sections), "utf-8")


main(sys.argv[1])
