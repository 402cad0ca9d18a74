# SPDX-License-Identifier: EUPL-1.2
"""identity.json"""

from .. import cbor, fixture, identity
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal

SOURCE = "Protocol/identity.md"
NETWORK = sha256(b"korf vector network")


def check_oin(case):
    if not identity.is_oin(case["text"]):
        raise Refusal("oin")
    return {}


def check_card(case):
    data = bytes.fromhex(case["hex"])
    card = identity.read_card(data)
    return {
        "oin": card[1],
        "name": card[2],
        "logPublicKey": card[4].hex(),
        "endpoints": card[9],
        "cardHash": sha256(data).hex(),
    }


def check_card_file(case):
    return {"card": identity.read_card_file(case["text"].encode("utf-8")).hex()}


def check_entry0(case):
    members = {
        m["oin"]: (bytes.fromhex(m["logPublicKey"]), bytes.fromhex(m["nextKeyHash"]))
        for m in case["members"]
    }
    return _result(
        case, identity.check_founder(bytes.fromhex(case["hex"]), bytes.fromhex(case["network"]), members)
    )


def check_successor(case):
    return _result(
        case,
        identity.check_successor(
            bytes.fromhex(case["hex"]),
            bytes.fromhex(case["network"]),
            case["oin"],
            bytes.fromhex(case["predecessor"]),
            bytes.fromhex(case["nextKeyHash"]),
            bytes.fromhex(case["recoveryKey"]),
        ),
    )


def _result(case, body):
    log = identity.log_id(bytes.fromhex(case["hex"]))
    return {
        "logPublicKey": body[2].hex(),
        "logId": log.hex(),
        "origin": identity.origin(body[0], body[1], log),
    }


SECTIONS = {
    "oin": check_oin,
    "card": check_card,
    "cardFile": check_card_file,
    "entry0": check_entry0,
    "successor": check_successor,
}


def _oins():
    section = Section(check_oin)
    for text in ("00000099000000000001", "00000001234567890000", "99999999999999999999"):
        section.good(text, text=text)
    for name, text in [
        ("nineteen", "0000009900000000001"),
        ("twenty-one", "000000990000000000001"),
        ("empty", ""),
        ("letter", "0000009900000000000A"),
        ("space", " 0000009900000000001"),
        ("Arabic-Indic digit", "0000009900000000000\u0661"),
        ("sign", "+0000099000000000001"),
    ]:
        section.bad(name, "oin", text=text)
    return section


def _cards():
    section = Section(check_card)
    full = {
        "k2": "Gemeente 's-Hertogenbosch \u2013 d\u00e9mo",
        "k8": [bytes(32), b"\x01" * 32],
        "k9": ["korf.example:8443", "192.0.2.1:443", "[2001:db8::1]:65535"],
        "k10": [["GM0757", "Boxtel"], ["GM0845", "Sint-Michielsgestel"]],
        "k11": {
            1: ["Markt 1", "Postbus 10"],
            2: "5281 AT",
            3: "Boxtel",
            4: "12345678",
            5: "NL001234567B01",
            6: "NL91ABNA0417164300",
            7: "0190:00000099000000000001",
        },
    }
    section.good("plain", hex=fixture.card_bytes(1).hex())
    section.good("everything", hex=fixture.card_bytes(2, **full).hex())
    for name, changes in [
        ("no endpoint", {"k9": []}),
        ("empty invoice facts", {"k11": {}}),
        ("name of 100 bytes", {"k2": "\u00e9" * 50}),
        ("kind 5", {"k3": 5}),
        ("port 1", {"k9": ["a:1"]}),
        ("upper-case host", {"k9": ["KORF.Example:443"]}),
        ("label of 63", {"k9": ["a" * 63 + ".nl:443"]}),
        ("IPv4 in IPv6", {"k9": ["[::ffff:192.0.2.1]:443"]}),
        ("same pin twice", {"k8": [bytes(32), bytes(32)]}),
    ]:
        section.good(name, hex=fixture.card_bytes(1, **changes).hex())
    for key in identity.MANDATORY:
        section.bad(
            f"without key {key}",
            "card-field-missing",
            key=key,
            hex=fixture.card_bytes(1, **{f"k{key}": None}).hex(),
        )
    for name, key, value in [
        ("OIN of 19", 1, "0" * 19),
        ("OIN as integer", 1, 99),
        ("empty name", 2, ""),
        ("name of 101 bytes", 2, "a" * 101),
        ("line feed in the name", 2, "a\nb"),
        ("DEL in the name", 2, "a\u007f"),
        ("C1 control in the name", 2, "a\u0085"),
        ("kind 0", 3, 0),
        ("kind 6", 3, 6),
        ("log key of 31", 4, bytes(31)),
        ("next-key hash as text", 5, "a"),
        ("recovery key of 33", 6, bytes(33)),
        ("agreement key null", 7, None),
        ("no pin", 8, []),
        ("three pins", 8, [bytes(32)] * 3),
        ("pin of 20", 8, [bytes(20)]),
        ("four endpoints", 9, ["a:1"] * 4),
        ("endpoint without port", 9, ["a"]),
        ("port 0", 9, ["a:0"]),
        ("port 65536", 9, ["a:65536"]),
        ("port with zero", 9, ["a:0443"]),
        ("no host", 9, [":443"]),
        ("IPv6 without brackets", 9, ["::1:443"]),
        ("IPv6 zone", 9, ["[fe80::1%eth0]:443"]),
        ("IPv4 out of range", 9, ["192.0.2.256:443"]),
        ("IPv4 with leading zero", 9, ["192.0.02.1:443"]),
        ("five numbers", 9, ["1.2.3.4.5:443"]),
        ("label ends in a hyphen", 9, ["a-.nl:443"]),
        ("empty label", 9, ["a..nl:443"]),
        ("underscore", 9, ["a_b.nl:443"]),
        ("label of 64", 9, ["a" * 64 + ".nl:443"]),
        ("URL", 9, ["https://a.nl:443"]),
        ("municipalities unsorted", 10, [["GM0845", "b"], ["GM0757", "a"]]),
        ("municipality twice", 10, [["GM0757", "a"], ["GM0757", "b"]]),
        ("municipality code", 10, [["GM757", "a"]]),
        ("lower-case code", 10, [["gm0757", "a"]]),
        ("empty municipality name", 10, [["GM0757", ""]]),
        ("five address lines", 11, {1: ["a"] * 5}),
        ("no address line", 11, {1: []}),
        ("KvK of 7", 11, {4: "1234567"}),
        ("unknown invoice fact", 11, {8: "a"}),
        ("electronic address without scheme", 11, {7: "abc"}),
        ("empty city", 11, {3: ""}),
    ]:
        card = fixture.card(1)
        card[key] = value
        section.bad(name, "card-field-invalid", key=key, hex=cbor.encode(card).hex())
    one = fixture.card(1)
    section.bad("key 12", "card-field-unknown", key=12, hex=fixture.card_bytes(1, k12=1).hex())
    section.bad("key 0", "card-field-unknown", key=0, hex=fixture.card_bytes(1, k0=1).hex())
    section.bad("text key", "card-field-unknown", hex=cbor.encode({**one, "a": 1}).hex())
    section.bad(
        "log and recovery key equal", "card-keys-not-distinct", hex=fixture.card_bytes(1, k6=one[4]).hex()
    )
    section.bad(
        "log and agreement key equal", "card-keys-not-distinct", hex=fixture.card_bytes(1, k7=one[4]).hex()
    )
    section.bad(
        "recovery and agreement key equal",
        "card-keys-not-distinct",
        hex=fixture.card_bytes(1, k7=one[6]).hex(),
    )
    section.bad("no map", "card-not-canonical", hex="80")
    section.bad("empty", "card-not-canonical", hex="")
    section.bad("byte after the card", "card-not-canonical", hex=fixture.card_bytes(1).hex() + "00")
    section.bad("name with a float", "card-not-canonical", hex=cbor.encode({1: one[1]}).hex()[:-2] + "f7")
    return section


def _card_files():
    section = Section(check_card_file)
    card, signer = fixture.card_bytes(1), fixture.signer("member 1")
    signature = signer.sign(identity.card_message(card))
    text = identity.write_card_file(card, signature)
    section.good("plain", text=text)
    lines = text.split("\n")
    section.bad(
        "signature of another key",
        "card-signature",
        text=identity.write_card_file(card, fixture.signer("other").sign(identity.card_message(card))),
    )
    section.bad(
        "signature over the bare card",
        "card-signature",
        text=identity.write_card_file(card, signer.sign(card)),
    )
    section.bad(
        "another card",
        "card-signature",
        text=identity.write_card_file(fixture.card_bytes(1, k2="x"), signature),
    )
    section.bad("signature of 63", "card-file-shape", text=identity.write_card_file(card, signature[:63]))
    section.bad("first line", "card-file-shape", text=text.replace("BEGIN KORF", "BEGIN"))
    section.bad("CR LF", "card-file-shape", text=text.replace("\n", "\r\n"))
    section.bad("no LF at the end", "card-file-shape", text=text[:-1])
    section.bad("text after the end", "card-file-shape", text=text + "\n")
    section.bad(
        "lines of 60",
        "card-file-shape",
        text="\n".join([lines[0], lines[1][:60], lines[1][60:], *lines[2:]]),
    )
    section.bad(
        "card refused",
        "card-field-missing",
        key=2,
        text=identity.write_card_file(fixture.card_bytes(1, k2=None), signature),
    )
    section.bad("padding bits", "card-file-shape", text=_padding(text))
    return section


def _padding(text):
    """Sets a padding bit of the last base64 character; the fixture's base64 ends in '='."""
    lines = text.split("\n")
    last = lines[-3]
    assert last.endswith("="), "the fixture card must not be a multiple of three long"
    body = last.rstrip("=")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    lines[-3] = body[:-1] + alphabet[alphabet.index(body[-1]) | 1] + "=" * (len(last) - len(body))
    return "\n".join(lines)


def _member(number):
    card = fixture.card(number)
    return {"oin": card[1], "logPublicKey": card[4].hex(), "nextKeyHash": card[5].hex()}


def _entry0s():
    section = Section(check_entry0)
    members = [_member(1), _member(2)]

    def fields(body, **more):
        return {
            "network": NETWORK.hex(),
            "members": members,
            "hex": cbor.encode([1, 0, body]).hex(),
            **more,
        }

    one, two = fixture.card(1), fixture.card(2)
    body = [NETWORK, one[1], one[4], one[5]]
    section.good("founder 1", **fields(body))
    section.good("founder 2", **fields([NETWORK, two[1], two[4], two[5]]))
    section.bad("another network", "entry0-network", **fields([bytes(32), *body[1:]]))
    section.bad("no member", "entry0-oin", **fields([NETWORK, fixture.oin(3), *body[2:]]))
    section.bad("key of another member", "log-not-authorised", **fields([NETWORK, one[1], two[4], one[5]]))
    section.bad("another next key", "log-not-authorised", **fields([*body[:3], bytes(32)]))
    for name, item in [
        ("kind 1", [1, 1, body]),
        ("version 2", [2, 0, body]),
        ("an empty commitment list", [1, 0, body, []]),
        ("a commitment", [1, 0, body, [], bytes(32)]),
        ("three fields", [1, 0, body[:3]]),
        ("five fields", [1, 0, body + [1]]),
        ("OIN of 19", [1, 0, [NETWORK, "0" * 19, *body[2:]]]),
        ("network of 31", [1, 0, [bytes(31), *body[1:]]]),
        ("a map", [1, 0, {0: 1}]),
        ("references", [1, 0, body, [[bytes(32), 0, bytes(32)]]]),
    ]:
        section.bad(
            name, "entry0-shape", network=NETWORK.hex(), members=members, hex=cbor.encode(item).hex()
        )
    section.bad(
        "not canonical", "entry0-shape", network=NETWORK.hex(), members=members, hex="830118" + "00" + "80"
    )
    return section


def _successors():
    section = Section(check_successor)
    card = fixture.card(1)
    old = identity.log_id(identity.founder_entry0(NETWORK, card))
    next_key, recovery = fixture.signer("member 1 next"), fixture.signer("member 1 recovery")
    fresh = fixture.signer("member 1 second log").public_key
    fresh_next = sha256(fixture.signer("member 1 second next").public_key)
    end_root = sha256(b"end root")

    def body(by, authority, **changes):
        parts = {
            "network": NETWORK,
            "oin": card[1],
            "key": fresh,
            "next": fresh_next,
            "old": old,
            "size": 12,
            "root": end_root,
            "authority": authority,
            "public": by.public_key,
            **changes,
        }
        values = list(parts.values())
        return values + [by.sign(identity.successor_message(values))]

    def fields(values):
        return {
            "network": NETWORK.hex(),
            "oin": card[1],
            "predecessor": old.hex(),
            "nextKeyHash": card[5].hex(),
            "recoveryKey": card[6].hex(),
            "hex": cbor.encode([1, 0, values]).hex(),
        }

    section.good("by the next key", **fields(body(next_key, 0)))
    section.good("by the recovery key", **fields(body(recovery, 1)))
    section.good("end 1", **fields(body(next_key, 0, size=1)))
    section.bad("next key says recovery", "successor-authority", **fields(body(next_key, 1)))
    section.bad("recovery key says next", "successor-authority", **fields(body(recovery, 0)))
    section.bad("the live key", "successor-authority", **fields(body(fixture.signer("member 1"), 0)))
    section.bad(
        "another public key signs",
        "successor-signature",
        **fields(body(fixture.signer("other"), 0, public=next_key.public_key)),
    )
    good = body(next_key, 0)
    section.bad("field changed after signing", "successor-signature", **fields([*good[:5], 13, *good[6:]]))
    section.bad(
        "bit flipped in the signature",
        "successor-signature",
        **fields(good[:9] + [bytes([good[9][0] ^ 1]) + good[9][1:]]),
    )
    section.bad("another network", "entry0-network", **fields(body(next_key, 0, network=bytes(32))))
    section.bad("another member", "entry0-oin", **fields(body(next_key, 0, oin=fixture.oin(2))))
    section.bad("another predecessor", "log-not-authorised", **fields(body(next_key, 0, old=bytes(32))))
    section.bad("end 0", "entry0-shape", **fields(body(next_key, 0, size=0)))
    section.bad("authority 2", "entry0-shape", **fields(body(next_key, 2)))
    section.bad("nine fields", "entry0-shape", **fields(good[:9]))
    section.bad("signature of 63", "entry0-shape", **fields(good[:9] + [good[9][:63]]))
    section.bad("a founder's", "entry0-shape", **fields(good[:4]))
    return section


def make():
    return {
        "oin": _oins(),
        "card": _cards(),
        "cardFile": _card_files(),
        "entry0": _entry0s(),
        "successor": _successors(),
    }
