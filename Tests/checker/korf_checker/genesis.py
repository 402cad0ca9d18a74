# SPDX-License-Identifier: EUPL-1.2
"""The founding document, Protocol/genesis.md section 1, and what follows from it."""

import re

from . import cbor, identity
from .cbor import is_bytes, is_int, is_text, is_uint
from .crypto import sha256
from .refusal import Refusal

BYTES_MOST, FOUNDERS_MOST, DAY_MOST = 1 << 20, 1000, 84_005
MONTH_LEAST, MONTH_MOST = 1970 * 12, 2199 * 12 + 11
# Terms that stand only where they are not their default, and the most that some may be.
OFFSET, BILLING_DAY = 9, 13
TERM_DEFAULTS, TERM_MOST = {OFFSET: 0, 10: 500, 11: 60, 12: 100, BILLING_DAY: 15}, {OFFSET: 1, BILLING_DAY: 28}
YEAR_LEAST, YEAR_MOST, BASIS_POINTS_MOST = 1970, 2199, 10_000


def term(terms, key):
    return terms.get(key, TERM_DEFAULTS[key])


def is_slug(value, most=64):
    return (
        isinstance(value, str)
        and len(value) <= most
        and re.fullmatch(r"[a-z]([a-z0-9-]*[a-z0-9])?", value, re.ASCII) is not None
    )


def is_class(value):
    return is_slug(value, 32)


def is_day(value):
    return is_uint(value, DAY_MOST)


def is_month(value):
    return is_uint(value, MONTH_MOST, MONTH_LEAST)


def is_year(value):
    return is_uint(value, YEAR_MOST, YEAR_LEAST)


def _require(good, path, reason="genesis-field"):
    if not good:
        raise Refusal(reason, path=path)


def _map(value, path, mandatory, optional=()):
    _require(isinstance(value, dict), path)
    prefix = f"{path}." if path else ""
    for key in value:
        known = not isinstance(key, str) and (key in mandatory or key in optional)
        _require(known, f"{prefix}{key}", "genesis-unknown-key")
    for key in mandatory:
        _require(key in value, f"{prefix}{key}")


def _row(value, path, checks):
    _require(isinstance(value, list) and len(value) == len(checks), path)
    for position, check in enumerate(checks):
        _require(check(value[position]), f"{path}.{position}")


def _list(value, path, least=0, most=None):
    _require(isinstance(value, list) and len(value) >= least and (most is None or len(value) <= most), path)


def _ascending(keys, path):
    for index in range(1, len(keys)):
        _require(keys[index - 1] < keys[index], f"{path}[{index}]", "genesis-order")


def _text_key(value):
    return value.encode("utf-8")


def optional(check):
    return lambda value: value is None or check(value)


def is_vat_category(value):
    if not is_text(value, 100, 1):
        return False
    code, space, reason = value.partition(" ")
    if not space:
        return code in ("S", "Z", "E", "AE", "O")
    plain = all(ord(letter) >= 0x20 and ord(letter) != 0x7F for letter in reason)
    return code in ("E", "AE", "O") and reason[:1] not in ("", " ") and plain


def is_vat_rate(value):
    return is_uint(value, BASIS_POINTS_MOST)


def rate_fits(category, rate):
    return (category == "S") == (rate > 0)


class Forms:
    """The forms of lists and maps that decisions use too. Who and what they name, a Genesis alone knows."""

    def _member(self, oin, path):
        _require(identity.is_oin(oin), path)

    def _known_application(self, slug, path):
        _require(is_slug(slug), path)

    def _known_class(self, slug, name, path):
        pass

    def application(self, item, path):
        _map(item, path, (1, 2, 3, 4, 5, 6, 9), (7, 8))
        _require(is_slug(item[1]), f"{path}.1")
        _require(identity.is_name(item[2]), f"{path}.2")
        self._member(item[3], f"{path}.3")
        self._member_rows(item[4], f"{path}.4", is_day)
        _require(isinstance(item[5], bool), f"{path}.5")
        _list(item[6], f"{path}.6", 1)
        for index, name in enumerate(item[6]):
            _require(is_class(name), f"{path}.6[{index}]")
        _ascending(item[6], f"{path}.6")
        if 7 in item:
            self._member_rows(item[7], f"{path}.7", lambda v: is_uint(v, 2, 1))
        if 8 in item:
            _list(item[8], f"{path}.8")
            for index, row in enumerate(item[8]):
                _row(row, f"{path}.8[{index}]", [lambda v: is_text(v, 64, 1), identity.is_name])
            _ascending([_text_key(row[0]) for row in item[8]], f"{path}.8")
        _list(item[9], f"{path}.9", 1)
        for index, oin in enumerate(item[9]):
            self._member(oin, f"{path}.9[{index}]")
        _ascending(item[9], f"{path}.9")

    def _member_rows(self, rows, path, check):
        _list(rows, path)
        for index, row in enumerate(rows):
            _row(row, f"{path}[{index}]", [identity.is_oin, check])
            self._member(row[0], f"{path}[{index}].0")
        _ascending([row[0] for row in rows], path)

    def tariff(self, row, path):
        _row(
            row,
            path,
            [
                is_slug,
                is_class,
                is_month,
                optional(is_month),
                lambda v: isinstance(v, list),
                is_vat_category,
                is_vat_rate,
                optional(identity.is_oin),
            ],
        )
        self._known_application(row[0], f"{path}.0")
        self._known_class(row[0], row[1], f"{path}.1")
        _require(row[3] is None or row[3] >= row[2], f"{path}.3")
        self._tiers(row[4], f"{path}.4")
        _require(rate_fits(row[5], row[6]), f"{path}.6")
        if row[7] is not None:
            self._member(row[7], f"{path}.7")

    def _tiers(self, tiers, path):
        _list(tiers, path, 1)
        for index, tier in enumerate(tiers):
            last = index == len(tiers) - 1
            bound = (lambda v: v is None) if last else (lambda v: is_uint(v, least=1))
            _row(tier, f"{path}[{index}]", [bound, is_uint])
            if index and not last:
                _require(tiers[index - 1][0] < tier[0], f"{path}[{index}].0")

    def contribution(self, row, path):
        _row(row, path, [is_year, is_uint, is_vat_category, is_vat_rate])
        _require(rate_fits(row[2], row[3]), f"{path}.3")

    def cost_sharing(self, item, path):
        _map(item, path, range(1, 7), (7, 8))
        self._known_application(item[1], f"{path}.1")
        _require(is_uint(item[2]), f"{path}.2")
        _require(is_year(item[3]), f"{path}.3")
        self._member_rows(item[4], f"{path}.4", is_month)
        _require(is_vat_category(item[5]), f"{path}.5")
        _require(is_vat_rate(item[6]) and rate_fits(item[5], item[6]), f"{path}.6")
        if 7 in item:
            _list(item[7], f"{path}.7", 1)
            for index, row in enumerate(item[7]):
                self.sharing_terms(row, f"{path}.7[{index}]")
            _ascending([row[0] for row in item[7]], f"{path}.7")
        if 8 in item:
            _list(item[8], f"{path}.8", 1)
            self._member_rows(item[8], f"{path}.8", is_uint)

    def sharing_terms(self, row, path):
        def is_index(value):
            return isinstance(value, list) and len(value) == 2 and all(is_uint(one, least=1) for one in value)

        checks = [is_month, optional(is_uint), lambda v: is_uint(v, 1), optional(is_index)]
        _row(row, path, [*checks, optional(lambda v: is_uint(v, least=1))])

    def inhabitants(self, rows, path):
        for index, row in enumerate(rows):
            place = f"{path}[{index}]"
            _row(
                row,
                place,
                [
                    identity.is_oin,
                    lambda v: v == "" or identity.is_municipality_code(v),
                    is_year,
                    is_uint,
                    lambda v: isinstance(v, bool),
                ],
            )
            self._member(row[0], f"{place}.0")
        _ascending([(row[0], row[1], row[2]) for row in rows], path)

    def terms(self, value, path):
        _map(value, path, range(1, 9), TERM_DEFAULTS)
        for key in value:
            most = TERM_MOST.get(key)
            _require(is_uint(value[key]) and (most is None or value[key] <= most), f"{path}.{key}")
            _require(value[key] != TERM_DEFAULTS.get(key), f"{path}.{key}")

    def timings(self, value, path):
        _row(value, path, [is_uint] * 5)


def first_overlap(rows):
    """The index of the first tariff that overlaps the one before it, of rows in order; else None."""
    for index in range(1, len(rows)):
        before, row = rows[index - 1], rows[index]
        if before[:2] == row[:2] and before[3] is not None and before[3] >= row[2]:
            return index
    return None


class Genesis(Forms):
    def __init__(self, data):
        if len(data) > BYTES_MOST:
            raise Refusal("genesis-oversize")
        try:
            self.document = cbor.decode(data)
        except Refusal as refusal:
            raise Refusal("genesis-not-canonical", cbor=refusal.reason) from None
        _require(isinstance(self.document, dict), "", "genesis-not-canonical")
        self.network = sha256(data)
        self._scalars()
        self._cards()
        self._cooperative()
        self._organs()
        self._applications()
        self._tariffs()
        self._money()
        self._terms()

    def _scalars(self):
        document = self.document
        _map(document, "", range(1, 16), (16,))
        _require(is_uint(document[1], 1, 1), "1")
        _require(is_uint(document[15]), "15")
        _require(document[15] == 1, "15", "genesis-rule-version")
        _require(identity.is_name(document[2]), "2")
        _require(is_day(document[3]), "3")
        if 16 in document:
            checks = [lambda v: is_bytes(v, 32), is_uint, lambda v: is_bytes(v, 32)]
            _row(document[16], "16", checks)

    def _cards(self):
        _list(self.document[4], "4", 1, FOUNDERS_MOST)
        self.cards, self.card_bytes = {}, {}
        oins, keys = [], set()
        for index, data in enumerate(self.document[4]):
            _require(isinstance(data, bytes), f"4[{index}]")
            try:
                card = identity.read_card(data)
            except Refusal:
                _require(False, f"4[{index}]")
            oins.append(card[1])
            _require(card[4] not in keys, f"4[{index}]")
            keys.add(card[4])
            self.cards[card[1]], self.card_bytes[card[1]] = card, data
        _ascending(oins, "4")

    def _member(self, oin, path):
        _require(identity.is_oin(oin), path)
        _require(oin in self.cards, path, "genesis-unknown-member")

    def _cooperative(self):
        party = self.document[5]
        _map(party, "5", (1, 4), (2, 3))
        _require(identity.is_name(party[1]), "5.1")
        _require(2 not in party or identity.is_oin(party[2]), "5.2")
        _require(3 not in party or identity.is_invoice_facts(party[3]), "5.3")
        self._member(party[4], "5.4")

    def _organs(self):
        _list(self.document[6], "6")
        for index, organ in enumerate(self.document[6]):
            path = f"6[{index}]"
            _row(
                organ,
                path,
                [is_slug, identity.is_name, lambda v: is_uint(v, 1), lambda v: isinstance(v, list)],
            )
            _row(
                organ[3],
                f"{path}.3",
                [
                    is_uint,
                    lambda v: is_uint(v, least=1),
                    lambda v: is_uint(v, 2),
                    is_uint,
                    lambda v: is_uint(v, least=1),
                ],
            )
            rule = organ[3]
            _require(rule[0] <= rule[1], f"{path}.3.0")
            _require(rule[3] <= rule[4], f"{path}.3.3")
        _ascending([organ[0] for organ in self.document[6]], "6")

    def _applications(self):
        _list(self.document[7], "7")
        self.applications = {}
        for index, item in enumerate(self.document[7]):
            self.application(item, f"7[{index}]")
            self.applications[item[1]] = item
        _ascending([item[1] for item in self.document[7]], "7")

    def _known_application(self, slug, path):
        _require(is_slug(slug), path)
        _require(slug in self.applications, path, "genesis-unknown-application")

    def _known_class(self, slug, name, path):
        _require(name in self.applications[slug][6], path)

    def _tariffs(self):
        rows = self.document[8]
        _list(rows, "8")
        for index, row in enumerate(rows):
            self.tariff(row, f"8[{index}]")
        _ascending([(row[0], row[1], row[2]) for row in rows], "8")
        overlap = first_overlap(rows)
        _require(overlap is None, f"8[{overlap}]", "genesis-tariffs-overlap")

    def _money(self):
        document = self.document
        _list(document[9], "9")
        for index, row in enumerate(document[9]):
            self.contribution(row, f"9[{index}]")
        _ascending([row[0] for row in document[9]], "9")
        _list(document[10], "10")
        for index, item in enumerate(document[10]):
            self.cost_sharing(item, f"10[{index}]")
        _ascending([item[1] for item in document[10]], "10")
        _list(document[11], "11")
        self.inhabitants(document[11], "11")
        self._member_rows(document[12], "12", is_int)

    def _terms(self):
        self.terms(self.document[13], "13")
        self.timings(self.document[14], "14")

    def entry0(self, oin):
        return identity.founder_entry0(self.network, self.cards[oin])

    def logs(self):
        """{log id: OIN} of the founders, by log id: the log vector of epoch 0."""
        return dict(sorted((identity.log_id(self.entry0(oin)), oin) for oin in self.cards))

    def origin(self, oin):
        return identity.origin(self.network, oin, identity.log_id(self.entry0(oin)))
