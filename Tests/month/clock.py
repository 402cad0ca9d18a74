# SPDX-License-Identifier: EUPL-1.2
"""The civil time of the daemons under test: one file moves the wall clocks of all of them."""
import datetime
import os
import pathlib
import shutil
import struct
import subprocess
import time
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")


class Clock:
    """Builds the small library that is preloaded, and holds the file that it reads."""

    def __init__(self, base: pathlib.Path):
        self.library, self.file = base / "clock.so", base / "clock"
        compiler = os.environ.get("CC") or shutil.which("cc") or "clang"  # Swift brings the latter
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-o", str(self.library), str(HERE / "clock.c")], check=True)
        self.file.write_bytes(struct.pack("=q", 0))
        os.environ["KORF_TEST_CLOCK"] = str(self.file)

    def preload(self) -> None:
        """Every program that is started from now on has this clock."""
        os.environ["LD_PRELOAD"] = str(self.library)

    def set(self, text: str) -> None:
        """`2026-11-20 10:00` in Amsterdam; only forward."""
        moment = datetime.datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)
        with open(self.file, "r+b") as file:
            file.write(struct.pack("=q", int(moment.timestamp() - time.time())))
        print(f"   it is {text}", flush=True)
