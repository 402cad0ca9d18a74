# SPDX-License-Identifier: EUPL-1.2
"""The members of the demo network: their folders, their daemons, and how the script talks to them."""
import dataclasses
import json
import os
import pathlib
import signal
import subprocess
import time


class Failed(Exception):
    """A check of the demo did not hold."""


def say(title: str) -> None:
    print(f"\n== {title}", flush=True)


def show(text: str, lines: int = 40) -> None:
    for line in text.rstrip().splitlines()[:lines]:
        print("   " + line)


def check(holds: bool, what: str) -> None:
    if not holds:
        raise Failed(what)


def in_step(node: "Member", nodes: list["Member"]) -> bool:
    """The node and all the others show one state digest, and the node misses nothing."""
    answers = [other.ask("status") for other in nodes]
    own = node.ask("status")
    return own["volledigheid"]["volledig"] and len({answer["toestandsdigest"] for answer in answers}) == 1


@dataclasses.dataclass
class Member:
    key: str
    name: str
    oin: str
    kind: str
    municipalities: list[str]
    folder: pathlib.Path
    binaries: pathlib.Path
    port: int = 0
    process: subprocess.Popen | None = None

    @property
    def socket(self) -> pathlib.Path:
        return self.folder / "korf.sock"

    def korf(self, *arguments: str, fails: int | None = None, stdin: bytes | None = None) -> str:
        """Runs `korf`; returns what it printed. `fails` is the exit code that is expected instead of 0 or 1."""
        command = [str(self.binaries / "korf"), *arguments]
        environment = dict(os.environ, KORF_DIRECTORY=str(self.folder), SWIFT_BACKTRACE="enable=no")
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=60, check=False)
        allowed = {fails} if fails is not None else {0}
        if done.returncode not in allowed:
            raise Failed(
                f"{self.name}: korf {' '.join(arguments)} ended with {done.returncode}\n"
                + done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
            )
        return (done.stdout if not fails else done.stdout + done.stderr).decode()

    def ask(self, *arguments: str):
        """Runs `korf ... --json`, findings (exit code 1) included; returns the answer."""
        command = [str(self.binaries / "korf"), *arguments, "--json"]
        environment = dict(os.environ, KORF_DIRECTORY=str(self.folder), SWIFT_BACKTRACE="enable=no")
        done = subprocess.run(command, capture_output=True, env=environment, timeout=60, check=False)
        if done.returncode not in (0, 1):
            raise Failed(f"{self.name}: korf {' '.join(arguments)} ended with {done.returncode}\n{done.stderr.decode()}")
        return json.loads(done.stdout)

    def start(self) -> None:
        log = open(self.folder / "korfd.log", "ab")
        environment = dict(os.environ, SWIFT_BACKTRACE="enable=no")
        self.process = subprocess.Popen(
            [str(self.binaries / "korfd"), "--config", str(self.folder / "korf.yaml")],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment,
        )
        log.close()
        self.wait_until(self._answers, "answers on its socket", 20)

    def _answers(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            tail = (self.folder / "korfd.log").read_text(errors="replace").splitlines()[-8:]
            raise Failed(f"{self.name}: korfd ended with {self.process.returncode}\n" + "\n".join(tail))
        environment = dict(os.environ, KORF_DIRECTORY=str(self.folder), SWIFT_BACKTRACE="enable=no")
        return subprocess.run(
            [str(self.binaries / "korf"), "status", "--health"], env=environment, timeout=30,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        ).returncode == 0

    def stop(self) -> None:
        """SIGTERM; a daemon that does not end cleanly fails the demo."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=20)
        self.process = None
        if code != 0:
            raise Failed(f"{self.name}: korfd ended with {code} after SIGTERM")

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=20)
            self.process = None

    def resident_kilobytes(self) -> int:
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    def wait_until(self, condition, what: str, seconds: float = 30):
        """Waits on a condition with a deadline; returns its value."""
        deadline = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > deadline:
                raise Failed(f"{self.name}: after {seconds} s still not: {what}")
            time.sleep(0.1)
