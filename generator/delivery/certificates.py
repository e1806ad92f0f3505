"""Whom a connection trusts: the system's authorities, or those of a file instead."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.problems import InputError, Origin, problem

if TYPE_CHECKING:
    from pathlib import Path


def trusted(ca_file: Path | None) -> ssl.SSLContext:
    """What checks a server's certificate and its name.

    Args:
        ca_file: Certificates to trust instead of the system's.

    Raises:
        InputError: The file holds none, or cannot be read.
    """
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as fault:
        raise InputError(
            [problem(Code.NO_CERTIFICATES, Origin("[mail] ca_file"), found=ca_file)]
        ) from fault
