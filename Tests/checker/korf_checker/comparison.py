# SPDX-License-Identifier: EUPL-1.2
"""Two-sided comparison, Protocol/comparison.md."""

import hashlib
import hmac
import uuid
from collections import Counter, defaultdict

from . import cbor, civil, tree
from .refusal import Refusal

VERSION = 1
BODY_LIMIT, RANGES, SUMS, CODES, ROWS, RECORDS = 1 << 20, 16_384, 65_536, 65_536, 2_048, 1 << 23
LEAVES, LEAST_LEVEL, FINEST = 256, 8, 40
OPEN, SUM, CODE, RECORD = range(4)
MASK = (1 << 64) - 1


# section 1 and 2


def code(key, record):
    return hmac.new(key, cbor.encode(list(record)), hashlib.sha256).digest()[:16]


def leaves(codes):
    """The 256 leaves of codes in any order."""
    parts = [b""] * LEAVES
    for value in sorted(codes):
        parts[value[0]] += value
    return [tree.leaf_hash(part) for part in parts]


def root(codes):
    return tree.root(leaves(codes))


def low(value):
    return int.from_bytes(value[8:], "big")


def in_range(value, level, prefix):
    return int.from_bytes(value[:8], "big") >> (64 - level) == prefix


def total(codes, level, prefix):
    return sum(low(value) for value in codes if in_range(value, level, prefix)) & MASK


# section 5: packed numbers


def varint(number):
    made = b""
    while number >= 0x80:
        made += bytes([number & 0x7F | 0x80])
        number >>= 7
    return made + bytes([number])


class Packed:
    def __init__(self, data):
        self.data, self.at = data, 0

    def __bool__(self):
        return self.at < len(self.data)

    def varint(self):
        number = shift = 0
        while self.at < len(self.data) and shift < 63:
            byte = self.data[self.at]
            self.at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                if byte == 0 and shift:
                    raise ValueError("not the shortest")
                return number
            shift += 7
        raise ValueError("no number")

    def word(self):
        if self.at + 8 > len(self.data):
            raise ValueError("no word")
        self.at += 8
        return int.from_bytes(self.data[self.at - 8 : self.at], "big")


def words(numbers):
    return b"".join(number.to_bytes(8, "big") for number in numbers)


def pack_ranges(prefixes):
    return b"".join(varint(p - q) for p, q in zip(prefixes, [0, *prefixes]))


def unpack_ranges(level, data):
    packed, prefixes = Packed(data), []
    while packed:
        step = packed.varint()
        if prefixes and step == 0:
            raise ValueError("a range twice")
        prefixes.append(step + (prefixes[-1] if prefixes else 0))
        if prefixes[-1] >= 1 << level or len(prefixes) > RANGES:
            raise ValueError("beyond the level or the bound")
    if not prefixes:
        raise ValueError("no range")
    return prefixes


def pack_wanted(groups):
    return b"".join(varint(len(group)) + words(group) for group in groups)


def unpack_wanted(count, data):
    packed, groups = Packed(data), []
    for _ in range(count):
        groups.append([packed.word() for _ in range(packed.varint())])
        if not groups[-1] or any(a >= b for a, b in zip(groups[-1], groups[-1][1:])):
            raise ValueError("halves do not ascend")
    if packed or sum(map(len, groups)) > ROWS:
        raise ValueError("more than was said")
    return groups


# section 5: rows


def pack_id(text):
    try:
        value = uuid.UUID(text)
    except ValueError:
        return text
    return value.bytes if str(value) == text else text


def pack_rows(rows, sender):
    """Rows are (record, occurrences, sources); answers keys 12 to 14, none where there is no row."""
    if not rows:
        return {}
    applications = sorted({row[0][1] for row in rows}, key=str.encode)
    classes = sorted({row[0][2] for row in rows}, key=str.encode)
    return {
        12: applications,
        13: classes,
        14: [
            [
                0 if provider == sender else 1,
                applications.index(application),
                classes.index(tariff_class),
                civil.date(day).day,
                pack_id(match),
                quantity,
                occurrences,
                sources,
            ]
            for (provider, application, tariff_class, day, match, quantity), occurrences, sources in rows
        ],
    }


def _names(value, most):
    fine = (
        isinstance(value, list)
        and len(value) <= ROWS
        and all(cbor.is_text(name, most, 1) for name in value)
        and all(a.encode() < b.encode() for a, b in zip(value, value[1:]))
    )
    if not fine:
        raise ValueError("names")
    return value


def _row(row, names, month, sender, receiver):
    if not isinstance(row, list) or len(row) != 8:
        raise ValueError("a row has eight parts")
    side, application, tariff_class, day, match, quantity, occurrences, sources = row
    fine = (
        cbor.is_uint(side, 1)
        and cbor.is_uint(application, len(names[0]) - 1)
        and cbor.is_uint(tariff_class, len(names[1]) - 1)
        and cbor.is_uint(day, civil.days_in(month), 1)
        and cbor.is_uint(quantity, least=1)
        and cbor.is_uint(occurrences, 2**31 - 1, 1)
        and cbor.is_uint(sources, 2**31 - 1, 1)
    )
    if not fine:
        raise ValueError("a part of a row")
    if cbor.is_bytes(match, 16):
        match = str(uuid.UUID(bytes=match))
    elif not cbor.is_text(match, 128, 1) or pack_id(match) != match:
        raise ValueError("a match id")
    provider = (sender, receiver)[side]
    first = civil.first_day(month)
    return (
        (provider, names[0][application], names[1][tariff_class], first + day - 1, match, quantity),
        occurrences,
        sources,
    )


# section 5: requests


def _body(data):
    if len(data) > BODY_LIMIT:
        raise Refusal("body-oversize")
    try:
        body = cbor.decode(data)
    except Refusal:
        raise Refusal("body-not-canonical") from None
    if not isinstance(body, dict):
        raise Refusal("body-not-canonical")
    for key in body:
        if not cbor.is_uint(key, 63, 1):
            raise Refusal("body-field", key=0)
    if not cbor.is_int(body.get(1)):
        raise Refusal("body-field", key=1)
    if body[1] != VERSION:
        raise Refusal("version-unsupported")
    return body


class Request:
    """A request; `rows` and `wanted` are empty where there are none."""

    def __init__(self, data, asker, answerer):
        body = _body(data)
        shapes = {
            2: lambda value: cbor.is_uint(value) and civil.is_month(value),
            3: lambda value: cbor.is_uint(value, 1),
            4: lambda value: cbor.is_bytes(value, 32),
            5: lambda value: cbor.is_uint(value, RECORDS),
            6: lambda value: cbor.is_bytes(value, 32),
            7: lambda value: cbor.is_uint(value, 3),
            8: lambda value: cbor.is_uint(value, FINEST, LEAST_LEVEL),
            9: lambda value: cbor.is_uint(value, 8, 1),
            10: lambda value: isinstance(value, bytes),
            11: lambda value: isinstance(value, bytes),
        }
        for key in sorted(body):
            if key in shapes and not shapes[key](body[key]):
                raise Refusal("body-field", key=key)
            if key in (12, 13, 14):
                self._take_rows(key, body, asker, answerer)
        for key in (2, 3, 4, 5, 7):
            if key not in body:
                raise Refusal("body-field", key=key)
        self.month, self.basis, self.root, self.records = (body[key] for key in (2, 3, 4, 5))
        self.other, self.question = body.get(6), body[7]
        self.level = self.bits = None
        self.prefixes, self.wanted = [], []
        self.rows = getattr(self, "rows", [])
        self._take_question(body)

    def _take_rows(self, key, body, asker, answerer):
        try:
            if key == 14:
                names = (body.get(12, []), body.get(13, []))
                if not isinstance(body[14], list) or len(body[14]) > ROWS:
                    raise ValueError("rows")
                if 2 not in body:
                    raise ValueError("no month")
                self.rows = [_row(row, names, body[2], asker, answerer) for row in body[14]]
            else:
                _names(body[key], 73 if key == 12 else 32)
        except ValueError:
            raise Refusal("body-field", key=key) from None

    def _ranges(self, body):
        if 8 not in body:
            raise Refusal("body-field", key=8)
        self.level = body[8]
        try:
            self.prefixes = unpack_ranges(self.level, body.get(10, b""))
        except ValueError:
            raise Refusal("body-field", key=10) from None

    def _take_question(self, body):
        if self.question == SUM:
            if 9 not in body:
                raise Refusal("body-field", key=9)
            self.bits = body[9]
            self._ranges(body)
            if self.level + self.bits > FINEST:
                raise Refusal("body-field", key=9)
            if len(self.prefixes) << self.bits > SUMS:
                raise Refusal("body-field", key=10)
        if self.question == CODE:
            self._ranges(body)
        if self.question == RECORD:
            if 8 not in body:
                if not self.rows:
                    raise Refusal("body-field", key=14)
                return
            self._ranges(body)
            try:
                self.wanted = unpack_wanted(len(self.prefixes), body.get(11, b""))
            except ValueError:
                raise Refusal("body-field", key=11) from None


# section 5: answers


class Side:
    """What one member counted: rows of (provider, application, class, day, match id, quantity, source)."""

    def __init__(self, rows, month):
        first, last = civil.first_day(month), civil.first_day(month) + civil.days_in(month) - 1
        self.rows = [tuple(row[:6]) for row in rows if first <= row[3] <= last]
        self.beside = {key(row): row[3] for row in rows if row[3] in (first - 1, last + 1)}
        self.sources = defaultdict(set)
        for row in rows:
            if first <= row[3] <= last:
                self.sources[key(row)].add(row[6])
        self.counts = Counter(self.rows)


def key(record):
    """The match key."""
    return record[0], record[1], record[4]


def answer(side, pair_key, data, asker, answerer):
    request = Request(data, asker, answerer)
    codes = {code(pair_key, record): record for record in side.counts}
    spread = [value for value, record in codes.items() for _ in range(side.counts[record])]
    own = root(spread)
    if request.other is not None and request.other != own:
        raise Refusal("changed")
    made = {1: VERSION, 4: own, 5: len(spread), 7: request.question}
    if request.root == own:
        if request.question != OPEN:
            raise Refusal("equal")
        return cbor.encode(made)
    if request.question == OPEN:
        made[15] = b"".join(leaves(spread))
        made[16] = words(total(spread, 8, leaf) for leaf in range(LEAVES))
    if request.question == SUM:
        bits = request.bits
        made[16] = words(
            total(spread, request.level + bits, prefix << bits | part)
            for prefix in request.prefixes
            for part in range((1 << bits) - 1)
        )
    listed = [
        sorted((low(value), value) for value in codes if in_range(value, request.level, prefix))
        for prefix in request.prefixes
    ]
    if request.question == CODE:
        made[17] = b"".join(
            varint(len(part))
            + b"".join(words([half]) + varint(side.counts[codes[value]]) for half, value in part)
            for part in listed
        )
    if request.question == RECORD:
        rows = []
        for part, halves in zip(listed, request.wanted):
            found = dict(part)
            for half in halves:
                if half not in found:
                    raise Refusal("body-field", key=11)
                record = codes[found[half]]
                rows.append((record, side.counts[record], len(side.sources[key(record)])))
        made.update(pack_rows(rows, answerer))
        beside = [
            [index, side.beside[key(row[0])]]
            for index, row in enumerate(request.rows)
            if key(row[0]) in side.beside
        ]
        if beside:
            made[18] = beside
    return cbor.encode(made)


# section 6


def milliseconds(text):
    """The instant of a UUID of version 7 in lower case, else nothing."""
    data = pack_id(text)
    if isinstance(data, str) or data[6] >> 4 != 7 or data[8] >> 6 != 2:
        return None
    return int.from_bytes(data[:6], "big")


def differences(own, other):
    """[[provider, application, match id, kind, side or nothing, cause]] in order of match key."""
    keys = {key(record) for record in (own.counts - other.counts) + (other.counts - own.counts)}
    found = {}
    for name in keys:
        mine, theirs = ([row for row in side.rows if key(row) == name] for side in (own, other))
        if mine and theirs and len(mine) == len(theirs):
            found[name] = ["different", None, _different(mine, theirs)]
        elif mine and theirs:
            more = "own" if len(mine) > len(theirs) else "other"
            sources = (own if more == "own" else other).sources[name]
            found[name] = ["doubled", more, "double-feed" if len(sources) > 1 else "repeated"]
        else:
            lacking = "other" if mine else "own"
            beside = (own if lacking == "own" else other).beside
            found[name] = ["missing", lacking, "month-end" if name in beside else None]
    for lacking, side, full in (("own", own, other), ("other", other, own)):
        for name in _gaps({n for n in keys if found[n][1] == lacking and found[n][0] == "missing"}, side, full):
            found[name][2] = found[name][2] or "missing-hours"
    return [[*name, *found[name][:2], found[name][2] or "unknown"] for name in sorted(keys, key=_order)]


def _order(name):
    return name[0], name[1].encode(), name[2].encode()


def _different(mine, theirs):
    def order(row):
        return row[2].encode(), row[5], row[3]

    pairs = list(zip(sorted(mine, key=order), sorted(theirs, key=order)))
    same_class = all(a[2] == b[2] for a, b in pairs)
    same_quantity = all(a[5] == b[5] for a, b in pairs)
    same_day = all(a[3] == b[3] for a, b in pairs)
    if same_class and same_quantity and all(abs(a[3] - b[3]) <= 1 for a, b in pairs):
        return "midnight"
    if same_day and same_quantity:
        return "other-class"
    return "other-quantity" if same_day and same_class else "unknown"


def _gaps(missing, lacking, full):
    """The missing match keys that are of a run."""
    for feed in {name[:2] for name in missing}:
        there = [row for row in lacking.rows if row[:2] == feed]
        instants = sorted(i for i in (milliseconds(row[4]) for row in there) if i is not None)
        timed = sorted(
            (milliseconds(name[2]), _order(name), name)
            for name in missing
            if name[:2] == feed and milliseconds(name[2]) is not None
        )
        run = []
        for at, (instant, _, name) in enumerate(timed):
            run.append(name)
            last = at + 1 == len(timed)
            if last or any(instant <= there < timed[at + 1][0] for there in instants):
                yield from run if len(run) >= 3 else ()
                run = []
        by_day = defaultdict(set)
        for row in full.rows:
            if key(row) in missing and row[:2] == feed and milliseconds(row[4]) is None:
                by_day[row[3]].add(key(row))
        for day, names in by_day.items():
            if len(names) >= 3 and not any(row[3] == day for row in there):
                yield from names
