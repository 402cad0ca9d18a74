# SPDX-License-Identifier: EUPL-1.2
"""C2SP tlog-tiles: paths, contents, and a whole log read back; Protocol/formats.md section 3."""

import pathlib
import re

from . import head, tree
from .crypto import sha256
from .refusal import Refusal

WIDTH = 256


def number_path(number):
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups)


def path(level, number, width=WIDTH):
    """level: a number, or "entries"."""
    return f"tile/{level}/{number_path(number)}" + (f".p/{width}" if width < WIDTH else "")


NUMBER = re.compile(r"(x[0-9]{3}/)*[0-9]{3}", re.ASCII)


def is_path(text):
    """Whether a path is spelt as a tile or bundle, of any tree."""
    parts = text.split("/", 2)
    if len(parts) != 3 or parts[0] != "tile" or parts[1] not in ["entries", *map(str, range(64))]:
        return False
    number, partial, width = parts[2].partition(".p/")
    if partial and width not in map(str, range(1, WIDTH)):
        return False
    return NUMBER.fullmatch(number) is not None and not number.startswith("x000/")


def paths(size):
    """(level, number, width) of every tile and bundle of a tree of that size."""
    result, level, count = [], 0, size
    result += [("entries", number, width) for number, width in _level(size)]
    while count:
        result += [(level, number, width) for number, width in _level(count)]
        level, count = level + 1, count // WIDTH
    return result


def _level(count):
    full = [(number, WIDTH) for number in range(count // WIDTH)]
    return full + ([(count // WIDTH, count % WIDTH)] if count % WIDTH else [])


def write_bundle(entries):
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def read_bundle(data, width):
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if at + 2 + length > len(data):
            raise Refusal("tile-shape")
        entries.append(entry)
        at += 2 + length
    if len(entries) != width:
        raise Refusal("tile-shape")
    return entries


def _read(directory, level, number, width):
    file = directory / path(level, number, width)
    whole = directory / path(level, number)
    if file.exists():
        return file.read_bytes()
    if whole.exists() and level != "entries":
        return whole.read_bytes()[: width * 32]
    raise Refusal("tile-missing", path=str(file))


def read_log(directory, origin, public_key):
    """(size, entries) of an exported log; every tile, the root and the signature are checked."""
    directory = pathlib.Path(directory)
    size, root = head.read((directory / "checkpoint").read_bytes(), origin, public_key)
    entries, expected = [], {}
    for number, width in _level(size):
        entries += read_bundle(_read(directory, "entries", number, width), width)
    hashes, level = [tree.leaf_hash(entry) for entry in entries], 0
    if tree.root(hashes) != root:
        raise Refusal("tile-root", path=str(directory))
    while hashes:
        for number, width in _level(len(hashes)):
            expected[level, number, width] = hashes[number * WIDTH : number * WIDTH + width]
        full = len(hashes) // WIDTH
        hashes = [tree.root(hashes[number * WIDTH : (number + 1) * WIDTH]) for number in range(full)]
        level += 1
    for (at, number, width), values in expected.items():
        if _read(directory, at, number, width) != b"".join(values):
            raise Refusal("tile-shape", path=path(at, number, width))
    return size, entries


def first_entry(directory):
    """The first entry of an exported log, unchecked: it says whose key checks the rest."""
    folder = pathlib.Path(directory) / "tile" / "entries"
    files = [folder / "000"] + sorted((folder / "000.p").glob("*"))
    for file in files:
        if file.is_file():
            data = file.read_bytes()
            return data[2 : 2 + int.from_bytes(data[:2], "big")]
    raise Refusal("tile-missing", path=str(directory))


def log_directory(directory, origin):
    return pathlib.Path(directory) / sha256(origin.encode("ascii")).hex()
