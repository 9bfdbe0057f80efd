"""Where things stand in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
SETUP = ROOT / ".setup"

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"

RASA = ROOT / "bot" / "rasa"
RASA_PYTHON = RASA / ".venv" / "bin" / "python"

WEB = ROOT / "web"
