# SPDX-License-Identifier: EUPL-1.2
"""Messages, head-table digest and schedule, Protocol/exchange.md."""

from . import cbor
from .cbor import is_bytes, is_text, is_uint
from .crypto import sha256
from .identity import is_oin
from .refusal import Refusal

BODY_BYTES_MOST, MANY, FEW, PAGE_BYTES_MOST, TEXT_BYTES_MOST = (
    (1 << 20) + (64 << 10),
    10_000,
    64,
    1 << 20,
    1 << 20,
)


DELTA_HEADS_MOST, ROUND_MOST = 14_000, (1 << 31) - 1


def is_reference(value):
    return is_uint(value) or is_bytes(value, 32)


def is_head(value):
    return (
        isinstance(value, list)
        and len(value) in (3, 4)
        and is_reference(value[0])
        and is_uint(value[1], least=1)
        and is_bytes(value[2], 64)
        and (len(value) == 3 or is_uint(value[3], value[1] - 1, 1))
    )


def is_page(value):
    return (
        isinstance(value, list)
        and len(value) == 6
        and is_reference(value[0])
        and is_uint(value[1])
        and is_uint(value[2])
        and is_bytes(value[3], 64)
        and is_list_of(lambda v: isinstance(v, bytes))(value[4])
        and is_list_of(lambda v: is_bytes(v, 32))(value[5])
    )


def is_text_pair(value):
    return (
        isinstance(value, list)
        and len(value) == 2
        and is_bytes(value[0], 32)
        and is_text(value[1], TEXT_BYTES_MOST)
    )


def is_want(value):
    return isinstance(value, list) and len(value) == 2 and is_reference(value[0]) and is_uint(value[1])


def is_refusal(value):
    return (
        isinstance(value, list) and len(value) == 2 and is_reference(value[0]) and isinstance(value[1], str)
    )


def is_proved_head(value):
    return (
        isinstance(value, list)
        and len(value) == 3
        and is_uint(value[0])
        and is_bytes(value[1], 32)
        and is_bytes(value[2], 64)
    )


def is_epoch_mention(value):
    return isinstance(value, list) and len(value) == 2 and is_uint(value[0], least=1) and is_bytes(value[1], 32)


def is_delta(value):
    return (
        isinstance(value, list)
        and len(value) <= DELTA_HEADS_MOST
        and all(
            isinstance(item, list)
            and len(item) == 3
            and is_bytes(item[0], 32)
            and is_uint(item[1])
            and is_bytes(item[2], 32)
            for item in value
        )
        and all(one[0] < other[0] for one, other in zip(value, value[1:]))
    )


def is_epoch(value):
    return (
        isinstance(value, list)
        and len(value) == 3
        and is_uint(value[0], least=1)
        and isinstance(value[1], bytes)
        and is_delta(value[2])
    )


def is_branch_head(value):
    return isinstance(value, list) and len(value) == 2 and is_uint(value[0], least=1) and is_bytes(value[1], 32)


def is_branch_part(value):
    return (
        isinstance(value, list)
        and len(value) == 2
        and is_page(value[0])
        and is_bytes(value[0][0], 32)
        and isinstance(value[1], list)
        and len(value[1]) <= 63
        and all(is_bytes(item, 32) for item in value[1])
    )


class Items:
    """A list with a bound on its length, judged before the items."""

    def __init__(self, check, most):
        self.check, self.most = check, most

    def __call__(self, value):
        if not isinstance(value, list):
            return False
        if len(value) > self.most:
            raise Refusal("too-many")
        return all(self.check(item) for item in value)


def is_list_of(check):
    return lambda value: isinstance(value, list) and all(check(item) for item in value)


COMMON = {
    1: is_uint,
    3: is_uint,
    4: lambda v: is_bytes(v, 32),
    5: lambda v: isinstance(v, bytes) and len(v) <= 64,
    6: Items(is_head, MANY),
    7: Items(is_page, MANY),
    8: Items(lambda v: is_bytes(v, 32), FEW),
    9: Items(is_text_pair, FEW),
    10: Items(lambda v: isinstance(v, bytes), FEW),
    12: Items(is_want, MANY),
}
REQUEST = {
    **COMMON,
    2: is_uint,
    11: is_uint,
    13: lambda v: is_uint(v, PAGE_BYTES_MOST),
    17: lambda v: is_bytes(v, 32),
}
ANSWER = {
    **COMMON,
    14: lambda v: v is True,
    15: is_list_of(is_refusal),
    16: lambda v: v is True,
    17: Items(is_epoch_mention, 3),
}
PROVE_REQUEST = {1: is_reference, 2: lambda v: is_uint(v, least=1), 3: is_uint}
PROVE_ANSWER = {
    1: lambda v: is_bytes(v, 32),
    2: is_proved_head,
    3: is_list_of(lambda v: is_bytes(v, 32)),
    4: is_uint,
    5: lambda v: is_bytes(v, 32),
}
HEAD_REQUEST = {1: lambda v: is_bytes(v, 32), 2: is_oin}
HEAD_ANSWER = {1: lambda v: v is None or is_proved_head(v)}
BRANCH_REQUEST = {1: lambda v: is_bytes(v, 32), 2: is_branch_head, 3: is_uint}
BRANCH_ANSWER = {1: lambda v: v is None or is_branch_part(v)}
EPOCHS_REQUEST = {1: lambda v: is_uint(v, least=1)}
EPOCHS_ANSWER = {1: Items(is_epoch, 1_000), 2: is_uint}
PROOF_REQUEST = {
    1: lambda v: is_uint(v, least=1),
    2: lambda v: is_uint(v, ROUND_MOST),
    3: lambda v: is_bytes(v, 32),
}
PROOF_ANSWER = {1: lambda v: v is None or isinstance(v, bytes)}
VECTOR_REQUEST = {1: lambda v: is_uint(v, least=1), 2: lambda v: is_bytes(v, 32)}
VECTOR_ANSWER = {1: lambda v: v is None or is_delta(v)}
FORMS = {
    "request": (REQUEST, (1, 2, 3, 4)),
    "answer": (ANSWER, (1, 3, 4)),
    "proveRequest": (PROVE_REQUEST, (1, 2)),
    "proveAnswer": (PROVE_ANSWER, (1, 2, 3)),
    "headRequest": (HEAD_REQUEST, (1,)),
    "headAnswer": (HEAD_ANSWER, (1,)),
    "branchRequest": (BRANCH_REQUEST, (1, 2, 3)),
    "branchAnswer": (BRANCH_ANSWER, (1,)),
    "epochsRequest": (EPOCHS_REQUEST, (1,)),
    "epochsAnswer": (EPOCHS_ANSWER, (1, 2)),
    "proofRequest": (PROOF_REQUEST, (1, 2, 3)),
    "proofAnswer": (PROOF_ANSWER, (1,)),
    "vectorRequest": (VECTOR_REQUEST, (1, 2)),
    "vectorAnswer": (VECTOR_ANSWER, (1,)),
}


def read(form, data, vector_size):
    fields, mandatory = FORMS[form]
    if len(data) > BODY_BYTES_MOST:
        raise Refusal("body-oversize")
    try:
        body = cbor.decode(data)
    except Refusal as refusal:
        raise Refusal("body-not-canonical", cbor=refusal.reason) from None
    if not isinstance(body, dict):
        raise Refusal("body-not-canonical")
    if form in ("request", "answer") and is_uint(body.get(1)) and body[1] != 1:
        raise Refusal("version-unsupported")
    for key in mandatory:
        if key not in body:
            raise Refusal("body-field", key=key)
    for key, value in body.items():
        if not is_uint(key, 63, 1):
            raise Refusal("body-field", key=key)
        if key in fields and not fields[key](value):
            raise Refusal("body-field", key=key)
    if form == "proveAnswer" and (4 in body) != (5 in body):
        raise Refusal("body-field", key=5 if 4 in body else 4)
    if form == "branchRequest" and body[3] >= body[2][0]:
        raise Refusal("body-field", key=3)
    for reference in _references(form, body):
        if isinstance(reference, int) and reference >= vector_size:
            raise Refusal("log-unknown")
    return {key: value for key, value in body.items() if key in fields}


def _references(form, body):
    if form == "proveRequest":
        return [body[1]]
    if form in ("request", "answer"):
        return [
            item[0]
            for key in (6, 7, 12, 15)
            if not (key == 15 and form == "request")
            for item in body.get(key, ())
        ]
    return []


def read_token(data):
    """(instance, sequence), or None: a token that cannot be read counts as absent."""
    try:
        token = cbor.decode(data)
    except Refusal:
        return None
    good = isinstance(token, list) and len(token) == 2 and is_bytes(token[0], 16) and is_uint(token[1])
    return tuple(token) if good else None


def head_table_digest(logs, forked):
    """logs: {log id: (size, root)}; forked: {log id: covered size}."""
    items = {name: [name, size, root] for name, (size, root) in logs.items() if size > 0}
    items.update({name: [name, "forked", covered] for name, covered in forked.items()})
    return sha256(b"".join(cbor.encode(items[name]) for name in sorted(items)))


def schedule(epoch_hash, round_number, own, partners):
    return sorted(
        partners, key=lambda partner: sha256(cbor.encode([epoch_hash, round_number, own, partner]))
    )
