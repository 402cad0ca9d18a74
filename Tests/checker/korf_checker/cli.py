# SPDX-License-Identifier: EUPL-1.2
"""Commands of the checker: 0 all fits, 1 something does not, 2 wrong use."""

import argparse
import pathlib
import sys

from . import note, recount, run, usage
from .exported import Export
from .refusal import Refusal


def vectors(options):
    return 0 if run.run(options.directory) else 1


def make_vectors(options):
    run.make(options.directory)
    return 0


def draw_histories(options):
    import json

    from .topics import random_members

    cases = list(random_members.cases(options.first, options.end))
    document = {
        "topic": "state",
        "source": "Protocol/state.md",
        "rows": {"valid": [], "invalid": []},
        "histories": {"valid": cases, "invalid": []},
    }
    pathlib.Path(options.file).write_text(json.dumps(document), "utf-8")
    return 0


def show_tiles(options):
    export = Export(options.directory, options.genesis)
    for name, oin in sorted(export.state.authors.items()):
        suspended = " suspended" if name in export.state.suspended else ""
        print(f"log {oin} {name.hex()} {len(export.logs.get(name, ()))}{suspended}")
    digest = export.state.digest().hex()
    print(f"state {digest}")
    if options.state_digest and options.state_digest != digest:
        print(f"the state digest should be {options.state_digest}", file=sys.stderr)
        return 1
    return 0


def show_recount(options):
    for line in recount.lines(Export(options.directory, options.genesis)):
        print(line)
    return 0


def show_rows(options):
    from . import cbor

    for row in Export(options.directory, options.genesis).state.rows():
        print(cbor.diagnostic(cbor.decode(row)))
    return 0


def show_usage(options):
    export = Export(options.directory, options.genesis)
    for cell in usage.cells(export.state, usage.month_number(options.month)):
        print(usage.line(cell))
    return 0


def show_statement(options):
    from . import settlement_input

    export = Export(options.directory, options.genesis)
    print(
        settlement_input.statement_text(export.state, options.member, usage.month_number(options.month)),
        end="",
    )
    return 0


def check_note(options):
    name, key = note.parse_verifier_key(options.key)
    print(note.open_note(pathlib.Path(options.file).read_bytes(), name, key), end="")
    return 0


def parser():
    whole = argparse.ArgumentParser(
        prog="korf_checker", description="An independent reading of the Korf protocol."
    )
    commands = whole.add_subparsers(required=True)

    def command(name, run_it, text, *positional):
        made = commands.add_parser(name, help=text)
        made.set_defaults(run=run_it)
        for argument in positional:
            made.add_argument(argument)
        return made

    command("vectors", vectors, "check every vector file", "directory")
    command("make-vectors", make_vectors, "write the checker's own vectors", "directory")
    for name, run_it, text in [
        ("tiles", show_tiles, "verify exported logs, fold them, print the state digest"),
        ("rows", show_rows, "the rows of the state in diagnostic notation"),
        ("usage", show_usage, "the usage cells of a month, one JSON line each"),
        ("statement", show_statement, "the canonical statement of a member for a month"),
    ]:
        made = command(name, run_it, text, "directory")
        made.add_argument("--genesis", required=True)
        if name == "tiles":
            made.add_argument("--state-digest")
        if name in ("usage", "statement"):
            made.add_argument("--month", required=True, metavar="YYYY-MM")
        if name == "statement":
            made.add_argument("--member", required=True, metavar="OIN")
    drawn = command("draw-histories", draw_histories, "random histories in the form of state.json")
    drawn.add_argument("first", type=int)
    drawn.add_argument("end", type=int)
    drawn.add_argument("file")
    recounted = "verify an export of a network, recount decisions and states of every epoch"
    command("recount", show_recount, recounted, "directory").add_argument("--genesis")
    command("note", check_note, "verify a checkpoint with a verifier key", "file").add_argument(
        "--key", required=True
    )
    return whole


def main(arguments=None):
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except (Refusal, note.NoteError) as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
    except (OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
    return 1
