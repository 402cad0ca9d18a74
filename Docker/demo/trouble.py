# SPDX-License-Identifier: EUPL-1.2
"""The troublemakers of the demo: a forged page, a key that signs two histories, a kill in the middle of an import."""
import http.client
import os
import pathlib
import ssl
import subprocess
import sys
import threading
import time

from players import Failed, Member

ROOT = pathlib.Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "checker"))

from cryptography.hazmat.primitives import serialization  # noqa: E402
from korf_checker import cbor, head, identity, log, tiles, tree  # noqa: E402


class Key:
    """An Ed25519 key file of a node, used behind the node's back."""

    def __init__(self, path: pathlib.Path):
        self.private = serialization.load_pem_private_key(path.read_bytes(), password=None)
        self.public = self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


def post(caller: Member, target: Member, path: str, body: bytes) -> bytes:
    """One request with the caller's own certificate, as its daemon would make it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # members are known by key and OIN, not by host name
    context.load_verify_locations(caller.folder / "tls" / "anchors.pem")
    context.load_cert_chain(caller.folder / "tls" / "certificate.pem", caller.folder / "tls" / "tls.key")
    connection = http.client.HTTPSConnection("127.0.0.1", target.port, context=context, timeout=10)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/cbor"})
        response = connection.getresponse()
        answer = response.read()
        if response.status != 200:
            raise Failed(f"{target.name} answered {response.status}: {answer.decode(errors='replace')}")
        return answer
    finally:
        connection.close()


def push(caller: Member, target: Member, page: list) -> dict:
    request = {1: 1, 2: 1, 3: 0, 4: bytes(32), 7: [page], 12: []}
    return cbor.decode(post(caller, target, "/v1/exchange", cbor.encode(request)))


def offer_forged_page(caller: Member, target: Member, victim: Member) -> str:
    """Offers an entry that the victim never wrote, under a signature that is none; returns the refusal's reason."""
    shown = target.ask("member", "show", victim.oin)["logs"][0]
    size = shown["omvang"]
    entry = log.write_entry(1, [20_000])
    page = [bytes.fromhex(shown["logId"]), size, size + 1, os.urandom(64), [entry], []]
    answer = push(caller, target, page)
    refusals = answer.get(15, [])
    return refusals[0][1] if refusals else "nothing"


def sign_two_histories(base: pathlib.Path, liar: Member, first: Member, second: Member) -> None:
    """Signs two next entries for the log that all hold, and hands one history to each of two nodes."""
    network = identity_of_network(base / "beware.korf-genesis")
    card = cbor.decode(identity.read_card_file((liar.folder / "card.korf-card").read_bytes()))
    log_id = identity.log_id(identity.founder_entry0(network, card))
    origin = identity.origin(network, card[1], log_id)
    key = Key(liar.folder / "keys" / "log.key")
    exported = base / "before-the-fork"
    first.korf("export", "--tiles", str(exported))
    size, entries = tiles.read_log(tiles.log_directory(exported, origin), origin, key.public)
    leaves = [tree.leaf_hash(entry) for entry in entries]
    for day, target in ((20_500, first), (20_501, second)):
        entry = log.write_entry(1, [day])
        root = tree.root([*leaves, tree.leaf_hash(entry)])
        signature = key.sign(head.text(origin, size + 1, root).encode())
        answer = push(liar, target, [log_id, size, size + 1, signature, [entry], []])
        if answer.get(15):
            raise Failed(f"{target.name} refused a history of {liar.name}: {answer[15]}")


def identity_of_network(genesis: pathlib.Path) -> bytes:
    import hashlib

    return hashlib.sha256(genesis.read_bytes()).digest()


def kill_while_importing(member: Member, file: pathlib.Path) -> None:
    """Starts an import and kills the daemon in the middle of it."""
    environment = dict(os.environ, KORF_DIRECTORY=str(member.folder), SWIFT_BACKTRACE="enable=no")
    before = member.ask("status")["inbox"]["ontvangen"]
    process = subprocess.Popen(
        [str(member.binaries / "korf"), "usage", "import", str(file), "--batch", "50"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    done = threading.Event()
    threading.Thread(target=lambda: (process.wait(), done.set()), daemon=True).start()
    deadline = time.monotonic() + 20
    while member.ask("status")["inbox"]["ontvangen"] < before + 50 and not done.is_set():
        if time.monotonic() > deadline:
            raise Failed("the import did not get going")
    member.kill()
    process.wait(timeout=60)


def checker(*arguments: str) -> str:
    """Runs the independent checker; a disagreement fails the demo."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "Tests" / "checker"))
    done = subprocess.run(
        [sys.executable, "-m", "korf_checker", *arguments], capture_output=True, env=environment, timeout=120,
        check=False)
    if done.returncode != 0:
        raise Failed(f"the checker disagrees: {done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode()
