# SPDX-License-Identifier: EUPL-1.2
"""Random cases of keys that change, documents, corrections and periods; settlement_cases.py draws the rest."""
import datetime

import settlement_cases as cases

PAIR = ["Eindhoven", "Woerden"]


def month(draw, first=24_300, last=24_330):
    number = draw.randint(first, last)
    return f"{number // 12}-{number % 12 + 1:02}"


def sharing(draw):
    """Joins, leaves, successions, mergers and splits in any order, some under terms of their own."""
    names = draw.sample(cases.NAMES, 8)
    top = draw.choice([3, 1_000, 250_000, 10**9])
    known = [[name, draw.randint(1, top)] for name in names]
    weights, steps, inside, spare = dict(map(tuple, known)), [], {}, ["Nieuw-A", "Nieuw-B", "Nieuw-C", "Nieuw-D"]
    queue = names[: draw.randint(1, 6)]
    first = draw.randint(1, len(queue))
    steps.append(queue[:first])
    inside = {name: weights[name] for name in queue[:first]}
    queue = queue[first:]
    for _ in range(draw.randint(0, 6)):
        choice = draw.random()
        if queue and choice < 0.5:
            joining = queue.pop(0)
            inside[joining] = weights[joining]
            steps.append(terms(draw, joining, inside) if draw.random() < 0.5 else [joining])
        elif choice < 0.6:
            steps.append({"leave": draw.choice([*inside, *inside, "Nergens"])})
        elif choice < 0.8:
            steps.append({"succeed": [draw.choice([*inside, *inside, "Nergens"]), draw.choice(spare + list(inside))]})
        elif len(spare) > 1:
            place = draw.choice(list(inside))
            parts = [[draw.choice([place, spare[0]]), draw.randint(0, top)], [spare[1], draw.randint(0, top)]]
            spare = spare[2:]
            del inside[place]
            inside |= dict(map(tuple, parts))
            steps.append({"split": [place, parts]})
    return {"kind": "late_join", "cost": abs(cases.total(draw)) // 4, "weights": known, "joins": steps,
            "opening": draw.choice([[], [], [[names[0], draw.randint(0, 10**6)], ["Zwolle-oud", 5]]])}


def terms(draw, joining, inside):
    step = {"join": [joining]}
    if draw.random() < 0.5:
        step["index"] = [draw.randint(90, 140), draw.choice([100, 100, 117, 0])]
    if draw.random() < 0.4:
        step["depreciation"] = [draw.randint(0, 70), draw.choice([60, 120, 60, 0])]
    if draw.random() < 0.3:
        step["cost"] = draw.randint(-10**6, 10**9)
    if draw.random() < 0.4:
        step["weights"] = [[name, draw.randint(1, 250_000)] for name in inside]
        if draw.random() < 0.1:
            step["weights"].pop()
    return step


def contribution(draw):
    case = cases.contribution(draw)
    count = case.get("instalments", 12)
    case |= {"inhabitants_before": [draw.randint(0, 900_000) for _ in case["inhabitants"]],
             "final_from": draw.choice([draw.randint(2, max(2, count + 1)), draw.randint(0, 14)])}
    return case


def leaving(draw):
    return {"kind": "exit", "asked": draw.choice([draw.randint(0, 10**7), draw.randint(-5, 2)]),
            "rate": draw.choice([350_000, draw.randint(0, 10**6)]),
            "inhabitants": [draw.randint(0, 300_000) for _ in range(draw.randint(1, 3))]}


def deadline(draw):
    what = draw.choice(["dispute", "statement", "invoice", "payment"])
    case = {"kind": "deadline", "what": what}
    if what in ("statement", "invoice"):
        return case | {"month": draw.choice([month(draw), month(draw, 23_700, 26_399)])}
    case["after"] = draw.choice([cases.day(draw), cases.day(draw), cases.day(draw, (2190, 2199))])
    if what == "payment":
        case["days"] = draw.choice([30, 14, draw.randint(0, 400), -1])
    elif draw.random() < 0.5:
        near = datetime.date.fromisoformat(case["after"]) + datetime.timedelta(days=draw.randint(1, 30))
        case["decreed"] = [near.isoformat()]
    return case


def documents(draw):
    found = []
    for index in range(draw.randint(0, 12)):
        size = draw.choice([50, 10**6, 10**6, cases.MAXIMUM if draw.random() < 0.03 else 10**9])
        found.append({
            "number": f"{draw.choice(['BWR1', 'EHV2'])}-{index + 1 if draw.random() < 0.98 else 1:06}",
            "member": draw.choice(cases.NAMES[:4]), "leg": draw.choice(["member-pays", "cooperative-pays"]),
            "kind": draw.choice(["380", "380", "381"]),
            "due": f"2026-{draw.randint(9, 12):02}-{draw.randint(1, 28):02}",
            "open": -1 if draw.random() < 0.01 else draw.randint(0, size), "contested": draw.random() < 0.15})
    return found


def offset(draw):
    return {"kind": "offset", "on": draw.choice(["2026-11-15", "2026-12-31", "2026-10-01"]),
            "documents": documents(draw)} | ({"decided": False} if draw.random() < 0.05 else {})


def payment(draw):
    items, paid = documents(draw), []
    for _ in range(draw.randint(0, 5)):
        if items:
            item = draw.choice(items)
            amount = draw.choice([item["open"], item["open"] // 2, item["open"] // 3, draw.randint(0, 100)])
            sign = -1 if item["kind"] == "381" and draw.random() < 0.95 else 1
            paid.append({"reference": item["number"] if draw.random() < 0.97 else "X-1", "on": "2026-12-01",
                         "amount": sign * amount})
    return {"kind": "payment", "documents": items, "payments": paid, "on": draw.choice(["2026-12-31", "2027-03-01"])}


def series(draw):
    prefix = draw.choice(["EHV1", "BWR-2026", "A", "-A", "A B", "x" * 21, "WRD3"])
    last = draw.choice([0, 0, 41, 999_999, draw.randint(0, 10**7)])
    record = [f"{prefix}-{last + step + 1:06}" for step in range(draw.randint(0, 4))]
    if record and draw.random() < 0.3:
        record[-1] = draw.choice([record[0], f"{prefix}-{last + 99:06}", f"ANDER-{last + 1:06}", f"{prefix}-{last + 1}x",
                                  f"{prefix}-0{last + 1:06}", "000001", f"{prefix}-000000"])
    return {"kind": "series", "prefix": prefix, "last": last, "record": record}


def order(draw):
    amount = draw.choice([500_000, draw.randint(-5, 10), draw.randint(1, 100)])
    return {"kind": "order", "amount": amount,
            "used": [draw.randint(-1_000, max(1, amount)) for _ in range(draw.randint(0, 4))]}


def correction(draw):
    cells = []
    for index in range(draw.randint(0, 5)):
        prices = cases.tiers(draw)
        category, rate, reason = draw.choice(cases.TREATMENTS)
        legs = draw.choice([("member-pays", "Beware", "Woerden"), ("member-pays", "Beware", "Woerden"),
                            ("cooperative-pays", "Eindhoven", "Beware")])
        before, standing = [], []
        for number in range(draw.randint(0, 3)):
            lines = [[t, -u, p, -a] for t, u, p, a in standing]
            standing = rated(draw.randint(0, 4_000), prices)
            before.append({"document": f"BWR1-{index * 10 + number + 1:06}", "issued": f"2026-{number + 10}-13",
                           "lines": lines + standing})
        quantity = draw.choice([None, 0, draw.randint(0, 4_000), draw.randint(0, 4_000), draw.randint(-1, 9)])
        if standing and draw.random() < 0.15:
            quantity = sum(line[1] for line in standing)
        draw.shuffle(before)
        cells.append({
            "application": draw.choice(["corv", "zaak"]), "provider": "Eindhoven", "consumer": "Woerden",
            "class": f"k{index}", "month": draw.choice([month(draw), month(draw), "2021-12", "2022-01"]),
            "leg": legs[0], "issuer": legs[1], "receiver": legs[2], "category": category, "rate": rate,
            "reason": reason, "before": before, "quantity": quantity, "tiers": prices})
    return {"kind": "correction", "month": "2027-01", "final": draw.random() < 0.2, "cells": cells}


def rated(quantity, prices):
    import settlement_rules as rules
    return [list(line) for line in rules.rate(quantity, prices)]


def year_cells(draw, span, count):
    found, seen = [], set()
    for _ in range(count):
        provider, consumer = cases.counts(draw)
        cell = {"month": month(draw, *span), "class": draw.choice(["basis", "extra"]),
                "provider_count": provider, "consumer_count": consumer}
        if draw.random() < 0.2:
            cell["application"] = "zaak"
        key = (cell["month"], cell["class"], cell.get("application"))
        if key not in seen or draw.random() < 0.01:
            seen.add(key)
            found.append(cell)
    return found


def tolerance(draw):
    cells = year_cells(draw, (24_306, 24_325), draw.randint(1, 15))
    again = [draw.choice(cells) | dict(zip(("provider_count", "consumer_count"), cases.counts(draw)))
             for _ in range(draw.randint(0, 3))]
    return {"kind": "tolerance", "tiers": cases.tiers(draw), "cells": cells, "again": again,
            "terms": draw.choice([{}, {"tolerated_year_amount": 300, "tolerated_amount": 200},
                                  {"quantity_part_limit": 500, "tolerated_part": 100, "quantity_part_limit_from": 1}])}


def repeatedly_low(draw):
    return {"kind": "repeatedly_low", "tiers": [[None, draw.choice([100_000, 10_000_000])]],
            "cells": year_cells(draw, (24_300, 24_325), draw.randint(1, 25)), "through": month(draw, 24_315, 24_325)}


def period(draw):
    definitions, seen = [], set()
    for _ in range(draw.randint(1, 4)):
        provider, consumer = draw.sample(PAIR, 2)
        key = (draw.choice(["corv", "zaak"]), provider, consumer, draw.choice(["basis", "extra"]))
        if key in seen:
            continue
        seen.add(key)
        definitions.append(dict(zip(("application", "provider", "consumer", "class"), key)) | {
            "tiers": None if draw.random() < 0.05 else cases.tiers(draw),
            "tolerated": draw.choice([0, 0, 9_900]),
            "mode": draw.choice(["two-sided", "two-sided", "monthly-total", "confirmed"]),
            "consumer_is_party": draw.random() > 0.05, "consumer_is_customer": draw.random() < 0.5})
    events, date, disputed = [], datetime.date(2026, 11, draw.randint(1, 5)), []
    for definition in definitions:
        provider, consumer = cases.counts(draw)
        for side, count in (("provider", provider), ("consumer", consumer)):
            if definition["mode"] == "confirmed" and side == "consumer" and draw.random() < 0.7:
                continue
            if count is not None and (count >= 0 or draw.random() < 0.1):
                events.append(acting(definition, "state", definition[side], date) | {"count": count})
    for _ in range(draw.randint(0, 5)):
        date += datetime.timedelta(days=draw.choice([0, 1, 3, 9, 20]))
        definition = draw.choice(disputed) if disputed and draw.random() < 0.9 else draw.choice(definitions)
        event = act(draw, definition, date, definition in disputed)
        if event["event"] == "dispute":
            disputed.append(definition)
        events.append(event)
    digests = [f"{draw.choice('01')}" * 64 for _ in range(2)]
    ending = draw.choice(["sign", "sign", "lapse", "none"])
    if ending == "sign":
        for party, digest in zip(draw.sample(PAIR, 2), draw.choice([digests, [digests[0]] * 2])):
            events.append({"event": "sign", "by": party, "on": date.isoformat(), "epoch": 7, "digest": digest})
    elif ending == "lapse":
        date += datetime.timedelta(days=draw.choice([0, 28, 40]))
        events.append({"event": "lapse", "on": date.isoformat(), "epoch": 9, "digest": digests[0]})
    if draw.random() < 0.4:
        events.append({"event": "close", "on": date.isoformat()})
    if draw.random() < 0.1:
        events.append(act(draw, draw.choice(definitions), date))
    return {"kind": "period", "month": "2026-10", "pair": draw.sample(PAIR, 2), "cells": definitions,
            "events": [event for event in events if draw.random() > 0.01],
            "decreed": draw.choice([[], ["2026-11-11"]])}


def stance(draw):
    provider, consumer = cases.counts(draw)
    case = {"kind": "stance", "application": "corv", "provider": PAIR[0], "consumer": PAIR[1], "class": "basis",
            "month": "2026-10", "tiers": None if draw.random() < 0.03 else cases.tiers(draw),
            "mode": draw.choice(["two-sided", "two-sided", "monthly-total", "confirmed"]),
            "same": draw.choice([None, None, True, False])}
    if case["mode"] == "confirmed" and draw.random() < 0.7:
        consumer = None
    for side, count in (("provider", provider), ("consumer", consumer)):
        if count is not None:
            case[f"{side}_stated"] = [count, f"2026-11-0{draw.randint(2, 6)}"]
    numbers = [n for n in (provider, consumer, 12) if n is not None]
    case["stances"] = [{
        "by": side, "word": draw.choice(
            ["withdrawn", "disputed", "disputed", "accepted", "accepted", "escalated", "confirmed"]),
        "quantity": draw.choice([None, *numbers, *numbers]), "on": f"2026-12-0{draw.randint(1, 9)}",
        "since": draw.choice([None, "2026-11-20", "2026-12-01", "2026-12-03"])}
        for side in draw.sample(["provider", "consumer"], draw.randint(0, 2))]
    return case


def acting(definition, name, party, date):
    fields = ("application", "provider", "consumer", "class")
    return {"event": name, "by": party, "on": date.isoformat(), **{f: definition[f] for f in fields}}


def act(draw, definition, date, disputed=False):
    party = draw.choice(PAIR) if draw.random() > 0.02 else "Helmond"
    if draw.random() < 0.05:
        name = draw.choice(["state", "respond", "accept", "withdraw", "escalate", "decide", "confirm", "content"])
    elif disputed:
        name = draw.choice(["respond", "accept", "withdraw", "escalate", "escalate", "decide", "state"])
    else:
        name = draw.choice(["dispute", "dispute", "state", "content"]
                           + ["confirm"] * 3 * (definition.get("mode") == "confirmed"))
    event = acting(definition, name, party, date)
    if name == "state":
        event["count"] = draw.choice([draw.randint(0, 3_000), draw.randint(0, 40), draw.randint(-1, 40)])
    elif name in ("dispute", "respond"):
        event |= {"reason": draw.choice(["dubbele aanlevering", "uitval van 3 uur", "" if draw.random() < 0.2 else "x",
                                         "x" * draw.choice([1_000, 1_000, 1_001])]),
                  "evidence": draw.choice([None, "ab" * 32])}
    elif name == "decide":
        event |= {"quantity": draw.randint(-1 if draw.random() < 0.01 else 0, 3_000), "decision": "B-031"}
    elif name == "content":
        event["same"] = draw.random() < 0.5
    return event


def forecast(draw):
    return {"kind": "forecast", "budget": draw.choice([None, draw.randint(0, 10**7)]), "committed": None,
            "realised": draw.randint(-100, 10**7), "months": draw.choice([10, draw.randint(0, 12), draw.randint(-1, 14)])}


def price_per_use(draw):
    return {"kind": "price_per_use", "cost": draw.randint(0, 10**9),
            "uses": [draw.choice([0, draw.randint(0, 10**6), draw.randint(-1, 9)]) for _ in range(draw.randint(0, 6))]}


def turnover(draw):
    members = draw.randint(-5, 10**6)
    return {"kind": "turnover", "members": members, "others": draw.choice([0, members // 4, draw.randint(-5, 10**6)])}


def simulate(draw):
    """A drawn network, and one change of it; a new member or participant among them."""
    case = cases.statement(draw)
    month = case.pop("month")
    last = min(12, int(month[5:]) + draw.randint(0, 2))
    parties, wish = [m["id"] for m in case["members"]], {"party": draw.choice(cases.NAMES)}
    if draw.random() < 0.7:
        wish["party"] = draw.choice(parties)
    what = draw.choice(["join", "leave", "scale", "scale", "admit"])
    name = draw.choice([a["id"] for a in case["applications"]] * 5 + ["nergens"])
    day = f"2026-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    wish |= {"what": what} | {
        "join": {"application": name, "on": day, "weight": draw.randint(0, 250_000), "monthly": [
            [draw.choice(parties[:2]), kind, draw.randint(0, 3_000)]
            for kind in draw.sample(["basis", "extra"], draw.randint(0, 2))]},
        "leave": {"application": name, "on": day},
        "scale": {"application": name, "numerator": draw.randint(0, 300), "denominator": draw.choice([100, 100, 7, 0])},
        "admit": {"on": day, "municipality": "GM9999", "year": 2026, "count": draw.randint(0, 250_000)},
    }[what]
    case["cells"] = [c for c in case["cells"] if -1 not in (c["provider_count"], c["consumer_count"])
                     and (c["provider_count"], c["consumer_count"]) != (None, None)]
    party = wish["party"] if draw.random() < 0.6 else case["party"]
    return case | {"kind": "simulate", "party": party, "from": month, "through": f"2026-{last:02}", "scenario": wish}


KINDS = [sharing, sharing, contribution, leaving, deadline, offset, offset, payment, series, order, correction, correction,
         tolerance, repeatedly_low, period, period, period, stance, stance,
         forecast, price_per_use, turnover, simulate]
