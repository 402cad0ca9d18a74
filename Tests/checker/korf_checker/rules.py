# SPDX-License-Identifier: EUPL-1.2
"""Rules in force and what decisions make of them, Protocol/voting.md sections 1 and 5."""

import copy

from . import cbor, decisions
from .crypto import sha256
from .genesis import first_overlap
from .refusal import Refusal

KEYS = (6, 7, 8, 9, 10, 11, 13, 14)


def require(good, reason):
    if not good:
        raise Refusal(reason)


class Rules:
    """A value: `after` gives the rules once a decision took effect, and leaves these as they are."""

    def __init__(self, document):
        self.document = {key: document[key] for key in KEYS}
        self.organs = {row[0]: row for row in self.document[6]}
        self.applications = {item[1]: item for item in self.document[7]}

    def taking_part(self, slug):
        return {row[0] for row in self.applications[slug][4] if len(row) == 2}

    def customers(self):
        return {row[0] for item in self.applications.values() for row in item.get(8, ())}

    def editors(self, slug):
        return self.taking_part(slug) | {self.applications[slug][3]}

    def hashes(self):
        return [[key, sha256(cbor.encode(self.document[key]))] for key in KEYS]

    def after(self, kind, payload, members, founded=()):
        """members: those of standing 1; founded: ids of applications that entries founded."""
        document = copy.deepcopy(self.document)
        EFFECTS[kind](self, document, payload, members, founded)
        return Rules(document)

    def _application(self, slug):
        require(slug in self.applications, "effect-application-unknown")
        return self.applications[slug]


def _members(members, oins):
    require(all(oin in members for oin in oins), "effect-member-unknown")


def _tariff(rules, document, row, members, founded):
    item = rules._application(row[0])
    require(row[1] in item[6], "effect-class-unknown")
    _members(members, [] if row[7] is None else [row[7]])
    rows = sorted([*document[8], row], key=lambda one: one[:3])
    twice = any(one[:3] == row[:3] for one in document[8])
    require(not twice and first_overlap(rows) is None, "effect-tariffs-overlap")
    document[8] = rows


def _contribution(rules, document, row, members, founded):
    require(all(one[0] != row[0] for one in document[9]), "effect-exists")
    document[9] = sorted([*document[9], row], key=lambda one: one[0])


def _cost_sharing(rules, document, item, members, founded):
    rules._application(item[1])
    _members(members, [row[0] for row in item[4]])
    require(all(one[1] != item[1] for one in document[10]), "effect-exists")
    document[10] = sorted([*document[10], item], key=lambda one: one[1])


def _inhabitants(rules, document, rows, members, founded):
    _members(members, [row[0] for row in rows])
    held = {tuple(row[:3]): row for row in document[11]}
    for row in rows:
        before = held.get(tuple(row[:3]))
        require(before is None or not before[4] or before == row, "effect-exists")
        held[tuple(row[:3])] = row
    document[11] = [held[key] for key in sorted(held)]


def _new_application(rules, document, item, members, founded):
    require(item[1] not in rules.applications and item[1] not in founded, "effect-exists")
    named = [item[3], *(row[0] for row in item[4]), *(row[0] for row in item.get(7, ())), *item[9]]
    _members(members, named)
    document[7] = sorted([*document[7], item], key=lambda one: one[1])


def _participants(document, slug):
    return next(item for item in document[7] if item[1] == slug)


def _joining(rules, document, payload, members, founded):
    slug, oin, date = payload
    rules._application(slug)
    _members(members, [oin])
    require(oin not in rules.taking_part(slug), "effect-exists")
    item = _participants(document, slug)
    item[4] = sorted([row for row in item[4] if row[0] != oin] + [[oin, date]])


def _leaving(rules, document, payload, members, founded):
    slug, oin, date = payload
    held = rules._application(slug)
    require(oin in rules.taking_part(slug) and oin != held[3], "effect-not-participant")
    row = next(row for row in _participants(document, slug)[4] if row[0] == oin)
    require(date >= row[1], "effect-date")
    row.append(date)


def _terms(rules, document, payload, members, founded):
    for part, key in ((1, 13), (2, 14)):
        if part in payload:
            document[key] = payload[part]


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
}
