# SPDX-License-Identifier: EUPL-1.2
"""The acts of the month, in order; each checks what it did."""
import datetime
import pathlib
import random

import founding
import governing
import usage
from authority import Authority
from clock import Clock
from cryptography import x509
from players import Member, check, in_step, say, show
from usage import CASES, CLOUD, MONTH, SUBSIDY, TOLERATED, TOTALS

HERE = pathlib.Path(__file__).resolve().parent


class DatedAuthority(Authority):
    """Its certificates hold in the months of the play, whenever the test runs."""

    @staticmethod
    def _builder(subject, issuer, public_key, days):
        first = datetime.datetime(2026, 10, 1, tzinfo=datetime.timezone.utc)
        return (
            x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public_key)
            .serial_number(x509.random_serial_number()).not_valid_before(first)
            .not_valid_after(first + datetime.timedelta(days=365))
        )


def together(nodes: list[Member], what: str = "same state as the others") -> None:
    for node in nodes:
        node.wait_until(lambda node=node: in_step(node, nodes), what, 40)


def epoch(nodes: list[Member], title: str) -> None:
    """A decision of all, so that an epoch closes now."""
    governing.decide(nodes, nodes, [(nodes[0], ("--kind", "free-text", "--title", title))])
    together(nodes)


def dated(nodes: list[Member], day: str) -> None:
    """Waits for the epoch that a 1st, 5th or 12th of a month asks for; an entry makes the nodes look at the date."""
    nodes[0].korf("catalogue", "edit", "corv", "--set", f"hosting=Eindhoven, nagekeken {day}")
    for node in nodes:
        node.wait_until(
            lambda node=node: node.ask("status")["tijdperk"]["datum"] >= day, f"the epoch of {day}", 40)
    together(nodes)


def found(base: pathlib.Path, nodes: list[Member], clock: Clock) -> None:
    say("Three members found a network; a tariff changes from November on")
    clock.set("2026-10-30 10:00")
    authority = DatedAuthority()
    for node in nodes:
        founding.initialise(base, node, authority)
        settings = node.folder / "korf.yaml"  # here everybody can dial everybody
        feeds = f"feeds:\n  - {{source: 'urn:nld:oin:{node.oin}:systeem:zaaksysteem', silentHours: 8}}\n"
        text = settings.read_text("utf-8").split("peers:")[0]
        settings.write_text(text + (feeds if node is nodes[1] else ""), "utf-8")
    genesis = base / "maand.korf-genesis"
    cards = [str(node.folder / "card.korf-card") for node in nodes]
    clock.preload()
    nodes[0].korf("network", "create", "--description", str(HERE / "network.yaml"), "--out", str(genesis), *cards)
    for node in nodes:
        node.korf("network", "join", str(genesis), "--directory", str(node.folder))
        node.start()
    together(nodes)
    governing.decide(nodes, nodes, [(nodes[1], (
        "--kind", "tariff", "--application", "zaaksysteem", "--class", "standaard", "--from", MONTH,
        "--price", "0.600", "--vat", "S", "--rate", "21", "--title", "Tarief Zaaksysteem vanaf november"))])


def meter(base: pathlib.Path, nodes: list[Member], clock: Clock) -> None:
    say("November is metered: events twice, in any order, and some too late")
    chance = random.Random(11)
    month = usage.make()
    eindhoven, mgd, woerden = nodes
    clock.set("2026-12-01 09:00")
    for node in nodes:
        node.korf("usage", "import", str(usage.write(base / f"{node.key}-1.ndjson", month.prompt[node.oin], chance)))
    woerden.kill()  # the consumer's node is down while the month ends
    for node in nodes:
        usage.write(base / f"{node.key}-2.ndjson", month.late[node.oin], chance)
        usage.write(base / f"{node.key}-3.ndjson", month.after[node.oin], chance)
    dated([eindhoven, mgd], "2026-12-01")
    woerden.start()
    dated(nodes, "2026-12-01")
    for node in nodes:
        node.korf("usage", "import", str(base / f"{node.key}-2.ndjson"))
        again = node.ask("usage", "import", str(base / f"{node.key}-1.ndjson"))
        check(again["nieuw"] == 0 and again["conflict"] == 0, f"{node.name}: sent again, {again['nieuw']} are new")
        held = node.ask("status")["inbox"]["ontvangen"]
        made = len(month.prompt[node.oin]) + len(month.late[node.oin])
        check(held == made, f"{node.name} holds {held} events instead of {made}")
    print("   each event counted once")


def state(base: pathlib.Path, nodes: list[Member], clock: Clock) -> None:
    say("The month is stated")
    eindhoven, mgd, woerden = nodes
    refused = mgd.korf("settle", "state", "--month", MONTH, fails=1)
    check("systeem:zaaksysteem" in refused and "2026-11-12" in refused, f"the provider's outage: {refused}")
    show(refused, 4)
    refused = woerden.korf("settle", "state", "--month", MONTH, fails=1)
    check("burgerzaken" in refused and "--totals" in refused, f"the total that is missing: {refused}")
    file = base / "totalen.csv"
    head = "maand,applicatie,aanbieder,klasse,aantal\n"
    file.write_text(head + f"{MONTH},burgerzaken,{eindhoven.oin},,{TOTALS.count + 2}\n", "utf-8")
    for word in ("nieuw", "gelijk"):
        check(woerden.ask("usage", "import", str(file), "--totals")[word] == 1, f"the total is not {word}")
    file.write_text(head + f"{MONTH},burgerzaken,{eindhoven.oin},,{TOTALS.count}\n", "utf-8")
    woerden.korf("usage", "import", str(file), "--totals", fails=1)
    replaced = woerden.ask("usage", "import", str(file), "--totals", "--reason", "twee dubbel in de export")
    check(replaced["vervangen"] == 1, "the total is not replaced")
    refused = eindhoven.korf("settle", "state", "--month", MONTH, fails=1)
    check("systeem:inwonercloud" in refused and "2026-11-18" in refused, f"the consumer's outage: {refused}")
    show(eindhoven.korf("settle", "state", "--month", MONTH, "--reason", "storing koppelvlak 17-20 november"), 8)
    show(mgd.korf("settle", "state", "--month", MONTH, "--reason", "storing 12 november, niet meer te leveren"), 4)
    show(woerden.korf("settle", "state", "--month", MONTH), 4)
    together(nodes)
    clock.set("2026-12-07 09:00")
    dated(nodes, "2026-12-05")


def cells(node: Member, month: str = MONTH) -> dict:
    rows = node.ask("settle", "compare", "--month", month)["cellen"]
    return {(row["applicatie"], row["aanbieder"], row["afnemer"]): row for row in rows}


def key(flow) -> tuple[str, str, str]:
    return flow.application, flow.provider, flow.consumer
    # The window counts from the date of the epoch that covers the statements: the 1st.
    epoch(nodes, "November is vastgesteld")


def settle(nodes: list[Member], clock: Clock) -> None:
    say("Both sides are compared; one difference is narrowed down, disputed and settled, one tolerated")
    eindhoven, mgd, woerden = nodes
    planted = usage.make().counts
    rows = cells(woerden)
    for flow in usage.FLOWS:
        row = rows[key(flow)]
        found = (row["aantalAanbieder"], row["aantalAfnemer"])
        wanted = (TOTALS.count, TOTALS.count) if flow is TOTALS else planted[flow.application, flow.consumer]
        check(found == wanted, f"{flow.application}: counted {found}")
    check(rows[key(TOTALS)]["stand"] == "gelijk", "the total of the administration is not the provider's count")
    check(rows[key(SUBSIDY)]["stand"] == "binnen tolerantie", "the subsidies are not within tolerance")
    check(rows[key(CLOUD)]["stand"] == "verschil", "the consumer's outage made no difference")
    check(rows[key(CASES)]["stand"] == "verschil", "the provider's outage made no difference")
    check(rows[key(CASES)]["bedragCent"] == round(planted["zaaksysteem", woerden.oin][0] * 60), "not the new tariff")
    sheet = eindhoven.ask("settle", "compare", "--month", MONTH, "--with", woerden.oin)["paren"][0]
    check(sheet["stand"] == "verschil", f"the two were not compared: {sheet['stand']} {sheet['reden']}")
    missing = {
        row["applicatie"]: (row["oorzaak"], row["transacties"]) for row in sheet["oorzaken"]
        if row["applicatie"] != "burgerzaken"}
    lost = CLOUD.count - planted["inwonercloud", eindhoven.oin][1]
    check(missing["inwonercloud"] == ("uren niet gemeten", lost), f"the outage was explained by {missing}")
    check(missing["subsidiesysteem"][1] == TOLERATED, f"the tolerated difference is {missing}")
    show(eindhoven.korf("settle", "compare", "--month", MONTH, "--with", woerden.oin, fails=1), 14)
    cell = ("--month", MONTH, "--application", "inwonercloud", "--class", "standaard")
    eindhoven.korf("settle", "dispute", *cell, "--with", woerden.oin, "--reason", "storing koppelvlak 17-20 november")
    together(nodes)
    woerden.korf("settle", "dispute", *cell, "--with", eindhoven.oin, "--reason", "transacties in bijlage")
    together(nodes)
    eindhoven.korf("settle", "accept", *cell, "--with", woerden.oin, "--quantity", str(CLOUD.count))
    together(nodes)
    clock.set("2026-12-14 09:00")
    dated(nodes, "2026-12-12")


def closed(node: Member, other: Member, month: str = MONTH) -> dict | None:
    rows = node.ask("settle", "periods", "--month", month)["wederpartijen"]
    return next((row["gesloten"] for row in rows if row["wederpartij"]["oin"] == other.oin), None)


def close(base: pathlib.Path, nodes: list[Member], clock: Clock) -> None:
    say("MijnGemeenteDichtbij falls silent; the other two sign the period")
    eindhoven, mgd, woerden = nodes
    mgd.stop()
    two = [eindhoven, woerden]
    show(eindhoven.korf("settle", "close", "--month", MONTH, "--with", woerden.oin), 4)
    together(two)
    show(woerden.korf("settle", "close", "--month", MONTH, "--with", eindhoven.oin), 4)
    together(two)
    epoch(two, "Afsluiten van november")
    for node, other in ((eindhoven, woerden), (woerden, eindhoven)):
        found = closed(node, other)
        check(bool(found) and found["wijze"] == "getekend", f"{node.name}: the period is {found}")
    check(closed(eindhoven, woerden)["digest"] == closed(woerden, eindhoven)["digest"], "two different cuts")
    for node in two:
        node.korf("usage", "import", str(base / f"{node.key}-3.ndjson"))
    row = cells(woerden)[key(SUBSIDY)]
    check(row["aantalAanbieder"] == usage.make().counts["subsidiesysteem", woerden.oin][0], "a closed month changed")


def lapse(base: pathlib.Path, nodes: list[Member], clock: Clock) -> None:
    say("January: the window with the silent node has passed, and the month lapses")
    eindhoven, mgd, woerden = nodes
    two = [eindhoven, woerden]
    # Twenty working days after the 1st, Christmas left out: the 30th is the last one.
    clock.set("2026-12-30 09:00")
    epoch(two, "De laatste dag")
    for other in (eindhoven, woerden):
        check(closed(woerden if other is eindhoven else eindhoven, mgd) is None, "the month lapsed inside the window")
    clock.set("2027-01-04 09:00")
    dated(two, "2027-01-01")
    for node in two:
        found = closed(node, mgd)
        check(bool(found) and found["wijze"] == "verlopen", f"{node.name}: the silent pair is {found}")
    mgd.start()
    together(nodes)
    for node in two:
        check(closed(mgd, node) == closed(node, mgd), "the silent node comes to another lapse")
    print("   lapsed without it, and when it is back it holds the same")
