"""Who is writing, told live and kept nowhere."""

from __future__ import annotations

from aiohttp import web

from gateway.hub import EVERYTHING, Hub, Typing, about_contact
from gateway.ids import ConversationId
from gateway.model.agent import Agent
from gateway.model.owner import Owner
from gateway.store import conversations
from gateway.store.store import Store
from gateway.web import keys
from handoff.agents import author


async def tell_typing(app: web.Application, agent: Agent, id: ConversationId, on: bool) -> None:
    """Agents see everybody who writes; the customer only who holds his conversation.

    Raises NotFound.
    """
    await _tell(app[keys.STORE], app[keys.HUB], agent, id, on)


async def _tell(store: Store, hub: Hub, agent: Agent, id: ConversationId, on: bool) -> None:
    async with store.read() as connection:
        conversation = await conversations.get(connection, id)
    holds = conversation.owner == Owner.agent(agent.id)
    hub.publish(
        about_contact(conversation.contact_id) if holds else EVERYTHING,
        Typing(
            conversation_id=id,
            contact_id=conversation.contact_id,
            author=author(agent),
            on=on,
        ),
    )
