# SPDX-License-Identifier: EUPL-1.2
"""state-random.json: histories drawn from fixed seeds."""

from ..case import Section
from . import random_members
from .draws import ChainDraw, Draw
from .history import check_history

SOURCE = "Protocol/state.md"
SECTIONS = {"": check_history}
OF_MEMBERS = (2, 116, 132, 147, 164, 231, 1011, 1032, 2008, 2009)


def make():
    section = Section(check_history)
    for seed in range(1, 9):
        draw = Draw(seed)
        history = draw.make(45)
        if seed % 4 == 0:
            history.convict(draw.random.randrange(1, 4))
        whole = section.good(f"seed {seed}", **history.fields())
        part = {draw.random.randrange(1, 4): draw.random.randrange(1, 12)}
        if seed <= 2:
            section.good(f"seed {seed}, {part} held", **history.fields(part))
        if seed <= 5:
            section.bad(
                f"seed {seed}, {part} held, is not the whole",
                "state-digest",
                **history.fields(part),
                claimed=whole["digest"],
            )
    for seed in (*range(11, 19), 1001, 1002, 1003):
        draw = ChainDraw(seed)
        history = draw.make(44)
        if seed % 4 == 0:
            history.convict(draw.random.randrange(1, 4))
        whole = section.good(f"seed {seed}, with epochs", **history.fields())
        history.epochs.pop()
        section.bad(
            f"seed {seed}, without the last epoch",
            "state-digest",
            **history.fields(),
            claimed=whole["digest"],
        )
    for seed in OF_MEMBERS:
        history = random_members.draw(seed)
        whole = section.good(f"seed {seed}, of members", **history.fields())
        held = {label: len(entries) - 1 for label, entries in history.entries.items()}
        held.update({label: max(held[label], size) for label, size in history.epochs[-1][2].items()})
        section.bad(
            f"seed {seed}, of members, an entry less of each log",
            "state-digest",
            **history.fields(held),
            claimed=whole["digest"],
        )
    return {"": section}
