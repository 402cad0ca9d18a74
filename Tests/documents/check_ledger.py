# SPDX-License-Identifier: EUPL-1.2
"""Lets hledger read journals, and compares its trial balance with that of the same journal as CSV.

    check_ledger.py PATH...    a folder with pairs NAME.hledger and NAME.csv, or a vector file
"""

import csv
import decimal
import io
import json
import pathlib
import subprocess
import sys
import tempfile

ACCOUNT = ("grootboekrekening", "grootboek", "account")


def number(text):
    """What a column of amounts holds, with decimal comma or point; nothing is 0."""
    return decimal.Decimal(text.replace(",", ".") or "0")


def of_csv(text):
    """{account: balance} of a journal as CSV."""
    first = text.splitlines()[0]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ","))
    places = {title.lstrip("'="): place for place, title in enumerate(rows[0])}
    account = next(places[name] for name in ACCOUNT if name in places)
    sums = {}
    for row in rows[1:]:
        amount = number(row[places["amount"]]) if "amount" in places else number(row[places["debet"]])
        if "credit" in places:
            amount -= number(row[places["credit"]])
        sums[row[account]] = sums.get(row[account], 0) + amount
    return {name: total for name, total in sums.items() if total}


def of_hledger(text):
    """{account: balance} as hledger reads the journal; it refuses an entry that does not balance."""
    with tempfile.NamedTemporaryFile("w", suffix=".journal", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        arguments = ["hledger", "-f", file.name]
        subprocess.run([*arguments, "check"], check=True)
        shown = subprocess.run(
            [*arguments, "balance", "--flat", "--no-total", "--output-format=csv"],
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
    rows = csv.reader(io.StringIO(shown, newline=""))
    return {row[0]: decimal.Decimal(row[1].removeprefix("EUR ")) for row in list(rows)[1:] if row[1] != "0"}


def journals(path):
    """(name, hledger text, CSV) of the journals behind a path."""
    if path.suffix == ".json":
        for case in json.loads(path.read_text("utf-8"))["valid"]:
            yield f"{path.name}: {case['name']}", case["hledger"], case["csv"]
        return
    for file in sorted(path.rglob("*.hledger")):
        other = file.with_suffix(".csv").read_bytes().decode("utf-8")
        yield str(file), file.read_text("utf-8"), other


def main(paths):
    passed = failed = 0
    for path in map(pathlib.Path, paths):
        for name, text, table in journals(path):
            read, own = of_hledger(text), of_csv(table)
            fits = read == own and sum(own.values()) == 0
            passed, failed = passed + fits, failed + (not fits)
            for account in sorted(read.keys() | own.keys()):
                if read.get(account) != own.get(account):
                    print(f"{name}: {account}: hledger {read.get(account)}, the CSV {own.get(account)}")
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1:]))
