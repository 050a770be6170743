"""Sentences: stars make words bold, values are shown as they were typed."""

from dermlog.report.plain_sentence import Words, said


def test_stars_make_words_bold() -> None:
    sentence = said("Your skin is *less oily* now.")
    assert sentence.parts == (Words("Your skin is "), Words("less oily", bold=True), Words(" now."))
    assert sentence.text == "Your skin is less oily now."


def test_values_are_never_read_as_stars_or_names() -> None:
    sentence = said("*Due* on {day}, {note}.", day="*{x}*", note="<b>*y*</b> {day}")
    assert sentence.text == "Due on *{x}*, <b>*y*</b> {day}."
    assert [part.text for part in sentence.parts if part.bold] == ["Due"]


def test_a_value_between_stars_is_bold() -> None:
    assert said("the week of *{day}*.", day="9 Nov 2026").parts[1] == Words("9 Nov 2026", bold=True)


def test_foreign_words_do_not_turn_the_sentence_round() -> None:
    parts = said("Seen by {name}, {day}.", name="ليلى", day="9 Nov").parts
    assert [part.isolated for part in parts] == [False, True, False, False, False]


def test_an_empty_value_leaves_no_part() -> None:
    assert said("On {day}{ago}.", day="9 Nov", ago="").text == "On 9 Nov."
