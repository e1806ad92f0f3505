"""The template language, for every room that fills or checks templates: sandbox, tags, names."""

from generator.templating.blocks import Blocks
from generator.templating.names import Name, Reader, name_tree, nearest
from generator.templating.sandbox import environment
from generator.templating.tags import ENDS, lookalikes, spans

__all__ = [
    "ENDS",
    "Blocks",
    "Name",
    "Reader",
    "environment",
    "lookalikes",
    "name_tree",
    "nearest",
    "spans",
]
