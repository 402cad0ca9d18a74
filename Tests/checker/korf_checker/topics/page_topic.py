# SPDX-License-Identifier: EUPL-1.2
"""page.json"""

from .. import cbor, fixture, head, identity, log, tree
from ..case import Section
from ..crypto import sha256

SOURCE = "Protocol/log.md section 4"
NETWORK = sha256(b"korf vector network")


def check(case):
    received = log.Received(
        bytes.fromhex(case["logId"]),
        case["origin"],
        bytes.fromhex(case["publicKey"]),
        case["ownSize"],
        [bytes.fromhex(value) for value in case["ownEdge"]],
        case["authorised"],
    )
    page = case["page"]
    root = received.admit(
        page["from"],
        [bytes.fromhex(entry) for entry in page["entries"]],
        page["headSize"],
        bytes.fromhex(page["signature"]),
        [bytes.fromhex(value) for value in page["hashes"]],
    )
    return {"size": received.size, "edge": [value.hex() for value in received.edge], "headRoot": root.hex()}


SECTIONS = {"": check}


class Log:
    """A log of heartbeats to cut pages from."""

    def __init__(self, label="member 1", number=1, count=20, first_day=20000):
        card, self.signer = fixture.card(number, label), fixture.signer(label)
        first = identity.founder_entry0(NETWORK, card)
        self.id = identity.log_id(first)
        self.origin = identity.origin(NETWORK, card[1], self.id)
        self.entries = [first] + [log.write_entry(1, [first_day + day]) for day in range(count - 1)]
        self.leaves = [tree.leaf_hash(entry) for entry in self.entries]

    def root(self, size):
        return tree.root(self.leaves[:size])

    def signature(self, size, root=None):
        return self.signer.sign(head.text(self.origin, size, root or self.root(size)).encode())

    def head(self, size):
        return [size, self.root(size), self.signature(size)]

    def case(self, own, start, count, size, **changes):
        page = {
            "from": start,
            "entries": [entry.hex() for entry in self.entries[start : start + count]],
            "headSize": size,
            "signature": self.signature(size).hex(),
            "hashes": [value.hex() for value in tree.cover(self.leaves[:size], start + count, size)],
        }
        case = {
            "logId": self.id.hex(),
            "origin": self.origin,
            "publicKey": self.signer.public_key.hex(),
            "authorised": True,
            "ownSize": own,
            "ownEdge": [value.hex() for value in tree.right_edge(self.leaves[:own])],
        }
        for key, value in changes.items():
            (page if key in page else case)[key] = value
        return {**case, "page": page}


def make():
    section, mine = Section(check), Log()
    for own, start, count, size in [
        (0, 0, 1, 1),
        (0, 0, 3, 3),
        (0, 0, 2, 20),
        (0, 0, 5, 13),
        (5, 5, 3, 8),
        (5, 5, 1, 19),
        (7, 7, 6, 13),
        (8, 8, 8, 16),
        (3, 3, 17, 20),
        (5, 3, 4, 7),
        (5, 0, 6, 20),
        (4, 2, 2, 9),
    ]:
        section.good(
            f"own {own}, page {start} to {start + count} of {size}", **mine.case(own, start, count, size)
        )
    section.good("a larger head alone", **mine.case(6, 6, 0, 11))
    other, fork = Log("member 2", 2), Log(first_day=19000)
    good = mine.case(5, 5, 3, 12)["page"]

    def bad(name, reason, case):
        section.bad(name, reason, **case)

    bad("not authorised", "log-not-authorised", mine.case(5, 5, 3, 12, authorised=False))
    bad("gap", "page-gap", mine.case(5, 6, 3, 12))
    bad("gap in a log not begun", "page-gap", mine.case(0, 1, 3, 12))
    bad("nothing new", "page-empty", mine.case(5, 5, 0, 5))
    bad("old entries", "page-empty", mine.case(5, 2, 3, 5))
    bad("one hash short", "page-hashes", mine.case(5, 5, 3, 12, hashes=good["hashes"][:-1]))
    bad("one hash more", "page-hashes", mine.case(5, 5, 3, 12, hashes=good["hashes"] + [bytes(32).hex()]))
    bad(
        "hashes of a page that does not stop short",
        "page-hashes",
        mine.case(5, 5, 3, 8, hashes=[bytes(32).hex()]),
    )
    bad(
        "more entries than the head covers",
        "page-hashes",
        mine.case(5, 5, 3, 7, entries=[entry.hex() for entry in mine.entries[5:8]], hashes=[]),
    )
    bad(
        "a hash is wrong",
        "head-signature",
        mine.case(5, 5, 3, 12, hashes=[bytes(32).hex()] + good["hashes"][1:]),
    )
    bad(
        "hashes swapped",
        "head-signature",
        mine.case(5, 5, 2, 12, hashes=mine.case(5, 5, 2, 12)["page"]["hashes"][::-1]),
    )
    bad(
        "entry changed",
        "head-signature",
        mine.case(5, 5, 3, 8, entries=good["entries"][:2] + [fork.entries[7].hex()]),
    )
    bad("entries swapped", "head-signature", mine.case(5, 5, 3, 8, entries=good["entries"][::-1]))
    bad(
        "entry left out", "head-signature", mine.case(5, 5, 2, 7, headSize=8, hashes=[mine.leaves[8].hex()])
    )
    bad(
        "signature of another size",
        "head-signature",
        mine.case(5, 5, 3, 8, signature=mine.signature(9).hex()),
    )
    bad(
        "signature of another log",
        "head-signature",
        mine.case(5, 5, 3, 8, signature=other.signature(8).hex()),
    )
    bad("signature zero", "head-signature", mine.case(5, 5, 3, 8, signature=bytes(64).hex()))
    bad(
        "continues the other branch",
        "head-signature",
        {**fork.case(5, 5, 3, 8), "ownEdge": mine.case(5, 5, 3, 8)["ownEdge"]},
    )
    bad(
        "wrong edge",
        "head-signature",
        mine.case(5, 5, 3, 8, ownEdge=[value.hex() for value in tree.right_edge(fork.leaves[:5])]),
    )
    bad(
        "entry 0 of another log",
        "entry0-mismatch",
        mine.case(0, 0, 3, 3, entries=[e.hex() for e in other.entries[:3]]),
    )
    bad(
        "no entry 0 at 0",
        "entry0-mismatch",
        mine.case(0, 0, 3, 3, entries=[e.hex() for e in mine.entries[1:4]]),
    )
    bad(
        "second entry no CBOR",
        "entry-not-canonical",
        mine.case(5, 5, 2, 7, entries=[good["entries"][0], "ff"]),
    )
    bad(
        "entry of another version",
        "entry-version",
        mine.case(5, 5, 1, 6, entries=[cbor.encode([2, 1, [1]]).hex()]),
    )
    bad("entry of two items", "entry-shape", mine.case(5, 5, 1, 6, entries=[cbor.encode([1, 1]).hex()]))
    return {"": section}
