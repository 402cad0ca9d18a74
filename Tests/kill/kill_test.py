#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""SIGKILL at random moments, under metering and exchange, on real daemons.

Each round sends a slice of events to every node while one of them is killed. The killed node's directory must verify
offline, the node must come up again, and the slice is sent again, as an application does that got no answer. At the
end the three close one more decision, every acknowledged event is counted exactly once on its node, every directory
verifies, and all three nodes show one state digest.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Docker" / "demo"))

import events  # noqa: E402
import founding  # noqa: E402
import governing  # noqa: E402
from demo import members  # noqa: E402
from players import Failed, Member, check, in_step  # noqa: E402


def importer(member: Member, file: pathlib.Path) -> subprocess.Popen:
    environment = dict(os.environ, KORF_DIRECTORY=str(member.folder), SWIFT_BACKTRACE="enable=no")
    return subprocess.Popen(
        [str(member.binaries / "korf"), "usage", "import", str(file), "--batch", "20"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment)


def slices(base: pathlib.Path, nodes: list[Member], rounds: int) -> dict[str, list[pathlib.Path]]:
    """The month's events of each node in `rounds` files."""
    events.write(base)
    result = {}
    for node in nodes:
        lines = (base / f"{node.oin}.ndjson").read_text().splitlines(keepends=True)
        size = max(1, (len(lines) + rounds - 1) // rounds)
        files = []
        for number in range(rounds):
            path = base / f"{node.key}-{number:04d}.ndjson"
            part = lines[number * size:(number + 1) * size]
            path.write_text("".join(part))
            files.append(path if part else None)
        result[node.key] = files
    return result


def distinct(base: pathlib.Path, node: Member) -> int:
    lines = (base / f"{node.oin}.ndjson").read_text().splitlines()
    return len({(json.loads(line)["source"], json.loads(line)["id"]) for line in lines})


def one_round(number: int, chance: random.Random, nodes: list[Member], files) -> None:
    victim = chance.choice(nodes)
    running = [(node, importer(node, files[node.key][number])) for node in nodes if files[node.key][number]]
    time.sleep(chance.random() * 0.4)  # the moment of the kill is what is random here; nothing waits on it
    victim.kill()
    for _, process in running:
        process.wait(timeout=60)
    victim.korf("verify", str(victim.folder / "data"))
    victim.start()
    for node, _ in running:
        node.korf("usage", "import", str(files[node.key][number]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    base = pathlib.Path(tempfile.mkdtemp(prefix="korf-kill-"))
    network = members(base, arguments.binaries.resolve())
    nodes = [network[key] for key in ("eindhoven", "mgd", "woerden")]
    chance = random.Random(arguments.seed)
    print(f"kill-test: {arguments.rounds} rounds, seed {arguments.seed}")
    try:
        eindhoven, mgd, woerden = nodes
        founding.found(base, [eindhoven, mgd], nodes)
        for node in (eindhoven, mgd):
            node.start()
        founding.join(base, woerden, mgd, voters=[eindhoven, mgd])
        files = slices(base, nodes, arguments.rounds)
        for number in range(arguments.rounds):
            one_round(number, chance, nodes, files)
        # Killed as they were, the three still agree: each vote and lock was durable before it left.
        title = f"Na {arguments.rounds} keer stroomuitval"
        governing.decide(nodes, nodes, [(mgd, ("--kind", "free-text", "--title", title))])
        for node in nodes:
            expected, held = distinct(base, node), node.ask("status")["inbox"]["ontvangen"]
            check(held == expected, f"{node.name} counts {held} events instead of {expected}")
            node.wait_until(lambda node=node: in_step(node, nodes), "same state as the others", 60)
        digest = nodes[0].ask("status")["toestandsdigest"]
        for node in nodes:
            node.stop()
            node.korf("verify", str(node.folder / "data"))
        print(f"kill-test: ok, {arguments.rounds} kills, no event lost or doubled, state {digest}")
        return 0
    except Failed as failure:
        print(f"kill-test: FAILED (seed {arguments.seed}): {failure}", file=sys.stderr)
        return 1
    finally:
        for node in network.values():
            node.kill()
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
