"""Settings: from the environment (`PEYK_…`) or `peyk.toml`; mistakes are reported together."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from gateway.errors import PeykError


class SettingsInvalid(PeykError):
    """One line for each setting that is wrong, naming it."""


class Settings(BaseSettings):
    """Everything that one installation decides. The defaults make `make run` work."""

    model_config = SettingsConfigDict(
        env_prefix="PEYK_", toml_file="peyk.toml", extra="forbid", frozen=True
    )

    host: str = Field("127.0.0.1", description="The network address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="The port; 0 takes any free one.")
    public_url: str = Field("", description="How browsers reach us; empty: http://host:port.")
    trust_proxy: bool = Field(
        False, description="Take a visitor's network address from X-Forwarded-For."
    )
    data_dir: Path = Field(Path("data"), description="Database, files, logs.")
    database_url: str = Field(
        "", description="sqlite+aiosqlite:///… or postgresql+asyncpg://…; empty: in data_dir."
    )
    nats_url: str = Field("", description="Reserved for several replicas; must be empty.")
    web_dir: Path = Field(Path("web/dist"), description="The built web part.")

    admin_email: str = Field("admin@example.com", description="The first admin, if none is.")
    admin_password: SecretStr | None = Field(None, description="Empty: made and printed once.")

    rasa_url: str = Field("", description="A Rasa server of ours; empty: run one as a child.")
    rasa_token: SecretStr | None = Field(None, description="The bearer token for rasa_url.")
    rasa_dir: Path = Field(Path("bot/rasa"), description="The Rasa project and its .venv.")
    bot_deadline_s: float = Field(5.0, gt=0, le=60, description="Later than this, people.")
    bot_answer_at: float = Field(0.15, ge=0, le=1, description="From this score on, answer.")
    bot_clarify_at: float = Field(0.02, ge=0, le=1, description="Below this, no question back.")
    bot_clarify_times: int = Field(1, ge=0, le=3, description="Questions back, then people.")
    bot_at_once: int = Field(8, ge=1, le=64, description="Turns asked at the same time.")

    max_attachment_bytes: int = Field(10 * 1024 * 1024, ge=1024, le=100 * 1024 * 1024)
    demo: bool = Field(True, description="Serve the demo shop and make its inbox.")
    log_format: str = Field("console", pattern="^(console|json)$")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$")

    @field_validator("nats_url")
    @classmethod
    def _no_nats_yet(cls, value: str) -> str:
        if value:
            raise ValueError("is not supported in this version; leave it empty")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        plain = value
        for short, driver in (
            ("postgresql:", "postgresql+asyncpg:"),
            ("sqlite:", "sqlite+aiosqlite:"),
        ):
            if value.startswith(short):
                plain = driver + value.removeprefix(short)
        if plain and not plain.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("expected sqlite:///path or postgresql://user@host/name")
        return plain

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))

    def store_url(self) -> str:
        """The database to open; the embedded one lies in `data_dir`."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'peyk.db'}"


def load(**given: object) -> Settings:
    """Read the settings. Raises SettingsInvalid, which lists every mistake at once."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [_line(each["loc"], each["msg"]) for each in error.errors()]
        raise SettingsInvalid("\n".join(lines)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsInvalid(f"peyk.toml: cannot be read: {error}") from error


def _line(place: tuple[int | str, ...], message: str) -> str:
    name = "_".join(str(part) for part in place)
    return f"PEYK_{name.upper()}: {message}"
