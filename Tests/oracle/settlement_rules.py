# SPDX-License-Identifier: EUPL-1.2
"""The rules of Protocol/settlement.md in exact fractions, written from that text alone.

Nothing here is shared with the Swift code: no integer tricks, no 128-bit limits. A refused input raises
Refusal with the name that the Protocol gives it.
"""
import datetime
import heapq
from fractions import Fraction

INT64 = range(-(2**63), 2**63)


class Refusal(Exception):
    @property
    def name(self):
        return self.args[0]


def fit(value):
    if value not in INT64:
        raise Refusal("amount-out-of-range")
    return int(value)


def half_away(value):
    whole = (abs(Fraction(value)) + Fraction(1, 2)).__floor__()
    return whole if value >= 0 else -whole


# --- section 4: shares -------------------------------------------------------------------------------------

def check_key(weights):
    if len(weights) > 10_000:
        raise Refusal("too-many-participants")
    seen = set()
    for party, weight in weights:
        if weight < 0:
            raise Refusal("negative-weight")
        if party in seen:
            raise Refusal("duplicate-party")
        seen.add(party)
    if not any(weight for _, weight in weights):
        raise Refusal("all-weights-zero")


def largest_remainder(total, weights):
    check_key(weights)
    size, whole = abs(total), sum(weight for _, weight in weights)
    quotas = {party: Fraction(size * weight, whole) for party, weight in weights}
    shares = {party: quota.__floor__() for party, quota in quotas.items()}
    ranking = sorted(weights, key=lambda pair: (
        -(quotas[pair[0]] - shares[pair[0]]), -pair[1], pair[0].encode()))
    for party, _ in ranking[: size - sum(shares.values())]:
        shares[party] += 1
    return signed(shares, total)


def sainte_lague(total, weights):
    """Cent by cent for small totals; for large ones the cents above a safe quotient are given at once."""
    check_key(weights)
    size, whole = abs(total), sum(weight for _, weight in weights)
    shares = {party: 0 for party, _ in weights}
    safe = size - len(weights)
    if safe > 2_000:
        bound = Fraction(whole, 2 * safe)
        for party, weight in weights:
            shares[party] = ((Fraction(weight) / bound + 1) / 2).__floor__()
    queue = [(-Fraction(weight, 2 * shares[party] + 1), -weight, party.encode(), party)
             for party, weight in weights if weight]
    heapq.heapify(queue)
    for _ in range(size - sum(shares.values())):
        _, heavy, order, party = queue[0]
        shares[party] += 1
        heapq.heapreplace(queue, (Fraction(heavy, 2 * shares[party] + 1), heavy, order, party))
    return signed(shares, total)


def signed(shares, total):
    return shares if total >= 0 else {party: -share for party, share in shares.items()}


# --- section 6: contribution -------------------------------------------------------------------------------

def contribution(rate, inhabitants, months):
    if not 0 <= months <= 12:
        raise Refusal("month-count-out-of-range")
    if any(count < 0 for count in inhabitants):
        raise Refusal("negative-quantity")
    total = fit(sum(inhabitants))
    return fit(half_away(Fraction(rate * total * months, 12 * 10_000)))


def instalment(amount, number, count):
    if not (1 <= count <= 12 and 1 <= number <= count):
        raise Refusal("instalment-out-of-range")
    return half_away(Fraction(amount * number, count)) - half_away(Fraction(amount * (number - 1), count))


# --- section 7: tariffs and rating -------------------------------------------------------------------------

def check_tiers(tiers):
    if not 1 <= len(tiers) <= 100:
        raise Refusal("tiers-malformed")
    end = 0
    for index, (up_to, price) in enumerate(tiers):
        if price < 0:
            raise Refusal("negative-price")
        last = index == len(tiers) - 1
        if last != (up_to is None) or (not last and up_to <= end):
            raise Refusal("tiers-malformed")
        end = up_to


def rate(quantity, tiers):
    """(tier, units, price, cents) for each tier that holds units, at least the first."""
    if quantity < 0:
        raise Refusal("negative-quantity")
    lines, start = [], 0
    for index, (up_to, price) in enumerate(tiers):
        end = quantity if up_to is None else min(quantity, up_to)
        if index and end <= start:
            break
        units = end - start
        lines.append((index + 1, units, price, fit(half_away(Fraction(units * price, 10_000)))))
        start = end
    return lines


def rated(quantity, tiers):
    return fit(sum(line[3] for line in rate(quantity, tiers)))


def month_number(month):
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def check_tariffs(tariffs):
    for tariff in tariffs:
        if tariff.get("through") and tariff["through"] < tariff["from"]:
            raise Refusal("validity-reversed")
        check_tiers(tariff["tiers"])
        if tariff.get("funder"):
            if any(price for _, price in tariff["tiers"]):
                raise Refusal("funded-tariff-not-zero")
            check_tiers(tariff["funding_tiers"])
    for one in tariffs:
        for other in tariffs:
            same = one is not other and all(one[f] == other[f] for f in ("application", "class"))
            if same and one["from"] <= other["from"]:
                if one["from"] == other["from"] or (one.get("through") or "") >= other["from"]:
                    raise Refusal("tariffs-overlap")


def tariff_of(tariffs, application, tariff_class, month):
    started = [t for t in tariffs if t["application"] == application and t["class"] == tariff_class
               and t["from"] <= month]
    if not started:
        return None
    latest = max(started, key=lambda t: t["from"])
    return latest if (latest.get("through") or month) >= month else None


# --- section 8: comparison ---------------------------------------------------------------------------------

TERMS = {"tolerated_amount": 500, "tolerated_part": 50, "quantity_part_limit": 1_000,
         "quantity_part_limit_from": 100, "tolerated_year_amount": 10_000}


def compare(case):
    """One cell: counts, standing, tiers (None without a tariff), what was tolerated earlier in the year."""
    terms = TERMS | case.get("terms", {})
    provider, consumer = case.get("provider_count"), case.get("consumer_count")
    if (provider or 0) < 0 or (consumer or 0) < 0:
        raise Refusal("negative-net-count")
    if provider is None and consumer is None:
        raise Refusal("nothing-stated")
    result = dict.fromkeys(("billed", "billed_amount", "difference", "difference_amount", "dispute"))
    result["content_differs"] = False

    def answer(state, billed=None, apart=None):
        result["state"] = state
        if billed is not None:
            result["billed"], result["billed_amount"] = billed, rated(billed, case["tiers"])
        if apart is not None:
            result["difference"], result["difference_amount"] = apart
        return result

    if case.get("own_use"):
        return answer("own-use")
    member, customer = case.get("consumer_is_party", True), case.get("consumer_is_customer", False)
    if not case.get("provider_is_party", True) or not (member or customer):
        return answer("not-a-party")
    if case["tiers"] is None:
        return answer("no-tariff")
    if not member:
        return answer("single-sided", provider)
    mode = case.get("mode", "two-sided")
    if mode == "confirmed" and consumer is None and provider is not None and case.get("signed"):
        return answer("matched", provider, (0, 0))
    if provider is None:
        return answer("consumer-only")
    if consumer is None:
        return answer("provider-only")
    if provider == consumer:
        result["content_differs"] = mode == "two-sided" and case.get("same_content") is False
        return answer("matched", provider, (0, 0))
    low, high = sorted((provider, consumer))
    apart = rated(high, case["tiers"]) - rated(low, case["tiers"])
    result["dispute"] = why_disputed(low, high, apart, case, terms)
    return answer("differs" if result["dispute"] else "within-tolerance", low, (high - low, apart))


def why_disputed(low, high, apart, case, terms):
    part = Fraction(terms["tolerated_part"], 10_000)
    if low == 0:
        return "stated-zero"
    if rated(high, case["tiers"]) == 0:
        return "above-tolerance" if high - low > part * low else None
    limit = Fraction(terms["quantity_part_limit"], 10_000) * low
    if apart >= terms["quantity_part_limit_from"] and high - low > limit:
        return "above-quantity-part"
    if apart > max(terms["tolerated_amount"], part * rated(low, case["tiers"])):
        return "above-tolerance"
    if case.get("tolerated", 0) + apart > terms["tolerated_year_amount"]:
        return "above-year-amount"
    return None


# --- section 9: VAT ----------------------------------------------------------------------------------------

def check_treatment(line):
    if not 0 <= line["rate"] <= 10_000:
        raise Refusal("malformed-percentage")
    if (line["category"] == "S") != (line["rate"] > 0):
        raise Refusal("vat-malformed")
    needs = line["category"] in ("E", "AE", "O")
    reason = line.get("reason")
    if needs != (reason is not None):
        raise Refusal("vat-malformed")
    if needs and not (1 <= len(reason.encode()) <= 256 and all(b >= 32 and b != 127 for b in reason.encode())):
        raise Refusal("vat-malformed")


def documents(lines):
    """Documents as lists of line positions with their subtotals."""
    for line in lines:
        check_treatment(line)
    hosts = [line["reason"] for line in lines if line.get("reason") and line["category"] != "O"]
    groups = {}
    for position, line in enumerate(lines):
        outside = line["category"] == "O"
        reason = line.get("reason") or (hosts[0] if hosts else None)
        groups.setdefault((outside, reason), []).append(position)
    return [document(reason, positions, lines) for (_, reason), positions in groups.items()]


def document(reason, positions, lines):
    sums = {}
    for position in positions:
        key = (lines[position]["category"], lines[position]["rate"])
        sums[key] = sums.get(key, 0) + lines[position]["amount"]
    subtotals = [(category, percentage, fit(taxable), fit(half_away(Fraction(taxable * percentage, 10_000))))
                 for (category, percentage), taxable in sorted(sums.items())]
    net, vat = fit(sum(s[2] for s in subtotals)), fit(sum(s[3] for s in subtotals))
    return {"reason": reason, "lines": positions, "subtotals": [list(s) for s in subtotals],
            "net": net, "vat": vat, "gross": fit(net + vat)}


# --- section 10: working days ------------------------------------------------------------------------------

def easter(year):
    # Gauss, with the corrections for the Gregorian calendar (another algorithm than the Swift code's).
    century = year // 100
    moon = (15 + century - century // 4 - (13 + 8 * century) // 25) % 30
    sun = (4 + century - century // 4) % 7
    days = (19 * (year % 19) + moon) % 30
    rest = (2 * (year % 4) + 4 * (year % 7) + 6 * days + sun) % 7
    offset = days + rest
    if rest == 6 and days == 29:
        offset = 28
    elif rest == 6 and days == 28 and (11 * moon + 11) % 30 < 19:
        offset = 27
    return datetime.date(year, 3, 22) + datetime.timedelta(days=offset)


def holidays(year):
    sunday = easter(year)
    moved = {sunday + datetime.timedelta(days=n) for n in (-2, 0, 1, 39, 49, 50)}
    fixed = {datetime.date(year, *day) for day in ((1, 1), (5, 5), (12, 25), (12, 26))}
    king = datetime.date(year, 4, 27 if year >= 2014 else 30)
    return moved | fixed | {king - datetime.timedelta(days=king.isoweekday() == 7)}


def working_day(start, count, decreed=()):
    day = datetime.date.fromisoformat(start)
    while count:
        day += datetime.timedelta(days=1)
        if day.year > 2199:
            raise Refusal("date-out-of-range")
        if day.isoweekday() <= 5 and day not in holidays(day.year) and day.isoformat() not in decreed:
            count -= 1
    return day.isoformat()
