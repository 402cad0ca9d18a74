# SPDX-License-Identifier: EUPL-1.2
"""A second reading of Protocol/: written from its text alone, to disagree with."""
