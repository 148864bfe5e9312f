"""The normal form of a formula and its version."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from enum import Enum

from opora.indicators.dataset.schema import Column
from opora.indicators.formula import bound as b

VERSION_LENGTH = 12


def version(formula: b.Formula) -> str:
    """Hash of the normal form. It changes when the meaning may have changed: with the formula, and with any definition
    that it uses; not with spaces, brackets, the order within «and» and «or», or the wording of definitions."""
    return hashlib.sha256(normal(formula).encode()).hexdigest()[:VERSION_LENGTH]


def normal(node: object) -> str:
    """One text for all ways to write the same."""
    match node:
        case b.Defined(item=inner):
            return normal(inner)
        case b.AllOf(items) | b.AnyOf(items):
            return f"{type(node).__name__}({', '.join(sorted(normal(item) for item in items))})"
        case Column(name=name):
            return name
        case Enum():
            return node.name
        case tuple():
            return f"[{', '.join(normal(item) for item in node)}]"
        case _ if is_dataclass(node):
            return f"{type(node).__name__}({', '.join(normal(getattr(node, one.name)) for one in fields(node))})"
    return repr(node)
