# SPDX-License-Identifier: EUPL-1.2
"""Canonical CBOR, Protocol/cbor.md."""

from .refusal import Refusal

MAX_DEPTH = 16
MAX_INT = 2**63 - 1
INDEFINITE, RESERVED = 31, (28, 29, 30)


def head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    for info, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * width):
            return bytes([major << 5 | info]) + argument.to_bytes(width, "big")
    raise ValueError("argument over 64 bits")


def encode(value):
    if value is False:
        return b"\xf4"
    if value is True:
        return b"\xf5"
    if value is None:
        return b"\xf6"
    if isinstance(value, int):
        if not -MAX_INT - 1 <= value <= MAX_INT:
            raise ValueError("integer out of range")
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        data = value.encode("utf-8")
        return head(3, len(data)) + data
    if isinstance(value, (list, tuple)):
        return head(4, len(value)) + b"".join(encode(item) for item in value)
    if isinstance(value, dict):
        pairs = sorted((encode(key), encode(item)) for key, item in value.items())
        return head(5, len(pairs)) + b"".join(key + item for key, item in pairs)
    raise TypeError(type(value))


class _Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def head(self, is_key, depth):
        """Reads one head whole; the order of the tests is that of cbor.md section 4."""
        if self.at >= len(self.data):
            raise Refusal("truncated")
        first = self.data[self.at]
        major, info = first >> 5, first & 31
        if is_key and major not in (0, 1, 3):
            raise Refusal("key-type")
        if major == 6:
            raise Refusal("unsupported-type")
        if info == INDEFINITE:
            raise Refusal("indefinite-length")
        if info in RESERVED or (major == 7 and info not in (20, 21, 22)):
            raise Refusal("unsupported-type")
        if major in (4, 5) and depth >= MAX_DEPTH:
            raise Refusal("too-deep")
        self.at += 1
        argument = info
        if info >= 24:
            width = 1 << (info - 24)
            if self.at + width > len(self.data):
                raise Refusal("truncated")
            argument = int.from_bytes(self.data[self.at : self.at + width], "big")
            self.at += width
            if argument < (24, 1 << 8, 1 << 16, 1 << 32)[info - 24]:
                raise Refusal("not-shortest")
        if major in (0, 1) and argument > MAX_INT:
            raise Refusal("integer-out-of-range")
        if major in (2, 3, 4, 5) and argument > len(self.data) - self.at:
            raise Refusal("length-exceeds-input")
        return major, argument

    def take(self, count):
        part = self.data[self.at : self.at + count]
        self.at += count
        return part

    def item(self, depth, is_key=False):
        major, argument = self.head(is_key, depth)
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            try:
                return self.take(argument).decode("utf-8")
            except UnicodeDecodeError:
                raise Refusal("invalid-utf8") from None
        if major == 4:
            return [self.item(depth + 1) for _ in range(argument)]
        if major == 5:
            return self.map(argument, depth)
        return {20: False, 21: True, 22: None}[argument]

    def map(self, count, depth):
        result, previous = {}, None
        for _ in range(count):
            start = self.at
            key = self.item(depth + 1, is_key=True)
            written = self.data[start : self.at]
            if previous is not None and written == previous:
                raise Refusal("duplicate-key")
            if previous is not None and written < previous:
                raise Refusal("key-order")
            previous = written
            result[key] = self.item(depth + 1)
        return result


def decode(data):
    reader = _Reader(data)
    value = reader.item(0)
    if reader.at != len(data):
        raise Refusal("trailing-bytes")
    return value


def diagnostic(value):
    """RFC 8949 section 8 notation, as far as the cut-down CBOR goes."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"h'{value.hex()}'"
    if isinstance(value, str):
        escapes = {'"': '\\"', "\\": "\\\\"}
        return (
            '"' + "".join(escapes.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in value) + '"'
        )
    if isinstance(value, list):
        return "[" + ", ".join(diagnostic(item) for item in value) + "]"
    return "{" + ", ".join(f"{diagnostic(k)}: {diagnostic(v)}" for k, v in value.items()) + "}"


def is_uint(value, most=MAX_INT, least=0):
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_text(value, most=None, least=0):
    return isinstance(value, str) and (most is None or least <= len(value.encode("utf-8")) <= most)


def is_bytes(value, length):
    return isinstance(value, bytes) and len(value) == length
