# SPDX-License-Identifier: EUPL-1.2
"""What the demo's members do in daily work: the catalogue, a conflict in it, and a month of usage."""
import pathlib

import events
import trouble
from players import Member, check, in_step, show

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


def catalogue(nodes, eindhoven: Member, mgd: Member, woerden: Member) -> None:
    files = HERE / "publiccode"
    imports = [
        (eindhoven, "corv", files / "corv.publiccode.yml"),
        (eindhoven, "subsidiesysteem", files / "subsidiesysteem.publiccode.yml"),
        (woerden, "inwonercloud", files / "inwonercloud.publiccode.yml"),
        (mgd, "zaaksysteem", files / "zaaksysteem.publiccode.yml"),
        (eindhoven, "burgerzakenmodules", files / "burgerzakenmodules.publiccode.yml"),
        (mgd, "korf", ROOT / "publiccode.yml"),
    ]
    for node, application, path in imports:
        print(f"   {node.name}: korf catalogue import {path.name}")
        show(node.korf("catalogue", "import", str(path), "--application", application), 8)
    for node in nodes:
        node.wait_until(
            lambda node=node: len([a for a in node.ask("catalogue", "list")["applicaties"] if a.get("licentie")]) == 6
            and in_step(node, nodes), "all six applications")
    show(woerden.korf("catalogue", "list"))
    bad = eindhoven.folder / "not-yaml.publiccode.yml"
    bad.write_text("name: X\n\turl: y\n")
    message = eindhoven.korf("catalogue", "import", str(bad), "--application", "corv", fails=1)
    check("line 2" in message, f"a file that is no YAML was answered with {message!r}")
    print("   A file that is no YAML:")
    show(message, 3)


def conflict(nodes, eindhoven: Member, mgd: Member, woerden: Member) -> None:
    mgd.stop()
    eindhoven.korf("catalogue", "edit", "burgerzakenmodules", "--set", "hosting=Eindhoven, eigen rekencentrum")
    woerden.korf("catalogue", "edit", "burgerzakenmodules", "--set", "hosting=Woerden, bij leverancier")
    mgd.start()
    for node in nodes:
        node.wait_until(lambda node=node: node.ask("catalogue", "conflicts")["conflicten"], "the conflict")
    show(mgd.korf("catalogue", "conflicts", fails=1))
    mgd.korf("catalogue", "edit", "burgerzakenmodules", "--set", "hosting=Eindhoven, met uitwijk naar Woerden")
    for node in nodes:
        node.wait_until(
            lambda node=node: not node.ask("catalogue", "conflicts")["conflicten"] and in_step(node, nodes),
            "the conflict resolved")
    print("   resolved by MijnGemeenteDichtbij, on all three nodes")


def first_half(base: pathlib.Path, nodes: list[Member]) -> dict:
    """All import what their applications wrote down, Woerden only the first half; returns the planted counts."""
    counts = events.write(base)
    for node in nodes[:2]:
        show(node.korf("usage", "import", str(base / f"{node.oin}.ndjson")), 4)
    lines = (base / f"{events.WOERDEN}.ndjson").read_text().splitlines(keepends=True)
    (base / "part1.ndjson").write_text("".join(lines[: len(lines) // 2]))
    nodes[2].korf("usage", "import", str(base / "part1.ndjson"))
    return counts


def kill(base: pathlib.Path, counts: dict, woerden: Member) -> None:
    """Woerden dies in the middle of a file; whoever sends repeats what got no answer."""
    trouble.kill_while_importing(woerden, base / f"{woerden.oin}.ndjson")
    print("   Woerden: SIGKILL while importing and exchanging. The others go on.")


def rest(base: pathlib.Path, counts: dict, nodes: list[Member], woerden: Member) -> None:
    show(woerden.korf("usage", "import", str(base / f"{woerden.oin}.ndjson")), 4)
    extra = events.double_feed(base)
    woerden.korf("usage", "import", str(base / "double-feed.ndjson"))
    woerden.korf("usage", "retract", "--source", extra["source"], "--id", extra["id"])
    print("   Woerden: one event of a test booking retracted")
    for node in nodes:
        received = node.ask("status")["inbox"]["ontvangen"]
        planted = counts[node.oin]["distinct"] + (1 if node is woerden else 0)
        check(received == planted, f"{node.name} holds {received} events instead of {planted}")
    print("   each event counted once: " + ", ".join(f"{node.name} {counts[node.oin]['distinct']}" for node in nodes))
    for node in nodes:
        node.wait_until(lambda node=node: in_step(node, nodes), "same state as the others", 40)
