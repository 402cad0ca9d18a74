# SPDX-License-Identifier: EUPL-1.2
"""Bodies of proposals and ballots, and whether a proposal counts; Protocol/voting.md sections 2, 3 and 5."""

from . import identity
from .cbor import is_bytes, is_int, is_text, is_uint
from .genesis import Forms, is_class, is_day, is_month, is_slug, is_vat_category, is_vat_rate
from .refusal import Refusal

PROPOSAL, BALLOT = 33, 34
AGAINST, FOR, BLANK = 0, 1, 2
(
    ADMISSION,
    EXIT,
    EXPULSION,
    TARIFF,
    CONTRIBUTION,
    COST_SHARING,
    INHABITANTS,
    APPLICATION,
    JOINING,
    LEAVING,
    VOTING_FLAG,
    KEY_REPLACEMENT,
    TERMS,
    FREE_TEXT,
    CELL_COUNT,
) = range(1, 16)
LINE, ADVANCE_BACK, SHARING_TERMS = 18, 19, 20
OF_PARTICIPANTS = {TARIFF, COST_SHARING, APPLICATION, JOINING, LEAVING, FREE_TEXT, SHARING_TERMS}
ENTRANCE_FEE, EXIT_CHARGE, FIXED_SPLIT, OTHER, ADVANCE = range(1, 6)
BEARERS_MOST = 10_000
REFERENCES_MOST, TITLE_BYTES_MOST, COVER_BYTES_MOST, DEADLINE_DAYS_MOST = 8, 200, 200, 400


def require(good, reason):
    if not good:
        raise Refusal(reason)


def is_row(value, *checks):
    return (
        isinstance(value, list)
        and len(value) == len(checks)
        and all(check(item) for check, item in zip(checks, value))
    )


def _is_card(value):
    try:
        return isinstance(value, bytes) and bool(identity.read_card(value))
    except Refusal:
        return False


def _has_form(check, *arguments):
    try:
        check(*arguments)
    except Refusal:
        return False
    return True


def _is_bool(value):
    return isinstance(value, bool)


def _is_hash(value):
    return is_bytes(value, 32)


def _are_inhabitants(value):
    return isinstance(value, list) and len(value) > 0 and _has_form(Forms().inhabitants, value, "")


def _are_terms(value):
    return (
        isinstance(value, dict)
        and len(value) > 0
        and all(is_uint(key, 2, 1) for key in value)
        and (1 not in value or _has_form(Forms().terms, value[1], ""))
        and (2 not in value or _has_form(Forms().timings, value[2], ""))
    )


def is_treatment(category, rate):
    """VAT as settlement.md section 9 has it."""
    if not is_vat_category(category) or not is_vat_rate(rate):
        return False
    code, blank, reason = category.partition(" ")
    if any(ord(one) < 0x20 or ord(one) == 0x7F for one in category) or blank and (not reason or reason[0] == " "):
        return False
    if code in ("S", "Z"):
        return not blank and (rate > 0) == (code == "S")
    return code in ("E", "AE", "O") and rate == 0


def _is_line(value):
    if not isinstance(value, dict) or not all(is_uint(key, 10, 1) for key in value):
        return False
    if not set(range(1, 8)) <= set(value):
        return False
    kind, leg, month, total, key = (value[number] for number in range(1, 6))
    good = (
        is_uint(kind, ADVANCE, ENTRANCE_FEE)
        and is_uint(leg, 1)
        and is_month(month)
        and is_int(total)
        and total != 0
        and isinstance(key, list)
        and len(key) <= BEARERS_MOST
        and all(is_row(one, identity.is_oin, is_uint) for one in key)
        and all(one[0] < other[0] for one, other in zip(key, key[1:]))
        and any(one[1] > 0 for one in key)
        and is_treatment(value[6], value[7])
        and (8 not in value or is_slug(value[8]))
        and (9 not in value or is_text(value[9], TITLE_BYTES_MOST, 1) and not identity.CONTROL.search(value[9]))
        and (10 not in value or kind == ADVANCE and is_month(value[10]) and value[10] > month)
    )
    return good and (kind not in (ENTRANCE_FEE, EXIT_CHARGE) or len(key) == 1 and leg == 0)


def _are_sharing_terms(value):
    return (
        isinstance(value, list)
        and len(value) == 6
        and is_slug(value[0])
        and _has_form(Forms().sharing_terms, value[1:], "")
    )


def _may_pay_back(row):
    return row[1] is not None or row[4] is not None or row[3] is not None and row[3][0] < row[3][1]


PAYLOADS = {
    ADMISSION: _is_card,
    EXIT: lambda value: is_row(value, identity.is_oin, is_day),
    EXPULSION: lambda value: is_row(value, identity.is_oin),
    TARIFF: lambda value: _has_form(Forms().tariff, value, ""),
    CONTRIBUTION: lambda value: _has_form(Forms().contribution, value, ""),
    COST_SHARING: lambda value: _has_form(Forms().cost_sharing, value, ""),
    INHABITANTS: _are_inhabitants,
    APPLICATION: lambda value: _has_form(Forms().application, value, ""),
    JOINING: lambda value: is_row(value, is_slug, identity.is_oin, is_day),
    LEAVING: lambda value: is_row(value, is_slug, identity.is_oin, is_day),
    VOTING_FLAG: lambda value: is_row(value, identity.is_oin, _is_bool),
    KEY_REPLACEMENT: lambda value: is_row(
        value, _is_card, _is_hash, lambda size: is_uint(size, least=1), _is_hash
    ),
    TERMS: _are_terms,
    FREE_TEXT: lambda value: value is None,
    CELL_COUNT: lambda value: is_row(
        value,
        is_month,
        lambda name: is_slug(name, 73),
        identity.is_oin,
        identity.is_oin,
        is_class,
        lambda quantity: is_uint(quantity, 1 << 62),
    )
    and value[2] != value[3],
    LINE: _is_line,
    ADVANCE_BACK: lambda value: is_row(value, _is_hash, is_uint, is_month),
    SHARING_TERMS: _are_sharing_terms,
}


class Proposal:
    """A well-formed body of kind 33."""

    def __init__(self, body, references=0):
        require(isinstance(body, dict) and references == 0, "decision-shape")
        require(
            all(is_uint(key, 8, 1) for key in body) and {1, 2, 3, 4, 5} <= set(body), "decision-shape"
        )
        good = (
            is_slug(body[1])
            and is_uint(body[2])
            and body[2] in PAYLOADS
            and PAYLOADS[body[2]](body[3])
            and is_text(body[4], TITLE_BYTES_MOST, 1)
            and not identity.CONTROL.search(body[4])
            and is_day(body[5])
            and (6 not in body or is_uint(body[6], least=1))
            and (7 not in body or 6 in body and is_text(body[7], COVER_BYTES_MOST, 1))
            and (8 not in body or is_slug(body[8]))
        )
        require(good, "decision-shape")
        self.organ, self.kind, self.payload, self.title, self.deadline = (body[key] for key in range(1, 6))
        self.cost, self.cover, self.application = body.get(6), body.get(7), body.get(8)

    def about(self):
        """The application that the payload is about, where it is about one."""
        if self.kind in (TARIFF, JOINING, LEAVING, SHARING_TERMS):
            return self.payload[0]
        return self.payload[1] if self.kind == COST_SHARING else None

    def spends(self):
        """Whether the cooperative may have to pay by it."""
        if self.kind == LINE:
            return (self.payload[2] == 1) == (self.payload[4] > 0)
        if self.kind == COST_SHARING:
            return any(_may_pay_back(row) for row in self.payload.get(7, ()))
        return self.kind == SHARING_TERMS and _may_pay_back(self.payload[1:])

    def judge(self, author, members, rules, date):
        """Under E_j: the set of members, the rules in force and the date. Returns (electorate, rule)."""
        require(author in members, "decision-not-member")
        organ = rules.organs.get(self.organ)
        require(organ is not None and (organ[2] == 1) == (self.application is not None), "decision-organ")
        electorate = set(members)
        if organ[2] == 1:
            require(self.application in rules.applications, "decision-application")
            electorate &= rules.taking_part(self.application)
            require(author in electorate, "decision-not-participant")
            require(self.kind in OF_PARTICIPANTS, "decision-kind-of-organ")
            require(self.about() in (None, self.application), "decision-kind-of-organ")
        require(date <= self.deadline <= date + DEADLINE_DAYS_MOST, "decision-deadline")
        require(self.cover is not None or self.cost is None and not self.spends(), "decision-cover-missing")
        return electorate, organ[3]


class Ballot:
    """A well-formed body of kind 34."""

    def __init__(self, body, references, commitment=None):
        require(isinstance(body, list) and len(body) == 4, "ballot-shape")
        named, self.choice, self.final, self.replaced = body
        self.own = named if is_uint(named) else None
        self.position = None
        if self.own is None:
            require(is_row(named, lambda place: is_uint(place, references - 1)), "ballot-shape")
            self.position = named[0]
        good = (
            is_uint(self.choice, BLANK)
            and _is_bool(self.final)
            and (self.replaced is None or is_uint(self.replaced))
            and references <= REFERENCES_MOST
            and commitment is None
        )
        require(good, "ballot-shape")

    def proposal(self, log, references):
        """(log id, index) of what is named as the proposal."""
        return (log, self.own) if self.own is not None else references[self.position][:2]

    def others(self, references):
        """(log id, index) of what is named besides."""
        return [item[:2] for place, item in enumerate(references) if place != self.position]
