"""The examples held back from training, read from the plain YAML that they are kept in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "fa", "ar")
OUT_OF_SCOPE = "out_of_scope"
_ENTITY = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_LATIN_WORD = re.compile("[a-z]{2}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Example:
    """What a customer typed, and what he meant."""

    text: str
    intent: str
    language: str

    @property
    def in_latin_letters(self) -> bool:
        """Persian or Arabic typed in Latin letters."""
        latin = _LATIN_WORD.search(self.text) and not _ARABIC_SCRIPT.search(self.text)
        return self.language != "en" and bool(latin)


def held_back(folder: Path) -> list[Example]:
    """All of them, in the three languages."""
    return [example for language in LANGUAGES for example in _read(folder, language)]


def held_back_messy(folder: Path) -> list[Example]:
    """Persian and Arabic lines as hurried people really typed them."""
    return _read(folder, "messy")


def _read(folder: Path, name: str) -> list[Example]:
    examples, intent = [], ""
    for line in (folder / f"{name}.yml").read_text("utf-8").splitlines():
        if line.startswith("- intent:"):
            intent = line.partition(":")[2].strip()
        elif line.startswith("    - "):
            text = _ENTITY.sub(r"\1", line.removeprefix("    - "))
            examples.append(Example(text=text, intent=intent, language=name))
    return examples
