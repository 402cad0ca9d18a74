# SPDX-License-Identifier: EUPL-1.2
"""Entries and the admission of pages, Protocol/log.md sections 1 and 4."""

from . import cbor, head, identity, tree
from .cbor import is_bytes, is_uint
from .crypto import sha256
from .refusal import Refusal

ENTRY_BYTES_MOST, REFERENCES_MOST, KIND_MOST, PAGE_BYTES_MOST = 65_535, 64, 65_535, 1 << 20
TEXT_BYTES_MOST = 1 << 20


class Entry:
    def __init__(self, kind, body, references, commitment, data):
        self.kind, self.body, self.references, self.commitment = kind, body, references, commitment
        self.data, self.leaf = data, tree.leaf_hash(data)


def write_entry(kind, body, references=(), commitment=None):
    item = [1, kind, body]
    if references or commitment is not None:
        item.append([list(reference) for reference in references])
    if commitment is not None:
        item.append(commitment)
    return cbor.encode(item)


def commitment(salt, text):
    return sha256(salt + text)


def read_entry(data):
    if len(data) > ENTRY_BYTES_MOST:
        raise Refusal("entry-oversize")
    try:
        item = cbor.decode(data)
    except Refusal as refusal:
        raise Refusal("entry-not-canonical", cbor=refusal.reason) from None
    if not isinstance(item, list) or not 3 <= len(item) <= 5:
        raise Refusal("entry-shape")
    if not is_uint(item[0]) or item[0] != 1:
        raise Refusal("entry-version")
    if not is_uint(item[1], KIND_MOST):
        raise Refusal("entry-shape")
    references = _references(item[3], may_be_empty=len(item) == 5) if len(item) > 3 else []
    if len(item) == 5 and not is_bytes(item[4], 32):
        raise Refusal("entry-commitment")
    return Entry(item[1], item[2], references, item[4] if len(item) == 5 else None, data)


def _references(items, may_be_empty):
    if not isinstance(items, list) or not (items or may_be_empty):
        raise Refusal("entry-shape")
    if len(items) > REFERENCES_MOST:
        raise Refusal("entry-references-too-many")
    for item in items:
        if not isinstance(item, list) or len(item) != 3:
            raise Refusal("entry-shape")
        if not (is_bytes(item[0], 32) and is_uint(item[1]) and is_bytes(item[2], 32)):
            raise Refusal("entry-shape")
    places = [(item[0], item[1]) for item in items]
    if any(a >= b for a, b in zip(places, places[1:])):
        raise Refusal("entry-references-unsorted")
    return [tuple(item) for item in items]


class Received:
    """What a receiver keeps of a foreign log: size, right edge, newest signed head."""

    def __init__(self, log, origin, public_key, size=0, edge=(), authorised=True):
        self.log, self.origin, self.public_key, self.authorised = log, origin, public_key, authorised
        self.size, self.edge, self.head = size, list(edge), None

    def admit(self, start, entries, head_size, signature, hashes, page_bytes=0):
        if not self.authorised:
            raise Refusal("log-not-authorised")
        if page_bytes > PAGE_BYTES_MOST:
            raise Refusal("page-oversize")
        if start > self.size:
            raise Refusal("page-gap")
        end = start + len(entries)
        if end <= self.size and head_size <= self.size:
            raise Refusal("page-empty")
        leaves = [read_entry(entry).leaf for entry in entries]
        if start == 0 and entries and identity.log_id(entries[0]) != self.log:
            raise Refusal("entry0-mismatch")
        if end > head_size:
            raise Refusal("page-hashes")
        at = max(self.size, end)
        own = tree.levelled(0, self.size, self.edge)
        parts = (
            own + [(0, leaf) for leaf in leaves[self.size - start :]] + tree.levelled(at, head_size, hashes)
        )
        root = tree.root_from_parts(parts)
        if not head.is_signed(self.public_key, self.origin, head_size, root, signature):
            raise Refusal("head-signature")
        grown = own + [(0, leaf) for leaf in leaves[self.size - start :]]
        self.size, self.edge = at, _edge(grown)
        self.head = (head_size, root, signature)
        return root


def _edge(parts):
    stack = []
    for level, value in parts:
        stack.append((level, value))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            right, left = stack.pop(), stack.pop()
            stack.append((left[0] + 1, tree.node_hash(left[1], right[1])))
    return [value for _, value in stack]
