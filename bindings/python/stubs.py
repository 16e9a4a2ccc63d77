"""The types of the Python module, for mypy and pyright, out of what UniFFI wrote: `make golden`.

    python stubs.py FOLDER [--check]

FOLDER has python/ as `scripts/bindings` leaves it. UniFFI's own annotations are nearly enough; here a variant is a
kind of its enum, as it is when it runs, and an argument that may be left out says so. With --check nothing is
written and types that are not what the sources say are an error.
"""

import ast
import sys
from pathlib import Path

STUB = Path(__file__).parent / "src/chop_wallet/__init__.pyi"
LEAD = '"""Chop, the data space wallet. Written by `bindings/python/stubs.py`; a test compares."""\n\nimport builtins\nimport enum\nimport typing\n\n'
# The generator's own, and what only a testing library has.
NOT_OURS = {"InternalError", "testing_space"}
# What UniFFI gives an error without saying its type.
OF_ERRORS = {"code": "str", "fault": "Fault", "left": "Left", "summary": "str", "params": "typing.List[Param]"}


def main(folder: Path, is_check: bool) -> int:
    text = LEAD + stub(ast.parse((folder / "python/chop_wallet.py").read_text()))
    if not is_check:
        STUB.write_text(text)
    elif not STUB.exists() or STUB.read_text() != text:
        print(f"{STUB} is not what the sources say: make golden", file=sys.stderr)
        return 1
    return 0


def stub(tree: ast.Module) -> str:
    named = {getattr(node, "name", ""): node for node in tree.body}
    names = next(
        [ast.literal_eval(element) for element in node.value.elts]
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
    )
    ours = sorted(name for name in names if name in named and name not in NOT_OURS and not name.endswith("Impl"))
    ours = [name for name in ours if not name.endswith("Protocol")]
    parts = [f"__all__ = {ours!r}"]
    for name in ours:
        node = named[name]
        written = function(node) if isinstance(node, ast.FunctionDef) else class_of(node, None)
        parts.append(ast.unparse(ast.fix_missing_locations(written)))
    return "\n\n".join(parts) + "\n"


def class_of(node: ast.ClassDef, outer: str | None) -> ast.ClassDef:
    bases = [ast.Name(outer)] if outer else bases_of(node)
    body: list = [docstring(node)] if ast.get_docstring(node) else []
    for member in node.body:
        name = getattr(member, "name", "")
        if isinstance(member, ast.FunctionDef) and name == "__init__":
            body += made_of(member)
        elif isinstance(member, ast.FunctionDef) and not name.startswith("_"):
            body.append(function(member))
        elif isinstance(member, ast.ClassDef) and not name.startswith("_"):
            body.append(class_of(member, node.name))
        elif isinstance(member, ast.Assign) and [ast.unparse(base) for base in bases] == ["enum.Enum"]:
            body.append(member)
    return ast.ClassDef(node.name, bases, [], body or [ast.Expr(ast.Constant(...))], [])


def bases_of(node: ast.ClassDef) -> list:
    kinds = [ast.unparse(base) for member in node.body if isinstance(member, ast.ClassDef) for base in member.bases]
    # An error is written twice, and only the first one, which is replaced, is an exception.
    if any(kind.startswith("_UniffiTemp") for kind in kinds):
        return [ast.Name("Exception")]
    # What an object can do is written at itself, too.
    return [base for base in node.bases if not ast.unparse(base).endswith("Protocol")]


def made_of(init: ast.FunctionDef) -> list:
    """The fields of a record or a variant, and how it is made; of an opaque object neither is to be seen."""
    if init.args.vararg:
        return []
    given = [*init.args.args[1:], *init.args.kwonlyargs]
    for one in given:
        one.annotation = one.annotation or ast.Name(OF_ERRORS[one.arg])
        # A field may be named as its type is.
        if ast.unparse(one.annotation) == one.arg:
            one.annotation = ast.Name(f"builtins.{one.arg}")
    fields = [ast.AnnAssign(ast.Name(one.arg), plain(one.annotation), None, 1) for one in given]
    return [*fields, function(init)]


def function(node: ast.FunctionDef) -> ast.FunctionDef:
    for given in [*node.args.args, *node.args.kwonlyargs]:
        given.annotation = plain(given.annotation)
    node.args.defaults = [ast.Constant(...) for _ in node.args.defaults]
    node.args.kw_defaults = [default and ast.Constant(...) for default in node.args.kw_defaults]
    returns = ast.Constant(None) if node.name == "__init__" else plain(node.returns)
    body = [docstring(node) or ast.Expr(ast.Constant(...))]
    decorators = [one for one in node.decorator_list if ast.unparse(one) in ("classmethod", "staticmethod", "property")]
    return ast.FunctionDef(node.name, node.args, body, decorators, returns)


def plain(annotation: ast.expr | None) -> ast.expr | None:
    """Without the quotes of a name that comes later, and without UniFFI's mark of an argument left out."""
    if annotation is None:
        return None
    text = ast.unparse(annotation)
    if text.startswith("typing.Union[object, "):
        text = text.removeprefix("typing.Union[object, ").removesuffix("]")
    return ast.parse(text.replace("'", "").replace('"', ""), mode="eval").body


def docstring(node: ast.AST) -> ast.Expr | None:
    text = ast.get_docstring(node)
    return ast.Expr(ast.Constant(" ".join(text.split()))) if text else None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--check" in sys.argv))
