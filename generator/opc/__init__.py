"""Office packages: the one reader and writer of zip, parts, relations and content types."""

from generator.opc.package import Edit, Package, PartTooLargeError
from generator.opc.refusal import DAMAGE, TYPES, Bounds, Lie, PackageError, opened, read
from generator.opc.relations import Relation, Relations, owner_name, relations_name
from generator.opc.writing import pack, pack_in_order
from generator.opc.xml import DocumentTypeError, parse, refuse_document_type, serialized, streamed

__all__ = [
    "DAMAGE", "TYPES", "Bounds", "DocumentTypeError", "Edit", "Lie", "Package", "PackageError",
    "PartTooLargeError", "Relation", "Relations", "opened", "owner_name", "pack", "pack_in_order",
    "parse", "read", "refuse_document_type", "relations_name", "serialized", "streamed",
]  # fmt: skip
