"""The models: which are in use, and whether they are what they should be."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import regex

from claimx.errors import ModelError
from claimx.language import Analyzer, models, models_in_use, resolve_models, verify
from tests.language.cases import article

# --- models ------------------------------------------------------------------------------


def test_bundled_models_are_in_order() -> None:
    folder = resolve_models(None)
    verify(folder)
    rows = models_in_use(folder)
    assert {row.checksum for row in rows} == {"ok"}
    assert {"tokenize", "pos", "lemma", "depparse", "ner", "pretrain", "pairs"} <= {
        row.processor for row in rows
    }
    listed = {row.file for row in rows}
    assert {str(path) for path in folder.glob("hi/*/*")} <= listed


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled models that takes their place."""
    folder = tmp_path / "models"
    shutil.copytree(models.BUNDLED, folder)
    monkeypatch.setattr(models, "BUNDLED", folder)
    models._manifest.cache_clear()
    yield folder
    models._manifest.cache_clear()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def swap(path: Path) -> None:
    path.write_bytes(pickle.dumps({"model": os.getcwd}, protocol=2))


@pytest.mark.parametrize("harm", [truncate, swap, Path.unlink])
@pytest.mark.parametrize("name", ["hi/pos/claimx.pt", "resources.json"])
def test_a_harmed_model_is_named(copied: Path, name: str, harm: Callable[[Path], None]) -> None:
    harm(copied / name)
    with pytest.raises(ModelError, match=regex.escape(str(copied / name))) as caught:
        next(Analyzer().parse([article("बारिश हुई।")]))
    assert "reinstall" in str(caught.value)


@pytest.mark.parametrize("harm", [truncate, swap, Path.unlink])
def test_a_harmed_encoder_of_pairs_is_named(copied: Path, harm: Callable[[Path], None]) -> None:
    path = copied / "hi/pairs/claimx.bin"
    assert models.bundled_model("pairs") == path
    harm(path)
    with pytest.raises(ModelError, match=regex.escape(str(path))) as caught:
        models.bundled_model("pairs")
    assert "reinstall" in str(caught.value)


class Harm:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.mark.models
def test_a_model_runs_no_code_even_where_its_checksum_is_right(
    copied: Path, tmp_path: Path
) -> None:
    import torch

    path, sums = copied / "hi/ner/claimx.pt", copied / "checksums.toml"
    old = path.read_bytes()
    torch.save({"model": Harm(tmp_path / "harm")}, path)
    new = path.read_bytes()
    for before, after in (
        (hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest()),
        (f"{len(old)}", f"{len(new)}"),
    ):
        text = sums.read_text("utf-8")
        assert before in text
        sums.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(ModelError, match="weights"):
        Analyzer().load()
    assert not (tmp_path / "harm").exists()


@pytest.mark.models
def test_a_harmed_model_in_another_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(models.BUNDLED, folder)
    with (folder / "hi/lemma/claimx.pt").open("r+b") as file:
        file.seek(400_000)
        file.write(b"\0\1\2")  # it would load all the same
    with pytest.raises(ModelError, match=r"lemma.*checksum"):
        Analyzer(folder).load()
    shutil.copy(models.BUNDLED / "hi/lemma/claimx.pt", folder / "hi/lemma/claimx.pt")
    swap(folder / "hi/ner/claimx.pt")
    with pytest.raises(ModelError, match="ner"):
        Analyzer(folder).load()
    (folder / "hi/pos/claimx.pt").unlink()
    with pytest.raises(ModelError, match=r"pos.*missing"):
        Analyzer(folder).load()


@pytest.mark.parametrize(
    ("listing", "match"),
    [("{}", "no list"), ("[1", "no list"), ('{"hi": {"alias": "xx"}}', "no list"), (
        '{"hi": {"packages": {"default": {"pos": "../../../x"}}, "pos": {"../../../x": {}}}}',
        "outside",
    )],
)  # fmt: skip
def test_a_bad_list_of_models_is_refused(tmp_path: Path, listing: str, match: str) -> None:
    (tmp_path / "resources.json").write_text(listing, "utf-8")
    with pytest.raises(ModelError, match=match):
        verify(tmp_path)


def test_choice_of_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve_models("bundled") == models.BUNDLED
    (tmp_path / "resources.json").write_text("{}", "utf-8")
    assert resolve_models(str(tmp_path)) == tmp_path
    monkeypatch.setenv("CLAIMX_MODELS", str(tmp_path))
    assert resolve_models(None) == tmp_path
    assert resolve_models("bundled") == models.BUNDLED
    monkeypatch.setattr(models, "official_folder", lambda: tmp_path / "none")
    with pytest.raises(ModelError, match="claimx models fetch"):
        resolve_models("official")
    with pytest.raises(ModelError, match="no such folder"):
        resolve_models(str(tmp_path / "none"))
    with pytest.raises(ModelError, match=r"resources\.json is missing"):
        resolve_models(str(Path(__file__).parent))


@pytest.mark.models
def test_fetching_says_what_failed_and_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import stanza

    def offline(*_: Any, **__: Any) -> None:
        raise ConnectionError("Failed to resolve host")

    def download(lang: str, model_dir: str, **_: Any) -> None:
        Path(model_dir).mkdir()
        (Path(model_dir) / "resources.json").write_text("{}", "utf-8")

    target = tmp_path / "stanza"
    monkeypatch.setattr(stanza, "download", offline)
    with pytest.raises(ModelError, match=r"cannot be reached .*Failed to resolve host"):
        models.fetch_official(target)
    assert not target.exists()
    monkeypatch.setattr(stanza, "download", download)
    assert models.fetch_official(target) == target
    assert (target / "resources.json").is_file()


def test_importing_the_room_loads_no_engine() -> None:
    code = "import sys, claimx.language; print({'torch', 'stanza'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
