"""A dataset as a file or a folder that one names: a workbook, a folder of CSV, a folder of Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli.writing import whole_file

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset

csv_option = click.option("--csv", "as_csv", is_flag=True, help="Папкой CSV, а не Parquet: для других программ.")


def is_book(out: Path) -> bool:
    return out.suffix.lower() == ".xlsx"


def see_what_is_asked(out: Path, *, as_csv: bool, overwrite: bool, hint: str) -> None:
    """Raises ``BadParameter`` before anything is read."""
    if is_book(out) and as_csv:
        raise click.BadParameter("книга и --csv — разное: оставьте что-то одно", param_hint=hint)
    if is_book(out):
        refuse_existing(out, overwrite=overwrite, hint=hint)


def refuse_existing(book: Path, *, overwrite: bool, hint: str) -> None:
    if book.exists() and not overwrite:
        message = f"«{book}» уже есть, и в нём могут быть данные: назовите иначе или добавьте --overwrite"
        raise click.BadParameter(message, param_hint=hint)


def write_out(found: Dataset, out: Path, *, as_csv: bool, hint: str) -> None:
    from opora.indicators.dataset.faults import DatasetFaults
    from opora.indicators.dataset.store import write_csv_folder, write_parquet
    from opora.indicators.dataset.template import write_workbook

    try:
        if is_book(out):
            with whole_file(out) as fresh:
                write_workbook(found, fresh)
        else:
            write_csv_folder(found, out) if as_csv else write_parquet(found, out)
    except DatasetFaults as refused:
        raise click.BadParameter(str(refused), param_hint=hint) from refused
