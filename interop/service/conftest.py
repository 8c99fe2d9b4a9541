"""A copy of the reproduced iris project for each test module."""

import os
import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("project") / "iris"
    shutil.copytree(os.environ.get("MLOPS_PROJECT", os.getcwd()), copy, symlinks=True)
    return copy
