"""Resources are found by name in a checkout; a wrong name is said at once."""

import pytest

from dermlog.resources import resource


def test_a_file_and_a_folder_are_found_by_name() -> None:
    assert resource("style.qss").is_file()
    assert resource("icons").is_dir()


@pytest.mark.parametrize("name", ["icons/no_such.svg", "no_such_folder/photo.svg"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(FileNotFoundError, match="no_such"):
        resource(name)
