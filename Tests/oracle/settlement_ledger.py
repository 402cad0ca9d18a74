# SPDX-License-Identifier: EUPL-1.2
"""Offset, payments, series, orders and corrections, from Protocol/settlement-documents.md and settlement-cells.md."""
import datetime
import re

import settlement_rules as rules
from settlement_rules import Refusal

AGES = [(0, "not-due"), (30, "1-30"), (60, "31-60"), (90, "61-90"), (None, "over-90")]


def read(items):
    """Documents with signed open amounts; a number stands once."""
    found = {}
    for item in items:
        if item["open"] < 0:
            raise Refusal("negative-on-paper")
    for item in items:
        if item["number"] in found:
            raise Refusal("number-used")
        found[item["number"]] = item | {"open": item["open"] * (-1 if item.get("kind") == "381" else 1)}
    return found


def offset(case):
    items = {}
    if any(item["open"] < 0 for item in case["documents"]):
        raise Refusal("negative-on-paper")
    if not case.get("decided", True):
        raise Refusal("offset-not-decided")
    for number, item in read(case["documents"]).items():
        if item["due"] <= case["on"] and not item.get("contested") and item["open"]:
            items.setdefault(item["member"], []).append(item)
    payments = []
    for member in sorted(items, key=str.encode):
        sums = {leg: rules.fit(sum(i["open"] for i in items[member] if i["leg"] == leg))
                for leg in ("member-pays", "cooperative-pays")}
        net = rules.fit(sums["member-pays"] - sums["cooperative-pays"])
        payments.append({
            "member": member, "to_cooperative": sums["member-pays"], "to_member": sums["cooperative-pays"],
            "direction": None if not net else "member-pays" if net > 0 else "cooperative-pays",
            "amount": rules.fit(abs(net)),
            "documents": sorted((i["number"] for i in items[member]), key=str.encode)})
    return {"payments": payments}


def payment(case):
    items = read(case["documents"])
    gross = {number: item["open"] for number, item in items.items()}
    for paid in case.get("payments", []):
        number, amount = paid["reference"], paid["amount"]
        if number not in items:
            raise Refusal("payment-fits-nothing")
        if amount == 0 or (amount < 0) != (gross[number] < 0):
            raise Refusal("payment-wrong-way")
        if abs(amount) > abs(items[number]["open"]):
            raise Refusal("payment-exceeds-open")
        items[number]["open"] -= amount
    day = datetime.date.fromisoformat(case["on"])

    def age(item):
        late = (day - datetime.date.fromisoformat(item["due"])).days
        return next(name for limit, name in AGES if limit is None or late <= limit)

    unpaid = sorted((i for i in items.values() if i["open"]), key=lambda i: (i["due"], i["number"].encode()))
    return {"open": [[i["number"], i["open"], age(i)] for i in unpaid],
            "ageing": {leg: [[name, rules.fit(sum(i["open"] for i in unpaid if i["leg"] == leg and age(i) == name))]
                             for _, name in AGES] for leg in ("member-pays", "cooperative-pays")}}


def series(case):
    prefix, last = case["prefix"], case.get("last", 0)
    if not re.fullmatch(r"[0-9A-Za-z](?:[0-9A-Za-z-]{0,18}[0-9A-Za-z])?", prefix, re.ASCII):
        raise Refusal("malformed-series")

    def name(number):
        return f"{prefix}-{number:06}"

    for text in case.get("record", []):
        match = re.fullmatch(r"(.*)-([0-9]{6,18})", text, re.ASCII)
        if not match or not int(match[2]) or len(match[2]) > max(6, len(str(int(match[2])))):
            raise Refusal("malformed-number")
        if match[1] != prefix:
            raise Refusal("foreign-number")
        number = int(match[2])
        if number <= last:
            raise Refusal("number-used")
        if number != last + 1:
            raise Refusal("number-gap")
        last = number
    return {"next": name(last + 1), "last": last}


def order(case):
    used = rules.fit(sum(case["used"]))
    if case["amount"] <= 0:
        raise Refusal("order-without-amount")
    return {"used": used, "left": rules.fit(case["amount"] - used), "warns": used * 5 >= case["amount"] * 4,
            "exceeded": used > case["amount"]}


def correction(case):
    """One cell after another: what all its documents bill, taken back tier by tier, and the whole cell anew."""
    pairs, too_old, carried, documents = {}, [], [], []
    for cell in case["cells"]:
        corrected = correct(cell)
        if not corrected["lines"]:
            continue
        pairs.setdefault((cell["issuer"].encode(), cell["receiver"].encode()), []).append(corrected)
    for pair in sorted(pairs):
        held = sorted(pairs[pair], key=lambda c: c["order"])
        for cell in held:
            if rules.month_number(case["month"]) - rules.month_number(cell["month"]) > 60:
                too_old.append(cell["name"])
        held = [c for c in held if c["name"] not in too_old]
        net = rules.fit(sum(line[3] for cell in held for line in cell["lines"]))
        if not held:
            continue
        if abs(net) < 500 and not case.get("final"):
            carried += [cell["name"] for cell in held]
            continue
        lines = [(cell, line) for cell in held for line in cell["lines"]]
        for positions in grouped([cell["vat"] for cell, _ in lines]):
            inside = [lines[p] for p in positions]
            if not any(line[3] for _, line in inside):
                continue
            total = rules.fit(sum(line[3] for _, line in inside))
            originals = {tuple(o) for cell, _ in inside for o in cell["originals"]}
            documents.append({
                "issuer": held[0]["issuer"], "receiver": held[0]["receiver"], "kind": "381" if total < 0 else "380",
                "reason": next((c["vat"]["reason"] for c, _ in inside if c["vat"]["reason"] is not None), None),
                "net": total, "lines": [line for _, line in inside],
                "originals": [list(o) for o in sorted(originals, key=lambda o: (o[0], o[1].encode(), o[2]))]})
    return {"documents": documents, "carried": carried, "too_old": too_old}


def grouped(treatments):
    host = next((t["reason"] for t in treatments if t["reason"] is not None and t["category"] != "O"), None)
    places = {}
    for position, t in enumerate(treatments):
        reason = t["reason"] if t["reason"] is not None else host
        places.setdefault((reason, t["category"] == "O"), []).append(position)
    return places.values()


def correct(cell):
    rules.check_tiers(cell["tiers"])
    vat = {"category": cell["category"], "rate": cell["rate"], "reason": cell.get("reason")}
    rules.check_treatment(vat)
    parts = [cell[f] for f in ("application", "provider", "consumer", "class", "month")]
    name = "/".join(parts)
    before = sorted(cell.get("before", []), key=lambda d: (d["document"].encode(), d["issued"]))
    now = {} if cell.get("quantity") is None else {
        tier: (units, price, amount) for tier, units, price, amount in rules.rate(cell["quantity"], cell["tiers"])}
    lines = []
    for tier in sorted({line[0] for d in before for line in d["lines"]} | set(now)):
        standing = [(line, d["document"]) for d in before for line in d["lines"] if line[0] == tier]
        units, amount = (rules.fit(sum(line[i] for line, _ in standing)) for i in (1, 3))
        new = now.get(tier, (0, 0, 0))
        if (units, amount) == (new[0], new[2]):
            continue
        if units or amount:
            latest = [(line, d) for line, d in standing if line[1] >= 0][-1:] or standing[:1]
            lines.append([f"{name}/{tier}/back", -units, latest[0][0][2], -amount, latest[0][1]])
        if new[0] or new[2]:
            lines.append([f"{name}/{tier}", *new, before[-1]["document"] if before else None])
    return {"name": name, "month": cell["month"], "issuer": cell["issuer"], "receiver": cell["receiver"],
            "vat": vat, "lines": lines, "originals": [[cell["month"], d["document"], d["issued"]] for d in before],
            "order": tuple(p.encode() for p in (*parts[:3], parts[4], parts[3]))}
