# SPDX-License-Identifier: EUPL-1.2
"""Forecasts of Protocol/settlement-reports.md, in exact fractions."""
from fractions import Fraction

import settlement_rules as rules
import settlement_statement
from settlement_rules import Refusal


def forecast(case):
    if not 0 <= case["months"] <= 12:
        raise Refusal("month-count-out-of-range")
    pace = None
    if case["months"]:
        pace = rules.fit(rules.half_away(Fraction(case["realised"] * 12, case["months"])))
    room = rules.fit(case["budget"] - pace) if pace is not None and case.get("budget") is not None else None
    return {"forecast": pace, "room": room}


def price_per_use(case):
    if any(use < 0 for use in case["uses"]):
        raise Refusal("negative-quantity")
    prices, total = [], 0
    for use in case["uses"]:
        total = rules.fit(total + use)
        prices.append(rules.fit(rules.half_away(Fraction(case["cost"] * 10_000, total))) if total else None)
    return {"prices": prices}


def turnover(case):
    total = rules.fit(case["members"] + case["others"])
    return {"above": Fraction(case["members"], total) > Fraction(4, 5) if total > 0 else None}


def months(first, last):
    for number in range(rules.month_number(first), rules.month_number(last) + 1):
        yield f"{number // 12}-{number % 12 + 1:02}"


def totals(case, members):
    if case["party"] not in members and not any(case["party"] in a.get("customers", []) for a in case["applications"]):
        return {}
    sums = {}
    for month in months(case["from"], case["through"]):
        for leg, lines in settlement_statement.composed(case | {"month": month})[1].items():
            for line in lines:
                application = line.get("application") if line["id"][0] == "B" else (
                    line["id"].split("/")[1] if line["id"][0] in "VUK" else None)
                key = (leg != "member-pays", line["kind"], application or "", leg, application)
                sums[key] = sums.get(key, 0) + line["amount"]
    return {key: rules.fit(amount) for key, amount in sums.items()}


def simulate(case):
    rules.check_tariffs(case["tariffs"])
    for vat in case["vat"]:
        rules.check_treatment(vat)
    for charge in case.get("charges", []):
        settlement_statement.check_charge(charge)
    other = changed(case)
    before = totals(case, [m["id"] for m in case["members"]])
    after = totals(other, [m["id"] for m in other["members"]])
    return {"changes": [[key[3], key[1], key[4], before.get(key, 0), after.get(key, 0),
                         rules.fit(after.get(key, 0) - before.get(key, 0))]
                        for key in sorted(before | after, key=lambda k: k[:3]) if before.get(key, 0) != after.get(key, 0)]}


def changed(case):
    wish, party = case["scenario"], case["scenario"]["party"]
    if wish["what"] == "admit":
        if wish["count"] < 0:
            raise Refusal("negative-quantity")
        return case | {
            "members": case["members"] + [{"id": party, "joined": wish["on"], "left": None}],
            "inhabitants": case["inhabitants"] + [{
                "party": party, "municipality": wish["municipality"], "year": wish["year"], "count": wish["count"]}]}
    if wish["what"] == "scale" and (wish["numerator"] < 0 or wish["denominator"] <= 0):
        raise Refusal("index-malformed")
    name = wish["application"]
    if name not in [a["id"] for a in case["applications"]]:
        raise Refusal("unknown-application")
    mine = [c for c in case["cells"] if c["application"] == name and c["consumer"] == party]
    others = [c for c in case["cells"] if c not in mine]
    if wish["what"] == "scale":
        ratio = Fraction(wish["numerator"], wish["denominator"])
        scaled = [c if not case["from"] <= c["month"] <= case["through"] else c | {
            f: c[f] if c.get(f) is None else rules.fit(rules.half_away(c[f] * ratio))
            for f in ("provider_count", "consumer_count")} for c in mine]
        return case | {"cells": others + scaled}
    if wish["what"] == "leave":
        return case | {"cells": others + [c for c in mine if c["month"] <= wish["on"][:7]], "applications": [
            a if a["id"] != name else a | {"participants": [
                p | {"left": wish["on"]} if p["party"] == party and not p.get("left") else p
                for p in a["participants"]]} for a in case["applications"]]}
    expected = [{"application": name, "provider": provider, "consumer": party, "class": kind, "month": month,
                 "provider_count": count, "consumer_count": count}
                for month in months(max(wish["on"][:7], case["from"]), case["through"])
                for provider, kind, count in wish.get("monthly", [])]
    taken = {tuple(e[f] for f in ("provider", "class", "month")) for e in expected}
    kept = [c for c in mine if tuple(c[f] for f in ("provider", "class", "month")) not in taken]
    return case | {
        "cells": others + kept + expected,
        "applications": [a if a["id"] != name else a | {"participants": a["participants"] + [
            {"party": party, "joined": wish["on"]}]} for a in case["applications"]],
        "cost_sharings": [s if s["application"] != name else s | {"participants": s["participants"] + [
            {"party": party, "joined": wish["on"], "weight": wish["weight"]}]} for s in case["cost_sharings"]]}
