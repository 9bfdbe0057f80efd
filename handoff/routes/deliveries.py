"""/conversations/{id}/deliveries: what did not get out, sent once more."""

from __future__ import annotations

from gateway.ids import ConversationId, DeliveryId
from gateway.model.agent import Role
from gateway.web.body import Nothing
from gateway.web.problem import Problem, ProblemError
from gateway.web.route import Call, Route
from handoff.desk import DESK
from handoff.redelivery import NotInTrouble
from handoff.routes.verbs import with_message
from handoff.shapes import SaidConversation


async def retry(call: Call[Nothing]) -> SaidConversation:
    """Only a message's latest delivery, and only when it failed or is uncertain; else 409."""
    id, delivery = ConversationId(call.path["id"]), DeliveryId(call.path["delivery_id"])
    try:
        _, message = await call.app[DESK].retry(call.agent, id, delivery)
    except NotInTrouble as error:
        latest = {"id": error.latest.id, "state": error.latest.state.value}
        raise ProblemError(
            Problem(
                status=409, slug="not-in-trouble", detail=str(error), extra={"delivery": latest}
            )
        ) from error
    return await with_message(call, message)


routes: tuple[Route, ...] = (
    Route(
        "POST",
        "/conversations/{id}/deliveries/{delivery_id}/retry",
        retry,
        summary="Send a message once more that did not get out",
        tag="desk",
        body=Nothing,
        answer=SaidConversation,
        role=Role.AGENT,
        problems=(409,),
    ),
)
