"""The import contracts see every module: one that no layer names would escape them."""

import re
import tomllib

from tools.places import ROOT


def test_every_module_of_the_gateway_stands_in_a_layer() -> None:
    modules = {
        f"gateway.{path.stem}"
        for path in (ROOT / "gateway").iterdir()
        if path.name != "__init__.py" and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert modules <= layered()


def layered() -> set[str]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = linter["contracts"][0]["layers"]
    return {name.strip(" ()") for layer in layers for name in re.split("[|:]", layer)}
