# SPDX-License-Identifier: EUPL-1.2
"""Voters, messages, polkas, certificates and conflicts, Protocol/consensus.md."""

from . import cbor, epoch, head, identity, log, membership, tree
from .cbor import is_bytes, is_uint
from .crypto import sha256, verifies
from .refusal import Refusal

LAST_ROUND = 2**31 - 1


def quorum(count):
    return {1: 1, 2: 2, 3: 2}.get(count) or 2 * count // 3 + 1


def faults(count):
    return (count - 1) // 3


class Voters:
    """voters: [(log id, public key)]; the position in order of log id is the voter's number.

    cards: {log id: (OIN, next-key hash, recovery key)}, asked for where a successor signs.
    """

    def __init__(self, network, number, hash_value, voters, cards=None):
        self.network, self.number, self.hash = network, number, hash_value
        self.cards = cards or {}
        self.voters = sorted(voters)
        self.logs = [log for log, _ in self.voters]
        self.quorum = quorum(len(voters))

    def proposers(self):
        return sorted(self.logs, key=lambda log: sha256(self.hash + log))


def is_round(value):
    return is_uint(value) and value <= LAST_ROUND


def read_message(kind, body):
    """(number, round, header bytes or hash or None, valid round or signature or None)"""
    try:
        value = cbor.decode(body)
    except Refusal:
        raise Refusal("consensus-shape") from None
    if not isinstance(value, list) or kind not in (16, 17, 18):
        raise Refusal("consensus-shape")
    return _proposal(value) if kind == 16 else _vote(value)


def _proposal(value):
    if len(value) != 4 or not is_round(value[0]) or not isinstance(value[1], bytes):
        raise Refusal("consensus-shape")
    try:
        header = epoch.read_header(value[1])
    except Refusal:
        raise Refusal("consensus-shape") from None
    round_number, header_bytes, valid, delta = value
    if valid is not None and not (is_round(valid) and valid < round_number):
        raise Refusal("consensus-shape")
    if delta is not None:
        if not isinstance(delta, list) or not all(is_head(head) for head in delta):
            raise Refusal("consensus-shape")
        logs = [head[0] for head in delta]
        if any(a >= b for a, b in zip(logs, logs[1:])):
            raise Refusal("consensus-shape")
    return header[2], round_number, header_bytes, valid


def is_head(head):
    return (
        isinstance(head, list)
        and len(head) == 3
        and is_bytes(head[0], 32)
        and is_uint(head[1])
        and is_bytes(head[2], 32)
    )


def _vote(value):
    if len(value) not in (3, 4) or not is_uint(value[0], least=1) or not is_round(value[1]):
        raise Refusal("consensus-shape")
    if len(value) == 3:
        if value[2] is not None:
            raise Refusal("consensus-shape")
        return value[0], value[1], None, None
    if not is_bytes(value[2], 32) or not is_bytes(value[3], 64):
        raise Refusal("consensus-shape")
    return tuple(value)


def number_width(count):
    return 1 if count <= 256 else 2


def write_proof(header_bytes, round_number, signers, count):
    width = number_width(count)
    packed = b"".join(number.to_bytes(width, "big") + signature for number, signature in signers)
    return cbor.encode([header_bytes, round_number, packed])


class Proof:
    """A polka (step prevote) or a certificate (step precommit), checked."""

    def __init__(self, step, data, voters):
        count = len(voters.logs)
        self.header, self.round, signers, continuation = self._parts(data, count)
        header = epoch.read_header(self.header)
        if header[1] != voters.network or header[2] != voters.number + 1 or header[3] != voters.hash:
            raise Refusal("certificate-does-not-follow")
        previous = -1
        for number, _ in signers:
            if number >= count:
                raise Refusal("certificate-signer-foreign")
            if number == previous:
                raise Refusal("certificate-signer-twice")
            if number < previous:
                raise Refusal("certificate-order")
            previous = number
        if len(signers) < voters.quorum:
            raise Refusal("certificate-too-few")
        keys = [(key,) for _, key in voters.voters]
        if continuation is not None:
            ended, key = successor_key(continuation, voters)
            keys[ended] += (key,)
        self.number, self.hash = header[2], epoch.epoch_hash(self.header)
        text = epoch.vote_text(step, voters.network, self.number, self.round, self.hash).encode()
        for number, signature in signers:
            if not any(verifies(key, signature, text) for key in keys[number]):
                raise Refusal("certificate-signature")
        self.signers = [number for number, _ in signers]

    @staticmethod
    def _parts(data, count):
        size = number_width(count) + 64
        try:
            value = cbor.decode(data)
            good = isinstance(value, list) and len(value) in (3, 4) and all(
                isinstance(value[place], bytes) for place in (0, 2)
            )
            if not good or not is_round(value[1]) or len(value[2]) % size:
                raise Refusal("certificate-shape")
            if len(value) == 4 and not is_continuation(value[3]):
                raise Refusal("certificate-shape")
            epoch.read_header(value[0])
        except Refusal:
            raise Refusal("certificate-shape") from None
        rows = [value[2][at : at + size] for at in range(0, len(value[2]), size)]
        signers = [(int.from_bytes(row[:-64], "big"), row[-64:]) for row in rows]
        return value[0], value[1], signers, value[3] if len(value) == 4 else None


def is_continuation(value):
    return (
        isinstance(value, list)
        and len(value) == 8
        and all(is_uint(value[place]) for place in (0, 3, 4))
        and all(isinstance(value[place], bytes) for place in (1, 2))
        and is_bytes(value[5], 32)
        and is_bytes(value[6], 64)
        and isinstance(value[7], list)
        and len(value[7]) <= 63
        and all(is_bytes(one, 32) for one in value[7])
    )


def successor_key(continuation, voters):
    """(number of the voter whose log ended, key of the log that goes on with it), section 3."""
    number, entry0, acknowledge, index, size, root, signature, hashes = continuation
    if len(voters.voters) != 2 or number > 1:
        raise Refusal("certificate-continuation")
    ended, (other, other_key) = voters.logs[number], voters.voters[1 - number]
    oin, next_key_hash, recovery_key = voters.cards[ended]
    try:
        body = identity.check_successor(entry0, voters.network, oin, ended, next_key_hash, recovery_key)
    except Refusal:
        raise Refusal("certificate-successor") from None
    try:
        entry = log.read_entry(acknowledge)
        if entry.kind != membership.ACKNOWLEDGE:
            raise Refusal("certificate-acknowledge")
        membership.check(entry.kind, entry.body, len(entry.references), entry.commitment)
        good = entry.body == [identity.log_id(entry0), body[5], body[6]]
        good = good and index < size and tree.root_from_inclusion(entry.leaf, index, size, hashes) == root
        origin = identity.origin(voters.network, voters.cards[other][0], other)
        good = good and head.is_signed(other_key, origin, size, root, signature)
    except Refusal:
        good = False
    if not good:
        raise Refusal("certificate-acknowledge")
    return number, body[2]


def liars(first, second, polkas):
    """(reason, numbers of the voters that lied) of two certificates of one number, section 7."""
    if first.number != second.number or first.hash == second.hash:
        raise Refusal("no-conflict")
    first, second = sorted((first, second), key=lambda one: one.round)

    def both(one, other):
        return [number for number in one.signers if number in other.signers]

    if first.round == second.round:
        return "two precommits of one round", both(first, second)
    for certificate in (first, second):
        if not any(p.round == certificate.round and p.hash == certificate.hash for p in polkas):
            return "a precommit without that round's polka", certificate.signers
    others = [p for p in polkas if p.hash != first.hash and first.round <= p.round <= second.round]
    earliest = min(others, key=lambda polka: (polka.round, polka.hash))
    if earliest.round == first.round:
        own = next(p for p in polkas if p.round == first.round and p.hash == first.hash)
        return "two prevotes of one round", both(own, earliest)
    return "a lock broken without polka", both(first, earliest)


def founder_log(network, card):
    return identity.log_id(identity.founder_entry0(network, card))
