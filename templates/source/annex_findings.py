"""Chapters of the annex that hold in full what the planning brief gives in short."""

import assets
import economy
import legal
import orders
import outlook
import profiles
import readiness
import sites
import tasks
import trace_table
from blocks import Pen

_CHAPTERS = (
    assets.registers,
    outlook.all_sides,
    legal.conditions,
    readiness.left_out,
    orders.views,
    profiles.in_full,
    sites.details,
    economy.details,
    outlook.all_risks,
    tasks.all_actions,
    trace_table.chapter,
)


def findings(pen: Pen) -> str:
    """The findings in the order of the planning brief, on upright pages."""
    return "".join(chapter(pen) for chapter in _CHAPTERS)
