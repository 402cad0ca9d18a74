#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Three municipalities and one troublemaker found a network, meter a month, fail, recover and settle.

Everything is real: keys, certificates, daemons, sockets, files. It runs on loopback, in a folder that is removed
afterwards, and ends with `demo: ok, state <digest>` only if every check held.
"""
import argparse
import pathlib
import shutil
import sys
import tempfile
import threading
import time

import events
import story
from players import Failed, Member


def members(base: pathlib.Path, binaries: pathlib.Path) -> dict[str, Member]:
    rows = [
        ("eindhoven", "Eindhoven", events.EINDHOVEN, "gemeente", ["GM0772=Eindhoven"]),
        ("mgd", "MijnGemeenteDichtbij", events.MGD, "gemeenschappelijke-regeling",
         ["GM0757=Boxtel", "GM0845=Sint-Michielsgestel"]),
        ("woerden", "Woerden", events.WOERDEN, "gemeente", ["GM0632=Woerden"]),
        ("proef", "Proefgemeente", events.PROEF, "gemeente", []),
    ]
    return {
        key: Member(key, name, oin, kind, towns, base / key, binaries)
        for key, name, oin, kind, towns in rows
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True, type=pathlib.Path, help="folder with korf and korfd")
    parser.add_argument("--keep", type=pathlib.Path, help="work in this new folder and leave it there")
    arguments = parser.parse_args()

    base = arguments.keep or pathlib.Path(tempfile.mkdtemp(prefix="korf-demo-"))
    base.mkdir(parents=True, exist_ok=True)
    network = members(base, arguments.binaries.resolve())
    began = time.monotonic()
    # The whole play has three minutes; a hang must not outlive it.
    watchdog = threading.Timer(280, lambda: (_end(network), print("demo: too slow", file=sys.stderr), _exit(1)))
    watchdog.daemon = True
    watchdog.start()
    try:
        digest = story.play(base, network)
        print(f"\n{time.monotonic() - began:.0f} seconds.")
        print(f"demo: ok, state {digest}")
        return 0
    except Failed as failure:
        print(f"\ndemo: FAILED: {failure}", file=sys.stderr)
        for member in network.values():
            log = member.folder / "korfd.log"
            if log.exists():
                print(f"--- last lines of {member.name}'s log", file=sys.stderr)
                print("\n".join(log.read_text(errors="replace").splitlines()[-12:]), file=sys.stderr)
        return 1
    finally:
        watchdog.cancel()
        _end(network)
        if not arguments.keep:
            shutil.rmtree(base, ignore_errors=True)


def _end(network: dict[str, Member]) -> None:
    for member in network.values():
        member.kill()


def _exit(code: int) -> None:
    import os

    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
