# SPDX-License-Identifier: EUPL-1.2
"""Rules in force and what decisions make of them, Protocol/voting.md sections 1 and 5."""

import copy
import datetime

from . import cbor, decisions
from .crypto import sha256
from .genesis import first_overlap
from .refusal import Refusal

KEYS = (6, 7, 8, 9, 10, 11, 13, 14)
LINES = 17


class Ground:
    """What a decision takes effect among: members, parties, founded ids, the month and its own place."""

    def __init__(self, members, parties=None, founded=(), month=1970 * 12, place=(bytes(32), 0)):
        self.members, self.parties = members, members if parties is None else parties
        self.founded, self.month, self.place = founded, month, place


def require(good, reason):
    if not good:
        raise Refusal(reason)


class Rules:
    """A value: `after` gives the rules once a decision took effect, and leaves these as they are."""

    def __init__(self, document):
        self.document = {key: document[key] for key in KEYS}
        self.document[LINES] = document.get(LINES, [])
        self.organs = {row[0]: row for row in self.document[6]}
        self.applications = {item[1]: item for item in self.document[7]}

    def taking_part(self, slug):
        return {row[0] for row in self.applications[slug][4] if len(row) == 2}

    def customers(self):
        return {row[0] for item in self.applications.values() for row in item.get(8, ())}

    def editors(self, slug):
        return self.taking_part(slug) | {self.applications[slug][3]}

    def hashes(self):
        keys = [*KEYS, LINES] if self.document[LINES] else KEYS
        return [[key, sha256(cbor.encode(self.document[key]))] for key in keys]

    def after(self, kind, payload, ground):
        document = copy.deepcopy(self.document)
        EFFECTS[kind](self, document, payload, ground)
        return Rules(document)

    def _application(self, slug):
        require(slug in self.applications, "effect-application-unknown")
        return self.applications[slug]


def _members(members, oins):
    require(all(oin in members for oin in oins), "effect-member-unknown")


def _tariff(rules, document, row, ground):
    item = rules._application(row[0])
    require(row[1] in item[6], "effect-class-unknown")
    _members(ground.members, [] if row[7] is None else [row[7]])
    rows = sorted([*document[8], row], key=lambda one: one[:3])
    twice = any(one[:3] == row[:3] for one in document[8])
    require(not twice and first_overlap(rows) is None, "effect-tariffs-overlap")
    document[8] = rows


def _contribution(rules, document, row, ground):
    require(all(one[0] != row[0] for one in document[9]), "effect-exists")
    document[9] = sorted([*document[9], row], key=lambda one: one[0])


def _cost_sharing(rules, document, item, ground):
    rules._application(item[1])
    _members(ground.members, [row[0] for row in [*item[4], *item.get(8, ())]])
    require(all(one[1] != item[1] for one in document[10]), "effect-exists")
    document[10] = sorted([*document[10], item], key=lambda one: one[1])


def _inhabitants(rules, document, rows, ground):
    _members(ground.members, [row[0] for row in rows])
    held = {tuple(row[:3]): row for row in document[11]}
    for row in rows:
        before = held.get(tuple(row[:3]))
        require(before is None or not before[4] or before[:5] == row, "effect-exists")
        if before is None or not before[4]:
            held[tuple(row[:3])] = [*row, ground.month] if row[4] else row
    document[11] = [held[key] for key in sorted(held)]


def _new_application(rules, document, item, ground):
    require(item[1] not in rules.applications and item[1] not in ground.founded, "effect-exists")
    named = [item[3], *(row[0] for row in item[4]), *(row[0] for row in item.get(7, ())), *item[9]]
    _members(ground.members, named)
    document[7] = sorted([*document[7], item], key=lambda one: one[1])


def _participants(document, slug):
    return next(item for item in document[7] if item[1] == slug)


def _joining(rules, document, payload, ground):
    slug, oin, date = payload
    rules._application(slug)
    _members(ground.members, [oin])
    require(oin not in rules.taking_part(slug), "effect-exists")
    item = _participants(document, slug)
    item[4] = sorted([row for row in item[4] if row[0] != oin] + [[oin, date]])
    for sharing in document[10]:
        if sharing[1] == slug and all(row[0] != oin for row in sharing[4]):
            sharing[4] = sorted([*sharing[4], [oin, max(month_of(date), ground.month)]])


def month_of(day):
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days=day)
    return date.year * 12 + date.month - 1


def _leaving(rules, document, payload, ground):
    slug, oin, date = payload
    held = rules._application(slug)
    require(oin in rules.taking_part(slug) and oin != held[3], "effect-not-participant")
    row = next(row for row in _participants(document, slug)[4] if row[0] == oin)
    require(date >= row[1], "effect-date")
    row.append(date)


def _terms(rules, document, payload, ground):
    for part, key in ((1, 13), (2, 14)):
        if part in payload:
            document[key] = payload[part]


def _line(rules, document, item, ground):
    if 8 in item:
        rules._application(item[8])
    _members(ground.parties, [row[0] for row in item[5]])
    month = max(item[3], ground.month)
    require(10 not in item or item[10] > month, "effect-date")
    row = [*ground.place, month, item.get(10), item]
    document[LINES] = sorted([*document[LINES], row], key=lambda one: one[:2])


def _advance_back(rules, document, payload, ground):
    found = [row for row in document[LINES] if row[:2] == payload[:2] and row[4][1] == decisions.ADVANCE]
    require(found, "effect-line-unknown")
    require(found[0][3] is None, "effect-exists")
    month = max(payload[2], ground.month)
    require(month > found[0][2], "effect-date")
    found[0][3] = month


def _sharing_terms(rules, document, payload, ground):
    slug, *row = payload
    rules._application(slug)
    item = next((one for one in document[10] if one[1] == slug), None)
    require(item is not None, "effect-cost-sharing-unknown")
    rows = item.get(7, [])
    require(all(one[0] != row[0] for one in rows), "effect-exists")
    item[7] = sorted([*rows, row], key=lambda one: one[0])


EFFECTS = {
    decisions.TARIFF: _tariff,
    decisions.CONTRIBUTION: _contribution,
    decisions.COST_SHARING: _cost_sharing,
    decisions.INHABITANTS: _inhabitants,
    decisions.APPLICATION: _new_application,
    decisions.JOINING: _joining,
    decisions.LEAVING: _leaving,
    decisions.TERMS: _terms,
    decisions.FREE_TEXT: lambda *_: None,
    decisions.LINE: _line,
    decisions.ADVANCE_BACK: _advance_back,
    decisions.SHARING_TERMS: _sharing_terms,
}
