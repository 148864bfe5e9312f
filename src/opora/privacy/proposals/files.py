"""Copies of papers that come with proposals: a scan or a photograph, kept encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from opora.privacy.models import Proposal, ProposalFile
from opora.privacy.vault import decrypted, encrypted, keyed_digest
from opora.registry.verbs import Sitting

LARGEST = 4_000_000
"""Bytes."""
_LONGEST_NAME = 120
_KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""By the first bytes: what a file calls itself proves nothing."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes

    @property
    def kind(self) -> str:
        """Empty: none of those that are taken."""
        return next((kind for start, kind in _KINDS.items() if self.content.startswith(start)), "")


def refuse_unfit(sitting: Sitting, place: int, file: File) -> None:
    if len(file.content) > LARGEST:
        message = f"Файл больше {LARGEST // 1_000_000} МБ"
        sitting.fault(place, "file", message, "Уменьшите снимок или отсканируйте с меньшим разрешением")
    elif not file.kind:
        sitting.fault(place, "file", "Это не PDF, не JPEG и не PNG", "Приложите скан или фотографию документа")


def keep(proposal: Proposal, file: File) -> None:
    digest = keyed_digest(file.content)
    ProposalFile.objects.create(
        municipality_id=proposal.municipality_id,
        proposal=proposal,
        name=PurePosixPath(file.name.replace("\\", "/")).name[-_LONGEST_NAME:],
        kind=file.kind,
        size=len(file.content),
        ciphertext=encrypted(file.content, digest),
        digest=digest,
    )


def file_of(proposal: int) -> File | None:
    """As it was sent, as far as the scope goes."""
    row = ProposalFile.objects.filter(proposal=proposal).first()
    return File(row.name, decrypted(bytes(row.ciphertext), bytes(row.digest))) if row else None
