"""The public API, written down: what is removed or changed is a new major version (see README.md)."""

import enum
import inspect
import os
from pathlib import Path

import chop_wallet as chop

WRITTEN = Path(__file__).parents[2] / "golden" / "api.txt"
# Of the generator, not of the product; and what only a testing library has.
NOT_OURS = {"InternalError", "testing_space"}


def test_the_api_is_what_was_written_down():
    api = "\n".join(sorted(lines())) + "\n"
    if os.environ.get("CHOP_RECORD"):
        WRITTEN.write_text(api)
    assert api == WRITTEN.read_text()


def lines():
    for name, thing in vars(chop).items():
        if getattr(thing, "__module__", "") != chop.__name__ or name.startswith("_"):
            continue
        if name in NOT_OURS or name.endswith(("Protocol", "Impl")):
            continue
        if inspect.isfunction(thing):
            yield f"{name}{signature(thing)}"
        elif isinstance(thing, enum.EnumMeta):
            yield f"{name}: " + " | ".join(thing.__members__)
        elif inspect.isclass(thing):
            yield from members(name, thing)


def members(name, thing):
    yield f"{name}({', '.join(fields(thing))})"
    for member, value in vars(thing).items():
        if inspect.isfunction(value) and not member.startswith(("_", "is_", "IS_")):
            yield f"{name}.{member}{signature(value)}"
        elif inspect.isclass(value) and not member.startswith("_"):
            yield f"{name}.{member}({', '.join(fields(value))})"


def fields(thing) -> list:
    """What an object is made of; an opaque one has nothing to be seen."""
    try:
        parameters = inspect.signature(thing.__init__).parameters
    except (TypeError, ValueError):
        return []
    hidden = {"self", "_handle", "args", "kwargs"}
    return [p.name if p.annotation is p.empty else f"{p.name}: {p.annotation}" for p in parameters.values() if p.name not in hidden]


def signature(function) -> str:
    parameters = inspect.signature(function)
    names = [f"{p.name}: {p.annotation}" for p in parameters.parameters.values() if p.name != "self"]
    return f"({', '.join(names)}) -> {parameters.return_annotation}"
