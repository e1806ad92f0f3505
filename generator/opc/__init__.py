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
