# SPDX-License-Identifier: EUPL-1.2
"""The input of a statement, Protocol/settlement-input.md. The statement itself is the oracle's."""

import datetime
import pathlib
import sys

from . import billing, decisions, kinds, membership, periods
from .fold import CARRIED
from .refusal import Refusal
from .rules import LINES

ALWAYS = "1970-01-01"
COUNT_MOST = 10**12
EXEMPTIONS = {"E": "VATEX-EU-132", "AE": "VATEX-EU-AE", "O": "VATEX-EU-O"}
LINE_KINDS = {1: "entrance-fee", 2: "exit-charge", 3: "fixed-split", 4: "by-decision", 5: "advance"}
MODES = {1: "monthly-total", 2: "confirmed"}


def month_text(number):
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def day_text(number):
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=number)).isoformat()


def treatment(kind, leg, decision, text, rate):
    category, _, reason = text.partition(" ")
    return {
        "kind": kind,
        "leg": leg,
        "origin": decision,
        "category": category,
        "rate": rate,
        "reason": reason or EXEMPTIONS.get(category),
    }


class StatementInput:
    def __init__(self, state):
        self.state, self.document = state, state.overlay.rules.document
        self.vat = []

    def _name(self, key, kind, row):
        """Which place of the genesis or which decision a row comes from."""
        of_genesis = self.state.genesis.document[key]

        def is_same(one):
            return one[1] == row[1] if key == 10 else one == row

        for index, one in enumerate(of_genesis):
            if is_same(one):
                return f"genesis:{key}.{index}"
        decided = self.state.overlay.network.decisions.values()
        place = next(
            one.place
            for one in decided
            if one.standing == CARRIED and one.proposal.kind == kind and is_same(one.proposal.payload)
        )
        return f"{place[0].hex()}-{place[1]}"

    def _members(self):
        fold = self.state.overlay
        for oin, member in sorted(fold.network.members.items()):
            admitted, left = fold.network.logs[member.logs[0]].named_by, None
            if member.standing in (membership.LEAVING, membership.ENDED):
                left = day_text(member.last_date or fold.epochs[member.since].date)
            joined = day_text(fold.epochs[admitted].date) if admitted else ALWAYS
            yield {"id": oin, "joined": joined, "left": left}

    def case(self, party, month):
        self.vat = []
        document = self.document
        terms = document[13]
        return {
            "kind": "statement",
            "party": party,
            "month": month_text(month),
            "members": list(self._members()),
            "applications": self._applications(),
            "tariffs": self._tariffs(),
            "contributions": self._contributions(),
            "inhabitants": [
                {
                    "party": row[0],
                    "municipality": row[1],
                    "year": row[2],
                    "count": row[3],
                    "known_from": month_text(row[5]) if len(row) > 5 else None,
                }
                for row in document[11]
                if row[4]
            ],
            "cost_sharings": self._cost_sharings(),
            "charges": self._charges(),
            "cells": self._cells(),
            "vat": self.vat,
            "terms": {
                "tolerated_amount": terms[2],
                "tolerated_part": terms[3],
                "quantity_part_limit": terms[4],
                "tolerated_year_amount": terms[5],
                "quantity_part_limit_from": terms.get(12, 100),
            },
        }

    def _applications(self):
        made = [
            {
                "id": item[1],
                "lead": item[3],
                "providers": item[9],
                "participants": [
                    {"party": oin, "joined": day_text(since), "left": day_text(until[0]) if until else None}
                    for oin, since, *until in item[4]
                ],
                "modes": [[oin, MODES[mode]] for oin, mode in item.get(7, [])],
                "customers": [row[0] for row in item.get(8, [])],
            }
            for item in self.document[7]
        ]
        for identifier in sorted(self.state.founded):
            lead = self.state.authors[self.state.founded[identifier][0]]
            made.append(
                {
                    "id": identifier,
                    "lead": lead,
                    "providers": [],
                    "modes": [],
                    "customers": [],
                    "participants": [{"party": lead, "joined": ALWAYS, "left": None}],
                }
            )
        return made

    def _tariffs(self):
        made = []
        for row in self.document[8]:
            slug, name, first, last, tiers, category, rate, funder = row
            decision = self._name(8, decisions.TARIFF, row)
            made.append(
                {
                    "decision": decision,
                    "application": slug,
                    "class": name,
                    "from": month_text(first),
                    "through": month_text(last) if last is not None else None,
                    "tiers": [[None, 0]] if funder else tiers,
                    "funder": funder,
                    "funding_tiers": tiers if funder else None,
                }
            )
            for kind in ("transaction-fee", "funding"):
                for leg in ("member-pays", "cooperative-pays"):
                    self.vat.append(treatment(kind, leg, decision, category, rate))
        return made

    def _contributions(self):
        made = []
        for row in self.document[9]:
            year, price, category, rate = row
            decision = self._name(9, decisions.CONTRIBUTION, row)
            made.append({"decision": decision, "first_year": year, "rate": price})
            self.vat.append(treatment("contribution", "member-pays", decision, category, rate))
        return made

    def _figures(self, oin, year, month):
        """The figures of a year, or of the year before, that bill a month; None and the year that is missing."""
        rows = [row for row in self.document[11] if row[0] == oin and row[4]]
        of = {one: [row for row in rows if row[2] == one] for one in (year, year - 1, year - 2)}

        def lacks(later, earlier):
            return {row[1] for row in earlier} - {row[1] for row in later}

        own, before = of[year], of[year - 1]
        known = all(len(row) < 6 or row[5] <= month for row in own)
        if own and not lacks(own, before) and (known or not before):
            return sum(row[3] for row in own), None
        if not before:
            return 0, year
        return (0, year - 1) if lacks(before, of[year - 2]) else (sum(row[3] for row in before), None)

    def _cost_sharings(self):
        made = []
        for item in self.document[10]:
            if not item[4]:
                continue
            decision = self._name(10, decisions.COST_SHARING, item)
            weights, missing = {}, []
            for oin, month in item[4]:
                counts = [row[3] for row in self.document[11] if row[0] == oin and row[2] == item[3] and row[4]]
                weights[oin] = sum(counts)
                if not counts:
                    missing.append([month_text(month), oin, item[3]])
            first = min(month for _, month in item[4])
            changes = []
            for month in sorted({month for _, month in item[4] if month > first}):
                terms = [row for row in item.get(7, ()) if row[0] <= month]
                if terms:
                    changes.append(self._join(item, month, month - first, terms[-1], missing))
            made.append(
                {
                    "decision": decision,
                    "application": item[1],
                    "cost": item[2],
                    "opening": item.get(8, []),
                    "first_month": month_text(first),
                    "participants": [
                        {"party": oin, "joined": month_text(month) + "-01", "weight": weights[oin]}
                        for oin, month in item[4]
                    ],
                    "changes": changes,
                    "missing": missing,
                }
            )
            self.vat.append(treatment("development-share", "member-pays", decision, item[5], item[6]))
        return made

    def _join(self, item, month, age, terms, missing):
        _, total, key_of_joining, index, life = terms
        weights = None
        if key_of_joining:
            weights = []
            for oin, joined in item[4]:
                if joined <= month:
                    count, lacking = self._figures(oin, month // 12, month)
                    weights.append([oin, count])
                    if lacking:
                        missing.append([month_text(month), oin, lacking])
        return {
            "month": month_text(month),
            "cost": total,
            "weights": weights,
            "index": index or [1, 1],
            "depreciation": [age, life] if life else [0, 1],
        }

    def _charges(self):
        made = []
        for log, index, month, back, item in self.document[LINES]:
            decision, kind = f"{log.hex()}-{index}", LINE_KINDS[item[1]]
            leg = "cooperative-pays" if item[2] else "member-pays"
            made.append(
                {
                    "decision": decision,
                    "kind": kind,
                    "leg": leg,
                    "month": month_text(month),
                    "settled_in": month_text(back) if back else None,
                    "total": item[4],
                    "key": item[5],
                    "application": item.get(8),
                    "text": item.get(9),
                }
            )
            self.vat.append(treatment(kind, leg, decision, item[6], item[7]))
        return made

    def counted(self):
        """{(application, provider, consumer, class, month): [provider's net quantity, consumer's]}"""
        found = {}
        for (_, application, provider, consumer, name, month, side), counters in self.state.usage.items():
            if application in self.state.applications:
                cell = found.setdefault((application, provider, consumer, name, month), [None, None])
                cell[side] = (cell[side] or 0) + counters[2] - counters[3]
        return found

    def counts(self):
        """The same, with what months that were billed or closed say in their place."""
        found = self.counted()
        for fixed in (periods.counts(self.state.overlay), billing.first_counts(self.state.overlay)):
            found.update({key: sides for key, sides in fixed.items() if key in found})
        return found

    def _cells(self):
        counts, counted, roots = self.counts(), self.counted(), self._roots()
        made = []
        for key in sorted(counts):
            application, provider, consumer, name, month = key
            sides = [None if side is None or side > COUNT_MOST else side for side in counts[key]]
            if sides == [None, None]:
                continue
            made.append(
                {
                    "application": application,
                    "provider": provider,
                    "consumer": consumer,
                    "class": name,
                    "month": month_text(month),
                    "provider_count": sides[0],
                    "consumer_count": sides[1],
                    "signed": False,
                    "same_content": self._same_content(counted, roots, provider, consumer, month),
                }
            )
        return made

    def _roots(self):
        """{(author, counterparty, month): root} of the statements that stand."""
        found = {}
        for (name, month, counterparty), (index, _) in self.state.statements.items():
            entry = self.state.entries[name][index]
            assert entry.kind == kinds.STATEMENT
            found[self.state.authors[name], counterparty, month] = entry.body[3]
        return found

    @staticmethod
    def _same_content(counts, roots, one, other, month):
        mine, theirs = roots.get((one, other, month)), roots.get((other, one, month))
        if mine is None or theirs is None:
            return None
        if mine == theirs:
            return True
        pair = [
            sides for key, sides in counts.items() if {key[1], key[2]} == {one, other} and key[4] == month
        ]
        return False if all(a is not None and a == b for a, b in pair) else None


def statement_text(state, party, month):
    """The canonical statement of settlement.md; refuses as the oracle does."""
    folder = str(pathlib.Path(__file__).resolve().parents[2] / "oracle")
    if folder not in sys.path:
        sys.path.append(folder)
    import settlement_rules
    import settlement_statement

    try:
        return settlement_statement.statement(StatementInput(state).case(party, month))
    except settlement_rules.Refusal as refusal:
        raise Refusal(refusal.name) from None
