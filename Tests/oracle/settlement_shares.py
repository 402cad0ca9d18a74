# SPDX-License-Identifier: EUPL-1.2
"""Development cost, contribution and exit of Protocol/settlement.md, sections 5, 6 and 15, in exact fractions."""
from fractions import Fraction

import settlement_rules as rules
from settlement_rules import Refusal


class Sharing:
    """A key, who holds which place, and what each place was charged."""

    def __init__(self, cost, opening=()):
        self.cost, self.weights, self.holders, self.charged = cost, {}, {}, {}
        for party, amount in opening:
            if party in self.charged:
                raise Refusal("duplicate-party")
            self.charged[party] = amount

    def enter(self, joining):
        for party, weight in joining:
            if weight < 0:
                raise Refusal("negative-weight")
            if party in self.weights:
                raise Refusal("duplicate-party")
            self.weights[party], self.holders[party] = weight, party

    def charge(self, terms):
        whole = total(self.cost, terms)
        if terms.get("weights") is not None:
            names = [party for party, _ in terms["weights"]]
            if len(names) != len(self.weights):
                raise Refusal("key-incomplete")
            if any(weight < 0 for _, weight in terms["weights"]):
                raise Refusal("negative-weight")
            if len(set(names)) != len(names):
                raise Refusal("duplicate-party")
            if set(names) != set(self.weights):
                raise Refusal("not-in-key")
            self.weights = dict(map(tuple, terms["weights"]))
        due = dict(rules.sainte_lague(whole, list(self.weights.items())))
        for party, amount in self.charged.items():
            due[party] = due.get(party, 0) - amount
        for party, amount in due.items():
            rules.fit(amount)
            self.charged[party] = self.charged.get(party, 0) + amount
        return due

    def succeed(self, former, successor):
        held = [place for place, holder in self.holders.items() if holder == former]
        if not held:
            raise Refusal("not-in-key")
        for place in held:
            self.holders[place] = successor

    def split(self, place, parts):
        if place not in self.weights:
            raise Refusal("not-in-key")
        del self.weights[place], self.holders[place]
        amount = self.charged.pop(place, 0)
        for party, share in rules.largest_remainder(amount, parts).items():
            if party in self.charged:
                raise Refusal("duplicate-party")
            self.charged[party] = share
        self.enter(parts)

    def leave(self, party):
        if party not in self.weights:
            raise Refusal("not-in-key")


def total(cost, terms):
    """The total that the decision fixes: indexed, then what is left of its life, rounded once."""
    now, original = terms.get("index") or (1, 1)
    elapsed, life = terms.get("depreciation") or (0, 1)
    if now <= 0 or original <= 0:
        raise Refusal("index-malformed")
    if life <= 0 or elapsed < 0:
        raise Refusal("depreciation-malformed")
    base = cost if terms.get("cost") is None else terms["cost"]
    return rules.fit(rules.half_away(Fraction(base * now, original) * Fraction(max(0, life - elapsed), life)))


def late_join(case):
    known = dict(map(tuple, case["weights"]))
    sharing, steps, paid, moved = Sharing(case["cost"], case.get("opening") or []), [], {}, False
    for step in case["joins"]:
        due = {}
        if isinstance(step, dict) and step.get("succeed"):
            sharing.succeed(*step["succeed"])
            moved = True
        elif isinstance(step, dict) and step.get("split"):
            sharing.split(*step["split"])
            moved = True
        elif isinstance(step, dict) and step.get("leave"):
            sharing.leave(step["leave"])
        else:
            terms = step if isinstance(step, dict) else {"join": step}
            sharing.enter([(party, known[party]) for party in terms["join"]])
            due = sharing.charge(terms)
        for place, amount in due.items():
            holder = sharing.holders.get(place, place)
            paid[holder] = paid.get(holder, 0) + amount
        steps.append(listed(due))
    result = {"charges": steps, "shares": listed(sharing.charged)}
    return result | {"paid": listed(paid)} if moved else result


def listed(amounts):
    return [[party, rules.fit(amounts[party])] for party in sorted(amounts, key=str.encode)]


def contribution(case):
    rate, count = case["rate"], case.get("instalments", 12)
    months = case.get("months", 12)
    amount = rules.contribution(rate, case["inhabitants"], months)
    numbers = [rules.instalment(amount, number, count) for number in range(1, count + 1)]
    if not 1 <= count <= 12:
        raise Refusal("instalment-out-of-range")
    result = {"amount": amount, "exit_cap": rules.contribution(rate, case["inhabitants"], 12)}
    if case.get("inhabitants_before") is not None:
        before, first = rules.contribution(rate, case["inhabitants_before"], months), case["final_from"]
        if not 2 <= first <= count + 1:
            raise Refusal("instalment-out-of-range")
        billed = [rules.instalment(before, number, count) for number in range(1, first)]
        result["correction"] = sum(numbers[: first - 1]) - sum(billed)
        numbers[: first - 1] = billed
    return result | {"instalments": numbers}


def exit_charge(case):
    cap = rules.contribution(case["rate"], case["inhabitants"], 12)
    return {"charge": min(case["asked"], cap), "cap": cap}
