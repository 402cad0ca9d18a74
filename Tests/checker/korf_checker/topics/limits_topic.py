# SPDX-License-Identifier: EUPL-1.2
"""limits.json: recipes of bytes at a limit and one over."""

from .. import cbor, evidence, exchange, fixture, fold, identity, kinds, log, note, tree
from ..case import Section
from ..crypto import sha256
from ..genesis import Genesis
from ..refusal import Refusal
from .exchange_topic import DIGEST, LOG, PAGE, REQUEST, SIGNATURE
from .kinds_topic import ONE, TWO
from .page_topic import Log

SOURCE = "Protocol/limits.md"


def build(parts):
    return b"".join(bytes.fromhex(hexadecimal) * times for hexadecimal, times in parts)


def check(case):
    data, reads = build(case["parts"]), case["reads"]
    if reads == "cbor":
        cbor.decode(data)
    elif reads == "entry":
        log.read_entry(data)
    elif reads == "card":
        identity.read_card(data)
    elif reads == "genesis":
        Genesis(data)
    elif reads == "evidence":
        evidence.read(data)
    elif reads == "request":
        exchange.read("request", data, 4)
    elif reads == "note":
        try:
            note.parse(data)
        except note.NoteError as error:
            raise Refusal(error.reason) from None
    elif reads == "page":
        _, start, size, signature, entries, hashes = cbor.decode(data)
        log.Received(bytes.fromhex(case["logId"]), case["origin"], bytes.fromhex(case["publicKey"])).admit(
            start, entries, size, signature, hashes, len(data)
        )
    elif reads == "flushes":
        total = _cells_of(build(case["before"])) * case["times"] + _cells_of(data)
        if total > fold.ROWS_MOST[1]:
            raise Refusal("rows-limit")
    elif reads.startswith("body "):
        kinds.check(int(reads[5:]), cbor.decode(data), 1, 0, ONE)
    else:
        raise Refusal("unknown-reader")
    return {"bytes": len(data)}


def _cells_of(body):
    """Cells that a flush of this body asks for. Protocol/state.md §5."""
    return kinds.declared(log.read_entry(log.write_entry(96, cbor.decode(body))), 1)[1]


SECTIONS = {"": check}


def _padded(before, after=b"", size=0, major=2, pad="00"):
    """parts of before ‖ a string ‖ after that is size bytes in all."""
    for width in (1, 2, 3, 5):
        length = size - len(before) - len(after) - width
        if len(cbor.head(major, length)) == width:
            return [[(before + cbor.head(major, length)).hex(), 1], [pad, length]] + (
                [[after.hex(), 1]] if after else []
            )
    raise ValueError(size)


def _request(key, item, count):
    keys = sorted([*REQUEST, key])
    assert keys[-1] == key, "the long list comes last"
    before = cbor.encode(REQUEST)
    before = bytes([before[0] + 1]) + before[1:] + cbor.encode(key) + cbor.head(4, count)
    return [[before.hex(), 1], [cbor.encode(item).hex(), count]]


def _cells(count):
    columns = [
        [0] * count,
        [0] * count,
        [1] * count,
        [0] * count,
        [23_640 + n for n in range(count)],
        [0] * count,
        *[[1] * count, [0] * count] * 2,
        [7] * count,
    ]
    return [["corv"], [ONE, TWO], ["bericht"], columns]


def _rows(columns):
    """Parts of a flush with runs written once."""
    head_bytes = cbor.encode(columns[:3])[1:]
    parts = [["84" + head_bytes.hex() + "8b", 1]]
    for column in columns[3]:
        parts.append([cbor.head(4, len(column)).hex(), 1])
        if len(set(column)) == 1:
            parts.append([cbor.encode(column[0]).hex(), len(column)])
        else:
            parts.append(["".join(cbor.encode(item).hex() for item in column), 1])
    assert build(parts) == cbor.encode(columns)
    return parts


def _card(size):
    """A card of exactly that many bytes, by municipalities with long names."""
    rows = []
    for number in range(10_000):
        data = fixture.card_bytes(1, k10=rows + [[f"GM{number:04d}", "n" * 100]])
        if len(data) > size - 110:
            break
        rows.append([f"GM{number:04d}", "n" * 100])
    for one in range(1, 101):
        for two in range(1, 101):
            data = fixture.card_bytes(1, k10=rows + [["GM9998", "n" * one], ["GM9999", "n" * two]])
            if len(data) == size:
                return data
    raise ValueError(size)


def _page(size):
    """Parts and context of a page from 0 of exactly that many bytes: entry 0 and eighteen long entries."""
    mine = Log(count=1)
    lengths = [60_000] * 17
    rest = size - len(_page_bytes(mine, [*lengths, 300])) + 300
    lengths.append(rest)
    data = _page_bytes(mine, lengths)
    assert len(data) == size
    parts, at = [], 0
    for length in lengths:
        cut = data.index(bytes(length), at)
        parts += [[data[at:cut].hex(), 1], ["00", length]]
        at = cut + length
    parts.append([data[at:].hex(), 1])
    context = {"logId": mine.id.hex(), "origin": mine.origin, "publicKey": mine.signer.public_key.hex()}
    return {"parts": parts, **context}


def _page_bytes(mine, lengths):
    entries = mine.entries + [log.write_entry(9, bytes(length)) for length in lengths]
    mine.leaves = [tree.leaf_hash(entry) for entry in entries]
    return cbor.encode([0, 0, len(entries), mine.signature(len(entries)), entries, []])


def make():
    section = Section(check)

    def pair(name, reason, reads, good, bad):
        section.good(f"{name}: at the limit", reads=reads, parts=good)
        section.bad(f"{name}: one over", reason, reads=reads, parts=bad)

    head = bytes.fromhex("830109")
    pair(
        "entry of 65,535 bytes",
        "entry-oversize",
        "entry",
        _padded(head, size=65_535),
        _padded(head, size=65_536),
    )
    pair(
        "64 references",
        "entry-references-too-many",
        "entry",
        *(
            [[cbor.encode([1, 9, 0, [[LOG, index, DIGEST] for index in range(count)]]).hex(), 1]]
            for count in (64, 65)
        ),
    )
    pair("card of 8 KiB", "card-oversize", "card", [[_card(8192).hex(), 1]], [[_card(8193).hex(), 1]])
    pair("depth 16", "too-deep", "cbor", [["81", 16], ["00", 1]], [["81", 17], ["00", 1]])
    whole = cbor.encode(REQUEST)
    before = bytes([whole[0] + 1]) + whole[1:] + cbor.encode(63)
    pair(
        "body of 1 MiB + 64 KiB",
        "body-oversize",
        "request",
        _padded(before, size=1_114_112),
        _padded(before, size=1_114_113),
    )
    pair(
        "10,000 heads",
        "too-many",
        "request",
        _request(6, [3, 1, SIGNATURE], 10_000),
        _request(6, [3, 1, SIGNATURE], 10_001),
    )
    pair(
        "10,000 pages",
        "too-many",
        "request",
        _request(7, [*PAGE[:4], [], []], 10_000),
        _request(7, [*PAGE[:4], [], []], 10_001),
    )
    pair("64 texts wanted", "too-many", "request", _request(8, DIGEST, 64), _request(8, DIGEST, 65))
    pair("64 texts", "too-many", "request", _request(9, [DIGEST, "a"], 64), _request(9, [DIGEST, "a"], 65))
    pair("64 items of evidence", "too-many", "request", _request(10, b"", 64), _request(10, b"", 65))
    pair("10,000 wants", "too-many", "request", _request(12, [3, 0], 10_000), _request(12, [3, 0], 10_001))
    text = bytes([whole[0] + 1]) + whole[1:] + bytes.fromhex("098182") + cbor.encode(DIGEST)
    long = len(text) + 5 + (1 << 20)
    pair(
        "text of 1 MiB",
        "body-field",
        "request",
        _padded(text, size=long, major=3, pad="61"),
        _padded(text, size=long + 1, major=3, pad="61"),
    )
    pair("2,000 cells of a flush", "void", "body 96", _rows(_cells(2000)), _rows(_cells(2001)))
    full, rest = {"before": _rows(_cells(2000)), "times": 1_048}, 2_097_152 - 1_048 * 2_000
    flushes = "2,097,152 cells of one log above an epoch"
    section.good(f"{flushes}: at the limit", reads="flushes", **full, parts=_rows(_cells(rest)))
    section.bad(f"{flushes}: one over", "rows-limit", reads="flushes", **full, parts=_rows(_cells(rest + 1)))
    edit = bytes.fromhex("a20164") + b"corv" + bytes.fromhex("02818315")
    pair(
        "value of 49,152 bytes",
        "void",
        "body 64",
        _padded(edit, b"\x80", len(edit) + 49_152 + 1, 3, "61"),
        _padded(edit, b"\x80", len(edit) + 49_153 + 1, 3, "61"),
    )
    element = bytes.fromhex("a20164") + b"corv" + bytes.fromhex("0381821829")
    pair(
        "element of 49,152 bytes",
        "void",
        "body 64",
        _padded(element, b"", len(element) + 49_152, 3, "61"),
        _padded(element, b"", len(element) + 49_153, 3, "61"),
    )
    line = note.signature_line("witness.example/w", bytes(32), bytes(64)).encode().hex()
    text_part = [(b"text\n\n").hex(), 1]
    pair("100 signature lines", "note-shape", "note", [text_part, [line, 100]], [text_part, [line, 101]])
    rest = (1 << 20) - len(b"\n\n") - len(bytes.fromhex(line))
    pair(
        "note of 1 MiB",
        "note-shape",
        "note",
        [["61", rest], ["0a0a", 1], [line, 1]],
        [["61", rest + 1], ["0a0a", 1], [line, 1]],
    )
    section.good("page of 1 MiB: at the limit", reads="page", **_page(1 << 20))
    section.bad("page of 1 MiB: one over", "page-oversize", reads="page", **_page((1 << 20) + 1))
    section.bad(
        "genesis of 1 MiB is read", "genesis-not-canonical", reads="genesis", parts=[["00", 1 << 20]]
    )
    section.bad("genesis: one over", "genesis-oversize", reads="genesis", parts=[["00", (1 << 20) + 1]])
    section.bad("evidence of 2,561 bytes", "evidence-shape", reads="evidence", parts=[["00", 2561]])
    section.bad(
        "64 hashes of evidence",
        "evidence-shape",
        reads="evidence",
        parts=[
            [
                cbor.encode(
                    {1: LOG, 2: [1, DIGEST, SIGNATURE], 3: [2, DIGEST, SIGNATURE], 4: [sha256(b"")] * 64}
                ).hex(),
                1,
            ]
        ],
    )
    section.bad("entry far over", "entry-oversize", reads="entry", parts=[["81", 100_000]])
    return {"": section}
