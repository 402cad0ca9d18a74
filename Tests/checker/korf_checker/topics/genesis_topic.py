# SPDX-License-Identifier: EUPL-1.2
"""genesis.json"""

import copy

from .. import cbor, fixture, founding
from ..case import Section
from ..genesis import Genesis

SOURCE = "Protocol/genesis.md sections 1 and 2"


def check(case):
    genesis = Genesis(bytes.fromhex(case["hex"]))
    vector = [
        {"logId": log.hex(), "oin": oin, "origin": genesis.origin(oin)}
        for log, oin in genesis.logs().items()
    ]
    return {"network": genesis.network.hex(), "vector": vector}


SECTIONS = {"": check}


def changed(path, value):
    """The base document with one place changed; a value of ... removes it."""
    document = copy.deepcopy(founding.document(2))
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return cbor.encode(document)


def make():
    section = Section(check)
    base = founding.document(2)
    one, two, stranger = fixture.oin(1), fixture.oin(2), fixture.oin(9)

    def good(name, path, value):
        section.good(name, hex=changed(path, value).hex())

    def bad(name, reason, at, path, value):
        section.bad(name, reason, path=at, hex=changed(path, value).hex())

    section.good("two founders", hex=cbor.encode(base).hex())
    section.good(
        "one founder and nothing else",
        hex=cbor.encode(
            {
                1: 1,
                2: "K",
                3: 0,
                4: [fixture.card_bytes(1)],
                5: {1: "C", 4: one},
                6: [],
                7: [],
                8: [],
                9: [],
                10: [],
                11: [],
                12: [],
                13: base[13],
                14: base[14],
                15: 1,
            }
        ).hex(),
    )
    good("re-founded", (16,), [bytes(32), 7, bytes(32)])
    good("the cooperative has an OIN that is no member's", (5, 2), stranger)
    good("invoice facts of the cooperative", (5, 3), {4: "12345678", 6: "NL91ABNA0417164300"})
    good("slug of 64", (6, 1, 0), "z" + "a-" * 31 + "b")
    good("terms that are not the default", (13,), {**base[13], 9: 1, 10: 0, 11: 120, 12: 1})
    good(
        "terms of joins",
        (10, 0, 7),
        [[founding.JANUARY_2026, None, 1, [2, 1], 60], [founding.JANUARY_2026 + 1, 0, 0, None, None]],
    )
    good("charged before the network began", (10, 0, 8), [[base[10][0][4][0][0], 5]])
    good("a gap between tariffs", (8, 1, 2), founding.JANUARY_2026 + 9)
    good("an open tariff ends where the next begins", (8, 0, 3), None)
    good("founded on the last day", (3,), 84005)
    good("bills what is closed only", (13, 13), 0)
    good("bills from the 28th", (13, 13), 28)
    for key in range(1, 16):
        bad(f"without key {key}", "genesis-field", str(key), (key,), ...)
    for name, at, path, value in [
        ("format version 2", "1", (1,), 2),
        ("empty name", "2", (2,), ""),
        ("day after 2199", "3", (3,), 84006),
        ("no founder", "4", (4,), []),
        ("a card that is none", "4[1]", (4, 1), b"\xa0"),
        ("a card as map", "4[0]", (4, 0), {}),
        ("cooperative without name", "5.1", (5, 1), ...),
        ("cooperative without bookkeeper", "5.4", (5, 4), ...),
        ("organ id no slug", "6[0].0", (6, 0, 0), "Algemeen"),
        ("electorate 2", "6[0].2", (6, 0, 2), 2),
        ("rule of four", "6[0].3", (6, 0, 3), [1, 2, 0, 1]),
        ("base 3", "6[1].3.2", (6, 1, 3, 2), 3),
        ("denominator 0", "6[1].3.1", (6, 1, 3, 1), 0),
        ("threshold above one", "6[1].3.0", (6, 1, 3, 0), 3),
        ("slug ends in a hyphen", "7[0].1", (7, 0, 1), "corv-"),
        ("slug of 65", "7[0].1", (7, 0, 1), "c" * 65),
        ("slug starts with a digit", "7[0].1", (7, 0, 1), "1corv"),
        ("sensitive as integer", "7[0].5", (7, 0, 5), 1),
        ("no class", "7[1].6", (7, 1, 6), []),
        ("class of 33", "7[1].6[0]", (7, 1, 6, 0), "a" * 33),
        ("mode 0", "7[0].7[0].1", (7, 0, 7, 0, 1), 0),
        ("no provider", "7[0].9", (7, 0, 9), []),
        ("class not of the application", "8[2].1", (8, 2, 1), "bericht"),
        ("month before 1970", "8[0].2", (8, 0, 2), 23639),
        ("tariff ends before it begins", "8[0].3", (8, 0, 3), founding.JANUARY_2026 - 1),
        ("no tier", "8[0].4", (8, 0, 4), []),
        ("last tier bounded", "8[0].4[0].0", (8, 0, 4, 0, 0), 100),
        ("inner tier unbounded", "8[1].4[0].0", (8, 1, 4, 0, 0), None),
        ("tiers descend", "8[1].4[1].0", (8, 1, 4, 1, 0), 1000),
        ("negative price", "8[0].4[0].1", (8, 0, 4, 0, 1), -1),
        ("VAT of 100.01 %", "8[0].6", (8, 0, 6), 10001),
        ("empty VAT category", "8[0].5", (8, 0, 5), ""),
        ("VAT category K", "8[0].5", (8, 0, 5), "K"),
        ("VAT category in a small letter", "8[0].5", (8, 0, 5), "s"),
        ("a reason after S", "8[0].5", (8, 0, 5), "S hoog"),
        ("no reason after the space", "8[0].5", (8, 0, 5), "E "),
        ("a reason with a control character", "8[0].5", (8, 0, 5), "E a\tb"),
        ("category S without a rate", "8[0].6", (8, 0, 6), 0),
        ("VAT category K of a contribution", "9[0].2", (9, 0, 2), "K"),
        ("category O with a rate", "9[0].3", (9, 0, 3), 2100),
        ("VAT category K of a cost sharing", "10[0].5", (10, 0, 5), "K"),
        ("contribution of three", "9[0]", (9, 0), [2026, 1, "O"]),
        ("cost sharing without key year", "10[0].3", (10, 0, 3), ...),
        ("terms of joins of four fields", "10[0].7[0]", (10, 0, 7), [[founding.JANUARY_2026, None, 0, None]]),
        ("a life of zero", "10[0].7[0].4", (10, 0, 7), [[founding.JANUARY_2026, None, 0, None, 0]]),
        ("charged before, of nobody", "10[0].8", (10, 0, 8), []),
        ("offset that is the default", "13.9", (13, 9), 0),
        ("correction threshold that is the default", "13.10", (13, 10), 500),
        ("municipality code", "11[0].1", (11, 0, 1), "772"),
        ("final as integer", "11[0].4", (11, 0, 4), 1),
        ("balance as text", "12[0].1", (12, 0, 1), "0"),
        ("term missing", "13.8", (13, 8), ...),
        ("negative tolerance", "13.2", (13, 2), -1),
        ("a day of billing that is its default", "13.13", (13, 13), 15),
        ("a day of billing that not every month has", "13.13", (13, 13), 29),
        ("four timings", "14", (14,), [1, 1, 1, 1]),
        ("predecessor of two", "16", (16,), [bytes(32), 7]),
    ]:
        bad(name, "genesis-field", at, path, value)
    for name, at, path, value in [
        ("key 17", "17", (17,), 1),
        ("key 0", "0", (0,), 1),
        ("unknown key of the cooperative", "5.5", (5, 5), 1),
        ("unknown key of an application", "7[1].10", (7, 1, 10), 1),
        ("fourteenth term", "13.14", (13, 14), 1),
        ("unknown key of a cost sharing", "10[0].9", (10, 0, 9), 1),
    ]:
        bad(name, "genesis-unknown-key", at, path, value)
    for name, at, path, value in [
        ("bookkeeper no member", "5.4", (5, 4), stranger),
        ("lead no member", "7[0].3", (7, 0, 3), stranger),
        ("participant no member", "7[1].4[0].0", (7, 1, 4, 0, 0), stranger),
        ("consumer no member", "7[0].7[0].0", (7, 0, 7, 0, 0), stranger),
        ("provider no member", "7[0].9[0]", (7, 0, 9, 0), stranger),
        ("funder no member", "8[2].7", (8, 2, 7), stranger),
        ("sharer no member", "10[0].4[1].0", (10, 0, 4, 1, 0), stranger),
        ("inhabitants of a stranger", "11[2].0", (11, 2, 0), stranger),
        ("balance of a stranger", "12[1].0", (12, 1, 0), stranger),
    ]:
        bad(name, "genesis-unknown-member", at, path, value)
    bad("tariff of an unknown application", "genesis-unknown-application", "8[2].0", (8, 2, 0), "zaak")
    bad(
        "cost sharing of an unknown application",
        "genesis-unknown-application",
        "10[0].1",
        (10, 0, 1),
        "zaak",
    )
    bad("rule version 2", "genesis-rule-version", "15", (15,), 2)
    bad("tariffs overlap", "genesis-tariffs-overlap", "8[1]", (8, 0, 3), founding.JANUARY_2026 + 6)
    cards = base[4]
    for name, at, path, value in [
        ("cards unsorted", "4[1]", (4,), [cards[1], cards[0]]),
        ("organs unsorted", "6[1]", (6,), base[6][::-1]),
        ("organ twice", "6[1]", (6, 1, 0), "algemene-vergadering"),
        ("applications unsorted", "7[1]", (7,), base[7][::-1]),
        ("participants unsorted", "7[0].4[1]", (7, 0, 4), base[7][0][4][::-1]),
        ("participant twice", "7[0].4[1]", (7, 0, 4), [[one, 1], [one, 2]]),
        ("classes unsorted", "7[0].6[1]", (7, 0, 6), ["zorg", "bericht"]),
        ("providers twice", "7[0].9[1]", (7, 0, 9), [one, one]),
        ("tariffs unsorted", "8[1]", (8,), [base[8][2], *base[8][:2]]),
        ("contribution year twice", "9[1]", (9,), base[9] * 2),
        ("cost sharing twice", "10[1]", (10,), base[10] * 2),
        ("inhabitants unsorted", "11[1]", (11,), [base[11][1], base[11][0], base[11][2]]),
        ("balances unsorted", "12[1]", (12,), base[12][::-1]),
    ]:
        bad(name, "genesis-order", at, path, value)
    other = fixture.card(4)
    other[4] = fixture.card(2)[4]
    bad("one log key for two founders", "genesis-field", "4[2]", (4,), [*cards, cbor.encode(other)])
    section.bad("no map", "genesis-not-canonical", hex="80")
    section.bad("byte after it", "genesis-not-canonical", hex=cbor.encode(base).hex() + "00")
    section.bad("empty", "genesis-not-canonical", hex="")
    return {"": section}
