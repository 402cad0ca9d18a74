# SPDX-License-Identifier: EUPL-1.2
"""The acts of the demo, in order. Each checks what it shows."""
import datetime
import json
import pathlib

import events
import founding
import governing
import losing
import metering
import settling
import trouble
from players import Failed, Member, check, say, show

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


def play(base: pathlib.Path, network: dict[str, Member]) -> str:
    eindhoven, mgd, woerden, proef = (network[key] for key in ("eindhoven", "mgd", "woerden", "proef"))
    nodes = [eindhoven, mgd, woerden]

    say("Eindhoven and MijnGemeenteDichtbij found the network")
    founding.found(base, [eindhoven, mgd], list(network.values()))
    for node in (eindhoven, mgd):
        node.start()
    for node in (eindhoven, mgd):
        node.wait_until(lambda node=node: node.ask("status")["tijdperk"]["nummer"] >= 1, "the first epoch", 40)
    print("   the first epoch is closed by both")

    say("Woerden asks to join; it can reach Eindhoven only through MijnGemeenteDichtbij")
    founding.join(base, woerden, mgd, voters=[eindhoven, mgd])
    show(woerden.korf("member", "list"))

    say("The three decide: inhabitants, communities, an application, a tariff, a cost sharing")
    year = datetime.date.today().year + 1
    decided = governing.decide(nodes, [eindhoven, woerden], [
        (woerden, governing.from_file("inwoners-woerden.yaml")),
        (woerden, governing.from_file("inwonercloud.yaml")),
        (mgd, ("--kind", "tariff", "--application", "zaaksysteem", "--class", "standaard", "--from", f"{year}-01",
               "--price", "0.120", "--vat", "S", "--rate", "21", "--title", f"Tarief Zaaksysteem {year}")),
        *((woerden, governing.joining(application)) for application in (
            "corv", "subsidiesysteem", "zaaksysteem", "burgerzakenmodules", "korf")),
    ])
    decided += governing.decide(nodes, [mgd, woerden], [(eindhoven, governing.from_file("kostenverdeling.yaml"))])
    show(woerden.korf("decision", "show", decided[-1]))
    tariff = woerden.korf("decision", "show", decided[2])
    print("   The tariff ends another one:")
    show(tariff[tariff.index("Tarief van"):tariff.index("LID ")], 8)
    refused = mgd.korf(
        "decision", "propose", "--kind", "tariff", "--application", "zaaksysteem", "--class", "standaard",
        "--from", f"{year}-01", "--price", "0.2", "--vat", "S", "--rate", "21", "--title", "Nog een tarief", fails=1)
    print("   A tariff that overlaps is refused:")
    show(refused, 4)

    say("The catalogue: publiccode.yml files imported on different nodes")
    metering.catalogue(nodes, eindhoven, mgd, woerden)

    say("Cut off from each other, Eindhoven and Woerden edit one entry")
    metering.conflict(nodes, eindhoven, mgd, woerden)

    say("October is metered on both sides; Woerden is killed on the way")
    half = metering.first_half(base, nodes)
    backup = losing.back_up(base, eindhoven)
    metering.kill(base, half, woerden)
    others = [eindhoven, mgd]
    without = governing.decide(others, others, [
        (mgd, ("--kind", "free-text", "--title", "Jaarplan 2027"))])
    print("   Eindhoven and MijnGemeenteDichtbij decided without it")
    woerden.start()
    governing.closed(without[0], nodes)
    print("   Woerden is back and has the same epochs")
    metering.rest(base, half, nodes, woerden)

    say("A forged page is offered to MijnGemeenteDichtbij")
    forged = trouble.offer_forged_page(woerden, mgd, eindhoven)
    check(forged == "head-signature", f"the forged page was answered with {forged!r}")
    print("   refused: head-signature")

    say("Eindhoven's disk is lost; an old backup is restored")
    losing.lose_and_restore(base, backup, eindhoven, nodes, half)

    say("The month is stated")
    settling.state(nodes)

    say("A fourth member is admitted; its key signs two histories")
    founding.join(base, proef, mgd, voters=[eindhoven, mgd, woerden])
    proef.stop()
    trouble.sign_two_histories(base, proef, eindhoven, woerden)
    for node in nodes:
        node.wait_until(lambda node=node: node.ask("status")["vorken"], "the fork with its evidence", 40)
    show("\n".join(line for line in woerden.korf("status", fails=1).splitlines() if "Proef" in line or "vork" in line))
    show(mgd.korf("todo", fails=1), 12)
    governing.decide(nodes, nodes, [
        (mgd, ("--kind", "expulsion", "--member", events.PROEF, "--title", "Ontzetting van Proefgemeente"))])

    say("One difference is narrowed down to its transactions, disputed and settled")
    settling.dispute(nodes, mgd, woerden)
    governing.decide(nodes, nodes, [(mgd, ("--kind", "free-text", "--title", "Verslag oktober 2026"))])

    say("The period is cut and signed by both, and closed by an epoch")
    settling.close(nodes, mgd, woerden)
    governing.decide(nodes, nodes, [(woerden, ("--kind", "free-text", "--title", "Agenda november 2026"))])
    settling.closed(nodes, mgd, woerden)

    say("Who owes what, as of the last epoch")
    digest = settling.settle(nodes, woerden)

    say("Invoices for both legs, checked by who receives them")
    settling.invoices(base, eindhoven, mgd, woerden)

    say("Every log and epoch, in a form that public tools read and the independent checker recounts")
    settling.export(base, network, mgd)

    say("korf status on each")
    for node in nodes:
        show(node.korf("status", fails=1))
        print(f"   (korfd of {node.name}: {node.resident_kilobytes() // 1024} MiB resident)")
    digests = {node.ask("status")["toestandsdigest"] for node in nodes}
    check(digests == {digest}, f"state digests differ: {digests}")
    for node in nodes:
        node.stop()
        check(json.loads(node.korf("verify", str(node.folder / "data"), "--json"))["toestandsdigest"] == digest,
              f"{node.name}: folded anew, the entries give another state")
        show(node.korf("verify", str(node.folder / "data")), 3)
    return digest
