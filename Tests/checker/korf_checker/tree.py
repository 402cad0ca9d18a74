# SPDX-License-Identifier: EUPL-1.2
"""RFC 6962 trees, right edges, right-hand hashes and proofs; Protocol/log.md sections 2, 4 and 6."""

from .crypto import sha256
from .refusal import Refusal

EMPTY = sha256(b"")


def leaf_hash(entry):
    return sha256(b"\x00" + entry)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def split(count):
    """The largest power of two below count."""
    return 1 << ((count - 1).bit_length() - 1)


def root(leaves):
    """RFC 6962 section 2.1, read literally, over leaf hashes."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node_hash(root(leaves[:k]), root(leaves[k:]))


def decomposition(start, end):
    """The maximal aligned perfect subtrees that cover [start, end), as (start, level)."""
    parts = []
    while start < end:
        level = (start & -start).bit_length() - 1 if start else 62
        while 1 << level > end - start:
            level -= 1
        parts.append((start, level))
        start += 1 << level
    return parts


def cover(leaves, start, end):
    return [root(leaves[at : at + (1 << level)]) for at, level in decomposition(start, end)]


def right_edge(leaves):
    return cover(leaves, 0, len(leaves))


def root_from_parts(parts):
    """The root over parts (level, hash) that follow each other from 0 without a gap."""
    stack = []
    for level, value in parts:
        stack.append((level, value))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            right, left = stack.pop(), stack.pop()
            stack.append((left[0] + 1, node_hash(left[1], right[1])))
    if not stack:
        return EMPTY
    result = stack.pop()[1]
    while stack:
        result = node_hash(stack.pop()[1], result)
    return result


def levelled(start, end, hashes):
    """Pairs hashes with the levels of the decomposition; the count must fit."""
    parts = decomposition(start, end)
    if len(parts) != len(hashes):
        raise Refusal("page-hashes")
    return [(level, value) for (_, level), value in zip(parts, hashes)]


def inclusion(leaves, index):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return inclusion(leaves[:k], index) + [root(leaves[k:])]
    return inclusion(leaves[k:], index - k) + [root(leaves[:k])]


def root_from_inclusion(leaf, index, size, hashes):
    """The root that a path rebuilds, or None where its length does not fit."""

    def walk(low, count, rest):
        if count == 1:
            return leaf if not rest else None
        if not rest:
            return None
        k = split(count)
        if index < low + k:
            inner = walk(low, k, rest[:-1])
            return None if inner is None else node_hash(inner, rest[-1])
        inner = walk(low + k, count - k, rest[:-1])
        return None if inner is None else node_hash(rest[-1], inner)

    return walk(0, size, list(hashes)) if 0 <= index < size else None


def consistency(leaves, old):
    """RFC 6962 section 2.1.2: PROOF(old, D[n])."""

    def subproof(m, part, known):
        if m == len(part):
            return [] if known else [root(part)]
        k = split(len(part))
        if m <= k:
            return subproof(m, part[:k], known) + [root(part[k:])]
        return subproof(m - k, part[k:], False) + [root(part[:k])]

    return subproof(old, leaves, True)


def explicit_consistency(leaves, old):
    """As consistency, with the old root in front where the RFC omits it (old is a power of two)."""
    proof = consistency(leaves, old)
    return [root(leaves[:old])] + proof if old & (old - 1) == 0 else proof


def roots_from_consistency(old, new, hashes):
    """Both roots that an explicit list rebuilds, or None where its length does not fit."""

    def walk(m, count, rest):
        # Returns (root of the old part, root of the whole part, hashes not used).
        if m == count:
            return (rest[0], rest[0], rest[1:]) if rest else None
        k = split(count)
        if m <= k:
            inner = walk(m, k, rest)
            if inner is None or not inner[2]:
                return None
            return inner[0], node_hash(inner[1], inner[2][0]), inner[2][1:]
        inner = walk(m - k, count - k, rest)
        if inner is None or not inner[2]:
            return None
        left = inner[2][0]
        return node_hash(left, inner[0]), node_hash(left, inner[1]), inner[2][1:]

    if not 1 <= old < new:
        return None
    found = walk(old, new, list(hashes))
    return (found[0], found[1]) if found is not None and not found[2] else None
