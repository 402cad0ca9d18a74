#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A month on three real daemons, from the first event to the last document, with everything that goes wrong in it.

Late events, duplicates, a provider's and a consumer's outage, a consumer that states totals, a tariff change, a
disputed and a tolerated difference, a lapse because one node is silent, and usage that comes after the close. The
daemons' wall clocks are moved from one working day to the next; what is waited for is a condition with a deadline.
At the end all nodes have the same closed periods, statements and files, which the other programs accept.
"""
import argparse
import json
import pathlib
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "Docker" / "demo"))
sys.path.insert(0, str(HERE))

import acts  # noqa: E402
import papers  # noqa: E402
from clock import Clock  # noqa: E402
from demo import members  # noqa: E402
from players import Failed  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True, type=pathlib.Path, help="folder with korf and korfd")
    parser.add_argument("--documents", type=pathlib.Path, help="Python that has what check-documents needs")
    parser.add_argument("--keep", type=pathlib.Path, help="work in this new folder and leave it there")
    arguments = parser.parse_args()
    base = arguments.keep or pathlib.Path(tempfile.mkdtemp(prefix="korf-month-"))
    base.mkdir(parents=True, exist_ok=True)
    network = members(base, arguments.binaries.resolve())
    del network["proef"]
    nodes = [network[key] for key in ("eindhoven", "mgd", "woerden")]
    began = time.monotonic()
    try:
        clock = Clock(base)
        acts.found(base, nodes, clock)
        acts.meter(base, nodes, clock)
        acts.state(base, nodes, clock)
        acts.settle(nodes, clock)
        acts.close(base, nodes, clock)
        acts.lapse(base, nodes, clock)
        digest = papers.agree(base, nodes)
        papers.check_files(base, nodes, arguments.documents)
        for node in nodes:
            node.stop()
            verified = json.loads(node.korf("verify", str(node.folder / "data"), "--json"))
            acts.check(verified["toestandsdigest"] == digest, f"{node.name}: folded anew, another state")
        print(f"month: ok, state {digest}, {time.monotonic() - began:.0f} seconds")
        return 0
    except Failed as failure:
        print(f"month: FAILED: {failure}", file=sys.stderr)
        for node in nodes:
            log = node.folder / "korfd.log"
            if log.exists():
                print(f"--- last lines of {node.name}'s log", file=sys.stderr)
                print("\n".join(log.read_text(errors="replace").splitlines()[-8:]), file=sys.stderr)
        return 1
    finally:
        for node in nodes:
            node.kill()
        if not arguments.keep:
            shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
