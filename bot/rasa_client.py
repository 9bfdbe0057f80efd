"""The bot that is a Rasa server, spoken to over HTTP on loopback."""

from __future__ import annotations

import asyncio

import aiohttp
import orjson

from bot.bot import Question
from bot.wire import body_of, read_answer, read_health
from gateway.errors import BotFailed
from gateway.model.turn import Answer

LARGEST_ANSWER = 2 * 1024 * 1024
READY_WITHIN_S = 3.0


class RasaClient:
    """Asks a Rasa server that runs our channel; keeps connections, keeps nothing else."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, token: str, deadline_s: float
    ) -> None:
        self._session = session
        self._url = url.rstrip("/") + "/webhooks/peyk"
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        }
        self._deadline_s = deadline_s

    async def ask(self, question: Question) -> Answer:
        body = orjson.dumps(body_of(question))
        return read_answer(await self._call("POST", "/turn", self._deadline_s, body))

    async def ready(self) -> str:
        return read_health(await self._call("GET", "/health", READY_WITHIN_S))

    async def _call(
        self, method: str, path: str, within_s: float, body: bytes | None = None
    ) -> bytes:
        try:
            async with asyncio.timeout(within_s):
                return await self._exchange(method, path, body)
        except TimeoutError as error:
            raise BotFailed("late", f"no answer within {within_s:g} s") from error
        except (aiohttp.ClientError, OSError) as error:
            raise BotFailed("down", type(error).__name__) from error

    async def _exchange(self, method: str, path: str, body: bytes | None) -> bytes:
        async with self._session.request(
            method, self._url + path, data=body, headers=self._headers, allow_redirects=False
        ) as response:
            answer = await response.content.read(LARGEST_ANSWER + 1)
            while len(answer) <= LARGEST_ANSWER and not response.content.at_eof():
                answer += await response.content.read(LARGEST_ANSWER + 1 - len(answer))
            if response.status == 503:
                raise BotFailed("no_model")
            if response.status != 200:
                raise BotFailed("error", f"status {response.status}")
            if len(answer) > LARGEST_ANSWER:
                raise BotFailed("wrong_shape", "too large")
            return answer
