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


def withheld(log, size):
    """A head of `size` that the key signed, whose further entries nobody has; and what proves an index under it."""
    count, edge = len(log.leaves), tree.right_edge(log.leaves)
    parts = [(level, value) for (_, level), value in zip(tree.decomposition(0, count), edge)]
    known = {}
    for start, level in tree.decomposition(count, size):
        known[start, 1 << level] = tree.leaf_hash(start.to_bytes(8, "big"))
        parts.append((level, known[start, 1 << level]))

    def over(start, width):
        if start + width <= count:
            return tree.root(log.leaves[start : start + width])
        if (start, width) in known:
            return known[start, width]
        k = tree.split(width)
        return tree.node_hash(over(start, k), over(start + k, width - k))

    def proof(index):
        path, start, width = [], 0, size
        while width > 1:
            k = tree.split(width)
            if index < start + k:
                path.append(over(start + k, width - k))
                width = k
            else:
                path.append(over(start, k))
                start, width = start + k, width - k
        return path[::-1]

    root = tree.root_from_parts(parts)
    return [size, root, log.signature(size, root)], proof


def make_leaves(section, mine, other, fields):
    """The third form."""

    def leaves(item, changes=()):
        item = {**dict(zip((2, 3, 5, 6, 7, 4, 8), item)), 1: mine.id, **dict(changes)}
        return fields(None, None, raw=cbor.encode({k: v for k, v in item.items() if v is not None}))

    def parts(old, new, index):
        heads = [other.head(old), mine.head(new), index, other.leaves[index], mine.leaves[index]]
        return heads + [tree.inclusion(other.leaves[:old], index), tree.inclusion(mine.leaves[:new], index)]

    for old, new, index in [(6, 7, 5), (6, 24, 5), (8, 24, 6), (13, 20, 12), (17, 24, 16)]:
        section.good(f"leaves {index} of {old} and {new}", **leaves(parts(old, new, index)))
    for size in (1 << 62, (1 << 63) - 1, 100):
        signed, proof = withheld(mine, size)
        for index in (5, 19, 22):
            item = [other.head(23), signed, index, other.leaves[index], mine.leaves[index]]
            item += [tree.inclusion(other.leaves[:23], index), proof(index)]
            section.good(f"leaf {index} of 23 and of a withheld {size}", **leaves(item))
    (small, proof), (large, other_proof) = withheld(mine, 1 << 62), withheld(other, (1 << 62) + 5)
    item = [small, large, 7, mine.leaves[7], other.leaves[7], proof(7), other_proof(7)]
    section.good("both withheld", **leaves(item))

    def bad(name, reason, item, **changes):
        changes = {int(key[1:]): value for key, value in changes.items()}
        section.bad(name, reason, **leaves(item, changes))

    good, zero = parts(6, 24, 5), bytes(32)
    bad("one leaf of both", "evidence-consistent", parts(6, 24, 4))
    bad("a leaf that is not there", "evidence-proves-nothing", good, k7=zero)
    bad("the leaves swapped", "evidence-proves-nothing", good, k6=good[4], k7=good[3])
    bad("a path too short", "evidence-proves-nothing", good, k8=good[6][:-1])
    bad("a path too long", "evidence-proves-nothing", good, k4=good[5] + [zero])
    bad("the path of another index", "evidence-proves-nothing", good, k5=4)
    bad("a path of no tree", "evidence-proves-nothing", good, k4=[zero] * len(good[5]))
    bad("leaves under a signature that fails", "evidence-signature", good, k3=[*good[1][:2], bytes(64)])
    bad("leaves of sizes that descend", "evidence-order", [good[1], good[0], *good[2:]])
    bad("leaves at one size", "evidence-shape", parts(7, 7, 5))
    bad("an index beyond the smaller size", "evidence-shape", good, k5=6)
    bad("an index below 0", "evidence-shape", good, k5=-1)
    bad("a leaf of 31", "evidence-shape", good, k6=zero[1:])
    bad("leaves without the second path", "evidence-shape", good, k8=None)
    bad("leaves without an index", "evidence-shape", good, k5=None)
    bad("64 hashes in the second path", "evidence-shape", good, k8=[zero] * 64)
    bad("key 9", "evidence-shape", good, k9=0)


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
    make_leaves(section, mine, other, fields)
    return {"": section}
