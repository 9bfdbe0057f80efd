"""Drafts: kept on the server, so that they follow an agent from browser to browser.

Whoever writes says which version he has before him. If another browser of the agent has
written since, nothing is overwritten: the writer is told what stands there now.
"""

from __future__ import annotations

from gateway.errors import PeykError
from gateway.ids import AgentId, ConversationId
from gateway.model.begun import Begun
from gateway.store import conversations, drafts
from gateway.store.store import Store
from gateway.store.tx import Tx


class NewerDraft(PeykError):
    """Another browser of the agent has written since; `stands` is what it wrote."""

    def __init__(self, stands: Begun | None) -> None:
        super().__init__("the draft was changed elsewhere")
        self.stands = stands


async def keep(
    store: Store,
    agent: AgentId,
    conversation: ConversationId,
    begun: Begun,
    *,
    over: str | None,
) -> Begun | None:
    """Put `begun` in the place of version `over`; empty, it takes the draft away.

    What stands there already in the same words is the answer to a repeated request.
    Raises NotFound, and NewerDraft.
    """

    async def unit(tx: Tx) -> Begun | None:
        await conversations.get(tx.connection, conversation)
        stands = await drafts.lock(tx, agent, conversation)
        if _is_done(stands, begun):
            return stands
        if (stands.version if stands else None) != over:
            raise NewerDraft(stands)
        return await _write(tx, agent, conversation, stands, begun)

    return await store.write(unit, key=f"draft {agent}")


async def forget(store: Store, agent: AgentId, conversation: ConversationId) -> None:
    await store.write(lambda tx: drafts.delete(tx, agent, conversation), key=f"draft {agent}")


def _is_done(stands: Begun | None, begun: Begun) -> bool:
    if stands is None:
        return begun.is_empty
    return stands.says_the_same(begun)


async def _write(
    tx: Tx, agent: AgentId, conversation: ConversationId, stands: Begun | None, begun: Begun
) -> Begun | None:
    if begun.is_empty:
        await drafts.delete(tx, agent, conversation)
        return None
    if stands is not None:
        await drafts.change(tx, agent, conversation, begun)
    elif not await drafts.insert(tx, agent, conversation, begun):
        raise NewerDraft(await drafts.lock(tx, agent, conversation))
    return begun
