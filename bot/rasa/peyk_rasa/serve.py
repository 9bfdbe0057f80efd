"""Serves a trained model to the gateway: `python -m peyk_rasa.serve --port P --model PATH`."""

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from . import environment

environment.prepare()
environment.end_with_parent()

from rasa.core.run import (  # noqa: E402
    close_resources,
    configure_app,
    create_http_input_channels,
    load_agent_on_start,
)
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from sanic import HTTPResponse, Request  # noqa: E402

from .action_endpoint import WatchedEndpoint  # noqa: E402
from .wire import problem  # noqa: E402

ROUTES = "/webhooks/peyk/"
NEEDED = ("PEYK_RASA_TOKEN", "PEYK_ACTIONS_URL")


def main() -> None:
    """Reads the command line and serves until it is told to stop."""
    parser = argparse.ArgumentParser(prog="peyk_rasa.serve", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()
    environment.log_to_stderr()
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        sys.exit(f"{' and '.join(missing)} must be set in the environment.")
    if not arguments.model.is_file():
        sys.exit(f"There is no model at {arguments.model}. Train one: python -m peyk_rasa.train")
    serve(arguments.model.resolve(), arguments.port)


def serve(model: Path, port: int) -> None:
    """Serves the model on loopback: Peyk's channel, and nothing else of Rasa's."""
    channels = create_http_input_channels(None, str(environment.ROOT / "credentials.yml"))
    app = configure_app(channels, enable_api=False, port=port)
    app.register_middleware(_closed, "request")
    load = partial(load_agent_on_start, str(model), _endpoints(), None)
    app.register_listener(load, "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    app.run(host=environment.LOOPBACK, port=port, workers=1, access_log=False, motd=False)


def _endpoints() -> AvailableEndpoints:
    endpoints = AvailableEndpoints.read_endpoints(str(environment.ROOT / "endpoints.yml"))
    if endpoints.action is not None:
        endpoints.action = WatchedEndpoint.watching(endpoints.action)
    return endpoints


async def _closed(request: Request) -> HTTPResponse | None:
    """Rasa tells its version at `/`; only Peyk's channel answers here."""
    return None if request.path.startswith(ROUTES) else problem(404, "there is nothing here")


if __name__ == "__main__":
    main()
