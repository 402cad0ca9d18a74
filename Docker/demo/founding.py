# SPDX-License-Identifier: EUPL-1.2
"""How the demo's network begins and grows: keys and cards, the genesis, and who joins later."""
import pathlib
import socket

import events
import governing
from authority import Authority
from players import Member, show

HERE = pathlib.Path(__file__).parent


def found(base: pathlib.Path, founders: list[Member], everyone: list[Member]) -> None:
    authority = Authority()
    for member in everyone:
        initialise(base, member, authority)
    genesis = base / "beware.korf-genesis"
    cards = [str(member.folder / "card.korf-card") for member in founders]
    show(founders[0].korf(
        "network", "create", "--description", str(HERE / "network.yaml"), "--out", str(genesis), *cards))
    for member in founders:
        member.korf("network", "join", str(genesis), "--directory", str(member.folder))


def initialise(base: pathlib.Path, member: Member, authority: Authority) -> None:
    member.port = free_port()
    towns = [word for town in member.municipalities for word in ("--municipality", town)]
    member.korf(
        "init", "--directory", str(member.folder), "--oin", member.oin, "--name", member.name,
        "--kind", member.kind, "--endpoint", f"127.0.0.1:{member.port}", "--listen", f"127.0.0.1:{member.port}",
        "--recovery-file", str(base / f"{member.key}.recovery"), *towns,
        "--street", "Markt 1", "--postal", "1234 AB", "--city", member.name, "--vat", "NL000000000B01",
        "--iban", "NL20INGB0001234567",
    )
    (member.folder / "tls" / "certificate.pem").write_bytes(
        authority.sign((member.folder / "tls" / "request.pem").read_bytes()))
    authority.write_anchor(member.folder / "tls" / "anchors.pem")
    text = "exchange: {everySeconds: 1, coalesceMilliseconds: 50}\nflush: {everySeconds: 1}\n"
    others = {"eindhoven": events.WOERDEN, "woerden": events.EINDHOVEN}
    if member.key in others:  # these two never dial each other
        text += f'peers:\n  "{others[member.key]}": {{dial: false}}\n'
    with open(member.folder / "korf.yaml", "a", encoding="utf-8") as file:
        file.write(text)


def join(base: pathlib.Path, newcomer: Member, sponsor: Member, voters: list[Member]) -> None:
    """The sponsor hands out the JOIN file and proposes the card; the newcomer follows by itself."""
    file = base / f"{newcomer.key}.korf-join"
    sponsor.korf("network", "show", "--join", str(file))
    show(newcomer.korf("network", "join", str(file), "--directory", str(newcomer.folder)), 8)
    newcomer.start()
    show(sponsor.korf("member", "propose", str(newcomer.folder / "card.korf-card")), 4)
    decision = next(
        row["id"] for row in sponsor.ask("decision", "list")["besluiten"] if row["soort"] == "toelating")
    governing.vote(decision, voters)
    governing.closed(decision, voters)
    newcomer.wait_until(
        lambda: newcomer.ask("status")["eigenLog"]["modus"] == "schrijft" and _is_member(newcomer), "its admission", 40)
    print(f"   {newcomer.name} is a member as of epoch {newcomer.ask('status')['tijdperk']['nummer']}")


def _is_member(node: Member) -> bool:
    rows = node.ask("member", "list")["leden"]
    return any(row["oin"] == node.oin and row.get("stand") == "lid" for row in rows)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
