from pathlib import Path

import pytest

from tools.model import CONFIG, PACKAGE, training_modules


@pytest.fixture
def package(tmp_path: Path) -> Path:
    modules = {
        "train": "from . import environment\nfrom .checking import problems_of\n",
        "environment": "import os\n",
        "checking": "from rasa.shared import domain\n",
        "classifier": "from .normalise import normalise\n",
        "normalise": "def f():\n    from .digits import latin\n",
        "digits": "from .normalise import normalise\n",
        "channel": "from .normalise import normalise\n",
    }
    (tmp_path / "shop").mkdir()
    for name, text in modules.items():
        (tmp_path / "shop" / f"{name}.py").write_text(text)
    (tmp_path / "config.yml").write_text(
        "# - name: shop.channel.X\npipeline:\n- name: shop.classifier.X\n- name: Other\n"
    )
    return tmp_path / "shop"


def test_a_training_runs_what_its_components_import_and_nothing_else(package: Path) -> None:
    found = training_modules(package, package.parent / "config.yml")
    assert {path.stem for path in found} == {
        "train", "environment", "checking", "classifier", "normalise", "digits"
    }  # fmt: skip


def test_our_own_training_runs_the_normaliser_and_not_the_channel() -> None:
    names = {path.stem for path in training_modules(PACKAGE, CONFIG)}
    assert "normalise" in names
    assert "channel" not in names
