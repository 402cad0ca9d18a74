# SPDX-License-Identifier: EUPL-1.2
"""Kinds of entries and the shapes of their bodies, Protocol/kinds.md. A body of another shape is void.

Kinds of membership and decisions refuse with the reasons of their own pages.
"""

from . import cbor, comparison, decisions, identity, membership
from .cbor import is_bytes, is_text, is_uint
from .genesis import is_class, is_day, is_month, is_slug
from .refusal import Refusal

OPENING, HEARTBEAT, DESTROYED, CONTACT, EDIT, FOUNDED, FLUSH, STATEMENT = 0, 1, 2, 32, 64, 65, 96, 97
STANCE, CUT = 98, 99
COUNTER_MOST, CELLS_MOST, ITEM_BYTES_MOST, APPLICATION_BYTES_MOST = 1 << 62, 2000, 49_152, 73


def require(good):
    if not good:
        raise Refusal("void")


def ascending(keys):
    return all(a < b for a, b in zip(keys, keys[1:]))


class Cell:
    """One usage cell of a flush or statement, in words."""

    def __init__(self, application, provider, consumer, class_name, month, side, counters, position):
        self.key = (application, provider, consumer, class_name, month, side)
        self.counters, self.position = counters, position

    def counts(self, author):
        own = self.key[1] if self.key[5] == 0 else self.key[2]
        return (
            own == author and self.counters[1] <= self.counters[0] and self.counters[3] <= self.counters[2]
        )


def check(kind, body, index, references, author, commitment=None):
    """Refuses what has no effect by its shape; the author is an OIN."""
    if kind in membership.SHAPES:
        return membership.check(kind, body, references, commitment)
    if kind == decisions.PROPOSAL:
        return decisions.Proposal(body, references)
    if kind == decisions.BALLOT:
        return decisions.Ballot(body, references, commitment)
    shape = SHAPES.get(kind)
    require(shape is not None)
    require(kind not in (STANCE, CUT) or references == 0)
    require(kind != CUT or commitment is None)
    return shape(body, index, references, author)


def _opening(body, index, references, author):
    require(index == 0)


def _heartbeat(body, index, references, author):
    require(isinstance(body, list) and len(body) == 1 and is_day(body[0]))


def _destroyed(body, index, references, author):
    require(isinstance(body, list) and len(body) == 1 and is_uint(body[0], index - 1))


def _contact(body, index, references, author):
    require(isinstance(body, list) and len(body) == 2)
    require(identity.are_pins(body[0]) and identity.are_endpoints(body[1]))


def _founded(body, index, references, author):
    require(isinstance(body, list) and len(body) == 2 and is_slug(body[0]) and identity.is_name(body[1]))


def _is_item(value):
    return len(cbor.encode(value)) <= ITEM_BYTES_MOST


def _is_field(value):
    qualified = (
        isinstance(value, list) and len(value) == 2 and is_uint(value[0]) and isinstance(value[1], str)
    )
    return is_uint(value) or qualified


def _are_positions(value, references):
    return (
        isinstance(value, list)
        and all(is_uint(item, references - 1) for item in value)
        and ascending(value)
    )


def _edit(body, index, references, author):
    require(isinstance(body, dict) and 1 in body and len(body) >= 2)
    require(all(is_uint(key, 4, 1) for key in body))
    require(is_text(body[1], APPLICATION_BYTES_MOST, 1))
    for key in (2, 3, 4):
        require(key not in body or isinstance(body[key], list) and body[key])
    for row in body.get(2, ()):
        require(isinstance(row, list) and len(row) == 3 and _is_field(row[0]) and _is_item(row[1]))
        require(_are_positions(row[2], references))
    require(ascending([cbor.encode(row[0]) for row in body.get(2, ())]))
    for key, length in ((3, 2), (4, 3)):
        for row in body.get(key, ()):
            require(isinstance(row, list) and len(row) == length and is_uint(row[0]) and _is_item(row[1]))
            require(length == 2 or _are_positions(row[2], references))
        require(ascending([cbor.encode(row[:2]) for row in body.get(key, ())]))


def _dictionary(value, check):
    require(isinstance(value, list) and all(check(item) for item in value))
    require(ascending([item.encode("utf-8") for item in value]))


def _is_application(value):
    return is_slug(value, APPLICATION_BYTES_MOST)


def _columns(columns, checks, least):
    require(isinstance(columns, list) and len(columns) == len(checks))
    require(all(isinstance(column, list) and len(column) == len(columns[0]) for column in columns))
    require(least <= len(columns[0]) <= CELLS_MOST)
    for column, check in zip(columns, checks):
        require(all(check(item) for item in column))


def _position_in(dictionary):
    return lambda value: is_uint(value, len(dictionary) - 1)


def _all_used(dictionary, *columns):
    require(set().union(*columns) == set(range(len(dictionary))))


def _is_side(value):
    return is_uint(value, 1)


def _is_counter(value):
    return is_uint(value, COUNTER_MOST)


def _flush(body, index, references, author):
    require(isinstance(body, list) and len(body) == 4)
    applications, parties, classes, cells = body
    _dictionary(applications, _is_application)
    _dictionary(parties, identity.is_oin)
    _dictionary(classes, is_class)
    party = _position_in(parties)
    _columns(
        cells,
        [
            _position_in(applications),
            party,
            party,
            _position_in(classes),
            is_month,
            _is_side,
            *[_is_counter] * 4,
            is_uint,
        ],
        1,
    )
    require(ascending(list(zip(*cells[:6]))))
    _all_used(applications, cells[0])
    _all_used(parties, cells[1], cells[2])
    _all_used(classes, cells[3])


def _statement(body, index, references, author):
    require(
        isinstance(body, dict)
        and set(body) <= {1, 2, 3, 4, 5, 6, 7, 8}
        and {1, 2, 3, 4, 6, 7, 8} <= set(body)
    )
    require(is_month(body[1]) and identity.is_oin(body[2]) and body[2] != author)
    require(is_bytes(body[3], 32) and is_uint(body[4]))
    require(5 not in body or is_text(body[5], 1000, 1))
    applications, classes, cells = body[6], body[7], body[8]
    _dictionary(applications, _is_application)
    _dictionary(classes, is_class)
    _columns(
        cells, [_position_in(applications), _position_in(classes), _is_side, *[_is_counter] * 4, is_uint], 0
    )
    require(ascending(list(zip(*cells[:3]))))
    _all_used(applications, cells[0])
    _all_used(classes, cells[1])


DISPUTE, ACCEPT, CONFIRM = 1, 2, 4


def _stance(body, index, references, author):
    require(isinstance(body, list) and len(body) == 7 and is_month(body[0]))
    _, application, provider, consumer, class_name, word, quantity = body
    require(_is_application(application) and is_class(class_name))
    require(identity.is_oin(provider) and identity.is_oin(consumer) and provider != consumer)
    require(is_uint(word, 4) and (quantity is None or _is_counter(quantity)))
    require(word == DISPUTE or (quantity is None) == (word not in (ACCEPT, CONFIRM)))
    require(author is None or author == consumer or author == provider and word != CONFIRM)


def _cut(body, index, references, author):
    require(isinstance(body, list) and len(body) == 8 and is_month(body[0]))
    _, lower, higher, number, epoch, applications, classes, cells = body
    require(identity.is_oin(lower) and identity.is_oin(higher) and lower < higher)
    require(is_uint(number) and is_bytes(epoch, 32))
    _dictionary(applications, _is_application)
    _dictionary(classes, is_class)
    count = [lambda value: is_uint(value, COUNTER_MOST + 1)] * 3
    _columns(cells, [_position_in(applications), _position_in(classes), _is_side, *count], 0)
    require(ascending(list(zip(*cells[:3]))))
    _all_used(applications, cells[0])
    _all_used(classes, cells[1])
    require(author is None or author in (lower, higher))


SHAPES = {
    OPENING: _opening,
    HEARTBEAT: _heartbeat,
    DESTROYED: _destroyed,
    CONTACT: _contact,
    EDIT: _edit,
    FOUNDED: _founded,
    FLUSH: _flush,
    STATEMENT: _statement,
    STANCE: _stance,
    CUT: _cut,
}


def cells(kind, body, author):
    """The usage cells of a flush or statement of good shape."""
    if kind == FLUSH:
        applications, parties, classes, columns = body
        for a, p, c, k, month, side, e, er, q, qr, position in zip(*columns):
            yield Cell(
                applications[a], parties[p], parties[c], classes[k], month, side, (e, er, q, qr), position
            )
    if kind == STATEMENT:
        for a, k, side, e, er, q, qr, position in zip(*body[8]):
            provider, consumer = (author, body[2]) if side == 0 else (body[2], author)
            yield Cell(body[6][a], provider, consumer, body[7][k], body[1], side, (e, er, q, qr), position)


def declared(entry, index):
    """(rows of the catalogue, cells) that an entry asks for, Protocol/state.md section 5; whoever wrote it."""
    kind, body = entry.kind, entry.body
    if kind not in (EDIT, FOUNDED, FLUSH, STATEMENT, STANCE, CUT):
        return 0, 0
    try:
        check(kind, body, index, len(entry.references), None)
    except Refusal:
        return 0, 0
    if kind == FOUNDED:
        return 1, 0
    if kind in (STANCE, CUT):
        return 0, 1 if kind == STANCE else 1 + len(body[7][0])
    if kind == EDIT:
        changes = [row for key in (2, 3, 4) for row in body.get(key, ())]
        return len(changes) + sum(len(row[2]) for row in changes if len(row) == 3), 0
    return 0, len(body[3][0]) if kind == FLUSH else 1 + len(body[8][0])


def pair_key(private_key, public_key, network, month, one, other):
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    shared = X25519PrivateKey.from_private_bytes(private_key).exchange(
        X25519PublicKey.from_public_bytes(public_key)
    )
    info = b"korf-pair/v1" + cbor.encode([month, *sorted([one, other])])
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=network, info=info).derive(shared)


def statement_root(key, records):
    return comparison.root([comparison.code(key, record) for record in records])
