# SPDX-License-Identifier: EUPL-1.2
"""Commands of the checker."""
import argparse

from . import run


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="korf_checker", description="An independent reading of the Korf protocol.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in [("vectors", "check every vector file"), ("make-vectors", "write the checker's own vectors")]:
        commands.add_parser(name, help=text).add_argument("directory")
    options = parser.parse_args(arguments)
    if options.command == "vectors":
        return 0 if run.run(options.directory) else 1
    run.make(options.directory)
    return 0
