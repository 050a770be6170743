"""Every noun of an export, in the order in which they are written and read."""

from __future__ import annotations

from dermlog.storage.leaving.clinic_nouns import CLINIC_NOUNS
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.log_nouns import LOG_NOUNS
from dermlog.storage.leaving.patient_nouns import PATIENT_NOUNS
from dermlog.storage.leaving.visit_nouns import VISIT_NOUNS

RECORDS: tuple[Noun, ...] = (*CLINIC_NOUNS, *PATIENT_NOUNS, *VISIT_NOUNS)
"""The records themselves: what the digest is made of."""

LOGS: tuple[Noun, ...] = LOG_NOUNS
"""What an export of everything holds beside them, in files of lines."""

BY_NAME = {noun.name: noun for noun in (*RECORDS, *LOGS)}
