"""The kinds of file an export can be: how each is written, called and named."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from journal.accounts.service import host_folder, standard_codes
from journal.export import csv_files, fhir, json_file, pdf
from journal.export.material import Material
from journal.export.refusals import on_paper


@dataclass(frozen=True)
class Writer:
    """One kind of file. `steps`: the same for what is not sent while it is made, telling how far it is."""

    media: str
    extension: str
    write: Callable[[Material], Iterator[bytes]]
    steps: Callable[[Material], Generator[pdf.Step, None, bytes]] | None = None


def _fhir(material: Material) -> Iterator[bytes]:
    return fhir.chunks(material, standard=standard_codes())


def _pdf(material: Material) -> Iterator[bytes]:
    """Made before the first of it is sent, so that a refusal is still one."""
    try:
        return iter([pdf.my_journal(material, folder=host_folder())])
    except pdf.NotPrinted as why:
        raise on_paper(why) from None


def _pdf_by_steps(material: Material) -> Generator[pdf.Step, None, bytes]:
    return pdf.making(material, host_folder())


WRITERS = {
    "json": Writer("application/json", "json", json_file.written),
    "csv": Writer("application/zip", "zip", csv_files.written),
    "pdf": Writer("application/pdf", "pdf", _pdf, _pdf_by_steps),
    "fhir": Writer("application/fhir+json", "fhir.json", _fhir),
}
