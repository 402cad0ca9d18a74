# SPDX-License-Identifier: EUPL-1.2
"""The life of cells and periods, from Protocol/settlement-cells.md, and tolerance over a year."""
import settlement_rules as rules
from settlement_rules import Refusal

NEVER_BILLED = ("own-use", "not-a-party", "no-tariff")


class Cell:
    def __init__(self, definition, terms, decreed):
        self.definition, self.terms, self.decreed = definition, terms, decreed
        if definition.get("tiers") is not None:
            rules.check_tiers(definition["tiers"])
        self.counts = {"provider": None, "consumer": None}
        self.signed, self.same = False, None
        self.outcome = self.settled = self.last_day = self.frozen = None
        self.disputes, self.escalated, self.first = [], False, None

    @property
    def dispute(self):
        return self.disputes[-1] if self.disputes and self.disputes[-1]["outcome"] == "open" else None

    @property
    def contested(self):
        return self.settled is None and (
            self.dispute is not None or (self.outcome or {}).get("state") == "differs")

    @property
    def incomplete(self):
        state = (self.outcome or {}).get("state")
        return state in (None, "provider-only", "consumer-only") and self.settled is None

    @property
    def stage(self):
        if self.frozen:
            return self.frozen
        if self.outcome is None:
            return "open"
        if self.settled is not None:
            return "agreed"
        if self.dispute:
            return "disputed"
        state = self.outcome["state"]
        if state in ("matched", "single-sided"):
            return "stated" if self.outcome["billed"] is None else "agreed"
        return {"within-tolerance": "within-tolerance", "differs": "disputed"}.get(state, "stated")

    @property
    def billed(self):
        return self.settled if self.settled is not None else (self.outcome or {}).get("billed")

    def compare(self, counts, signed, same, date):
        definition = self.definition
        outcome = rules.compare({
            "tiers": definition.get("tiers"), "own_use": definition["provider"] == definition["consumer"],
            "provider_count": counts["provider"], "consumer_count": counts["consumer"], "signed": signed,
            "same_content": same, "terms": self.terms, "tolerated": definition.get("tolerated") or 0,
            **{f: definition[f] for f in ("mode", "provider_is_party", "consumer_is_party", "consumer_is_customer")
               if f in definition}})
        if date is not None:
            self.first = self.first or date
            self.last_day = min(rules.working_day(date, 20, self.decreed),
                                rules.working_day(self.first, 60, self.decreed))
            self.settled = None
        self.outcome, self.counts, self.signed, self.same = outcome, counts, signed, same
        if not self.contested and not self.incomplete:
            self.escalated = False

    def settle(self, quantity, outcome):
        if self.dispute:
            self.dispute["outcome"] = outcome
        self.settled, self.escalated = quantity, False

    def act(self, event, side, date):
        other = "consumer" if side == "provider" else "provider"
        getattr(self, "do_" + event["event"])(event, side, other, date)

    def do_state(self, event, side, other, date):
        self.compare(self.counts | {side: event["count"]}, False, None, date)

    def do_confirm(self, event, side, other, date):
        if self.definition.get("mode") != "confirmed" or self.counts["consumer"] is not None:
            raise Refusal("not-confirmed-mode")
        if self.counts["provider"] is None:
            raise Refusal("nothing-stated-yet")
        self.compare(self.counts, True, None, None)

    def do_content(self, event, side, other, date):
        self.compare(self.counts, self.signed, event["same"], None)

    def do_dispute(self, event, side, other, date):
        if self.outcome is None:
            raise Refusal("nothing-stated-yet")
        if self.outcome["state"] in NEVER_BILLED:
            raise Refusal("nothing-to-dispute")
        if self.dispute:
            raise Refusal("dispute-open")
        if date > self.last_day:
            raise Refusal("dispute-too-late")
        check_reason(event)
        self.disputes.append({"by": side, "outcome": "open", "response": None})

    def do_respond(self, event, side, other, date):
        if not self.dispute:
            raise Refusal("no-dispute")
        if self.dispute["by"] == side:
            raise Refusal("not-the-other")
        if self.dispute["response"]:
            raise Refusal("answered-before")
        check_reason(event)
        self.dispute["response"] = event["reason"]

    def do_accept(self, event, side, other, date):
        if not self.contested:
            raise Refusal("no-dispute")
        if self.counts[other] is None:
            raise Refusal("nothing-to-accept")
        self.settle(self.counts[other], "accepted")

    def do_withdraw(self, event, side, other, date):
        if not self.dispute:
            raise Refusal("no-dispute")
        if self.dispute["by"] != side:
            raise Refusal("not-the-disputer")
        self.dispute["outcome"] = "withdrawn"

    def do_escalate(self, event, side, other, date):
        if not self.contested:
            raise Refusal("no-dispute")
        self.escalated = True

    def do_decide(self, event, side, other, date):
        if event["quantity"] < 0:
            raise Refusal("negative-quantity")
        if not self.escalated:
            raise Refusal("not-escalated")
        self.settle(event["quantity"], "decided")


def stance(case):
    """One cell from the newest statement and stance of each side."""
    cell = Cell(case, case.get("terms") or {}, case.get("decreed") or [])
    stated = [(case[f"{side}_stated"][1], index, side, case[f"{side}_stated"][0])
              for index, side in enumerate(("provider", "consumer")) if case.get(f"{side}_stated")]
    for date, _, side, count in sorted(stated):
        cell.compare(cell.counts | {side: count}, False, None, date)
    if not stated:
        return row(cell)
    if case.get("same") is not None:
        cell.compare(cell.counts, False, case["same"], None)
    stances = sorted(case.get("stances", []), key=lambda s: (since(s), s["by"]))
    if case.get("mode") == "confirmed" and cell.counts["consumer"] is None and cell.counts["provider"] is not None:
        if any((s["by"], s["word"], s.get("quantity")) == ("consumer", "confirmed", cell.counts["provider"])
               for s in stances):
            cell.compare(cell.counts, True, None, None)
    for said in (s for s in stances if s["word"] == "disputed"):
        if cell.dispute:
            if cell.dispute["by"] != said["by"]:
                cell.dispute["response"] = "given"
        elif since(said) <= cell.last_day and cell.outcome["state"] not in NEVER_BILLED:
            cell.disputes.append({"by": said["by"], "outcome": "open", "response": None})
    if cell.contested or cell.incomplete:
        for said in (s for s in stances if s["word"] == "accepted" and s.get("quantity") is not None):
            other = "consumer" if said["by"] == "provider" else "provider"
            says = next((s for s in stances if s["by"] == other and s["word"] in ("accepted", "disputed")), {})
            if said["quantity"] >= 0 and said["quantity"] in (cell.counts[other], says.get("quantity")):
                cell.settle(said["quantity"], "accepted")
                break
    if cell.contested or cell.incomplete:
        cell.escalated = any(s["word"] == "escalated" for s in stances)
    return row(cell)


def since(said):
    return (said.get("since") if said["word"] == "disputed" else None) or said["on"]


def check_reason(event):
    if not 1 <= len(event["reason"].encode()) <= 1_000:
        raise Refusal("malformed-reason")


FIELDS = ("application", "provider", "consumer", "class")


def period(case):
    pair = sorted(case["pair"], key=str.encode)
    cells = {}
    for definition in case["cells"]:
        key = tuple(definition[f].encode() for f in FIELDS)
        if sorted((definition["provider"], definition["consumer"]), key=str.encode) != pair:
            raise Refusal("unknown-cell")
        if key in cells:
            raise Refusal("duplicate-cell")
        cells[key] = Cell(definition, case.get("terms") or {}, case.get("decreed") or [])
    state = {"end": None, "latest": "", "cut": None, "signatures": {}}
    for event in case["events"]:
        step(event, pair, cells, state)
    ordered = [cells[key] for key in sorted(cells)]
    days = [cell.last_day for cell in ordered if cell.last_day]
    return {"stage": state["end"] or ("open" if any(c.incomplete for c in ordered) else "stated"),
            "last_day": max(days) if days else None, "cut": state["cut"], "cells": [row(c) for c in ordered]}


def row(cell):
    tiers, billed = cell.definition.get("tiers"), cell.billed
    return {"cell": "/".join(cell.definition[f] for f in FIELDS), "stage": cell.stage,
            "state": cell.outcome["state"] if cell.outcome else None, "billed": billed,
            "billed_amount": None if billed is None or tiers is None else rules.rated(billed, tiers),
            "contested": cell.contested, "escalated": cell.escalated, "last_day": cell.last_day}


def step(event, pair, cells, state):
    date = event["on"]
    if event["event"] == "close":
        if state["end"] not in ("signed", "lapsed"):
            raise Refusal("period-settled" if state["end"] == "closed" else "not-signed")
        if date < state["latest"]:
            raise Refusal("date-reversed")
        return finish(cells, state, "closed", state["cut"], date, "closed")
    if state["end"]:
        raise Refusal("period-settled")
    if date < state["latest"]:
        raise Refusal("date-reversed")
    ordered = [cells[key] for key in sorted(cells)]
    if event["event"] == "lapse":
        stated = [cell for cell in ordered if cell.last_day]
        if not stated:
            raise Refusal("not-signed")
        if any(date <= cell.last_day for cell in stated):
            raise Refusal("window-open")
        for cell in stated:
            cell.escalated = cell.escalated or cell.contested or cell.incomplete
        return finish(cells, state, "lapsed", event["epoch"], date, "signed")
    if event["by"] not in pair:
        raise Refusal("not-of-pair")
    if event["event"] == "sign":
        if any(cell.incomplete for cell in ordered):
            raise Refusal("cell-not-stated")
        state["latest"] = date
        state["signatures"][event["by"]] = (event["epoch"], event["digest"])
        if len(state["signatures"]) == 2 and len(set(state["signatures"].values())) == 1:
            finish(cells, state, "signed", event["epoch"], date, "signed")
        return None
    cell = cells.get(tuple(event[f].encode() for f in FIELDS))
    if cell is None:
        raise Refusal("unknown-cell")
    cell.act(event, "provider" if event["by"] == event["provider"] else "consumer", date)
    state["latest"], state["signatures"] = date, {}
    return None


def finish(cells, state, end, cut, date, stage):
    state.update(end=end, cut=cut, latest=date)
    for cell in cells.values():
        cell.frozen = stage


def in_order(cell):
    names = (cell.get(f) or d for f, d in (("application", "corv"), ("provider", "a"), ("consumer", "b")))
    return (*(n.encode() for n in names), cell["month"], (cell.get("class") or "basis").encode())


def outcomes(case):
    """Cells in the order in which tolerance adds up, each with its outcome, and what is tolerated of each."""
    rules.check_tiers(case["tiers"])
    cells = sorted(case["cells"], key=in_order)
    if len({in_order(c) for c in cells}) != len(cells):
        raise Refusal("duplicate-cell")
    tolerated = {}
    return [(cell, again(case, cell, tolerated)) for cell in cells], tolerated


def again(case, cell, tolerated):
    key = in_order(cell)
    tolerated.pop(key, None)
    earlier = sum(d for other, d in tolerated.items() if other[:3] == key[:3] and other[3][:4] == key[3][:4])
    outcome = rules.compare({
        "tiers": case["tiers"], "own_use": key[1] == key[2], "terms": case.get("terms") or {},
        "tolerated": earlier, **{f: cell.get(f) for f in ("provider_count", "consumer_count", "same_content")}})
    if outcome["state"] == "within-tolerance":
        tolerated[key] = outcome["difference_amount"]
    return outcome


def shown(cell, outcome):
    return [cell["month"], cell.get("class") or "basis", outcome["state"], outcome["difference_amount"]]


def tolerance(case):
    found, tolerated = outcomes(case)
    return {"states": [shown(c, o) for c, o in found],
            "again": [shown(c, again(case, c, tolerated)) for c in case.get("again", [])]}


def repeatedly_low(case):
    last, low = rules.month_number(case["through"]), {}
    for cell, outcome in outcomes(case)[0]:
        number = rules.month_number(cell["month"])
        if outcome["state"] == "differs" and last - 12 < number <= last:
            side = "provider" if cell["provider_count"] < cell["consumer_count"] else "consumer"
            low.setdefault(in_order(cell)[:3], {}).setdefault(side, set()).add(cell["month"])
    return {"sides": [[*(part.decode() for part in pair), side, sorted(low[pair][side])]
                      for pair in sorted(low) for side in ("provider", "consumer")
                      if len(low[pair].get(side, ())) >= 3]}
