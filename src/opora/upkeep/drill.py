"""A restoration on trial: a backup that nobody has ever restored is a hope."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from opora import __version__
from opora.site.home import Home
from opora.site.trouble import SiteTrouble
from opora.upkeep import restore as r
from opora.upkeep.backup import alone
from opora.upkeep.elsewhere import run
from opora.upkeep.journal import Drill, Journal
from opora.upkeep.key import Key
from opora.upkeep.manifest import Manifest
from opora.upkeep.trouble import Unfit
from opora.upkeep.values import ProgrammeValues, unequal

STEPS = r.STEPS + 1


def drill(home: Home, archive: Path | None, *, step: Callable[[str], None]) -> Drill:
    """Restores an archive (the last one of this installation) into a folder aside, and compares what indicators come to
    in it with what they came to when the backup was made. The journal keeps how it went, if it failed too."""
    path, started = archive or _last(home), time.monotonic()
    rows, compared, trouble = 0, 0, ""
    try:
        with _aside(home) as folder:
            manifest = r.restore(path, Key.of(home), folder, step=step, aside=True)
            rows = manifest.rows
            step("считаю показатели")
            compared, trouble = _compared(manifest, Home(folder, aside=True))
    except (Unfit, SiteTrouble, OSError) as error:
        trouble = str(error)
    done = Drill(
        at=dt.datetime.now(dt.UTC).replace(microsecond=0), archive=path.absolute(), seconds=time.monotonic() - started,
        rows=rows, compared=compared, trouble=trouble,
    )  # fmt: skip
    journal = Journal.of(home)
    journal.add(done)
    journal.keep(home)
    return done


def _last(home: Home) -> Path:
    made = Journal.of(home).backup
    if made is None:
        raise SiteTrouble("Копий этой установки ещё нет: сделайте первую — opora backup ПАПКА")
    return made.path


@contextmanager
def _aside(home: Home) -> Iterator[Path]:
    """On the disk of the installation, which has room for a second database or is too small.

    What a killed drill has left is removed first.
    """
    with alone(home, "drill.lock", "Другое учебное восстановление этой установки ещё идёт: дождитесь его конца"):
        for left in home.folder.glob("drill-*"):
            _remove(left)
        scratch = Path(tempfile.mkdtemp(prefix="drill-", dir=home.folder))
        scratch.chmod(0o711)
        try:
            yield scratch / "home"
        finally:
            _remove(scratch)


def _remove(scratch: Path) -> None:
    """With the database that may run in it, under whatever name ``restore`` had given its folder by then."""
    for folder in scratch.iterdir():
        cluster = Home(folder, aside=True).cluster
        if cluster and cluster.exists:
            cluster.stop()
    shutil.rmtree(scratch)


def _compared(manifest: Manifest, restored: Home) -> tuple[int, str]:
    """How many values were compared, and what is wrong with them."""
    if manifest.no_values:
        return 0, f"Показатели при создании копии не посчитались: {manifest.no_values}"
    if manifest.values is None or manifest.opora != __version__:
        return 0, ""
    then = manifest.values
    said = run(restored, "-m", "opora.upkeep.values", then.municipality, then.programme, then.on.isoformat())
    now = ProgrammeValues.model_validate_json(said)
    wrong = unequal(then.values, now.values)
    return len(then.values), f"Не совпали показатели: {', '.join(wrong)}" if wrong else ""
