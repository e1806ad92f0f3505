"""Templates filled before there is anything to fill them with, to see what they would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError
from lxml import etree

from generator.codes import Code
from generator.problems import problem
from generator.templating.budget import SPENT, cause_of, line_of
from generator.templating.sandbox import environment
from generator.templating.tags import numbered, tag_at
from generator.word.tagged import patched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.problems import Origin, Problem
    from generator.word.tags import Part, Tag

_OF_VALUES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What real values might not make: no fault of the template that can be told without them."""


def lined(xml: str) -> str:
    """A part as docxtpl hands it to jinja, each tag on a line of its own."""
    return numbered(patched(xml))


def tried(part: Part, values: Mapping[str, Any], origin: Origin) -> Iterator[Problem]:
    """What is wrong with a part as a whole, or too much in it whatever it is filled with.

    Args:
        part: One whose tags are in order.
        values: A value for every name.
        origin: The part, for messages.
    """
    source = lined(etree.tostring(part.root, encoding="unicode"))
    try:
        environment().from_string(source).render(values)
    except TemplateSyntaxError as fault:
        yield problem(Code.EXPRESSION_UNREADABLE, origin, tag=part.name, detail=fault.message or "")
    except SPENT as fault:
        yield too_much(part, source, fault, origin)
    except (JinjaError, *_OF_VALUES):
        return


def too_much(part: Part, source: str, fault: BaseException, origin: Origin) -> Problem:
    """A fault of `SPENT` with the tag at which it arose.

    Args:
        part: The part that was filled.
        source: Its template, as `lined` gave it, perhaps with further lines.
        fault: What filling raised.
        origin: The part, for messages.
    """
    number, count = tag_at(source, line_of(fault))
    # docxtpl makes several tags of some, and none of others.
    tag: Tag | None = part.tags[number] if 0 <= number < count == len(part.tags) else None
    place, text = (tag.place, tag.text) if tag else ("", part.name)
    return problem(Code.BUDGET_SPENT, origin._replace(cell=place), tag=text[:80], **cause_of(fault))  # type: ignore[arg-type] # no argument is called severity
