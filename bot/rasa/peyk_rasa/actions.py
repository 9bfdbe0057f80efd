"""What the bot does rather than says: check an order number, look the order up."""

import logging
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from . import order_numbers
from .shop import Order, ShopUnreachable, find_order

Domain = dict[str, Any]
BOT_FAILED = {"handoff": True, "reason": "bot_failed"}
_log = logging.getLogger(__name__)


class ValidateOrderStatusForm(FormValidationAction):
    """Takes an order number in any spelling and keeps it as the shop writes it."""

    def name(self) -> str:
        """The name in the domain."""
        return "validate_order_status_form"

    def validate_order_number(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        """The shop's spelling of the number, or nothing and a word about how numbers look."""
        number = order_numbers.canonical(value)
        if number is None:
            dispatcher.utter_message(response="utter_order_number_invalid")
        return {"order_number": number}


class LookUpOrder(Action):
    """Asks the shop for the order and tells the customer how it stands."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_look_up_order"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Answers with the order, or that there is none; a shop that fails means a person."""
        number = str(tracker.get_slot("order_number"))
        try:
            order = await find_order(number)
        except ShopUnreachable as exc:
            _log.warning("order look-up failed: %s", exc)
            dispatcher.utter_message(response="utter_order_lookup_failed")
            dispatcher.utter_message(json_message=BOT_FAILED)
            return []
        if order is None:
            dispatcher.utter_message(response="utter_order_not_found", order_number=number)
            return [SlotSet("order_number", None), *_slots({})]
        told = _told(order)
        dispatcher.utter_message(response=f"utter_order_{order.state}", **told)
        return [SlotSet("order_number", order.number), *_slots(told)]


def _told(order: Order) -> dict[str, str]:
    return {
        "order_number": order.number,
        "order_state": order.state,
        "order_carrier": order.carrier or "–",
        "order_eta": order.eta or "–",
        "order_items": ", ".join(_item(name, quantity) for name, quantity in order.items),
    }


def _item(name: str, quantity: int) -> str:
    return name if quantity == 1 else f"{quantity} × {name}"


def _slots(told: dict[str, str]) -> list[EventType]:
    names = ("order_state", "order_carrier", "order_eta", "order_items")
    return [SlotSet(name, told.get(name)) for name in names]
