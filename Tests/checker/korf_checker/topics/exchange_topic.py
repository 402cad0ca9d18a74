# SPDX-License-Identifier: EUPL-1.2
"""exchange.json"""

from .. import cbor, exchange
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal

SOURCE = "Protocol/exchange.md"
COUNTED = {"heads": 6, "pages": 7, "textsWanted": 8, "texts": 9, "evidence": 10, "wants": 12}


def check_exchange(form):
    def check(case):
        body = exchange.read(form, bytes.fromhex(case["hex"]), case["vectorSize"])
        found = {"epoch": body[3], "digest": body[4].hex(), "token": body[5].hex() if 5 in body else None}
        found.update({name: len(body.get(key, ())) for name, key in COUNTED.items()})
        if form == "request":
            return {**found, "ruleVersion": body[2], "pageBytesMost": body.get(13)}
        return {**found, "more": 14 in body, "sendAll": 16 in body, "refusals": len(body.get(15, ()))}

    return check


def check_other(case):
    body = exchange.read(case["form"], bytes.fromhex(case["hex"]), case["vectorSize"])
    return {"keys": sorted(body)}


def check_token(case):
    token = exchange.read_token(bytes.fromhex(case["hex"]))
    if token is None:
        raise Refusal("absent")
    return {"instance": token[0].hex(), "sequence": token[1]}


def check_head_table(case):
    logs = {bytes.fromhex(name): (size, bytes.fromhex(root)) for name, size, root in case["logs"]}
    forked = {bytes.fromhex(name): covered for name, covered in case["forked"]}
    found = exchange.head_table_digest(logs, forked).hex()
    if "claimed" in case and case["claimed"] != found:
        raise Refusal("digest")
    return {"digest": found}


def check_schedule(case):
    partners = [bytes.fromhex(name) for name in case["partners"]]
    order = exchange.schedule(
        bytes.fromhex(case["epochHash"]), case["round"], bytes.fromhex(case["own"]), partners
    )
    found = [name.hex() for name in order]
    if "claimed" in case and case["claimed"] != found:
        raise Refusal("order")
    return {"order": found}


SECTIONS = {
    "request": check_exchange("request"),
    "answer": check_exchange("answer"),
    "other": check_other,
    "token": check_token,
    "headTable": check_head_table,
    "schedule": check_schedule,
}
LOG, SIGNATURE, DIGEST = sha256(b"log"), bytes(range(64)), sha256(b"digest")
TOKEN = cbor.encode([bytes(range(16)), 12])
HEAD, PAGE = [3, 12, SIGNATURE], [0, 4, 12, SIGNATURE, [b"\x83\x01\x01\x81\x00"], [DIGEST]]
REQUEST = {1: 1, 2: 1, 3: 0, 4: DIGEST}
ANSWER = {1: 1, 3: 0, 4: DIGEST}
SHARED_GOOD = [
    ("a token", {5: TOKEN}),
    ("heads by number and by id", {6: [HEAD, [LOG, 1, SIGNATURE]]}),
    ("a head whose sender is catching up", {6: [[3, 12, SIGNATURE, 11]]}),
    ("a page", {7: [PAGE]}),
    ("a page without entries", {7: [[LOG, 0, 12, SIGNATURE, [], [DIGEST]]]}),
    ("texts wanted", {8: [DIGEST, LOG]}),
    ("a text", {9: [[DIGEST, "co\u00f6peratie"]]}),
    ("evidence", {10: [b"\xa0"]}),
    ("wants", {12: [[0, 4], [LOG, 0]]}),
    ("keys that are not known", {40: [1, {"a": None}], 63: "x", 11: 0}),
    ("empty lists", {6: [], 7: [], 12: []}),
]
SHARED_BAD = [
    ("version as text", {1: "1"}, 1),
    ("epoch negative", {3: -1}, 3),
    ("digest of 31", {4: bytes(31)}, 4),
    ("token as array", {5: [bytes(16), 1]}, 5),
    ("token of 65", {5: bytes(65)}, 5),
    ("heads as map", {6: {0: HEAD}}, 6),
    ("head of two", {6: [HEAD[:2]]}, 6),
    ("head held 0", {6: [[3, 12, SIGNATURE, 0]]}, 6),
    ("head held whole", {6: [[3, 12, SIGNATURE, 12]]}, 6),
    ("head of five", {6: [[3, 12, SIGNATURE, 11, 1]]}, 6),
    ("head of size 0", {6: [[3, 0, SIGNATURE]]}, 6),
    ("signature of 63", {6: [[3, 1, SIGNATURE[:63]]]}, 6),
    ("log id of 31", {6: [[LOG[1:], 1, SIGNATURE]]}, 6),
    ("log number negative", {6: [[-1, 1, SIGNATURE]]}, 6),
    ("page of five", {7: [PAGE[:5]]}, 7),
    ("entry as text", {7: [[*PAGE[:4], ["a"], []]]}, 7),
    ("hash of 33", {7: [[*PAGE[:5], [bytes(33)]]]}, 7),
    ("commitment of 20", {8: [bytes(20)]}, 8),
    ("salt of 16", {9: [[bytes(16), "a"]]}, 9),
    ("text as bytes", {9: [[DIGEST, b"a"]]}, 9),
    ("evidence as map", {10: [{}]}, 10),
    ("want of one", {12: [[0]]}, 12),
    ("key 64", {64: 0}, 64),
    ("key 0", {0: 0}, 0),
    ("negative key", {-1: 0}, -1),
]


def _messages(form, base, good_more, bad_more):
    section = Section(SECTIONS[form])

    def fields(body):
        return {"vectorSize": 4, "hex": (body if isinstance(body, bytes) else cbor.encode(body)).hex()}

    section.good("only what must be", **fields(base))
    for name, change in SHARED_GOOD + good_more:
        section.good(name, **fields({**base, **change}))
    for name, change, key in SHARED_BAD + bad_more:
        section.bad(name, "body-field", key=key, **fields({**base, **change}))
    for key in base:
        section.bad(
            f"without key {key}",
            "body-field",
            key=key,
            **fields({k: v for k, v in base.items() if k != key}),
        )
    section.bad("text key", "body-field", **fields({**base, "a": 0}))
    section.bad("version 2", "version-unsupported", **fields({**base, 1: 2}))
    section.bad("version 2 of another shape", "version-unsupported", **fields({1: 2, 3: "x"}))
    section.bad("head beyond the vector", "log-unknown", **fields({**base, 6: [[4, 1, SIGNATURE]]}))
    section.bad("page beyond the vector", "log-unknown", **fields({**base, 7: [[4, *PAGE[1:]]]}))
    section.bad("want beyond the vector", "log-unknown", **fields({**base, 12: [[4, 0]]}))
    section.bad("65 texts wanted", "too-many", **fields({**base, 8: [DIGEST] * 65}))
    section.bad("65 texts", "too-many", **fields({**base, 9: [[DIGEST, ""]] * 65}))
    section.bad("65 items of evidence", "too-many", **fields({**base, 10: [b""] * 65}))
    section.bad("65, none of them good", "too-many", **fields({**base, 10: [0] * 65}))
    section.bad("no map", "body-not-canonical", **fields(list(base.values())))
    section.bad("empty", "body-not-canonical", **fields(b""))
    section.bad("byte after it", "body-not-canonical", **fields(cbor.encode(base) + b"\0"))
    section.bad("keys unsorted", "body-not-canonical", **fields(bytes.fromhex("a203000101")))
    return section


def _others():
    section = Section(check_other)

    def fields(form, body):
        return {"form": form, "vectorSize": 4, "hex": cbor.encode(body).hex()}

    head = [12, DIGEST, SIGNATURE]
    section.good("prove by number", **fields("proveRequest", {1: 3, 2: 5}))
    section.good("prove by id", **fields("proveRequest", {1: LOG, 2: 5, 9: 0}))
    section.good("proof", **fields("proveAnswer", {1: LOG, 2: head, 3: [DIGEST, LOG]}))
    section.good("prove a leaf", **fields("proveRequest", {1: 3, 2: 5, 3: 0}))
    section.good("leaf", **fields("proveAnswer", {1: LOG, 2: head, 3: [DIGEST], 4: 2**62, 5: LOG}))
    section.good("proof without hashes", **fields("proveAnswer", {1: LOG, 2: head, 3: []}))
    section.good("head wanted", **fields("headRequest", {1: LOG}))
    section.good("head that another member holds", **fields("headRequest", {1: LOG, 2: "00000099000000772000"}))
    section.good("head", **fields("headAnswer", {1: head}))
    section.good("no head", **fields("headAnswer", {1: None}))
    for name, form, body, key in [
        ("prove without size", "proveRequest", {1: 3}, 2),
        ("prove from 0", "proveRequest", {1: 3, 2: 0}, 2),
        ("prove below 0", "proveRequest", {1: 3, 2: 1, 3: -1}, 3),
        ("leaf without place", "proveAnswer", {1: LOG, 2: head, 3: [], 5: LOG}, 4),
        ("place without leaf", "proveAnswer", {1: LOG, 2: head, 3: [], 4: 0}, 5),
        ("leaf of 31", "proveAnswer", {1: LOG, 2: head, 3: [], 4: 0, 5: LOG[1:]}, 5),
        ("prove of nothing", "proveRequest", {2: 3}, 1),
        ("proof by number", "proveAnswer", {1: 3, 2: head, 3: []}, 1),
        ("proof's head of two", "proveAnswer", {1: LOG, 2: head[:2], 3: []}, 2),
        ("proof's hash of 31", "proveAnswer", {1: LOG, 2: head, 3: [DIGEST[1:]]}, 3),
        ("head by number", "headRequest", {1: 3}, 1),
        ("head held by nobody", "headRequest", {1: LOG, 2: "0000009900000077200"}, 2),
        ("head false", "headAnswer", {1: False}, 1),
        ("nothing", "headAnswer", {}, 1),
    ]:
        section.bad(name, "body-field", key=key, **fields(form, body))
    _branches(section, fields)
    _epochs(section, fields)
    section.bad("prove beyond the vector", "log-unknown", **fields("proveRequest", {1: 4, 2: 1}))
    return section


def _branches(section, fields):
    part = [[LOG, 4, 12, SIGNATURE, [b"\x83\x01\x01\x81\x00"], [DIGEST]], [DIGEST, LOG]]
    request = {1: LOG, 2: [9, DIGEST], 3: 4}
    section.good("a branch wanted", **fields("branchRequest", request))
    section.good("its last entry wanted", **fields("branchRequest", {**request, 3: 8}))
    section.good("a part of a branch", **fields("branchAnswer", {1: part}))
    section.good("its end", **fields("branchAnswer", {1: [[*part[0][:5], []], []]}))
    section.good("no such branch", **fields("branchAnswer", {1: None}))
    for name, form, body, key in [
        ("branch by number", "branchRequest", {**request, 1: 3}, 1),
        ("branch of size 0", "branchRequest", {**request, 2: [0, DIGEST], 3: 0}, 2),
        ("branch without root", "branchRequest", {**request, 2: [9]}, 2),
        ("branch from its size on", "branchRequest", {**request, 3: 9}, 3),
        ("branch without place", "branchRequest", {1: LOG, 2: [9, DIGEST]}, 3),
        ("part without hashes", "branchAnswer", {1: part[:1]}, 1),
        ("part by number", "branchAnswer", {1: [[0, *part[0][1:]], []]}, 1),
        ("part with 64 hashes", "branchAnswer", {1: [part[0], [DIGEST] * 64]}, 1),
        ("part false", "branchAnswer", {1: False}, 1),
    ]:
        section.bad(name, "body-field", key=key, **fields(form, body))


def _epochs(section, fields):
    delta = [[name, size, DIGEST] for size, name in enumerate(sorted([LOG, DIGEST, bytes(32)]))]
    epoch = [3, b"certificate", delta]
    proof = {1: 3, 2: 0, 3: DIGEST}
    section.good("epochs wanted", **fields("epochsRequest", {1: 1}))
    section.good("epochs", **fields("epochsAnswer", {1: [epoch, [4, b"", []]], 2: 7}))
    section.good("no epochs", **fields("epochsAnswer", {1: [], 2: 0}))
    section.good("a polka or certificate wanted", **fields("proofRequest", proof))
    section.good("of the last round", **fields("proofRequest", {**proof, 2: 2**31 - 1}))
    section.good("a polka or certificate", **fields("proofAnswer", {1: b"\x80"}))
    section.good("no polka or certificate", **fields("proofAnswer", {1: None}))
    section.good("a vector wanted", **fields("vectorRequest", {1: 3, 2: DIGEST}))
    section.good("a vector", **fields("vectorAnswer", {1: delta}))
    section.good("no vector", **fields("vectorAnswer", {1: None}))
    for name, form, body, key in [
        ("epochs from 0", "epochsRequest", {1: 0}, 1),
        ("epochs from nowhere", "epochsRequest", {}, 1),
        ("epochs without the highest", "epochsAnswer", {1: [epoch]}, 2),
        ("an epoch without delta", "epochsAnswer", {1: [epoch[:2]], 2: 3}, 1),
        ("an epoch with delta null", "epochsAnswer", {1: [[3, b"", None]], 2: 3}, 1),
        ("epoch 0", "epochsAnswer", {1: [[0, b"", []]], 2: 3}, 1),
        ("a certificate as text", "epochsAnswer", {1: [[3, "", []]], 2: 3}, 1),
        ("a delta out of order", "epochsAnswer", {1: [[3, b"", delta[::-1]]], 2: 3}, 1),
        ("a log twice in a delta", "vectorAnswer", {1: [delta[0], delta[0]]}, 1),
        ("a delta's head of two", "vectorAnswer", {1: [delta[0][:2]]}, 1),
        ("a vector false", "vectorAnswer", {1: False}, 1),
        ("a vector of number 0", "vectorRequest", {1: 0, 2: DIGEST}, 1),
        ("a vector without root", "vectorRequest", {1: 3}, 2),
        ("a polka of number 0", "proofRequest", {**proof, 1: 0}, 1),
        ("a round too large", "proofRequest", {**proof, 2: 2**31}, 2),
        ("a hash of 31", "proofRequest", {**proof, 3: DIGEST[1:]}, 3),
        ("a polka without round", "proofRequest", {1: 3, 3: DIGEST}, 2),
        ("a polka as text", "proofAnswer", {1: "x"}, 1),
        ("a polka as list", "proofAnswer", {1: []}, 1),
    ]:
        section.bad(name, "body-field", key=key, **fields(form, body))
    section.bad("1,001 epochs", "too-many", **fields("epochsAnswer", {1: [[3, b"", []]] * 1_001, 2: 3}))


def _tokens():
    section = Section(check_token)
    section.good("sequence 12", hex=TOKEN.hex())
    section.good("greatest sequence", hex=cbor.encode([bytes(16), 2**63 - 1]).hex())
    for name, value in [
        ("instance of 15", [bytes(15), 1]),
        ("negative", [bytes(16), -1]),
        ("three items", [bytes(16), 1, 1]),
        ("a map", {0: 1}),
    ]:
        section.bad(name, "absent", hex=cbor.encode(value).hex())
    section.bad("not canonical", "absent", hex=TOKEN.hex() + "00")
    return section


def _head_tables():
    section = Section(check_head_table)
    ids = sorted(sha256(bytes([number])) for number in range(4))
    logs = [[name.hex(), size, sha256(name).hex()] for size, name in enumerate(ids, 1)]
    section.good("none", logs=[], forked=[])
    section.good("four logs", logs=logs, forked=[])
    one = section.good("order is free", logs=logs[::-1], forked=[])
    section.good("size 0 left out", logs=[[ids[0].hex(), 0, sha256(b"").hex()], *logs[1:]], forked=[])
    fork = section.good("a forked log", logs=logs, forked=[[ids[1].hex(), 0]])
    section.good(
        "a forked log, another branch held",
        logs=[logs[0], [ids[1].hex(), 9, bytes(32).hex()], *logs[2:]],
        forked=[[ids[1].hex(), 0]],
    )
    section.good(
        "a forked log of which nothing is held", logs=[logs[0], *logs[2:]], forked=[[ids[1].hex(), 0]]
    )
    section.bad(
        "size 0 counted",
        "digest",
        logs=[[ids[0].hex(), 0, sha256(b"").hex()]],
        forked=[],
        claimed=sha256(cbor.encode([ids[0], 0, sha256(b"")])).hex(),
    )
    section.bad("evidence left out", "digest", logs=logs, forked=[[ids[1].hex(), 0]], claimed=one["digest"])
    section.bad(
        "covered size differs", "digest", logs=logs, forked=[[ids[1].hex(), 1]], claimed=fork["digest"]
    )
    section.bad(
        "one array of all",
        "digest",
        logs=logs,
        forked=[],
        claimed=sha256(
            cbor.encode([[bytes.fromhex(name), size, bytes.fromhex(root)] for name, size, root in logs])
        ).hex(),
    )
    return section


def _schedules():
    section = Section(check_schedule)
    names = [sha256(bytes([number])).hex() for number in range(6)]
    base = {"epochHash": DIGEST.hex(), "own": names[0], "partners": names[1:]}
    first = section.good("round 0", round=0, **base)
    for number in (1, 2, 3, 1_000_000):
        section.good(f"round {number}", round=number, **base)
    section.good("another epoch", round=0, **{**base, "epochHash": LOG.hex()})
    section.good("another member", round=0, **{**base, "own": names[1], "partners": names[2:] + names[:1]})
    section.good("order of partners is free", round=0, **{**base, "partners": names[:0:-1]})
    section.bad("round 0 in round 4", "order", round=4, **base, claimed=first["order"])
    section.bad(
        "own and partner swapped",
        "order",
        round=0,
        **base,
        claimed=[
            name.hex()
            for name in sorted(
                map(bytes.fromhex, names[1:]),
                key=lambda p: sha256(cbor.encode([DIGEST, 0, p, bytes.fromhex(names[0])])),
            )
        ],
    )
    section.bad("by log id", "order", round=0, **base, claimed=sorted(names[1:]))
    return section


def make():
    request = _messages(
        "request",
        REQUEST,
        [("most bytes of pages", {13: 1 << 20}), ("an answer's keys mean nothing", {14: 0, 15: 0, 16: 0}),
         ("the hash of its epoch", {3: 7, 17: DIGEST})],
        [("rule version as text", {2: "1"}, 2), ("more than 1 MiB of pages", {13: (1 << 20) + 1}, 13),
         ("epoch of the numbers as text", {11: "0"}, 11), ("epoch hash of 31", {17: DIGEST[1:]}, 17),
         ("epoch hash in a list", {17: [[1, DIGEST]]}, 17)],
    )
    answer = _messages(
        "answer",
        ANSWER,
        [
            ("more to come", {14: True}),
            ("send the full table", {16: True}),
            ("a refusal", {15: [[3, "page-gap"]]}),
            ("a request's keys mean nothing", {2: "x", 13: "x"}),
            ("epochs that may contradict", {3: 7, 17: [[7, DIGEST], [6, DIGEST], [6, LOG]]}),
        ],
        [
            ("more: false", {14: False}, 14),
            ("full table: 1", {16: 1}, 16),
            ("refusal without reason", {15: [[3]]}, 15),
            ("epoch 0 named", {17: [[0, DIGEST]]}, 17),
            ("an epoch's hash alone", {17: DIGEST}, 17),
        ],
    )
    four = {**ANSWER, 17: [[number, DIGEST] for number in range(1, 5)]}
    answer.bad("four epochs named", "too-many", vectorSize=4, hex=cbor.encode(four).hex())
    return {
        "request": request,
        "answer": answer,
        "other": _others(),
        "token": _tokens(),
        "headTable": _head_tables(),
        "schedule": _schedules(),
    }
