# SPDX-License-Identifier: EUPL-1.2
"""What the month leaves on paper: statements, invoices and journals, held against other programs."""
import json
import pathlib
import subprocess

import trouble
import usage
from players import Member, check, say, show

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BOOKS = {
    "accounts": {
        "creditors": "Crediteuren", "debtors": "Debiteuren", "vatDue": "Btw:af te dragen",
        "vatDeductible": "Btw:voorbelasting", "vatCompensable": "Btw:compensatiefonds"},
    "matches": [
        {"side": "purchase", "ledger": "Kosten:samenwerking", "vat": "compensable"},
        {"side": "sale", "ledger": "Opbrengsten:samenwerking", "vat": "deductible"}],
}


def folder(path: pathlib.Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())}


def agree(base: pathlib.Path, nodes: list[Member]) -> str:
    say("All nodes have the same statements, and the independent checker computes them from the exported logs")
    tiles, genesis = base / "tiles", str(base / "maand.korf-genesis")
    nodes[1].korf("export", "--tiles", str(tiles))
    digests = {node.ask("status")["toestandsdigest"] for node in nodes}
    check(len(digests) == 1, f"state digests differ: {digests}")
    digest = digests.pop()
    trouble.checker("tiles", str(tiles), "--genesis", genesis, "--state-digest", digest)
    for member in nodes:
        texts = {
            node.korf("settle", "statement", "--month", usage.MONTH, "--member", member.oin, "--canonical")
            for node in nodes}
        check(len(texts) == 1, f"the statements for {member.name} differ between nodes")
        own = trouble.checker("statement", str(tiles), "--genesis", genesis, "--month", usage.MONTH,
                              "--member", member.oin)
        check(own in texts, f"the checker computes another statement for {member.name}")
        files = []
        for node in nodes:
            place = base / "overzicht" / f"{node.key}-{member.key}"
            node.korf("settle", "export", "--month", usage.MONTH, "--out", str(place), "--member", member.oin)
            files.append(folder(place))
        check(files[0] == files[1] == files[2], f"the files for {member.name} differ between nodes")
    return digest


def check_files(base: pathlib.Path, nodes: list[Member], python: pathlib.Path | None) -> None:
    say("Invoices of both legs and journals, accepted by the receivers and by the public rules")
    eindhoven, mgd, woerden = nodes
    out, ledger = base / "facturen", base / "boeking"
    for node, series, more in (
            (eindhoven, "CBW1", ["--cooperative"]), (eindhoven, "EHV1", []), (mgd, "MGD1", []), (woerden, "WRD1", [])):
        node.korf("settle", "invoices", "--month", usage.MONTH, "--series", series, "--out", str(out), *more)
    written = sorted(out.glob("*.xml"))
    for file in written:
        receivers = nodes if file.name.startswith("CBW1") else [eindhoven]
        receiver = next((node for node in receivers if f">{node.oin}<" in _buyer(file)), eindhoven)
        receiver.korf("settle", "check", str(file))
    print(f"   {len(written)} invoices, each agrees with the receiver's own statement")
    rules = base / "boeking.json"
    rules.write_text(json.dumps(BOOKS), encoding="utf-8")
    for node in nodes:
        node.korf("settle", "export", "--month", usage.MONTH, "--out", str(ledger / node.key), "--books", str(rules))
    _run(["python3", "Tests/documents/check_ledger.py", str(ledger)])
    if python:
        _run([str(python), "Tests/documents/check.py", str(out)])


def _buyer(file: pathlib.Path) -> str:
    lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    return "".join(lines[lines.index("<cac:AccountingCustomerParty>"):lines.index("</cac:AccountingCustomerParty>")])


def _run(command: list[str]) -> None:
    import os

    environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    show(done.stdout + done.stderr, 4)
    check(done.returncode == 0, f"{' '.join(command[:2])}: {done.stdout}{done.stderr}")
