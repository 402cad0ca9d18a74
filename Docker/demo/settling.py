# SPDX-License-Identifier: EUPL-1.2
"""The money side of the demo: stating a month, the statement, and what others can check of it."""
import json
import pathlib

import events
import trouble
from players import Member, check, in_step, show


def state(nodes: list[Member]) -> None:
    for node in nodes:
        show(node.korf("settle", "state", "--month", events.MONTH), 12)
    for node in nodes:
        node.wait_until(lambda node=node: in_step(node, nodes), "same state as the others", 40)


def dispute(nodes: list[Member], mgd: Member, woerden: Member) -> None:
    """The difference of the case system comes down to its transactions; both say what they think, and agree."""
    flow = events.FLOWS[4]
    show(woerden.korf("settle", "compare", "--month", events.MONTH, "--with", mgd.oin, fails=1), 10)
    sheet = woerden.ask("settle", "compare", "--month", events.MONTH, "--with", mgd.oin)["paren"][0]
    missing = flow.provider_count - flow.consumer_count
    check(sheet["transactiesTotaal"] == missing, f"{sheet['transactiesTotaal']} transactions differ, not {missing}")
    print(f"   {missing} transactions of {flow.provider_count} found, for {sheet['bytesUitgewisseld']} bytes")
    cell = ("--month", events.MONTH, "--application", flow.application, "--class", "standaard")
    show(woerden.korf("settle", "dispute", *cell, "--with", mgd.oin, "--reason", "koppelvlak meldde niet alles"))
    mgd.wait_until(lambda: in_step(mgd, nodes), "the dispute", 40)
    show(mgd.korf("settle", "dispute", *cell, "--with", woerden.oin, "--reason", "de transacties staan vast"))
    woerden.wait_until(lambda: in_step(woerden, nodes), "the answer", 40)
    show(woerden.korf("settle", "accept", *cell, "--with", mgd.oin, "--quantity", str(flow.provider_count)))
    for node in nodes:
        node.wait_until(lambda node=node: in_step(node, nodes), "same state as the others", 40)


def close(nodes: list[Member], mgd: Member, woerden: Member) -> None:
    """Both sign the same cut of the month; the next epoch closes it."""
    for node, other in ((mgd, woerden), (woerden, mgd)):
        show(node.korf("settle", "close", "--month", events.MONTH, "--with", other.oin))
        for each in nodes:
            each.wait_until(lambda each=each: in_step(each, nodes), "same state as the others", 40)


def closed(nodes: list[Member], mgd: Member, woerden: Member) -> None:
    """The period is closed, the same on every node, and says what both agreed on."""
    show(woerden.korf("settle", "periods", "--month", events.MONTH), 14)
    seen = []
    for node, other in ((mgd, woerden), (woerden, mgd)):
        rows = node.ask("settle", "periods", "--month", events.MONTH)["wederpartijen"]
        seen.append(next(row["gesloten"] for row in rows if row["wederpartij"]["oin"] == other.oin))
    check(bool(seen[0]) and seen[0] == seen[1] and seen[0]["wijze"] == "getekend", f"the period is {seen}")


def settle(nodes, woerden: Member) -> str:
    for member in nodes:
        statements = {
            node.korf("settle", "statement", "--month", events.MONTH, "--member", member.oin, "--canonical")
            for node in nodes
        }
        check(len(statements) == 1, f"the statements for {member.name} differ between nodes")
    show(woerden.korf("settle", "statement", "--month", events.MONTH), 60)
    show(woerden.korf("settle", "compare", "--month", events.MONTH), 20)
    compared = {
        (cell["applicatie"], cell["aanbieder"], cell["afnemer"]): cell
        for cell in woerden.ask("settle", "compare", "--month", events.MONTH)["cellen"]
    }
    for flow in events.FLOWS:
        cell = compared[(flow.application, flow.provider, flow.consumer)]
        # The last one was settled on what the provider counted.
        consumed = flow.provider_count if flow is events.FLOWS[4] else flow.consumer_count
        check(
            (cell["aantalAanbieder"], cell["aantalAfnemer"]) == (flow.provider_count, consumed),
            f"{flow.application}: counted {cell['aantalAanbieder']} and {cell['aantalAfnemer']}, "
            f"expected {flow.provider_count} and {consumed}")
    states = [compared[(flow.application, flow.provider, flow.consumer)]["stand"] for flow in events.FLOWS]
    check(states == ["gelijk", "gelijk", "binnen tolerantie", "gelijk", "gelijk"], f"cell states are {states}")
    statement = woerden.ask("settle", "statement", "--month", events.MONTH)
    line = next(row for row in statement["regels"] if row.get("applicatie") == "subsidiesysteem")
    print(f"\n   korf explain {line['id']}")
    show(woerden.korf("explain", line["id"]))
    digests = {node.ask("status")["toestandsdigest"] for node in nodes}
    check(len(digests) == 1, f"state digests differ: {digests}")
    return digests.pop()


def invoices(base: pathlib.Path, eindhoven: Member, mgd: Member, woerden: Member) -> None:
    """Both legs as UBL files, each checked by who receives it; a wrong account is found."""
    month, folder = events.MONTH, base / "facturen"
    for issuer, series, more in ((eindhoven, "CBW1", ["--cooperative"]), (eindhoven, "EHV1", []), (mgd, "MGD1", [])):
        show(issuer.korf("settle", "invoices", "--month", month, "--series", series, "--out", str(folder), *more), 8)
    written = {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.xml"))}
    own = next(name for name, text in written.items() if name.startswith("CBW1") and events.WOERDEN in text)
    show(woerden.korf("settle", "check", str(folder / own)), 4)
    for name in written:
        if not name.startswith("CBW1"):  # Eindhoven keeps the books of the cooperative, which receives these
            eindhoven.korf("settle", "check", str(folder / name))
    forged = base / "vervalst.xml"
    forged.write_text(written[own].replace("NL91ABNA0417164300", "NL20INGB0001234567"), "utf-8")
    found = woerden.korf("settle", "check", str(forged), fails=1)
    check("NL20INGB0001234567" in found, "a wrong account was not found")
    show(found, 4)
    woerden.korf("settle", "export", "--month", month, "--out", str(base / "overzicht"))
    print(f"   {len(written)} invoices written, each agrees with the receiver's own statement")


def export(base: pathlib.Path, network: dict[str, Member], mgd: Member) -> None:
    tiles = base / "tiles"
    mgd.korf("export", "--tiles", str(tiles))
    month = events.MONTH
    digest = trouble.checker("tiles", str(tiles), "--genesis", str(base / "beware.korf-genesis"),
                             "--state-digest", mgd.ask("status")["toestandsdigest"])
    show(digest, 8)
    statement = trouble.checker("statement", str(tiles), "--genesis", str(base / "beware.korf-genesis"),
                                "--month", month, "--member", events.WOERDEN)
    own = mgd.korf("settle", "statement", "--month", month, "--member", events.WOERDEN, "--canonical")
    check(statement == own, "the independent checker computes another statement")
    recount = trouble.checker("recount", str(tiles), "--genesis", str(base / "beware.korf-genesis"))
    show(recount, 60)
    print("   the independent checker recounts every outcome and epoch, and computes the same state digest and the same")
    print("   statement, from these files alone")
    keys = []
    for key, member in network.items():
        if key == "proef":
            continue
        shown = json.loads(mgd.korf("member", "show", member.oin, "--json"))
        for log in shown["logs"]:
            keys.append(log["verificatiesleutel"])
            trouble.checker("note", "--key", log["verificatiesleutel"], str(tiles / log["map"] / "checkpoint"))
    (base / "verifier-keys.txt").write_text("\n".join(keys) + "\n")
    print("   every checkpoint verifies with the key that `korf member show` prints")
