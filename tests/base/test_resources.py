"""Where what is shipped lies."""

from __future__ import annotations

import pytest

from kg.base import StoreError, data_folder, resources


def test_folder_that_is_not_installed_is_told() -> None:
    assert data_folder().is_dir()
    with pytest.raises(StoreError, match="the installation lacks its folder 'no-such-folder'"):
        resources._home("no-such-folder")
