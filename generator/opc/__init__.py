"""Office packages: the one reader and writer of zip, parts, relations and content types."""

from generator.opc.package import (
    Edit,
    Package,
    Packed,
    PartTooLargeError,
    in_order,
    joined,
    pack,
    pack_in_order,
    packed,
)
from generator.opc.refusal import DAMAGE, TYPES, Bounds, Lie, PackageError, opened, read
from generator.opc.relations import (
    DocumentTypeError,
    Relation,
    Relations,
    owner_name,
    parse,
    refuse_document_type,
    relations_name,
    serialized,
    streamed,
)

__all__ = [
    "DAMAGE", "TYPES", "Bounds", "DocumentTypeError", "Edit", "Lie", "Package", "PackageError",
    "Packed", "PartTooLargeError", "Relation", "Relations", "in_order", "joined", "opened",
    "owner_name", "pack", "pack_in_order", "packed", "parse", "read", "refuse_document_type",
    "relations_name", "serialized", "streamed",
]  # fmt: skip
