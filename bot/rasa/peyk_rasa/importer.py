"""Reads training files and remembers which language each example came from."""

from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.training_data import TrainingData

from .language import LANGUAGES

LANGUAGE = "peyk_language"


class LanguageImporter(RasaFileImporter):
    """The examples of nlu/en.yml are English, those of nlu/fa.yml Persian, and so on."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All examples, each knowing its language if its file has the name of one."""
        return TrainingData().merge(*(_read(Path(file)) for file in self._nlu_files))


def _read(file: Path) -> TrainingData:
    data = loading.load_data(str(file))
    if file.stem in LANGUAGES:
        for example in data.training_examples:
            example.set(LANGUAGE, file.stem)
    return data
