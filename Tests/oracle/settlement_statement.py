# SPDX-License-Identifier: EUPL-1.2
"""The statement of Protocol/settlement.md, sections 11 and 13, composed from that text alone."""
import settlement_rules as rules
from settlement_rules import Refusal

KINDS = ("transaction-fee", "funding", "contribution", "development-share")


def month_of(date):
    return date[:7]


def holds(participation, month):
    left = participation.get("left")
    return month_of(participation["joined"]) <= month and (not left or month_of(left) >= month)


def is_party(application, party, month):
    return party == application["lead"] or any(
        p["party"] == party and holds(p, month) for p in application["participants"])


def in_order(cell):
    return tuple(cell[f].encode() for f in ("application", "provider", "consumer", "month", "class"))


def compared(case, month, party):
    """Outcomes of the month, with the tolerated sums of the year; only the pairs that concern the party."""
    catalogue = {}
    for application in case["applications"]:
        if application["id"] in catalogue:
            raise Refusal("duplicate-application")
        catalogue[application["id"]] = application
    funded = {t["application"] for t in case["tariffs"] if t.get("funder") == party}
    cells = sorted((c for c in case["cells"] if c["month"][:4] == month[:4] and c["month"] <= month
                    and (party in (c["provider"], c["consumer"]) or c["application"] in funded)), key=in_order)
    if len({in_order(cell) for cell in cells}) != len(cells):
        raise Refusal("duplicate-cell")
    tolerated, outcomes = {}, []
    for cell in cells:
        if cell["application"] not in catalogue:
            raise Refusal("unknown-application")
        application = catalogue[cell["application"]]
        tariff = rules.tariff_of(case["tariffs"], cell["application"], cell["class"], cell["month"])
        pair = (cell["application"], cell["provider"], cell["consumer"])
        outcome = rules.compare({
            "own_use": cell["provider"] == cell["consumer"], "mode": dict(application["modes"]).get(cell["consumer"], "two-sided"),
            "provider_is_party": cell["provider"] in application["providers"],
            "consumer_is_party": is_party(application, cell["consumer"], cell["month"]),
            "consumer_is_customer": cell["consumer"] in application.get("customers", []),
            "tiers": tariff["tiers"] if tariff else None, "tolerated": tolerated.get(pair, 0),
            "terms": case.get("terms", {}),
            **{f: cell.get(f) for f in ("provider_count", "consumer_count", "signed", "same_content")}})
        if outcome["state"] == "within-tolerance":
            tolerated[pair] = tolerated.get(pair, 0) + outcome["difference_amount"]
        named = tariff if outcome["state"] not in ("own-use", "not-a-party") else None
        if cell["month"] == month and (
                party in (cell["provider"], cell["consumer"]) or (named and named.get("funder") == party)):
            outcomes.append((cell, outcome, named))
    return outcomes


def treatment(case, kind, leg, origin):
    for wanted in (origin, None):
        found = [v for v in case["vat"] if (v["kind"], v["leg"], v.get("origin")) == (kind, leg, wanted)]
        if found:
            return found[-1]
    raise Refusal("vat-undecided")


def line(case, origin, name, leg, kind, amount, quantity=None, price=None, part=False):
    vat = treatment(case, kind, leg, origin)
    return {"id": name, "leg": leg, "kind": kind, "amount": amount, "quantity": quantity, "price": price,
            "category": vat["category"], "rate": vat["rate"], "reason": vat.get("reason"), "part": part}


def usage_lines(case, party, outcomes, leg):
    lines = []
    for cell, outcome, tariff in outcomes:
        if outcome["billed"] is None:
            continue
        pays = leg == "member-pays"
        name = "/".join([("V-" if pays else "U-") + cell["month"], cell["application"], cell["provider"],
                         cell["consumer"], cell["class"]])
        bearers = [("transaction-fee", cell["consumer"], tariff["tiers"], "")]
        if tariff.get("funder"):
            bearers.append(("funding", tariff["funder"], tariff["funding_tiers"], "/funding"))
        for kind, bearer, tiers, tail in bearers:
            if party != (bearer if pays else cell["provider"]):
                continue
            for tier, units, price, amount in rules.rate(outcome["billed"], tiers):
                lines.append(line(case, tariff["decision"], f"{name}/{tier}{tail}", leg, kind, amount, units, price,
                                  outcome["state"] == "differs"))
    return lines


def contribution_lines(case, party, month):
    rates = case.get("contributions", [])
    member = next((m for m in case["members"] if m["id"] == party), None)
    if member is None:
        return []
    if len({r["first_year"] for r in rates}) != len(rates):
        raise Refusal("contributions-overlap")
    year = int(month[:4])
    started = [r for r in rates if r["first_year"] <= year]
    first = max(f"{year}-01", month_of(member["joined"]))
    last = min(f"{year}-12", month_of(member.get("left") or "9999-12"))
    if not started or not first <= month <= last:
        return []
    figures = [[f["count"] for f in case["inhabitants"] if f["party"] == party and f["year"] == y]
               for y in (year, year - 1)]
    counts = figures[0] or figures[1]
    if not counts:
        raise Refusal("inhabitants-missing")
    months = rules.month_number(last) - rules.month_number(first) + 1
    number = rules.month_number(month) - rules.month_number(first) + 1
    latest = max(started, key=lambda r: r["first_year"])
    amount = rules.contribution(latest["rate"], counts, months)
    return [line(case, latest["decision"], f"C-{month}/{party}", "member-pays", "contribution",
                 rules.instalment(amount, number, months))]


def charged_through(sharing, month):
    opening = {}
    for name, amount in sharing.get("opening", []):
        if name in opening:
            raise Refusal("duplicate-party")
        opening[name] = amount
    key = [(p["party"], p["weight"]) for p in sharing["participants"] if month_of(p["joined"]) <= month]
    if month < sharing["first_month"] or not key:
        return opening
    return dict.fromkeys(opening, 0) | rules.sainte_lague(sharing["cost"], key)


def before(month):
    number = rules.month_number(month) - 1
    return f"{number // 12}-{number % 12 + 1:02}"


def cost_lines(case, party, month):
    lines = []
    for sharing in sorted(case.get("cost_sharings", []),
                          key=lambda s: (s["application"].encode(), s["decision"].encode())):
        now, earlier = charged_through(sharing, month), charged_through(sharing, before(month))
        due = rules.fit(now.get(party, 0) - earlier.get(party, 0))
        if due:
            lines.append(line(case, sharing["decision"],
                              f"K-{month}/{sharing['application']}/{sharing['decision']}/{party}", "member-pays", "development-share", due))
    return lines


def statement(case):
    """The canonical text."""
    party, month = case["party"], case["month"]
    rules.check_tariffs(case["tariffs"])
    for vat in case["vat"]:
        rules.check_treatment(vat)
    members = [m["id"] for m in case["members"]]
    if len(set(members)) != len(members):
        raise Refusal("duplicate-party")
    if party not in members and not any(party in a.get("customers", []) for a in case["applications"]):
        raise Refusal("unknown-party")
    outcomes = compared(case, month, party)
    legs = {"member-pays": usage_lines(case, party, outcomes, "member-pays")
            + contribution_lines(case, party, month) + cost_lines(case, party, month),
            "cooperative-pays": usage_lines(case, party, outcomes, "cooperative-pays")}
    names = [entry["id"] for lines in legs.values() for entry in lines]
    if len(set(names)) != len(names):
        raise Refusal("duplicate-line")
    return render(case, outcomes, legs)


def render(case, outcomes, legs):
    party, rows = case["party"], [["korf-statement/v1"], ["party", case["party"], case["month"]]]
    for cell, outcome, tariff in outcomes:
        rows.append(["cell", cell["application"], cell["provider"], cell["consumer"], cell["class"],
                     outcome["state"], cell.get("provider_count"), cell.get("consumer_count"),
                     outcome["billed"], outcome["billed_amount"], outcome["difference"],
                     outcome["difference_amount"], outcome["dispute"],
                     "content-differs" if outcome["content_differs"] else None,
                     tariff["decision"] if tariff else None])
    for entry in legs["member-pays"] + legs["cooperative-pays"]:
        rows.append(["line"] + [entry[f] for f in (
            "id", "leg", "kind", "quantity", "price", "amount", "category", "rate")])
    totals = []
    for leg, lines in legs.items():
        sums = [0, 0, 0]
        for number, paper in enumerate(rules.documents(lines), 1):
            inside = [lines[position] for position in paper["lines"]]
            rows.append(["document", leg, number,
                         "issued" if any(entry["amount"] for entry in inside) else "not-issued",
                         "part" if any(entry["part"] for entry in inside) else "whole",
                         paper["net"], paper["vat"], paper["gross"], paper["reason"]])
            rows += [["holds", leg, number, entry["id"]] for entry in inside]
            rows += [["vat", leg, number, *subtotal] for subtotal in paper["subtotals"]]
            sums = [rules.fit(a + paper[f]) for a, f in zip(sums, ("net", "vat", "gross"))]
        totals.append(["total", leg, *sums])
    disputed = [[o["difference_amount"] for c, o, _ in outcomes if o["state"] == "differs" and c[side] == party]
                for side in ("consumer", "provider")]
    rows += totals + [["disputed", rules.fit(sum(disputed[0])), rules.fit(sum(disputed[1]))]]
    return "".join(" ".join("-" if f is None else str(f) for f in row) + "\n" for row in rows)
