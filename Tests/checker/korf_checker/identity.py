# SPDX-License-Identifier: EUPL-1.2
"""OIN, card, card file, entry 0, log id and origin; Protocol/identity.md."""

import base64
import ipaddress
import re

from . import cbor
from .cbor import is_bytes, is_text, is_uint
from .crypto import sha256, verifies
from .note import strict_base64
from .refusal import Refusal

CARD_BYTES_MOST = 8192
MANDATORY = range(1, 11)
CONTROL = re.compile("[\u0000-\u001f\u007f-\u009f]")


def is_oin(value):
    return isinstance(value, str) and re.fullmatch(r"[0-9]{20}", value, re.ASCII) is not None


def is_name(value):
    return is_text(value, 100, 1) and not CONTROL.search(value)


def is_municipality_code(value):
    return isinstance(value, str) and re.fullmatch(r"GM[0-9]{4}", value, re.ASCII) is not None


def is_host(host):
    if host.startswith("[") and host.endswith("]"):
        try:
            return "%" not in host and bool(ipaddress.IPv6Address(host[1:-1]))
        except ValueError:
            return False
    labels = host.split(".")
    if re.fullmatch(r"[0-9]+", labels[-1], re.ASCII):
        return re.fullmatch(
            r"((0|[1-9][0-9]{0,2})\.){3}(0|[1-9][0-9]{0,2})", host, re.ASCII
        ) is not None and all(int(label) <= 255 for label in labels)
    label = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    return len(host) <= 253 and all(re.fullmatch(label, part, re.ASCII) for part in labels)


def is_endpoint(value):
    if not isinstance(value, str) or ":" not in value:
        return False
    host, port = value.rsplit(":", 1)
    return (
        re.fullmatch(r"[1-9][0-9]{0,4}", port, re.ASCII) is not None
        and int(port) <= 65535
        and is_host(host)
    )


def are_pins(value):
    return isinstance(value, list) and 1 <= len(value) <= 2 and all(is_bytes(pin, 32) for pin in value)


def are_endpoints(value):
    return isinstance(value, list) and len(value) <= 3 and all(is_endpoint(item) for item in value)


def are_municipalities(value):
    if not isinstance(value, list):
        return False
    for item in value:
        if not isinstance(item, list) or len(item) != 2:
            return False
        if not is_municipality_code(item[0]) or not is_name(item[1]):
            return False
    codes = [item[0] for item in value]
    return all(a < b for a, b in zip(codes, codes[1:]))


def is_invoice_facts(value):
    if not isinstance(value, dict):
        return False
    for key, item in value.items():
        if key == 1:
            good = (
                isinstance(item, list)
                and 1 <= len(item) <= 4
                and all(is_text(line, 100, 1) for line in item)
            )
        elif key in (2, 3, 5, 6):
            good = is_text(item, 100, 1)
        elif key == 4:
            good = isinstance(item, str) and re.fullmatch(r"[0-9]{8}", item, re.ASCII) is not None
        elif key == 7:
            good = is_text(item, 100, 1) and bool(item.partition(":")[0]) and bool(item.partition(":")[2])
        else:
            good = False
        if not good or isinstance(key, str):
            return False
    return True


FIELDS = {
    1: is_oin,
    2: is_name,
    3: lambda value: is_uint(value, 5, 1),
    4: lambda value: is_bytes(value, 32),
    5: lambda value: is_bytes(value, 32),
    6: lambda value: is_bytes(value, 32),
    7: lambda value: is_bytes(value, 32),
    8: are_pins,
    9: are_endpoints,
    10: are_municipalities,
    11: is_invoice_facts,
}


def read_card(data):
    if len(data) > CARD_BYTES_MOST:
        raise Refusal("card-oversize")
    try:
        card = cbor.decode(data)
    except Refusal as refusal:
        raise Refusal("card-not-canonical", cbor=refusal.reason) from None
    if not isinstance(card, dict):
        raise Refusal("card-not-canonical")
    for key in card:
        if key not in FIELDS or isinstance(key, str):
            raise Refusal("card-field-unknown", key=key)
    for key in MANDATORY:
        if key not in card:
            raise Refusal("card-field-missing", key=key)
    for key, value in card.items():
        if not FIELDS[key](value):
            raise Refusal("card-field-invalid", key=key)
    if len({card[4], card[6], card[7]}) != 3:
        raise Refusal("card-keys-not-distinct")
    return card


CARD_BEGIN, CARD_END = "-----BEGIN KORF CARD-----", "-----END KORF CARD-----"


def card_message(card_bytes):
    return b"korf-card/v1\n" + card_bytes


def write_card_file(card_bytes, signature):
    encoded = base64.b64encode(cbor.encode([card_bytes, signature])).decode("ascii")
    lines = [encoded[at : at + 64] for at in range(0, len(encoded), 64)]
    return "\n".join([CARD_BEGIN, *lines, CARD_END]) + "\n"


def read_card_file(data):
    """The card bytes of a card file, card and signature checked."""
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise Refusal("card-file-shape") from None
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != CARD_BEGIN or lines[-2] != CARD_END or lines[-1] != "":
        raise Refusal("card-file-shape")
    body = lines[1:-2]
    if any(len(line) != 64 for line in body[:-1]) or not 1 <= len(body[-1]) <= 64:
        raise Refusal("card-file-shape")
    inner = strict_base64("".join(body))
    try:
        pair = cbor.decode(inner) if inner is not None else None
    except Refusal:
        pair = None
    if not (
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], bytes) and is_bytes(pair[1], 64)
    ):
        raise Refusal("card-file-shape")
    card = read_card(pair[0])
    if not verifies(card[4], pair[1], card_message(pair[0])):
        raise Refusal("card-signature")
    return pair[0]


def founder_entry0(network, card):
    return cbor.encode([1, 0, [network, card[1], card[4], card[5]]])


def log_id(entry0):
    return sha256(entry0)


def origin(network, oin, log):
    return f"{network.hex()}/{oin}/{log.hex()}"


def read_entry0(data):
    """The body's fields of an opening entry of the right shape: four, or ten of a successor."""
    try:
        item = cbor.decode(data)
    except Refusal:
        raise Refusal("entry0-shape") from None
    if not isinstance(item, list) or len(item) != 3 or not is_uint(item[0]) or item[0] != 1:
        raise Refusal("entry0-shape")
    if not is_uint(item[1], 0) or not isinstance(item[2], list) or len(item[2]) not in (4, 10):
        raise Refusal("entry0-shape")
    body = item[2]
    good = is_bytes(body[0], 32) and is_oin(body[1]) and is_bytes(body[2], 32) and is_bytes(body[3], 32)
    if good and len(body) == 10:
        good = (
            is_bytes(body[4], 32)
            and is_uint(body[5], least=1)
            and is_bytes(body[6], 32)
            and is_uint(body[7], 1)
            and is_bytes(body[8], 32)
            and is_bytes(body[9], 64)
        )
    if not good:
        raise Refusal("entry0-shape")
    return body


def check_founder(data, network, members):
    """members: {OIN: (log public key, next-key hash)}."""
    body = read_entry0(data)
    if body[0] != network:
        raise Refusal("entry0-network")
    if body[1] not in members:
        raise Refusal("entry0-oin")
    if len(body) != 4 or (body[2], body[3]) != members[body[1]]:
        raise Refusal("log-not-authorised")
    return body


def successor_message(body):
    return b"korf-successor/v1\n" + cbor.encode(body[:9])


def check_successor(data, network, oin, predecessor, next_key_hash, recovery_key):
    body = read_entry0(data)
    if len(body) != 10:
        raise Refusal("entry0-shape")
    if body[0] != network:
        raise Refusal("entry0-network")
    if body[1] != oin:
        raise Refusal("entry0-oin")
    if body[4] != predecessor:
        raise Refusal("log-not-authorised")
    if body[7] == 0 and sha256(body[8]) != next_key_hash or body[7] == 1 and body[8] != recovery_key:
        raise Refusal("successor-authority")
    if not verifies(body[8], body[9], successor_message(body)):
        raise Refusal("successor-signature")
    return body
