# SPDX-License-Identifier: EUPL-1.2
"""entry.json"""

from .. import cbor, log
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal

SOURCE = "Protocol/log.md section 1"


def check_entry(case):
    entry = log.read_entry(bytes.fromhex(case["hex"]))
    return {
        "kind": entry.kind,
        "body": cbor.encode(entry.body).hex(),
        "references": [[r[0].hex(), r[1], r[2].hex()] for r in entry.references],
        "commitment": entry.commitment.hex() if entry.commitment else None,
        "leaf": entry.leaf.hex(),
    }


def check_commitment(case):
    salt, text = bytes.fromhex(case["salt"]), case["text"].encode("utf-8")
    value = log.commitment(salt, text).hex()
    if "commitment" in case and case["commitment"] != value or len(salt) != 32:
        raise Refusal("text-mismatch")
    return {"commitment": value}


SECTIONS = {"entry": check_entry, "commitment": check_commitment}
A, B, LEAF = bytes([10]) * 32, bytes([11]) * 32, bytes([12]) * 32


def _entries():
    section = Section(check_entry)

    def good(name, item):
        section.good(name, hex=cbor.encode(item).hex())

    def bad(name, reason, item, **detail):
        section.bad(name, reason, hex=cbor.encode(item).hex(), **detail)

    good("plain", [1, 1, [20000]])
    good("body null", [1, 2, None])
    good("greatest kind", [1, 65535, {"x": [1, {2: b"\x00"}]}])
    good("one reference", [1, 64, {1: "a"}, [[A, 0, LEAF]]])
    good("two references of one log", [1, 64, {1: "a"}, [[A, 0, LEAF], [A, 1, LEAF]]])
    good("references of two logs", [1, 64, {1: "a"}, [[A, 7, LEAF], [B, 0, LEAF]]])
    good("index order is of numbers", [1, 64, {1: "a"}, [[A, 9, LEAF], [A, 256, LEAF]]])
    good("64 references", [1, 64, {1: "a"}, [[A, i, LEAF] for i in range(64)]])
    good("commitment without references", [1, 64, {1: "a"}, [], sha256(b"t")])
    good("commitment and reference", [1, 64, {1: "a"}, [[A, 3, LEAF]], sha256(b"t")])
    good("body at depth 16", [1, 9, cbor.decode(bytes.fromhex("81" * 15 + "00"))])
    for name, item in [
        ("no array", {1: 2}),
        ("two items", [1, 1]),
        ("six items", [1, 1, 0, [], A, 0]),
        ("kind 65536", [1, 65536, 0]),
        ("kind negative", [1, -1, 0]),
        ("kind as text", [1, "1", 0]),
        ("empty references alone", [1, 1, 0, []]),
        ("references null", [1, 1, 0, None]),
        ("references null with commitment", [1, 1, 0, None, A]),
        ("reference of two", [1, 1, 0, [[A, 0]]]),
        ("log id of 31", [1, 1, 0, [[A[1:], 0, LEAF]]]),
        ("index negative", [1, 1, 0, [[A, -1, LEAF]]]),
        ("leaf of 33", [1, 1, 0, [[A, 0, LEAF + b"0"]]]),
        ("references no array", [1, 1, 0, {0: A}]),
    ]:
        bad(name, "entry-shape", item)
    bad("version 2", "entry-version", [2, 1, 0])
    bad("version 0", "entry-version", [0, 1, 0])
    bad("version as text", "entry-version", ["1", 1, 0])
    bad("indices unsorted", "entry-references-unsorted", [1, 1, 0, [[A, 1, LEAF], [A, 0, LEAF]]])
    bad("logs unsorted", "entry-references-unsorted", [1, 1, 0, [[B, 0, LEAF], [A, 1, LEAF]]])
    bad("reference twice", "entry-references-unsorted", [1, 1, 0, [[A, 1, LEAF], [A, 1, LEAF]]])
    bad("one place, two leaves", "entry-references-unsorted", [1, 1, 0, [[A, 1, A], [A, 1, LEAF]]])
    bad("65 references", "entry-references-too-many", [1, 1, 0, [[A, i, LEAF] for i in range(65)]])
    bad("commitment of 31", "entry-commitment", [1, 1, 0, [], A[1:]])
    bad("commitment null", "entry-commitment", [1, 1, 0, [], None])
    bad("commitment as text", "entry-commitment", [1, 1, 0, [[A, 1, LEAF]], "a"])
    for name, hexadecimal, reason in [
        ("empty", "", "truncated"),
        ("byte after it", "8301010000", "trailing-bytes"),
        ("float in the body", "830101f90000", "unsupported-type"),
        ("kind not shortest", "8301180100", "not-shortest"),
        ("indefinite array", "9f010100ff", "indefinite-length"),
        ("body too deep", "830101" + "81" * 16 + "00", "too-deep"),
    ]:
        section.bad(name, "entry-not-canonical", cbor=reason, hex=hexadecimal)
    return section


def _commitments():
    section = Section(check_commitment)
    for name, text in [
        ("short", "Toelichting"),
        ("empty", ""),
        ("accents", "co\u00f6peratie \u2013 \u20ac"),
        ("lines", "a\nb\n"),
    ]:
        section.good(name, salt=sha256(name.encode()).hex(), text=text)
    salt = sha256(b"salt")
    right = log.commitment(salt, b"tekst").hex()
    section.bad("other salt", "text-mismatch", salt=bytes(32).hex(), text="tekst", commitment=right)
    section.bad("other text", "text-mismatch", salt=salt.hex(), text="tekst ", commitment=right)
    section.bad(
        "normalised otherwise",
        "text-mismatch",
        salt=salt.hex(),
        text="e\u0301",
        commitment=log.commitment(salt, "\u00e9".encode()).hex(),
    )
    section.bad(
        "salt after text",
        "text-mismatch",
        salt=salt.hex(),
        text="tekst",
        commitment=sha256(b"tekst" + salt).hex(),
    )
    return section


def make():
    return {"entry": _entries(), "commitment": _commitments()}
