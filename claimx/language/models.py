"""Which models are in use, whether they are what they should be, and Stanza's official ones.

Nothing here imports Stanza or PyTorch but `fetch_official`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from claimx.errors import ModelError

LANGUAGE = "hi"
BUNDLED = Path(__file__).resolve().parent.parent / "models"
ENVIRONMENT = "CLAIMX_MODELS"
_REINSTALL = "reinstall claimx, or name other models with --models"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One model file.

    Attributes:
        processor: Stanza's name for what it does: ``tokenize``, ``pos``, ``ner`` ...
        package: which of several models for it, in Stanza's words.
        size: bytes, as they should be where that is known.
        digest: its checksum, as it should be, with the algorithm before it; or "".
        trained_on, licence: of the bundled models; "" where not known here.
    """

    processor: str
    package: str
    path: Path
    size: int
    digest: str
    trained_on: str = ""
    licence: str = ""

    def problem(self) -> str | None:
        """What is wrong with the file, or None."""
        try:
            with self.path.open("rb") as file:
                if not self.digest:
                    return None
                algorithm, _, expected = self.digest.partition(":")
                found = hashlib.file_digest(file, algorithm).hexdigest()
        except FileNotFoundError:
            return "is missing"
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        if found != expected:
            return "is damaged or was replaced (its checksum differs)"
        return None


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A row of ``claimx models``; `ModelFile` says what the fields mean."""

    processor: str
    package: str
    file: str
    size: int
    checksum: str
    trained_on: str
    licence: str


def official_folder() -> Path:
    """Where `fetch_official` puts Stanza's official models unless told otherwise."""
    from platformdirs import user_data_path

    return user_data_path("claimx", appauthor=False) / "stanza"


def resolve_models(choice: str | None) -> Path:
    """The folder of the models to use.

    Args:
        choice: ``bundled``, ``official`` or a Stanza resources folder; None for what the
            environment variable ``CLAIMX_MODELS`` says, else ``bundled``.

    Raises:
        ModelError: if the folder holds no models.
    """
    choice = choice or os.environ.get(ENVIRONMENT) or "bundled"
    if choice == "bundled":
        return BUNDLED
    if choice == "official":
        folder = official_folder()
        if not (folder / "resources.json").is_file():
            raise ModelError(
                "Stanza's official models are not here yet; run: claimx models fetch"
            )
        return folder
    folder = Path(choice).expanduser()
    if not folder.is_dir():
        raise ModelError(f"{choice}: no such folder; name bundled, official or a folder")
    if not (folder / "resources.json").is_file():
        raise ModelError(f"{choice}: no Stanza models here (resources.json is missing)")
    return folder


def verify(folder: Path) -> None:
    """Check the model files in a folder before they are loaded.

    The bundled files must be the ones that claimx was tested with, by SHA-256 (a tenth of
    a second). Of other folders the files named in ``resources.json`` must be there, with
    the MD5 that it gives.

    Raises:
        ModelError: naming the first file that is missing, damaged or swapped.
    """
    for model in _files(folder):
        problem = model.problem()
        if problem:
            raise ModelError(f"{model.path}: {problem}; {_remedy(folder)}")


def bundled_model(processor: str) -> Path:
    """A model file that claimx brings along, whatever models are in use; checked.

    Raises:
        ModelError: if it is missing, damaged or swapped.
    """
    model = next(model for model in _manifest() if model.processor == processor)
    problem = model.problem()
    if problem:
        raise ModelError(f"{model.path}: {problem}; reinstall claimx")
    return model.path


def damaged(folder: Path) -> str | None:
    """Name the first damaged file of a folder whose models did not load, or None."""
    for model in _files(folder):
        problem = model.problem()
        if problem:
            return f"{model.path}: {problem}; {_remedy(folder)}"
    return None


def models_in_use(folder: Path) -> list[ModelRow]:
    """What ``claimx models`` shows: every file with its checksum checked.

    Raises:
        ModelError: if the folder's list of models cannot be read.
    """
    return [
        ModelRow(
            processor=model.processor,
            package=model.package,
            file=str(model.path),
            size=model.path.stat().st_size if model.path.is_file() else 0,
            checksum=model.problem() or ("ok" if model.digest else "not known"),
            trained_on=model.trained_on,
            licence=model.licence,
        )
        for model in _files(folder)
    ]


def fetch_official(folder: Path | None = None) -> Path:
    """Download Stanza's official Hindi models from its hub.

    They are put in place only when all of them are there.

    Args:
        folder: where to; `official_folder` by default.

    Raises:
        ModelError: if the hub cannot be reached or the folder not be written.
    """
    import stanza

    folder = folder or official_folder()
    partial = folder.with_name(folder.name + ".partial")
    try:
        partial.parent.mkdir(parents=True, exist_ok=True)
        stanza.download(LANGUAGE, model_dir=str(partial), verbose=False)
        shutil.rmtree(folder, ignore_errors=True)
        partial.replace(folder)
    except PermissionError as error:
        raise ModelError(f"{folder}: cannot be written ({error.strerror})") from error
    except Exception as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise ModelError(
            f"Stanza's model hub cannot be reached ({reason}); check the connection and run "
            "claimx models fetch again, or go on with the bundled models"
        ) from error
    return folder


def is_bundled(folder: Path) -> bool:
    """Is it the folder of the models that claimx brings along?"""
    return folder.resolve() == BUNDLED


def _remedy(folder: Path) -> str:
    if is_bundled(folder):
        return _REINSTALL
    if folder == official_folder():
        return "run: claimx models fetch"
    return "put it back, or name other models with --models"


def _files(folder: Path) -> list[ModelFile]:
    return list(_manifest()) if is_bundled(folder) else list(_listed(folder))


@cache
def _manifest() -> tuple[ModelFile, ...]:
    entries = tomllib.loads((BUNDLED / "checksums.toml").read_text("utf-8"))["file"]
    return tuple(
        ModelFile(
            processor=entry["processor"],
            package="claimx",
            path=BUNDLED / entry["path"],
            size=entry["size"],
            digest=f"sha256:{entry['sha256']}",
            trained_on=entry["trained_on"],
            licence=entry["licence"],
        )
        for entry in entries
    )


def _listed(folder: Path) -> Iterator[ModelFile]:
    """The default Hindi models that a folder's ``resources.json`` names, and what they need."""
    listing = folder / "resources.json"
    try:
        resources = json.loads(listing.read_text("utf-8"))
        language: dict[str, Any] = resources[LANGUAGE]
        while "alias" in language:
            language = resources[language["alias"]]
        packages: dict[str, str] = language["packages"]["default"]
        wanted = [(name, package) for name, package in packages.items() if name in language]
        seen: set[tuple[str, str]] = set()
        while wanted:
            pair = wanted.pop(0)
            name, package = pair
            if pair in seen or package == "identity":
                continue
            seen.add(pair)
            entry = language[name][package]
            wanted += [
                (need["model"], need["package"]) for need in entry.get("dependencies", ())
            ]
            path = folder / LANGUAGE / name / f"{package}.pt"
            if not path.resolve().is_relative_to(folder.resolve()):
                raise ModelError(f"{listing}: {name} {package} lies outside the folder")
            yield ModelFile(
                name, package, path, 0, f"md5:{entry['md5']}" if "md5" in entry else ""
            )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{listing}: is no list of Stanza's {LANGUAGE} models ({error}); {_remedy(folder)}"
        ) from error
