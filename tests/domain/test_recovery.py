"""The recovery code: survives being typed, and every mistake of one or two letters is noticed."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from dermlog.domain.recovery import ALPHABET, GROUPS, Misreading, RecoveryCode, RecoveryMisread, read_letters

CODE = RecoveryCode(bytes.fromhex("00112233445566778899aabbccddeeff"))
LETTERS = "".join(CODE.groups)


def misread(text: str) -> RecoveryMisread:
    with pytest.raises(RecoveryMisread) as raised:
        RecoveryCode.read(text)
    return raised.value


def test_a_code_is_seven_groups_of_four_letters() -> None:
    assert [len(group) for group in CODE.groups] == [4] * GROUPS
    assert CODE.text == "-".join(CODE.groups)
    assert set(LETTERS) <= set(ALPHABET)


def test_the_letters_of_a_known_code_never_change() -> None:
    # Sheets lie in safes for years: what was printed once must be read for ever.
    assert RecoveryCode(bytes(16)).text == "0000-0000-0000-0000-0000-0000-0000"
    assert RecoveryCode.read(CODE.text) == CODE
    assert CODE.text.startswith("008J-4CT4-ANK7-F24S-NAXW")


@pytest.mark.parametrize("typed", [str.lower, lambda text: text.replace("-", " "), lambda text: f" {text}\n"])
def test_it_is_read_as_people_type_it(typed: object) -> None:
    assert callable(typed)
    assert RecoveryCode.read(typed(CODE.text)) == CODE


def test_letters_that_look_alike_are_forgiven() -> None:
    code = RecoveryCode(bytes([8, 66] * 8))
    assert {"0", "1"} & set(code.text)
    assert RecoveryCode.read(code.text.replace("0", "O").replace("1", "l")) == code
    assert RecoveryCode.read(code.text.replace("0", "o").replace("1", "I")) == code


def test_every_wrong_letter_is_noticed_and_its_group_named() -> None:
    for place, right in enumerate(LETTERS):
        for letter in set(ALPHABET) - {right}:
            found = misread(LETTERS[:place] + letter + LETTERS[place + 1 :])
            assert (found.misreading, found.group) == (Misreading.CHECK, place // 4 + 1)


def test_every_swap_of_two_letters_is_noticed() -> None:
    for first, second in combinations(range(len(LETTERS)), 2):
        letters = list(LETTERS)
        letters[first], letters[second] = letters[second], letters[first]
        if "".join(letters) != LETTERS:
            misread("".join(letters))


def test_two_wrong_letters_are_noticed() -> None:
    chance = random.Random(5)  # noqa: S311
    for _try in range(3000):
        code = RecoveryCode(chance.randbytes(16))
        letters = list("".join(code.groups))
        for place in chance.sample(range(28), 2):
            letters[place] = chance.choice([letter for letter in ALPHABET if letter != letters[place]])
        misread("".join(letters))


def test_what_is_missing_or_too_much_is_said() -> None:
    assert misread("").misreading is Misreading.TOO_SHORT
    short = misread(CODE.text[:12])
    assert (short.misreading, short.group) == (Misreading.TOO_SHORT, 3)
    assert misread(CODE.text + "0").misreading is Misreading.TOO_LONG


@pytest.mark.parametrize("letter", ["U", "ß", "!", "🔑", "\0"])
def test_a_character_that_is_in_no_code_is_said_with_its_group(letter: str) -> None:
    found = misread(LETTERS[:9] + letter + LETTERS[10:])
    assert (found.misreading, found.group) == (Misreading.LETTER, 3)


def test_a_group_alone_is_read_too() -> None:
    assert read_letters(" o1l-x ") == "011X"


def test_the_secret_is_not_shown_by_accident() -> None:
    assert CODE.secret.hex() not in repr(CODE) + str(CODE)
    assert CODE.text not in repr(CODE) + str(CODE)


def test_two_new_codes_differ_and_a_short_secret_is_refused() -> None:
    assert RecoveryCode.new() != RecoveryCode.new()
    with pytest.raises(ValueError, match="16 bytes"):
        RecoveryCode(bytes(15))
