# SPDX-License-Identifier: EUPL-1.2
"""tree.json"""

from .. import tree
from ..case import Section
from ..refusal import Refusal

SOURCE = "Protocol/log.md sections 2, 4, 5 and 6"


def hexes(values):
    return [value.hex() for value in values]


def unhexes(values):
    return [bytes.fromhex(value) for value in values]


def check_root(case):
    leaves = [tree.leaf_hash(entry) for entry in unhexes(case["entries"])]
    found = tree.root(leaves).hex()
    if "claimed" in case and case["claimed"] != found:
        raise Refusal("root")
    return {"root": found, "edge": hexes(tree.right_edge(leaves))}


def check_right_hand(case):
    parts = tree.decomposition(case["from"], case["size"])
    if "levels" in case and case["levels"] != [level for _, level in parts]:
        raise Refusal("page-hashes")
    return {"levels": [level for _, level in parts]}


def check_inclusion(case):
    found = tree.root_from_inclusion(
        bytes.fromhex(case["leaf"]), case["index"], case["size"], unhexes(case["hashes"])
    )
    if found is None or found.hex() != case["root"]:
        raise Refusal("proof-mismatch")
    return {}


def check_consistency(case):
    found = tree.roots_from_consistency(case["oldSize"], case["newSize"], unhexes(case["hashes"]))
    if found is None or found[1].hex() != case["newRoot"]:
        raise Refusal("evidence-proves-nothing")
    if "rfcHashes" in case:
        whole = case["oldSize"] & (case["oldSize"] - 1) == 0
        if case["hashes"] != ([found[0].hex()] if whole else []) + case["rfcHashes"]:
            raise Refusal("proof-mismatch")
    return {"oldRoot": found[0].hex()}


SECTIONS = {
    "root": check_root,
    "rightHand": check_right_hand,
    "inclusion": check_inclusion,
    "consistency": check_consistency,
}

RFC_ENTRIES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
RFC_ROOTS = """e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328""".split()


def entries(count):
    return [f"entry {number}".encode() for number in range(count)]


def _roots():
    section = Section(check_root)
    for size, root in enumerate(RFC_ROOTS):
        made = section.good(f"reference tree of {size}", by="RFC 6962", entries=RFC_ENTRIES[:size])
        assert made["root"] == root, "the known roots of the reference implementation"
    for size in (3, 7, 9, 16, 17, 33):
        section.good(f"{size} entries", entries=hexes(entries(size)))
    leaves = [tree.leaf_hash(entry) for entry in entries(3)]
    padded = tree.root(leaves + leaves[2:])
    section.bad("last leaf doubled", "root", entries=hexes(entries(3)), claimed=padded.hex())
    section.bad("empty tree is not zero", "root", entries=[], claimed=bytes(32).hex())
    section.bad(
        "left-heavy split at the half",
        "root",
        entries=hexes(entries(3)),
        claimed=tree.node_hash(leaves[0], tree.node_hash(leaves[1], leaves[2])).hex(),
    )
    section.bad("entries swapped", "root", entries=hexes(entries(3)[::-1]), claimed=tree.root(leaves).hex())
    section.bad("no leaf prefix", "root", entries=["00"], claimed=tree.sha256(b"\x00").hex())
    section.bad(
        "an entry that is an inner node",
        "root",
        entries=[(leaves[0] + leaves[1]).hex()],
        claimed=tree.node_hash(leaves[0], leaves[1]).hex(),
    )
    return section


def _right_hands():
    section = Section(check_right_hand)
    for start, size in [
        (0, 1),
        (0, 7),
        (1, 8),
        (3, 8),
        (5, 5),
        (5, 6),
        (5, 13),
        (8, 16),
        (255, 1000),
        (256, 1_000_000),
        (1, 2**40),
        (2**62, 2**63 - 1),
        (0, 2**63 - 1),
    ]:
        section.good(f"{start} to {size}", **{"from": start, "size": size})
    for start, size, levels in [
        (1, 8, [0, 0, 2, 1]),
        (3, 8, [2, 0]),
        (0, 7, [0, 1, 2]),
        (5, 13, [0, 1, 2]),
        (6, 10, [1, 1, 0]),
        (8, 16, [2, 2]),
    ]:
        section.bad(
            f"{start} to {size} as {levels}",
            "page-hashes",
            **{"from": start, "size": size, "levels": levels},
        )
    return section


def _inclusions():
    section = Section(check_inclusion)
    leaves = [tree.leaf_hash(entry) for entry in entries(13)]

    def fields(at, size, **changes):
        part = leaves[:size]
        return {
            "leaf": leaves[at].hex(),
            "index": at,
            "size": size,
            "root": tree.root(part).hex(),
            "hashes": hexes(tree.inclusion(part, at)),
            **changes,
        }

    for index, size in [(0, 1), (0, 2), (1, 2), (2, 3), (0, 7), (6, 7), (8, 13), (12, 13), (4, 8)]:
        section.good(f"{index} of {size}", **fields(index, size))
    right = fields(4, 8)
    section.bad("index beyond the tree", "proof-mismatch", **fields(4, 8, index=8))
    section.bad("another index", "proof-mismatch", **fields(4, 8, index=5))
    section.bad("one hash short", "proof-mismatch", **fields(4, 8, hashes=right["hashes"][:-1]))
    section.bad(
        "one hash more", "proof-mismatch", **fields(4, 8, hashes=right["hashes"] + [bytes(32).hex()])
    )
    section.bad("order reversed", "proof-mismatch", **fields(4, 8, hashes=right["hashes"][::-1]))
    section.bad("another leaf", "proof-mismatch", **fields(4, 8, leaf=leaves[5].hex()))
    return section


def _consistencies():
    section = Section(check_consistency)
    leaves = [tree.leaf_hash(entry) for entry in entries(21)]

    def fields(old, new, **changes):
        part = leaves[:new]
        return {
            "oldSize": old,
            "newSize": new,
            "newRoot": tree.root(part).hex(),
            "hashes": hexes(tree.explicit_consistency(part, old)),
            **changes,
        }

    for old, new in [
        (1, 2),
        (1, 8),
        (2, 3),
        (3, 4),
        (3, 7),
        (4, 7),
        (6, 7),
        (6, 8),
        (8, 9),
        (8, 21),
        (13, 21),
        (20, 21),
        (16, 17),
    ]:
        made = section.good(
            f"{old} to {new}", **fields(old, new), rfcHashes=hexes(tree.consistency(leaves[:new], old))
        )
        assert made["oldRoot"] == tree.root(leaves[:old]).hex()
    right = fields(6, 21)
    section.bad("one hash short", "evidence-proves-nothing", **fields(6, 21, hashes=right["hashes"][:-1]))
    section.bad(
        "one hash more",
        "evidence-proves-nothing",
        **fields(6, 21, hashes=right["hashes"] + [bytes(32).hex()]),
    )
    section.bad("no hashes", "evidence-proves-nothing", **fields(6, 21, hashes=[]))
    section.bad(
        "old root left out at a power of two",
        "evidence-proves-nothing",
        **fields(8, 21, hashes=hexes(tree.consistency(leaves, 8))),
    )
    section.bad("another new root", "evidence-proves-nothing", **fields(6, 21, newRoot=bytes(32).hex()))
    section.bad("sizes equal", "evidence-proves-nothing", **fields(6, 21, oldSize=21))
    section.bad("old size 0", "evidence-proves-nothing", **fields(6, 21, oldSize=0))
    section.bad("old size above the new", "evidence-proves-nothing", **fields(6, 21, oldSize=22))
    return section


def make():
    return {
        "root": _roots(),
        "rightHand": _right_hands(),
        "inclusion": _inclusions(),
        "consistency": _consistencies(),
    }
