"""Every word that a user meets is Russian, click's own too."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from opora.cli.app import opora
from opora.cli.options import BREAKDOWNS
from opora.cli.russian import CATALOGUES
from opora.programmes import groups
from tests.cli.calls import opora as call
from tests.cli.calls import run

FOLDER = CATALOGUES / "ru" / "LC_MESSAGES"
# What click says to programmers, and in questions, an editor and shells that Opora has no use for.
NEVER_SHOWN = re.compile(
    r"DeprecationWarning|Could not determine name|No options defined|exactly one parameter declaration|defined twice"
    r"|cannot use the same flag|Unknown standard stream|Unknown color|Editing failed|Windows error|Bash|Press any key"
    r"|Repeat for confirmation|do not match\.|invalid input|Do you want to continue|without prompting|^d$|Invalid start"
)


def unquoted(text: str) -> str:
    return str(ast.literal_eval(text))


def written() -> dict[str | tuple[str, int], str]:
    """The catalogue as it is written, in the form in which gettext keeps it."""
    found: dict[str | tuple[str, int], str] = {}
    text = (FOLDER / "messages.po").read_text("utf-8")
    for block in text.split("\n\n"):
        parts = re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', block, re.MULTILINE)
        said = {name: "".join(unquoted(line) for line in lines.splitlines()) for name, lines in parts}
        for name, words in said.items():
            if name == "msgstr":
                found[said["msgid"]] = words
            elif name.startswith("msgstr["):
                found[said["msgid"], int(name[7])] = words
    return found


def said_by_click() -> Iterator[str]:
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                first = node.args[0]
                if isinstance(first, ast.Constant) and not NEVER_SHOWN.search(str(first.value)):
                    yield str(first.value)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert vars(compiled)["_catalog"] == written()


def test_all_that_click_says_to_a_user_is_translated() -> None:
    known = {key if isinstance(key, str) else key[0] for key in written()}
    assert set(said_by_click()) - known == set()


def commands(group: click.Group) -> Iterator[list[str]]:
    for name, command in group.commands.items():
        yield [name]
        if isinstance(command, click.Group):
            yield from ([name, *rest] for rest in commands(command))


@pytest.mark.parametrize("path", [[], *commands(opora)], ids=" ".join)
def test_help_is_in_russian(path: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Вызов: opora" in shown
    assert not re.search(r"Usage|Options|OPTIONS|COMMAND|ARGS|Commands|Show|required|default|TEXT|PATH|INTEGER", shown)


def test_russian_does_not_depend_on_the_system() -> None:
    outcome = call("--help", LANG="C", LC_ALL="C", LANGUAGE="en")
    assert "Показать версию" in outcome.out


def test_the_exit_codes_are_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert "130  прервано" in capsys.readouterr().out


def test_the_help_names_every_breakdown_that_there_is() -> None:
    assert set(BREAKDOWNS) == set(groups.BREAKDOWNS)


def test_help_does_not_wait_for_the_engine() -> None:
    outcome = call("--help")
    assert outcome.code == 0
    slow = "{'duckdb', 'ibis', 'pyarrow', 'pandas', 'pydantic', 'lark', 'altair', 'rich', 'numpy'}"
    code = f"import sys; import opora.cli.app; print({slow} & set(sys.modules))"
    from tests.cli.calls import script

    assert script(code).out.strip() == "set()"


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    from opora import __version__

    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"opora, версия {__version__}"
