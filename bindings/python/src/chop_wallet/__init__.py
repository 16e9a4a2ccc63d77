"""Chop, the data space wallet: everything is in this module. Its types are in `__init__.pyi`."""

from ._native.chop_wallet import *  # noqa: F403
