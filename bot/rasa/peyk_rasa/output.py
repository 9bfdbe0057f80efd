"""Collects what the bot says in one turn."""

from typing import Any

from rasa.core.channels.channel import OutputChannel


class Said(OutputChannel):
    """The output channel of one turn. It has the name of the customer's channel, so that a
    response may have a wording of its own for each channel."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.messages: list[dict[str, Any]] = []
        self.handoff: dict[str, str] | None = None

    def name(self) -> str:
        """The customer's channel."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One response is one message, whatever it holds; the wish for a person is kept apart."""
        self._note_handoff(message.get("custom"))
        buttons = [_button(button) for button in message.get("buttons") or ()]
        text, image = message.get("text") or None, message.get("image") or None
        if text or buttons or image:
            self.messages.append({"text": text, "buttons": buttons, "image": image})

    def _note_handoff(self, custom: Any) -> None:
        if isinstance(custom, dict) and custom.get("handoff") and self.handoff is None:
            self.handoff = {"reason": str(custom.get("reason") or "needs_person")}


def _button(button: dict[str, Any]) -> dict[str, str]:
    label = str(button.get("title", ""))
    return {"label": label, "value": str(button.get("payload") or label)}
