"""How an inbox's chat looks on a page, and which of its words the admin chose."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["en", "fa", "ar"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Those that the widget speaks."""

_Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
_Subtitle = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]
_Launcher = Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Appearance(_Part):
    """`accent` is the one colour from which the widget makes those that can be read.

    `position` is the corner, at the end of a line or at its start; `launcher` the button
    with its picture alone, or with words; `offset` its distance from the page's lower edge.
    """

    accent: str = Field("#0f766e", pattern=r"^#[0-9a-fA-F]{6}$")
    position: Literal["start", "end"] = "end"
    launcher: Literal["icon", "text"] = "icon"
    scheme: Literal["auto", "light", "dark"] = "auto"
    offset: int = Field(20, ge=0, le=400)


class Texts(_Part):
    """What stands above the chat, under its greeting, and on its button."""

    title: _Title | None = None
    subtitle: _Subtitle | None = None
    launcher: _Launcher | None = None
