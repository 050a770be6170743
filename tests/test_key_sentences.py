"""What is said about passwords, codes and keys: one sentence for each fault, with a next step."""

from __future__ import annotations

import pytest

from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import Misreading, RecoveryMisread
from dermlog.key_sentences import key_sentence, misread_sentence


def test_every_fault_has_a_sentence_of_its_own() -> None:
    said = [key_sentence(fault) for fault in KeyFault]
    assert len(set(said)) == len(said)
    assert all(sentence.endswith(".") and len(sentence) > 20 for sentence in said)


def test_a_wrong_password_is_never_called_damage() -> None:
    assert "damage" not in key_sentence(KeyFault.WRONG_PASSWORD)
    assert "not affected" in key_sentence(KeyFault.SLOTS_DAMAGED)


@pytest.mark.parametrize(
    ("misread", "words"),
    [
        (RecoveryMisread(Misreading.TOO_SHORT, 3), "not complete"),
        (RecoveryMisread(Misreading.TOO_LONG), "too many letters"),
        (RecoveryMisread(Misreading.CHECK, 5), "Group 5 of the code"),
        (RecoveryMisread(Misreading.LETTER, 2), "Group 2 of the code"),
        (RecoveryMisread(Misreading.CHECK), "more than one mistake"),
    ],
)
def test_a_misread_code_is_told_with_its_group(misread: RecoveryMisread, words: str) -> None:
    assert words in misread_sentence(misread)
