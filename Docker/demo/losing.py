# SPDX-License-Identifier: EUPL-1.2
"""A disk is lost, and an old backup is all that is left."""
import pathlib
import shutil

import events
from players import Member, check, in_step, show


def back_up(base: pathlib.Path, member: Member) -> pathlib.Path:
    folder = base / f"{member.key}.backup"
    show(member.korf("backup", str(folder)), 4)
    return folder


def lose_and_restore(
    base: pathlib.Path, backup: pathlib.Path, member: Member, nodes: list[Member], counts: dict
) -> None:
    """The data directory is gone, and with it all that came after the backup; the log goes on with a successor."""
    others = [node for node in nodes if node is not member]
    for node in others:
        node.wait_until(lambda node=node: _is_flushed(_counted(node, member), member), "what was metered in October", 20)
    before = _counted(others[0], member)
    size = next(row for row in others[0].ask("status")["knopen"] if row["oin"] == member.oin)["logOmvang"]
    member.kill()
    shutil.rmtree(member.folder / "data")
    show(member.korf("restore", str(backup), "--directory", str(member.folder)), 20)
    member.start()
    show(member.korf("status", fails=1), 3)
    show(member.korf("keys", "replace", "--yes", "--recovery-file", str(base / f"{member.key}.recovery")), 4)
    member.wait_until(lambda: member.ask("status")["eigenLog"]["modus"] == "schrijft", "a successor that writes", 40)
    for node in nodes:
        node.wait_until(lambda node=node: in_step(node, nodes), "same state as the others", 60)
    print(f"   the old log ends at {size} entries; {member.name} goes on with a successor")
    show(member.korf("usage", "import", str(base / f"{member.oin}.ndjson")), 4)
    days = [row["datum"] for row in member.ask("usage", "release")["dagen"] if not row["vrijgegeven"]]
    if days:
        show(member.korf(
            "usage", "release", *days, "--reason", "totalen vergeleken met MijnGemeenteDichtbij en Woerden"), 4)
    for node in nodes:
        node.wait_until(lambda node=node: in_step(node, nodes), "same state as the others", 40)
    after = _counted(others[0], member)
    check(after == before, f"counted before the loss {before}, after it {after}")
    print("   nothing is counted twice: what it delivered in October stands as before")


def _is_flushed(counted: dict, provider: Member) -> bool:
    """Whether the log says all that the provider metered; a sensitive application says it with the statement."""
    return all(
        (counted.get((flow.application, flow.consumer)) or {}).get("netto") == flow.provider_count
        for flow in events.FLOWS if flow.provider == provider.oin and flow.application != "corv"
    )


def _counted(node: Member, provider: Member) -> dict:
    """What a provider says that it delivered in the month, as this node holds it."""
    return {
        (row["applicatie"], row["afnemer"]["oin"]): row["aanbiederzijde"]
        for row in node.ask("usage", "show", "--month", events.MONTH)["cellen"]
        if row["aanbieder"]["oin"] == provider.oin
    }
