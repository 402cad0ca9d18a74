# SPDX-License-Identifier: EUPL-1.2
"""An independent oracle of settlement: exact fractions, standard library only.

    settlement_oracle.py check DIR            every settlement-*.json in DIR agrees, exit code 1 if one does not
    settlement_oracle.py generate N [SEED]    N random cases with answers as JSON lines
    settlement_oracle.py answer               answers cases read as JSON lines from standard input
    settlement_oracle.py agree KORF N [SEED]  KORF settle calculate answers N random cases as this oracle does
"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import settlement_ledger as ledger
import settlement_periods as periods
import settlement_reports as reports
import settlement_rules as rules
import settlement_shares as shares
import settlement_statement
from settlement_rules import Refusal


def pairs(amounts, weights):
    return [[party, rules.fit(amounts[party])] for party, _ in weights]


def rate(case):
    rules.check_tiers(case["tiers"])
    lines = rules.rate(case["quantity"], case["tiers"])
    return {"lines": [list(line) for line in lines], "amount": rules.rated(case["quantity"], case["tiers"])}


def tariff(case):
    rules.check_tariffs(case["tariffs"])
    if case.get("settled") and case["tariffs"] and case["tariffs"][-1]["from"] <= case["settled"]:
        raise Refusal("tariff-starts-too-early")
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


def deadline(case):
    what, decreed = case.get("what", "working-days"), case.get("decreed", [])
    if what == "working-days":
        return rules.working_day(case["after"], case.get("days", 20), decreed)
    if what == "dispute":
        return rules.working_day(case["after"], 20, decreed)
    if what == "payment":
        if not 0 <= case.get("days", 30) <= 3_650:
            raise Refusal("date-out-of-range")
        day = datetime.date.fromisoformat(case["after"]) + datetime.timedelta(days=case.get("days", 30))
        if day.year > 2199:
            raise Refusal("date-out-of-range")
        return day.isoformat()
    number = rules.month_number(case["month"]) + 1
    if number // 12 > 2199:
        raise Refusal("date-out-of-range")
    following = datetime.date(number // 12, number % 12 + 1, 1)
    if what == "invoice":
        return following.replace(day=15).isoformat()
    return rules.working_day((following - datetime.timedelta(days=1)).isoformat(), 3, decreed)


ANSWERS = {
    "largest_remainder": lambda c: {"shares": pairs(rules.largest_remainder(c["total"], c["weights"]), c["weights"])},
    "sainte_lague": lambda c: {"shares": pairs(rules.sainte_lague(c["total"], c["weights"]), c["weights"])},
    "late_join": shares.late_join,
    "contribution": shares.contribution,
    "exit": shares.exit_charge,
    "rate": rate,
    "tariff": tariff,
    "compare": compare,
    "vat": lambda c: {"documents": rules.documents(c["lines"])},
    "deadline": lambda c: {"date": deadline(c)},
    "offset": ledger.offset,
    "payment": ledger.payment,
    "series": ledger.series,
    "order": ledger.order,
    "correction": ledger.correction,
    "period": periods.period,
    "stance": periods.stance,
    "forecast": reports.forecast,
    "price_per_use": reports.price_per_use,
    "turnover": reports.turnover,
    "simulate": reports.simulate,
    "tolerance": periods.tolerance,
    "repeatedly_low": periods.repeatedly_low,
    "decimal": decimal,
    "statement": lambda c: {"text": settlement_statement.statement(c)},
}


def beyond(value):
    """Whether a number anywhere in a case does not fit in 64 bits."""
    if isinstance(value, dict):
        return any(map(beyond, value.values()))
    if isinstance(value, list):
        return any(map(beyond, value))
    return isinstance(value, int) and value not in rules.INT64


def answer(case):
    try:
        if beyond(case):
            raise Refusal("amount-out-of-range")
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


def agree(program, count, seed):
    """Both answer the same random cases; what differs is printed, and how long each took."""
    from settlement_cases import cases
    with tempfile.NamedTemporaryFile("w+", suffix=".jsonl") as file:
        started = time.monotonic()
        expected = []
        for case in cases(count, seed):
            file.write(json.dumps(case, ensure_ascii=False) + "\n")
            expected.append(json.dumps(answer(case), sort_keys=True))
        file.flush()
        between = time.monotonic()
        run = subprocess.run([*program.split(), "settle", "calculate", file.name], stdout=subprocess.PIPE, check=False)
        ended = time.monotonic()
        file.seek(0)
        answers = run.stdout.decode().splitlines()
        failures = abs(len(answers) - count)
        for case, wanted, line in zip(file, expected, answers):
            found = json.loads(line)
            found.pop("message", None)
            if json.dumps(found, sort_keys=True) != wanted:
                failures += 1
                if failures <= 5:
                    print(f"{case.strip()}\n  expected {wanted}\n  answered {line}")
    print(f"settle calculate: {count} cases from seed {seed}, {failures} differ; "
          f"oracle {between - started:.0f} s, korf {ended - between:.1f} s")
    return 1 if failures or run.returncode else 0


def main(arguments):
    if arguments[:1] == ["check"] and len(arguments) == 2:
        return check(arguments[1])
    if arguments[:1] == ["generate"] and len(arguments) in (2, 3):
        from settlement_cases import cases
        for case in cases(int(arguments[1]), int(arguments[2]) if len(arguments) == 3 else 1):
            print(json.dumps({"case": case} | answer(case), ensure_ascii=False, separators=(",", ":")))
        return 0
    if arguments[:1] == ["agree"] and len(arguments) in (3, 4):
        return agree(arguments[1], int(arguments[2]), int(arguments[3]) if len(arguments) == 4 else 1)
    if arguments == ["answer"]:
        for text in sys.stdin:
            print(json.dumps(answer(json.loads(text)), ensure_ascii=False))
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
