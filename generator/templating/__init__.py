"""The template language, for every room that fills or checks templates: sandbox, tags, names.

Its modules are imported one by one: those that judge a template bring jinja along, which nobody
waits for who only checks a workbook.
"""
