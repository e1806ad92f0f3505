"""Template and fields to the bytes of a Word file."""

from generator.word.office import as_pdf, find_office, with_page_numbers
from generator.word.render import render
