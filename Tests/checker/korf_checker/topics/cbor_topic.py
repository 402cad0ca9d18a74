# SPDX-License-Identifier: EUPL-1.2
"""cbor.json"""

from .. import cbor
from ..case import Section
from ..refusal import Refusal

SOURCE = "Protocol/cbor.md"


def check(case):
    value = cbor.decode(bytes.fromhex(case["hex"]))
    if cbor.encode(value).hex() != case["hex"]:
        raise Refusal("encodes-otherwise")
    return {"diagnostic": cbor.diagnostic(value)}


SECTIONS = {"": check}

RFC_VALID = """00 01 0a 17 1818 1819 1864 1903e8 1a000f4240 1b000000e8d4a51000 20 29 3863 3903e7 f4 f5 f6 40
4401020304
60 6161 6449455446 62225c 62c3bc 63e6b0b4 64f0908591 80 83010203 8301820203820405
98190102030405060708090a0b0c0d0e0f101112131415161718181819 a0 a201020304 a26161016162820203
826161a161626163 a56161614161626142616361436164614461656145""".split()
RFC_INVALID = """1bffffffffffffffff:integer-out-of-range 3bffffffffffffffff:integer-out-of-range
c249010000000000000000:unsupported-type f90000:unsupported-type fb3ff199999999999a:unsupported-type
fa47c35000:unsupported-type f97e00:unsupported-type f7:unsupported-type
f0:unsupported-type f8ff:unsupported-type c11a514b67b0:unsupported-type d818456449455446:unsupported-type
5f42010243030405ff:indefinite-length
7f657374726561646d696e67ff:indefinite-length 9fff:indefinite-length 9f018202039f0405ffff:indefinite-length
83018202039f0405ff:indefinite-length bf61610161629f0203ffff:indefinite-length
bf6346756ef563416d7421ff:indefinite-length""".split()
OWN_VALID = [
    ("greatest integer", 2**63 - 1),
    ("least integer", -(2**63)),
    ("24 bytes", bytes(24)),
    ("255 bytes", bytes(255)),
    ("256 bytes", bytes(256)),
    ("text of three bytes a character", "\u20ac\u20ac"),
    ("not normalised", "e\u0301"),
    ("integer keys before text keys", {1: "a", -1: "b", "": "c"}),
    ("short text key first", {"b": 1, "aa": 2}),
    ("negative keys after positive", {23: 0, 24: 0, -1: 0}),
    ("control character in text", "\n"),
    ("NUL in text", "\u0000"),
    ("largest code point", "\U0010ffff"),
]
OWN_INVALID = [
    ("nothing", "", "truncated"),
    ("argument missing", "18", "truncated"),
    ("argument cut", "1a0001", "truncated"),
    ("array cut", "820180", None),
    ("array item missing", "8201", "length-exceeds-input"),
    ("array item cut away", "82" + "81" + "80", "truncated"),
    ("map value missing", "a101", "truncated"),
    ("map pair missing", "a2010203", "truncated"),
    ("string cut", "4401", "length-exceeds-input"),
    ("array cut inside an argument", "821800" + "", "not-shortest"),
    ("two items", "0000", "trailing-bytes"),
    ("break after an item", "00ff", "trailing-bytes"),
    ("23 in two bytes", "1817", "not-shortest"),
    ("255 in three bytes", "1900ff", "not-shortest"),
    ("65535 in five bytes", "1a0000ffff", "not-shortest"),
    ("2^32-1 in nine bytes", "1b00000000ffffffff", "not-shortest"),
    ("negative, not shortest", "3817", "not-shortest"),
    ("length not shortest", "580100", "not-shortest"),
    ("array length not shortest", "980100", "not-shortest"),
    ("text length not shortest", "780161", "not-shortest"),
    ("map length not shortest", "b8010000", "not-shortest"),
    ("not shortest before length", "5817", "not-shortest"),
    ("argument cut, not shortest so far", "1900", "truncated"),
    ("2^63", "1b8000000000000000", "integer-out-of-range"),
    ("-2^63-1", "3b8000000000000000", "integer-out-of-range"),
    ("byte key", "a1410000", "key-type"),
    ("array key", "a18000", "key-type"),
    ("map key", "a1a000", "key-type"),
    ("true as key", "a1f500", "key-type"),
    ("float as key", "a1f9000000", "key-type"),
    ("tag as key", "a1c00000", "key-type"),
    ("keys unsorted", "a202000100", "key-order"),
    ("text key before integer", "a26161000100", "key-order"),
    ("long text key first", "a2626161006162" + "00", "key-order"),
    ("negative before positive", "a220000000", "key-order"),
    ("same key twice", "a201000100", "duplicate-key"),
    ("same text key twice", "a2616100616101", "duplicate-key"),
    ("same key twice, not adjacent", "a3010002000100", "key-order"),
    ("lone continuation byte", "6180", "invalid-utf8"),
    ("overlong slash", "62c0af", "invalid-utf8"),
    ("surrogate", "63eda080", "invalid-utf8"),
    ("above U+10FFFF", "64f4908080", "invalid-utf8"),
    ("cut character", "61c3", "invalid-utf8"),
    ("invalid key text", "a161ff00", "invalid-utf8"),
    ("huge array", "9b7fffffffffffffff", "length-exceeds-input"),
    ("huge map", "bb7fffffffffffffff", "length-exceeds-input"),
    ("length above the integers", "5bffffffffffffffff", "length-exceeds-input"),
    ("huge text", "7a7fffffff", "length-exceeds-input"),
    ("reserved additional information", "1c", "unsupported-type"),
    ("reserved length", "9d", "unsupported-type"),
    ("break alone", "ff", "indefinite-length"),
    ("indefinite integer", "1f", "indefinite-length"),
    ("false in two bytes", "f814", "unsupported-type"),
    ("invalid inside an array", "8201f7", "unsupported-type"),
    ("first fault decides", "82f71817", "unsupported-type"),
    ("key fault before value fault", "a20200" + "01f7", "key-order"),
    ("depth 17", "81" * 17 + "00", "too-deep"),
    ("empty arrays, depth 17", "81" * 16 + "80", "too-deep"),
    ("maps, depth 17", "a100" * 17 + "00", "too-deep"),
    ("deep and cut", "81" * 16 + "98", "too-deep"),
    ("hostile depth", "81" * 4000, "too-deep"),
]


def make():
    section = Section(check)
    for hexadecimal in RFC_VALID:
        section.good(f"appendix A, {hexadecimal[:24]}", by="RFC 8949", hex=hexadecimal)
    for name, value in OWN_VALID:
        section.good(name, hex=cbor.encode(value).hex())
    section.good("depth 16", hex="81" * 16 + "00")
    section.good("empty array at depth 16", hex="81" * 15 + "80")
    section.good("map at depth 16", hex="a100" * 16 + "00")
    for pair in RFC_INVALID:
        hexadecimal, reason = pair.split(":")
        section.bad(f"appendix A, {hexadecimal[:24]}", reason, by="RFC 8949", hex=hexadecimal)
    for name, hexadecimal, reason in OWN_INVALID:
        if reason:
            section.bad(name, reason, hex=hexadecimal)
    return {"": section}
