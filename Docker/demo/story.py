# SPDX-License-Identifier: EUPL-1.2
"""The acts of the demo, in order. Each checks what it shows."""
import json
import pathlib
import socket

import events
import trouble
from authority import Authority
from players import Failed, Member

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


def say(title: str) -> None:
    print(f"\n== {title}")


def show(text: str, lines: int = 40) -> None:
    for line in text.rstrip().splitlines()[:lines]:
        print("   " + line)


def check(holds: bool, what: str) -> None:
    if not holds:
        raise Failed(what)


def play(base: pathlib.Path, network: dict[str, Member]) -> str:
    eindhoven, mgd, woerden, proef = (network[key] for key in ("eindhoven", "mgd", "woerden", "proef"))
    nodes = [eindhoven, mgd, woerden]

    say("Four founders make their keys, cards and certificates")
    found(base, network)

    say("The three daemons start; Eindhoven and Woerden can only meet through MijnGemeenteDichtbij")
    for node in nodes:
        node.start()
    for node in nodes:
        node.wait_until(lambda node=node: in_step(node, nodes), "same state as the others")
    show(mgd.korf("member", "list"))

    say("The catalogue: publiccode.yml files imported on different nodes")
    catalogue(nodes, eindhoven, mgd, woerden)

    say("Cut off from each other, Eindhoven and Woerden edit one entry")
    conflict(nodes, eindhoven, mgd, woerden)

    say("October is metered on both sides; Woerden is killed on the way")
    meter(base, nodes, eindhoven, mgd, woerden)

    say("A forged page is offered to MijnGemeenteDichtbij")
    forged = trouble.offer_forged_page(proef, mgd, eindhoven)
    check(forged == "head-signature", f"the forged page was answered with {forged!r}")
    print("   refused: head-signature")

    say("The key of Proefgemeente signs two histories")
    trouble.sign_two_histories(base, proef, eindhoven, woerden)
    for node in nodes:
        node.wait_until(lambda node=node: node.ask("status")["vorken"], "the fork with its evidence", 40)
    show("\n".join(line for line in woerden.korf("status", fails=1).splitlines() if "Proef" in line or "vork" in line))

    say("The month is stated")
    for node in nodes:
        show(node.korf("settle", "state", "--month", events.MONTH), 12)
    for node in nodes:
        node.wait_until(lambda node=node: in_step(node, nodes), "same state as the others", 40)

    say("Who owes what")
    digest = settle(nodes, woerden)

    say("Every log, in a form that public tools read")
    export(base, network, mgd)

    say("korf status on each")
    for node in nodes:
        show(node.korf("status", fails=1))
        kilobytes = node.resident_kilobytes()
        print(f"   (korfd of {node.name}: {kilobytes // 1024} MiB resident)")
    digests = {node.ask("status")["toestandsdigest"] for node in nodes}
    check(digests == {digest}, f"state digests differ: {digests}")
    for node in nodes:
        node.stop()
        check(json.loads(node.korf("verify", str(node.folder / "data"), "--json"))["toestandsdigest"] == digest,
              f"{node.name}: folded anew, the entries give another state")
        show(node.korf("verify", str(node.folder / "data")), 3)
    return digest


def found(base: pathlib.Path, network: dict[str, Member]) -> None:
    authority = Authority()
    cards = []
    for member in network.values():
        member.port = free_port()
        towns = [word for town in member.municipalities for word in ("--municipality", town)]
        member.korf(
            "init", "--directory", str(member.folder), "--oin", member.oin, "--name", member.name,
            "--kind", member.kind, "--endpoint", f"127.0.0.1:{member.port}", "--listen", f"127.0.0.1:{member.port}",
            "--recovery-file", str(base / f"{member.key}.recovery"), *towns,
        )
        (member.folder / "tls" / "certificate.pem").write_bytes(
            authority.sign((member.folder / "tls" / "request.pem").read_bytes()))
        authority.write_anchor(member.folder / "tls" / "anchors.pem")
        cards.append(str(member.folder / "card.korf-card"))
    others = {"eindhoven": events.WOERDEN, "woerden": events.EINDHOVEN}
    for member in network.values():
        text = "exchange: {everySeconds: 1, coalesceMilliseconds: 50}\nflush: {everySeconds: 1}\n"
        unreachable = [others[member.key]] if member.key in others else []
        unreachable.append(events.PROEF)  # has no daemon
        text += "peers:\n" + "".join(f'  "{oin}": {{dial: false}}\n' for oin in unreachable if oin != member.oin)
        with open(member.folder / "korf.yaml", "a", encoding="utf-8") as file:
            file.write(text)
    genesis = base / "beware.korf-genesis"
    first = network["eindhoven"]
    show(first.korf(
        "network", "create", "--description", str(HERE / "network.yaml"), "--out", str(genesis), *cards))
    for member in network.values():
        member.korf("network", "join", str(genesis), "--directory", str(member.folder))


def in_step(node: Member, nodes: list[Member]) -> bool:
    """The node and all the others show one state digest, and the node misses nothing."""
    answers = [other.ask("status") for other in nodes]
    own = node.ask("status")
    return own["volledigheid"]["volledig"] and len({answer["toestandsdigest"] for answer in answers}) == 1


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


def meter(base: pathlib.Path, nodes, eindhoven: Member, mgd: Member, woerden: Member) -> None:
    counts = events.write(base)
    for node in (eindhoven, mgd):
        show(node.korf("usage", "import", str(base / f"{node.oin}.ndjson")), 4)
    # Woerden sends its file in parts and dies in the middle of one; whoever sends repeats what got no answer.
    lines = (base / f"{woerden.oin}.ndjson").read_text().splitlines(keepends=True)
    half = len(lines) // 2
    (base / "part1.ndjson").write_text("".join(lines[:half]))
    woerden.korf("usage", "import", str(base / "part1.ndjson"))
    trouble.kill_while_importing(woerden, base / f"{woerden.oin}.ndjson")
    print("   Woerden: SIGKILL while importing. The others go on:")
    show(eindhoven.korf("usage", "show", "--month", events.MONTH), 6)
    woerden.start()
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


def settle(nodes, woerden: Member) -> str:
    for member in nodes:
        statements = {
            node.korf("settle", "statement", "--month", events.MONTH, "--member", member.oin, "--canonical")
            for node in nodes
        }
        check(len(statements) == 1, f"the statements for {member.name} differ between nodes")
    show(woerden.korf("settle", "statement", "--month", events.MONTH), 60)
    show(woerden.korf("settle", "compare", "--month", events.MONTH, fails=1), 20)
    compared = {
        (cell["applicatie"], cell["aanbieder"], cell["afnemer"]): cell
        for cell in woerden.ask("settle", "compare", "--month", events.MONTH)["cellen"]
    }
    for flow in events.FLOWS:
        cell = compared[(flow.application, flow.provider, flow.consumer)]
        check(
            (cell["aantalAanbieder"], cell["aantalAfnemer"]) == (flow.provider_count, flow.consumer_count),
            f"{flow.application}: counted {cell['aantalAanbieder']} and {cell['aantalAfnemer']}, "
            f"planted {flow.provider_count} and {flow.consumer_count}")
    states = [compared[(flow.application, flow.provider, flow.consumer)]["stand"] for flow in events.FLOWS]
    check(states == ["gelijk", "gelijk", "binnen tolerantie", "gelijk", "verschil"], f"cell states are {states}")
    statement = woerden.ask("settle", "statement", "--month", events.MONTH)
    line = next(row for row in statement["regels"] if row.get("applicatie") == "subsidiesysteem")
    print(f"\n   korf explain {line['id']}")
    show(woerden.korf("explain", line["id"]))
    digests = {node.ask("status")["toestandsdigest"] for node in nodes}
    check(len(digests) == 1, f"state digests differ: {digests}")
    return digests.pop()


def export(base: pathlib.Path, network: dict[str, Member], mgd: Member) -> None:
    tiles = base / "tiles"
    mgd.korf("export", "--tiles", str(tiles))
    month = events.MONTH
    digest = trouble.checker("tiles", str(tiles), "--genesis", str(base / "beware.korf-genesis"),
                             "--state-digest", mgd.ask("status")["toestandsdigest"])
    show(digest, 6)
    statement = trouble.checker("statement", str(tiles), "--genesis", str(base / "beware.korf-genesis"),
                                "--month", month, "--member", events.WOERDEN)
    own = mgd.korf("settle", "statement", "--month", month, "--member", events.WOERDEN, "--canonical")
    check(statement == own, "the independent checker computes another statement")
    print("   the independent checker computes the same state digest and the same statement from these files alone")
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
