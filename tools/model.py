"""The demo shop's model, trained when there is none or when what it was trained on changed."""

from collections.abc import Iterator

from tools.command import Command
from tools.places import RASA, RASA_PYTHON, ROOT
from tools.stamps import fingerprint
from tools.step import Step

INPUTS = ("config.yml", "domain.yml", "domain", "data", "peyk_rasa", "train.py", "requirements.txt")
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
}


def demo_model() -> Step:
    return Step(
        name="model",
        title="Training the demo model",
        made_from=lambda: fingerprint(ROOT, [RASA / name for name in INPUTS]),
        is_there=lambda: any((RASA / "models").glob("*.tar.gz")),
        commands=_train,
    )


def _train(was_finished: bool) -> Iterator[Command]:
    yield Command(argv=(str(RASA_PYTHON), "train.py"), cwd=RASA, env=QUIET)
