"""Runs the action server: `python -m peyk_rasa.run_actions --port P`."""

import argparse
import hmac
import os

from . import environment

environment.prepare()
environment.end_with_parent()

from rasa_sdk.endpoint import create_app  # noqa: E402
from sanic import HTTPResponse, Request  # noqa: E402

from .wire import problem  # noqa: E402


def main() -> None:
    """Reads the command line and serves until it is told to stop."""
    parser = argparse.ArgumentParser(prog="peyk_rasa.run_actions", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    environment.log_to_stderr()
    run(arguments.port)


def run(port: int) -> None:
    """Serves the actions on loopback, to those who hold the token if there is one."""
    app = create_app("peyk_rasa.actions", cors_origins="")
    app.register_middleware(_guard, "request")
    app.run(host=environment.LOOPBACK, port=port, workers=1, access_log=False, motd=False)


async def _guard(request: Request) -> HTTPResponse | None:
    token = os.environ.get("PEYK_RASA_TOKEN", "")
    if not token or request.path == "/health":
        return None
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        return None
    return problem(401, "a bearer token is needed")


if __name__ == "__main__":
    main()
