# SPDX-License-Identifier: EUPL-1.2
"""evidence.json"""

from .. import cbor, evidence, tree
from ..case import Section
from .page_topic import Log

SOURCE = "Protocol/log.md section 6"


def check(case):
    named = evidence.check(
        bytes.fromhex(case["hex"]),
        bytes.fromhex(case["logId"]),
        case["origin"],
        bytes.fromhex(case["publicKey"]),
    )
    return {"convicts": named.hex()}


SECTIONS = {"": check}


def forked(count, common):
    """Two logs of one key with the same first entries."""
    mine, other = Log(count=count), Log(count=count, first_day=19000)
    other.entries = mine.entries[:common] + other.entries[common:]
    other.leaves = [tree.leaf_hash(entry) for entry in other.entries]
    return mine, other


def make():
    section = Section(check)
    mine, other = forked(24, 5)
    stranger = Log("member 2", 2, count=24)

    def fields(first, second, hashes=(), log=None, raw=None):
        data = (
            raw
            if raw is not None
            else cbor.encode({1: log or mine.id, 2: first, 3: second, 4: list(hashes)})
        )
        return {
            "logId": mine.id.hex(),
            "origin": mine.origin,
            "publicKey": mine.signer.public_key.hex(),
            "hex": data.hex(),
        }

    def ordered(size):
        return sorted([mine.head(size), other.head(size)], key=lambda item: item[1])

    for size in (6, 7, 24):
        section.good(f"two roots at {size}", **fields(*ordered(size)))
    for old, new in [(6, 7), (6, 24), (7, 8), (8, 9), (8, 24), (13, 20), (16, 17), (16, 24), (23, 24)]:
        section.good(
            f"{old} against {new}",
            **fields(other.head(old), mine.head(new), tree.explicit_consistency(mine.leaves[:new], old)),
        )
    zero, alien = [bytes(32)], bytes(64)
    proof = tree.explicit_consistency(mine.leaves, 6)

    def bad(name, reason, *arguments, **more):
        section.bad(name, reason, **fields(*arguments, **more))

    bad("honest growth", "evidence-consistent", mine.head(6), mine.head(24), proof)
    bad(
        "honest growth from a power of two",
        "evidence-consistent",
        mine.head(8),
        mine.head(24),
        tree.explicit_consistency(mine.leaves, 8),
    )
    bad(
        "below the fork",
        "evidence-consistent",
        other.head(5),
        mine.head(24),
        tree.explicit_consistency(mine.leaves, 5),
    )
    bad("one head twice", "evidence-consistent", mine.head(7), mine.head(7))
    bad("one hash short", "evidence-proves-nothing", other.head(6), mine.head(24), proof[:-1])
    bad("one hash more", "evidence-proves-nothing", other.head(6), mine.head(24), proof + zero)
    bad("no hashes", "evidence-proves-nothing", other.head(6), mine.head(24))
    bad(
        "the proof of another size",
        "evidence-proves-nothing",
        other.head(6),
        mine.head(24),
        tree.explicit_consistency(mine.leaves, 7),
    )
    bad(
        "hashes of the other branch",
        "evidence-proves-nothing",
        other.head(6),
        mine.head(24),
        tree.explicit_consistency(other.leaves, 6),
    )
    bad(
        "the old root left out at a power of two",
        "evidence-proves-nothing",
        other.head(8),
        mine.head(24),
        tree.consistency(mine.leaves, 8),
    )
    bad("a hash is wrong", "evidence-proves-nothing", other.head(6), mine.head(24), zero + proof[1:])
    bad("first signature wrong", "evidence-signature", [*other.head(6)[:2], alien], mine.head(24), proof)
    bad("second signature wrong", "evidence-signature", *[ordered(7)[0], [*ordered(7)[1][:2], alien]])
    bad(
        "signed by another log",
        "evidence-signature",
        *sorted([mine.head(7), stranger.head(7)], key=lambda item: item[1]),
    )
    bad("an invented root", "evidence-signature", [7, bytes(32), mine.signature(7)], mine.head(7))
    bad("roots descend", "evidence-order", *ordered(7)[::-1])
    bad("sizes descend", "evidence-order", mine.head(24), other.head(6), proof)
    bad("hashes between equal sizes", "evidence-shape", *ordered(7), zero)
    bad("size 0", "evidence-shape", [0, bytes(32), alien], mine.head(7), zero)
    bad("64 hashes", "evidence-shape", other.head(6), mine.head(24), zero * 64)
    bad("hash of 31", "evidence-shape", other.head(6), mine.head(24), [bytes(31)])
    bad("head of two items", "evidence-shape", other.head(6)[:2], mine.head(24), proof)
    bad("another log", "log-unknown", other.head(6), mine.head(24), proof, log=stranger.id)
    bad("no map", "evidence-shape", None, None, raw=cbor.encode([mine.id]))
    bad(
        "key 5",
        "evidence-shape",
        None,
        None,
        raw=cbor.encode({1: mine.id, 2: other.head(6), 3: mine.head(24), 4: proof, 5: 0}),
    )
    bad("not canonical", "evidence-shape", None, None, raw=b"\xbf\xff")
    return {"": section}
