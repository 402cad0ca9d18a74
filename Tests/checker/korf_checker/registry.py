# SPDX-License-Identifier: EUPL-1.2
"""Which module reads which vector file."""

from .topics import (
    cbor_topic,
    consensus_topic,
    entry_topic,
    epoch_topic,
    evidence_topic,
    exchange_topic,
    formats_topic,
    genesis_topic,
    head_topic,
    identity_topic,
    kinds_topic,
    limits_topic,
    membership_topic,
    page_topic,
    random_state_topic,
    state_topic,
    statement_topic,
    tree_topic,
)

TOPICS = {
    "cbor": cbor_topic,
    "identity": identity_topic,
    "entry": entry_topic,
    "tree": tree_topic,
    "head": head_topic,
    "page": page_topic,
    "evidence": evidence_topic,
    "genesis": genesis_topic,
    "epoch": epoch_topic,
    "consensus": consensus_topic,
    "kinds": kinds_topic,
    "membership": membership_topic,
    "state": state_topic,
    "state-random": random_state_topic,
    "exchange": exchange_topic,
    "formats": formats_topic,
    "limits": limits_topic,
    "statement-input": statement_topic,
}
