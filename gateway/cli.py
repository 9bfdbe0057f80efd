"""The command `peyk`.

What takes long to import is imported by the commands that need it, so that mistakes in the
settings are said at once, and Ctrl-C is understood from the first moment on. How the gateway
serves is in serve.py.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from importlib.metadata import version as installed_version
from typing import NoReturn

import typer
from rich.console import Console

from gateway.errors import PeykError
from gateway.settings import Settings, SettingsInvalid, load

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
screen = Console(stderr=True)


def main() -> None:
    app()


@app.command()
def serve() -> None:
    """Run the gateway until Ctrl-C."""
    settings = _settings()
    from gateway import log
    from gateway.serve import serve

    log.set_up(settings.log_format, settings.log_level)
    _run(lambda: serve(settings))


@app.command()
def migrate() -> None:
    """Bring the database up to date and end; `serve` does the same at its start."""
    settings = _settings()
    _run(lambda: _migrate(settings))


@app.command()
def reindex() -> None:
    """Make the search index anew and end; the gateway may run meanwhile."""
    settings = _settings()
    _run(lambda: _reindex(settings))


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(installed_version("peyk"))


def _settings() -> Settings:
    try:
        return load()
    except SettingsInvalid as error:
        _fail(f"These settings are wrong:\n{error}")


def _run(job: Callable[[], Awaitable[None]]) -> None:
    import uvloop

    async def run() -> None:
        await job()

    try:
        uvloop.run(run())
    except PeykError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{type(error).__name__}: {error}")


def _fail(message: str) -> NoReturn:
    screen.print(message, style="red", markup=False, soft_wrap=True)
    sys.exit(1)


async def _migrate(settings: Settings) -> None:
    from gateway.first_start import open_store
    from gateway.hub import LocalHub

    async with open_store(settings, LocalHub()):
        screen.print("The database is up to date.")


async def _reindex(settings: Settings) -> None:
    from gateway.first_start import open_store
    from gateway.hub import LocalHub
    from gateway.indexer import Indexer
    from gateway.store import indexing

    hub = LocalHub()
    async with open_store(settings, hub) as store:
        await store.write(indexing.begin_anew, "index")
        indexer = Indexer(store, hub, rest=1.0)
        with screen.status("Making the search index anew …") as status:
            while (progress := await indexer.step()) is not None:
                status.update(f"Making the search index anew: {progress.behind:,} events to go …")
        screen.print("The search index is up to date.")
