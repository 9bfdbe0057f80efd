"""What to do about a set-up command that failed, told from what it wrote."""

ADVICE: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "no interpreter found for python 3.10",
            "no download found for",
            "python-build-standalone",
        ),
        "Rasa needs Python 3.10 and none was found, nor could one be downloaded. Install it "
        "(`uv python install 3.10`, `pyenv install 3.10`, or your system's python3.10) and "
        "start again.",
    ),
    (
        ("ensurepip is not available", "no module named ensurepip", "no module named venv"),
        "This Python cannot make virtual environments. On Debian and Ubuntu install "
        "python3-venv and start again.",
    ),
    (
        ("no space left on device", "enospc"),
        "The disk is full. The set-up needs about 5 GB, most of it for Rasa.",
    ),
    (
        ("hash mismatch", "do not match the hashes", "eintegrity"),
        "A package is not the one that was pinned. Nothing of it was installed. Clear the "
        "cache (`uv cache clean`) and start again; if it stays, do not go on.",
    ),
    (
        (
            "dns error",
            "name resolution",
            "failed to establish a new connection",
            "error sending request",
            "could not connect",
            "tcp connect error",
            "connection refused",
            "enotfound",
            "eai_again",
            "econnrefused",
            "etimedout",
            "network is unreachable",
        ),
        "The packages could not be fetched. Check the network and the proxy settings "
        "(HTTPS_PROXY), then start again: what is already done is kept.",
    ),
    (
        ("permission denied", "eacces"),
        "A file or folder may not be written. Was the set-up once run as another user?",
    ),
)


def advise(output: str) -> str | None:
    """One sentence or two for the person at the terminal, or nothing if the cause is unknown."""
    lowered = output.lower()
    for signs, advice in ADVICE:
        if any(sign in lowered for sign in signs):
            return advice
    return None
