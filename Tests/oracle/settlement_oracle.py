# SPDX-License-Identifier: EUPL-1.2
"""An independent oracle of settlement: exact fractions, standard library only.

    settlement_oracle.py check DIR            every settlement-*.json in DIR agrees, exit code 1 if one does not
    settlement_oracle.py generate N [SEED]    N random cases with answers as JSON lines
    settlement_oracle.py answer               answers cases read as JSON lines from standard input
"""
import json
import pathlib
import re
import sys

import settlement_rules as rules
import settlement_statement
from settlement_rules import Refusal


def pairs(shares, weights):
    return [[party, rules.fit(shares[party])] for party, _ in weights]


def late_join(case):
    weights, key, charged, steps = dict(map(tuple, case["weights"])), [], {}, []
    for joining in case["joins"]:
        key += [(party, weights[party]) for party in joining]
        step = rules.charges(case["cost"], key, charged)
        for party, amount in step.items():
            charged[party] = charged.get(party, 0) + amount
        steps.append([[party, step[party]] for party in sorted(step, key=str.encode)])
    return {"charges": steps, "shares": [[p, charged[p]] for p in sorted(charged, key=str.encode)]}


def contribution(case):
    amount = rules.contribution(case["rate"], case["inhabitants"], case["months"])
    count = case.get("instalments", 12)
    return {"amount": amount, "exit_cap": rules.contribution(case["rate"], case["inhabitants"], 12),
            "instalments": [rules.instalment(amount, number, count) for number in range(1, count + 1)]
            if 1 <= count <= 12 else rules.instalment(amount, 1, count)}


def rate(case):
    rules.check_tiers(case["tiers"])
    lines = rules.rate(case["quantity"], case["tiers"])
    return {"lines": [list(line) for line in lines], "amount": rules.rated(case["quantity"], case["tiers"])}


def tariff(case):
    rules.check_tariffs(case["tariffs"])
    found = rules.tariff_of(case["tariffs"], case["application"], case["class"], case["month"])
    return {"decision": found["decision"] if found else None}


def compare(case):
    if case["tiers"] is not None:
        rules.check_tiers(case["tiers"])
    return rules.compare(case)


def decimal(case):
    text, digits = case["text"], case["digits"]
    whole, point = (r"(?:\d{1,3}(?:\.\d{3})+|\d+)", ",") if case["form"] == "dutch" else (r"\d+", r"\.")
    if case["form"] == "dutch":
        text = re.sub(r"^€[ \u00a0]*", "", text)
    match = re.fullmatch(rf"(-?)({whole})(?:{point}(\d{{1,{digits}}}))?", text, re.ASCII)
    if not match or len(text.encode()) > 40:
        raise Refusal("malformed-decimal")
    sign, integer, fraction = match[1], match[2].replace(".", ""), (match[3] or "").ljust(digits, "0")
    value = int(integer + fraction)
    if (integer.startswith("0") and integer != "0") or (sign and not value):
        raise Refusal("malformed-decimal")
    return {"value": rules.fit(-value if sign else value)}


ANSWERS = {
    "largest_remainder": lambda c: {"shares": pairs(rules.largest_remainder(c["total"], c["weights"]), c["weights"])},
    "sainte_lague": lambda c: {"shares": pairs(rules.sainte_lague(c["total"], c["weights"]), c["weights"])},
    "late_join": late_join,
    "contribution": contribution,
    "rate": rate,
    "tariff": tariff,
    "compare": compare,
    "vat": lambda c: {"documents": rules.documents(c["lines"])},
    "deadline": lambda c: {"date": rules.working_day(c["after"], c["days"], c.get("decreed", []))},
    "decimal": decimal,
    "statement": lambda c: {"text": settlement_statement.statement(c)},
}


def answer(case):
    try:
        return {"result": ANSWERS[case["kind"]](case)}
    except Refusal as refusal:
        return {"reason": refusal.name}


def check(folder):
    files = sorted(pathlib.Path(folder).glob("settlement-*.json"))
    failures = total = 0
    for file in files:
        content = json.loads(file.read_text())
        vectors = content["valid"] + content["invalid"]
        refused = len(content["invalid"])
        if refused * 10 < len(vectors) * 3:
            print(f"{file.name}: only {refused} of {len(vectors)} vectors are invalid inputs")
            failures += 1
        for vector in vectors:
            total += 1
            expected = {key: vector[key] for key in ("result", "reason") if key in vector}
            if (found := answer(vector["case"])) != expected:
                failures += 1
                print(f"{file.name}: {vector['name']}: expected {expected}, found {found}")
    print(f"settlement: {total} vectors in {len(files)} files, {failures} failures")
    return 0 if files and not failures else 1


def main(arguments):
    if arguments[:1] == ["check"] and len(arguments) == 2:
        return check(arguments[1])
    if arguments[:1] == ["generate"] and len(arguments) in (2, 3):
        from settlement_cases import cases
        for case in cases(int(arguments[1]), int(arguments[2]) if len(arguments) == 3 else 1):
            print(json.dumps({"case": case} | answer(case), ensure_ascii=False, separators=(",", ":")))
        return 0
    if arguments == ["answer"]:
        for text in sys.stdin:
            print(json.dumps(answer(json.loads(text)), ensure_ascii=False))
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
