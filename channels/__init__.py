"""The table of channels: what each is called, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from channels.chat.channel import ChatChannel
from gateway.channel import Channel
from gateway.parts import Parts

TABLE: Mapping[str, Callable[[Parts], Channel]] = {
    "chat": ChatChannel,
}
