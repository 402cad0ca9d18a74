# SPDX-License-Identifier: EUPL-1.2
"""comparison.json"""

from .. import cbor, civil, comparison, fixture
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal

SOURCE = "Protocol/comparison.md"
ASKER, ANSWERER, THIRD = (fixture.oin(number) for number in (1, 2, 3))
MONTH = 2026 * 12 + 9
FIRST = civil.first_day(MONTH)
KEY = sha256(b"korf vector pair key")


def check_request(case):
    request = comparison.Request(bytes.fromhex(case["hex"]), case["asker"], case["answerer"])
    return {
        "month": request.month,
        "basis": request.basis,
        "root": request.root.hex(),
        "records": request.records,
        "other": request.other and request.other.hex(),
        "question": request.question,
        "level": request.level,
        "bits": request.bits,
        "prefixes": request.prefixes,
        "wanted": [[comparison.words([half]).hex() for half in group] for group in request.wanted],
        "rows": [[*record, occurrences, sources] for record, occurrences, sources in request.rows],
    }


def check_answer(case):
    side = comparison.Side(case["records"], MONTH)
    data = comparison.answer(
        side, bytes.fromhex(case["pairKey"]), bytes.fromhex(case["request"]), case["asker"], case["answerer"]
    )
    return {"hex": data.hex()}


def check_differences(case):
    found = comparison.differences(
        comparison.Side(case["ownRecords"], case["month"]),
        comparison.Side(case["otherRecords"], case["month"]),
    )
    if "claimed" in case and case["claimed"] != found:
        raise Refusal("differences")
    return {"transactions": found}


SECTIONS = {"request": check_request, "answer": check_answer, "differences": check_differences}


def uuid7(instant, tail):
    digits = f"{instant:012x}"
    return f"{digits[:8]}-{digits[8:]}-7000-8000-{tail:012x}"


def row(number, day=1, source=1, **changes):
    """A row of a side; ids are UUIDs of version 7 in order of their number unless told otherwise."""
    instant = (FIRST + day - 1) * civil.DAY + number * 60_000
    fields = {
        "provider": ANSWERER,
        "application": "corv",
        "class": "standaard",
        "day": FIRST + day - 1,
        "id": uuid7(instant, number),
        "quantity": 1,
        **changes,
    }
    return [*fields.values(), source]


OWN = [row(number, 1 + number % 28) for number in range(40)]
THEIRS = (
    OWN[3:]
    + [OWN[7], row(50, 4), row(51, 5, **{"class": "spoed"}), row(52, 6, id="zaak 9", provider=ASKER)]
    + [row(0, 32)[:4] + [OWN[0][4], 1, 1]]
)


def codes_of(rows):
    return [comparison.code(KEY, record[:6]) for record in rows if civil.date(record[3]).month == 10]


def request(question, **changes):
    fields = {
        1: 1,
        2: MONTH,
        3: 0,
        4: comparison.root(codes_of(OWN)),
        5: len(OWN),
        6: comparison.root(codes_of(THEIRS)),
        7: question,
    }
    fields.update({int(name[1:]): value for name, value in changes.items()})
    return {number: value for number, value in fields.items() if value is not None}


def differing_leaves():
    own, theirs = (comparison.leaves(codes_of(rows)) for rows in (OWN, THEIRS))
    return [leaf for leaf in range(256) if own[leaf] != theirs[leaf]]


def listed_wanted():
    """(level, prefixes, halves) of what THEIRS has more often."""
    mine = codes_of(OWN)
    extra = sorted(
        {value for value in codes_of(THEIRS) if codes_of(THEIRS).count(value) > mine.count(value)}
    )
    prefixes = sorted({value[0] for value in extra})
    return prefixes, [sorted(comparison.low(v) for v in extra if v[0] == p) for p in prefixes]


def told_rows():
    mine, theirs = codes_of(OWN), codes_of(THEIRS)
    codes = [(record, comparison.code(KEY, record[:6])) for record in OWN]
    extra = [record for record, value in codes if mine.count(value) > theirs.count(value)]
    return comparison.pack_rows([(tuple(record[:6]), 1, 1) for record in extra], ASKER)


def record_request(**changes):
    prefixes, halves = listed_wanted()
    body = request(
        3, k8=8, k10=comparison.pack_ranges(prefixes), k11=comparison.pack_wanted(halves)
    )
    body.update(told_rows())
    body.update({int(name[1:]): value for name, value in changes.items()})
    return {number: value for number, value in body.items() if value is not None}


def _requests():
    section = Section(check_request)
    parties = {"asker": ASKER, "answerer": ANSWERER}
    ranges = comparison.pack_ranges([0, 1, 200, 40_000])

    def good(name, body):
        section.good(name, **parties, hex=cbor.encode(body).hex())

    def bad(name, reason, data, **more):
        section.bad(name, reason, **parties, hex=data.hex(), **more)

    def bad_field(name, key, body):
        bad(name, "body-field", cbor.encode(body), key=key)

    good("open", request(0))
    good("open on what is held", request(0, k3=1, k6=None))
    good("a key that is not known", request(0, k40=["later"]))
    good("sums", request(1, k8=16, k9=2, k10=ranges))
    good("codes", request(2, k8=40, k10=ranges))
    good("records both ways", record_request())
    good("records wanted alone", record_request(k12=None, k13=None, k14=None))
    good("records told alone", record_request(k8=None, k10=None, k11=None))
    bad("no map", "body-not-canonical", cbor.encode([1, 2]))
    bad("bytes behind", "body-not-canonical", cbor.encode(request(0)) + b"\0")
    bad("version 2", "version-unsupported", cbor.encode(request(0, k1=2)))
    bad_field("a key above 63", 0, request(0, k64=1))
    for number in (1, 2, 3, 4, 5, 7):
        bad_field(f"key {number} missing", number, request(0, **{f"k{number}": None}))
    bad_field("a month that is none", 2, request(0, k2=5))
    bad_field("basis 2", 3, request(0, k3=2))
    bad_field("root of 31 bytes", 4, request(0, k4=bytes(31)))
    bad_field("more records than are compared", 5, request(0, k5=comparison.RECORDS + 1))
    bad_field("question 4", 7, request(4))
    bad_field("level 7", 8, request(2, k8=7, k10=ranges))
    bad_field("level 41", 8, request(2, k8=41, k10=ranges))
    bad_field("no level", 8, request(2, k10=ranges))
    bad_field("parts below the finest level", 9, request(1, k8=39, k9=2, k10=ranges))
    bad_field("no bits", 9, request(1, k8=16, k10=ranges))
    bad_field("no range", 10, request(2, k8=16, k10=b""))
    bad_field("a range twice", 10, request(2, k8=16, k10=b"\x05\x00"))
    bad_field("a range beyond the level", 10, request(2, k8=8, k10=comparison.varint(256)))
    bad_field("a distance in two bytes that fits one", 10, request(2, k8=16, k10=b"\x85\x00"))
    bad_field("a number cut short", 10, request(2, k8=16, k10=b"\x85"))
    bad_field("too many sums", 10, request(1, k8=16, k9=8, k10=comparison.pack_ranges(list(range(257)))))
    bad_field("halves that do not ascend", 11, record_request(k11=_swapped()))
    bad_field("halves of fewer ranges", 11, record_request(k11=b""))
    bad_field("no record at all", 14, request(3))
    told = told_rows()
    bad_field("names out of order", 12, record_request(k12=["corv", "app"], k8=None, k10=None, k11=None))
    bad_field("a row of seven", 14, record_request(k14=[told[14][0][:7]]))
    bad_field("day 32", 14, record_request(k14=[[*told[14][0][:3], 32, *told[14][0][4:]]]))
    bad_field("quantity 0", 14, record_request(k14=[[*told[14][0][:5], 0, 1, 1]]))
    as_text = comparison.uuid.UUID(bytes=told[14][0][4])
    bad_field("a UUID as text", 14, record_request(k14=[[*told[14][0][:4], str(as_text), 1, 1, 1]]))
    return section


def _swapped():
    prefixes, halves = listed_wanted()
    return comparison.pack_wanted([[*group[::-1], *group] for group in halves][: len(prefixes)])


def _answers():
    section = Section(check_answer)
    base = {"pairKey": KEY.hex(), "asker": ASKER, "answerer": ANSWERER, "records": THEIRS}

    def good(name, body, **changes):
        return section.good(name, **{**base, **changes}, request=cbor.encode(body).hex())

    def bad(name, reason, body, **more):
        section.bad(name, reason, **base, request=cbor.encode(body).hex(), **more)

    leaves = comparison.pack_ranges(differing_leaves())
    good("open", request(0))
    good("open on what is held", request(0, k3=1, k6=None))
    same = {"k4": comparison.root(codes_of(THEIRS)), "k5": len(codes_of(THEIRS))}
    good("open with the same root", request(0, **same))
    good("open to one that counted nothing", request(0, k6=None), records=[])
    good("sums of the leaves that differ", request(1, k8=8, k9=2, k10=leaves))
    good("codes of the leaves that differ", request(2, k8=8, k10=leaves))
    good("codes of a range without any", request(2, k8=40, k10=comparison.varint(12345)))
    good("records both ways, one beside the month", record_request())
    good("records told alone", record_request(k8=None, k10=None, k11=None))
    bad("sums with the same root", "equal", request(1, k8=8, k9=2, k10=leaves, **same))
    bad("codes with the same root", "equal", request(2, k8=8, k10=leaves, **same))
    bad("another root than it has", "changed", request(0, k6=bytes(32)))
    bad("changed goes before equal", "changed", request(2, k8=8, k10=leaves, **{**same, "k6": bytes(32)}))
    prefixes, halves = listed_wanted()
    gone = comparison.pack_wanted([[1], *halves[1:]])
    bad("a half that is not there", "body-field", record_request(k11=gone), key=11)
    return section


def _pairs():
    """Named pairs of sides and what follows by hand: (name, own, other, causes)."""
    common = [row(number, 1 + number % 28) for number in range(0, 60, 2)]
    plain = {"id": "zaak 1"}
    yield "the same", common, common, []
    yield "midnight", [*common, row(1, 4, **plain)], [*common, row(1, 5, **plain)], ["midnight"]
    yield "two days later", [*common, row(1, 4, **plain)], [*common, row(1, 6, **plain)], ["unknown"]
    yield "month end", [*common, row(1, 31, **plain)], [*common, row(1, 32, **plain)], ["month-end"]
    yield "month begin", [*common, row(1, 0, **plain)], [*common, row(1, 1, **plain)], ["month-end"]
    yield "another class", [row(1, 3, **{"class": "spoed"})], [row(1, 3)], ["other-class"]
    yield "another quantity", [row(1, 3, quantity=4)], [row(1, 3)], ["other-quantity"]
    yield "class and quantity", [row(1, 3, quantity=4, **{"class": "spoed"})], [row(1, 3)], ["unknown"]
    yield "twice from two sources", [row(1, 3), row(1, 3, 2)], [row(1, 3)], ["double-feed"]
    yield "twice from one source", [row(1, 3)], [row(1, 3), row(1, 3)], ["repeated"]
    yield "another application is another key", [row(1, 3)], [row(1, 3, application="zaken")], ["unknown"] * 2
    yield "three in a row", [*common, *(row(60 + n, 9) for n in range(3))], common, ["missing-hours"] * 3
    yield "two in a row", common, [*common, *(row(60 + n, 9) for n in range(2))], ["unknown"] * 2
    missing = [row(60 + 2 * n, 9) for n in range(3)]
    yield "one between", [*common, *missing, row(61, 9)], [*common, row(61, 9)], ["unknown"] * 3
    between = row(61, 9, **{"class": "spoed"})
    causes = ["unknown", "other-class", "unknown", "unknown"]
    yield "one of another class between", [*common, *missing, row(61, 9)], [*common, between], causes
    whole_day = [row(n, 30, id=f"zaak {n}") for n in range(3)]
    yield "a day without ids of time", [*common, *whole_day], common, ["missing-hours"] * 3
    other_day = row(99, 30, id="zaak 99")
    yield "a day with one of its own", [*common, *whole_day, other_day], [*common, other_day], ["unknown"] * 3


def _differences():
    section = Section(check_differences)
    made = {}
    for name, own, other, causes in _pairs():
        made[name] = section.good(name, month=MONTH, ownRecords=own, otherRecords=other)
        found = [transaction[5] for transaction in made[name]["transactions"]]
        assert sorted(found) == sorted(causes), (name, found)
    for name, wrong in [
        ("midnight", "unknown"),
        ("month end", "unknown"),
        ("two in a row", "missing-hours"),
        ("one between", "missing-hours"),
        ("a day with one of its own", "missing-hours"),
        ("twice from one source", "double-feed"),
        ("class and quantity", "other-class"),
        ("two days later", "midnight"),
    ]:
        case = made[name]
        claimed = [[*transaction[:5], wrong] for transaction in case["transactions"]]
        fields = {field: case[field] for field in ("month", "ownRecords", "otherRecords")}
        section.bad(f"{name} as {wrong}", "differences", **fields, claimed=claimed)
    for seed in range(6):
        section.good(f"drawn {seed}", month=MONTH, **_drawn(seed))
    return section


def _drawn(seed):
    """Two sides with every kind of defect, drawn from a hash."""
    own, other = [], []
    for number in range(60):
        draw = sha256(f"difference {seed} {number}".encode())
        changes = {"quantity": 1 + draw[0] % 3, "application": ("corv", "zaken")[draw[1] & 1]}
        if draw[2] % 4 == 0:
            changes["id"] = f"zaak {number}"
        day, kind = 1 + draw[3] % 31, draw[4] % 16
        record = row(number, day, **changes)
        if kind != 1:
            own += [record] * (2 if kind == 2 else 1)
        if kind == 3:
            own.append(row(number, day, 2, **changes))
        if kind == 4:
            record = row(number, day, **{**changes, "quantity": 9})
        if kind == 5:
            record = row(number, day, **{**changes, "class": "spoed"})
        if kind == 6:
            record = row(number, day + 1, **{**changes, "id": record[4]})
        if kind not in (7, 8, 9):
            other += [record] * (2 if kind == 10 else 1)
    return {"ownRecords": own, "otherRecords": other}


def make():
    return {"request": _requests(), "answer": _answers(), "differences": _differences()}
