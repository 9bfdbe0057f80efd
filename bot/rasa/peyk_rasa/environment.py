"""The process around Rasa: quiet libraries, plain logs, an end with its parent.

Import this before anything of Rasa's: TensorFlow, SQLAlchemy and Sanic read the environment
when they are first imported.
"""

import logging
import os
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOOPBACK = "127.0.0.1"

_SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "LOG_LEVEL": "WARNING",
    "CUDA_VISIBLE_DEVICES": "-1",
    "RASA_MAX_CACHE_SIZE": "0",
    "SANIC_ACCESS_LOG": "false",
    "SANIC_GRACEFUL_SHUTDOWN_TIMEOUT": "1.0",
    "SANIC_REQUEST_MAX_SIZE": "4000000",
    "SANIC_REQUEST_MAX_HEADER_SIZE": "16384",
    "SANIC_MOTD": "false",
}
# A failing action is logged in one line of our own; these print what was said as well.
_SAID_BY_US = ("rasa.core.processor", "rasa.core.actions.action", "rasa_sdk.endpoint")
_PARENT_POLL_S = 0.5
_LAST_WORD_S = 3.0


def prepare() -> None:
    """Sets what the libraries read from the environment, and the folder that Rasa works in."""
    os.environ.update(_SETTINGS)
    os.chdir(ROOT)
    warnings.simplefilter("ignore")


def log_to_stderr() -> None:
    """Warnings of the libraries and our own lines; never a customer's words.

    Rasa's structured log quotes messages, so of that only errors are let through.
    """
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("peyk_rasa").setLevel(logging.INFO)
    for name in _SAID_BY_US:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def end_with_parent() -> None:
    """Ends this process when the one that started it is gone, however that came about.

    Call it before the long imports: the parent may be killed during those. It may even be
    killed before this, so it tells its number (PEYK_PARENT).
    """
    parent = int(os.environ.pop("PEYK_PARENT", 0)) or os.getppid()
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="parent-watch").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_POLL_S)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LAST_WORD_S)
    os.kill(os.getpid(), signal.SIGKILL)
