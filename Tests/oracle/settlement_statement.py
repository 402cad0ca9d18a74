# SPDX-License-Identifier: EUPL-1.2
"""The statement of Protocol/settlement.md, sections 11 and 13, composed from that text alone."""
import settlement_rules as rules
import settlement_shares as shares
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
    lines = []
    found = contribution_year(member, rates, int(month[:4]))
    if found and found[1] <= month <= found[2]:
        latest, first, last = found
        counts = billed_figures(case, party, int(month[:4]), month)
        months, number = span(first, last), span(first, month)
        amount = rules.contribution(latest["rate"], counts, months)
        lines.append(line(case, latest["decision"], f"C-{month}/{party}", "member-pays", "contribution",
                          rules.instalment(amount, number, months)))
    for year in (int(month[:4]) - 1, int(month[:4])):
        lines += corrected(case, member, contribution_year(member, rates, year), year, month)
    return lines


def span(first, last):
    return rules.month_number(last) - rules.month_number(first) + 1


def contribution_year(member, rates, year):
    """Rate, first and last month of a member's year."""
    started = [r for r in rates if r["first_year"] <= year]
    first = max(f"{year}-01", month_of(member["joined"]))
    last = min(f"{year}-12", month_of(member.get("left") or "9999-12"))
    return (max(started, key=lambda r: r["first_year"]), first, last) if started and first <= last else None


def figures(case, party, year):
    return [f for f in case["inhabitants"] if f["party"] == party and f["year"] == year]


def billed_figures(case, party, year, month):
    own, earlier = figures(case, party, year), figures(case, party, year - 1)
    known = all((f.get("known_from") or "") <= month for f in own)
    if own and covers(own, earlier) and (known or not earlier):
        return [f["count"] for f in own]
    if not earlier or not covers(earlier, figures(case, party, year - 2)):
        raise Refusal("inhabitants-missing")
    return [f["count"] for f in earlier]


def covers(later, earlier):
    """Whether no municipality of the year before lacks a figure."""
    return {f["municipality"] for f in earlier} <= {f["municipality"] for f in later}


def corrected(case, member, found, year, month):
    """The one line that replaces last year's figures by the final ones, in the month of their decision."""
    final = figures(case, member["id"], year)
    known = max((f["known_from"] for f in final if f.get("known_from")), default=None)
    earlier = figures(case, member["id"], year - 1)
    if known != month or not found or found[1] >= month or not earlier or not covers(final, earlier):
        return []
    latest, first, last = found
    months, billed = span(first, last), span(first, min(before(month), last))
    sums = [sum(rules.instalment(rules.contribution(latest["rate"], [f["count"] for f in counts], months), k, months)
                for k in range(1, billed + 1)) for counts in (final, earlier)]
    if sums[0] == sums[1]:
        return []
    entry = line(case, latest["decision"], f"C-{month}/{member['id']}/{year}", "member-pays", "contribution",
                 rules.fit(sums[0] - sums[1]))
    return [entry | {"kind": "contribution-correction"}]


def before(month):
    number = rules.month_number(month) - 1
    return f"{number // 12}-{number % 12 + 1:02}"


def concerns(sharing, party):
    named = [p["party"] for p in sharing["participants"]] + [p for p, _ in sharing.get("opening") or []]
    for change in sharing.get("changes", []):
        named += [change["succeed"][1]] if change.get("succeed") else []
        named += [p for p, _ in change["split"][1]] if change.get("split") else []
    return party in named


def cost_lines(case, party, month):
    lines = []
    for sharing in sorted(case.get("cost_sharings", []),
                          key=lambda s: (s["application"].encode(), s["decision"].encode())):
        if not concerns(sharing, party):
            continue
        key, due = shares.Sharing(sharing["cost"], sharing.get("opening") or []), {}
        moments = {sharing["first_month"], *(month_of(p["joined"]) for p in sharing["participants"]),
                   *(change["month"] for change in sharing.get("changes", []))}
        for current in sorted(m for m in moments if m <= month):
            if any(gap[0] == current for gap in sharing.get("missing", [])):
                raise Refusal("inhabitants-missing")
            terms = {}
            for change in sharing.get("changes", []):
                if change["month"] != current:
                    continue
                if change.get("succeed"):
                    key.succeed(*change["succeed"])
                elif change.get("split"):
                    key.split(*change["split"])
                else:
                    terms = change
            joining = [(p["party"], p["weight"]) for p in sharing["participants"] if month_of(p["joined"]) == current]
            key.enter(joining)
            falls = current == sharing["first_month"] or (current > sharing["first_month"] and joining)
            due = key.charge(terms) if falls and key.weights else {}
            if current != month:
                due = {}
        for place in sorted(due, key=str.encode):
            if due[place] and key.holders.get(place, place) == party:
                lines.append(line(case, sharing["decision"],
                                  f"K-{month}/{sharing['application']}/{sharing['decision']}/{place}",
                                  "member-pays", "development-share", due[place]))
    return lines


def decided_lines(case, party, month, leg):
    lines = []
    for charge in sorted(case.get("charges", []), key=lambda c: (c["decision"].encode(), c["kind"], c["month"])):
        back = charge.get("settled_in") == month and charge["month"] != month
        if charge["leg"] != leg or not (back or charge["month"] == month):
            continue
        share = rules.largest_remainder(charge["total"], charge["key"]).get(party)
        if share is None:
            continue
        rates = [r for r in case.get("contributions", []) if r["first_year"] <= int(month[:4])]
        if charge["kind"] == "exit-charge" and rates:
            if len({r["first_year"] for r in case["contributions"]}) != len(case["contributions"]):
                raise Refusal("contributions-overlap")
            counts = billed_figures(case, party, int(month[:4]), month)
            latest = max(rates, key=lambda r: r["first_year"])
            share = min(share, rules.contribution(latest["rate"], counts, 12))
        if not share:
            continue
        kind = "advance-settlement" if back else charge["kind"]
        entry = line(case, charge["decision"], f"B-{month}/{charge['decision']}/{party}/{kind}", leg, charge["kind"],
                     rules.fit(-share if back else share))
        lines.append(entry | {"kind": kind, "application": charge.get("application")})
    return lines


def check_charge(charge):
    back = charge.get("settled_in")
    if charge["kind"] not in ("entrance-fee", "exit-charge", "fixed-split", "by-decision", "advance"):
        raise Refusal("charge-malformed")
    if back and (charge["kind"] != "advance" or back <= charge["month"]):
        raise Refusal("charge-malformed")
    if charge["kind"] in ("entrance-fee", "exit-charge") and len(charge["key"]) != 1:
        raise Refusal("charge-malformed")


def statement(case):
    """The canonical text."""
    outcomes, legs = composed(case)
    return render(case, outcomes, legs)


def composed(case):
    party, month = case["party"], case["month"]
    rules.check_tariffs(case["tariffs"])
    for vat in case["vat"]:
        rules.check_treatment(vat)
    for charge in case.get("charges", []):
        check_charge(charge)
    members = [m["id"] for m in case["members"]]
    if len(set(members)) != len(members):
        raise Refusal("duplicate-party")
    if party not in members and not any(party in a.get("customers", []) for a in case["applications"]):
        raise Refusal("unknown-party")
    outcomes = compared(case, month, party)
    legs = {"member-pays": usage_lines(case, party, outcomes, "member-pays")
            + contribution_lines(case, party, month) + cost_lines(case, party, month)
            + decided_lines(case, party, month, "member-pays"),
            "cooperative-pays": usage_lines(case, party, outcomes, "cooperative-pays")
            + decided_lines(case, party, month, "cooperative-pays")}
    names = [entry["id"] for lines in legs.values() for entry in lines]
    if len(set(names)) != len(names):
        raise Refusal("duplicate-line")
    return outcomes, legs


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
