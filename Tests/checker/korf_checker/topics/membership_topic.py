# SPDX-License-Identifier: EUPL-1.2
"""membership.json"""

from .. import cbor, fixture, founding, joining
from ..case import Section

SOURCE = "Protocol/membership.md section 1"


def check_join_file(case):
    genesis, addresses = joining.read(case["text"])
    return {
        "network": genesis.network.hex(),
        "addresses": [[oin, ends, [pin.hex() for pin in pins]] for oin, ends, pins in addresses],
    }


SECTIONS = {"joinFile": check_join_file}


def _address(number, endpoints=None, pins=None):
    return [
        fixture.oin(number),
        [f"korf{number}.example:8443"] if endpoints is None else endpoints,
        [bytes([number]) * 32] if pins is None else pins,
    ]


def _join_files():
    section = Section(check_join_file)
    genesis = cbor.encode(founding.document(2))
    one, two, three, four = (_address(number) for number in range(1, 5))

    def file(addresses, **armour):
        return joining.armour(cbor.encode({1: genesis, 2: addresses}), **armour)

    pins = [bytes([number]) * 32 for number in range(3)]
    several = ["192.0.2.1:443", "[2001:db8::1]:443", "korf.example:1"]
    for name, addresses in [
        ("one address", [one]),
        ("three addresses", [one, two, three]),
        ("three endpoints, two pins", [_address(1, several, pins[:2])]),
        ("an address of nobody in the genesis", [four]),
        ("order is free", [two, one]),
    ]:
        section.good(name, text=file(addresses))
    good = file([one])
    for name, text in [
        ("empty", ""),
        ("another label", file([one], label="KORF CARD")),
        ("lines of 76", file([one], width=76)),
        ("CR LF", good.replace("\n", "\r\n")),
        ("no last line end", good[:-1]),
        ("text before it", "Beste collega,\n" + good),
        ("a character that is not of base64", good.replace("A", "*", 1)),
    ]:
        section.bad(name, "join-shape", text=text)
    swapped = b"\xa2" + b"".join(cbor.encode(item) for item in (2, [one], 1, genesis))
    for name, data in [
        ("trailing byte", cbor.encode({1: genesis, 2: [one]}) + b"\0"),
        ("keys out of order", swapped),
    ]:
        section.bad(name, "join-not-canonical", text=joining.armour(data))
    for name, document in [
        ("an array", [genesis, [one]]),
        ("without addresses", {1: genesis}),
        ("without genesis", {2: [one]}),
        ("another key", {1: genesis, 2: [one], 3: 0}),
        ("a genesis as text", {1: "x", 2: [one]}),
        ("no address", {1: genesis, 2: []}),
        ("four addresses", {1: genesis, 2: [one, two, three, four]}),
        ("a member twice", {1: genesis, 2: [one, one]}),
        ("an OIN of nineteen digits", {1: genesis, 2: [[one[0][1:], *one[1:]]]}),
        ("no endpoint", {1: genesis, 2: [_address(1, [])]}),
        ("an endpoint without port", {1: genesis, 2: [_address(1, ["korf1.example"])]}),
        ("four endpoints", {1: genesis, 2: [_address(1, ["a:1"] * 4)]}),
        ("no pin", {1: genesis, 2: [_address(1, None, [])]}),
        ("three pins", {1: genesis, 2: [_address(1, None, pins)]}),
        ("a pin of 31 bytes", {1: genesis, 2: [_address(1, None, [bytes(31)])]}),
        ("addresses at fault and no genesis", {1: b"", 2: []}),
    ]:
        section.bad(name, "join-field", text=joining.armour(cbor.encode(document)))
    nameless = founding.document(2)
    del nameless[2]
    for name, reason, data in [
        ("a genesis without name", "genesis-field", cbor.encode(nameless)),
        ("an empty genesis", "genesis-not-canonical", b""),
    ]:
        section.bad(name, reason, text=joining.armour(cbor.encode({1: data, 2: [one]})))
    return section


def make():
    return {"joinFile": _join_files()}
