"""The API page of each language, out of what UniFFI wrote from the Rust docs: `scripts/bindings docs`.

    python write.py FOLDER [--check]

FOLDER has kotlin/, swift/ and python/ as `scripts/bindings` leaves them. With --check nothing is written and
a page that is not what the sources say is an error.
"""

import ast
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
LEAD = """# The API in {name}

Written by `bindings/docs/write.py` from the docs of the Rust sources; a test compares. How the parts play
together is in [the README](../README.md); every call blocks, and fails with `{error}`, whose `code` is stable.
{more}
"""
MORE = {
    "Kotlin": "Off the caller's thread: `step`, `cancellable` and the `…Async` functions of `Coroutines.kt`.\n",
    "Swift": "Off the caller's thread: `step`, `cancellable` and the `…Async` functions of `Async.swift`.\n",
    "Python": "Everything is in the module `chop_wallet`, with types.\n",
}


def main(folder: Path, is_check: bool) -> int:
    pages = {
        "kotlin": page("Kotlin", "ChopException.Failed", read_c((folder / "kotlin/chop/wallet/chop_wallet.kt").read_text())),
        "swift": page("Swift", "ChopError.Failed", read_c((folder / "swift/ChopWallet.swift").read_text())),
        "python": page("Python", "ChopError.Failed", read_python((folder / "python/chop_wallet.py").read_text())),
    }
    stale = []
    for name, text in pages.items():
        path = HERE / f"{name}.md"
        if is_check and (not path.exists() or path.read_text() != text):
            stale.append(path)
        elif not is_check:
            path.write_text(text)
    for path in stale:
        print(f"{path} is not what the sources say: make golden", file=sys.stderr)
    return 1 if stale else 0


def page(name: str, error: str, parts: dict) -> str:
    out = [LEAD.format(name=name, error=error, more=MORE[name])]
    for title in sorted(parts, key=lambda title: (title != "", title)):
        doc, members = parts[title]
        if title and (not doc or title.startswith(("Ffi", "NoHandle")) or title.endswith(("Impl", "Protocol"))):
            continue
        out.append(f"## {title or 'Functions'}\n")
        if doc:
            out.append(f"{doc}\n")
        for declaration, text in members:
            out.append(f"- `{declaration}`" + (f"  \n  {text}" if text else ""))
        if members:
            out.append("")
    return "\n".join(out)


# --- Kotlin and Swift ---------------------------------------------------------------------------------

BLOCK = re.compile(r"^( *)/\*\*(.*?)\*/ *", re.S | re.M)
OPENS = re.compile(
    r"^(?:public |open |final |indirect )*(?:data |sealed |enum )?(?:class|interface|protocol|struct|enum|object) (\w+)"
)
OURS = re.compile(r"\b(fun|func|var|let|val|case|init|static|class|data class|object|struct)\b|^[A-Z_]+[,;]?$|^\w+\(")
# The generator's own, and what only a testing library has.
NOT_OURS = re.compile(r"^(Ffi|Disposable|Internal|Rust|NoHandle|override)|[uU]niffi|testingSpace|testing_space|\) : \w+\(\)$")


def read_c(source: str) -> dict:
    parts = {"": ("", [])}
    openings = [
        (found.start(), re.sub(r"(Interface|Protocol)$", "", OPENS.match(found.group(0)).group(1)))
        for found in re.finditer(r"^(?:public|open|data|sealed|enum|class|final|interface|object|indirect)\b.*$", source, re.M)
        if OPENS.match(found.group(0))
    ]
    for block in BLOCK.finditer(source):
        indent, doc = len(block.group(1)), prose(block.group(2))
        rest = source[block.end():].lstrip()
        declaration = tidy(rest)
        if not declaration or doc == "@suppress" or NOT_OURS.search(declaration):
            continue
        opened = OPENS.match(declaration)
        if indent == 0 and opened:
            title = re.sub(r"(Interface|Protocol)$", "", opened.group(1))
            parts.setdefault(title, ("", []))
            parts[title] = (doc, parts[title][1])
            continue
        # Kotlin's free functions are the ones whose docs are indented deeper than any method's.
        if re.match(r"func |fun ", declaration) and indent in (0, 8):
            keep(parts, "", declaration, doc)
            continue
        container = next((name for at, name in reversed(openings) if at < block.start()), None)
        if container and OURS.search(declaration):
            keep(parts, container, declaration, doc)
    return parts


def keep(parts: dict, title: str, declaration: str, doc: str) -> None:
    members = parts.setdefault(title, ("", []))[1]
    name = re.split(r"[(:]", declaration)[0]
    if not any(re.split(r"[(:]", known)[0] == name for known, _ in members):
        members.append((declaration, doc))


def tidy(rest: str) -> str:
    line = rest.split("\n", 1)[0]
    if "(" in line and ")" not in line and re.match(r"(data class|class|case) ", line.strip()):
        inner = re.sub(r"/\*\*.*?\*/", "", rest.split(") :", 1)[0] if "class" in line else rest.split("\n    )", 1)[0] + ")", flags=re.S)
        line = " ".join(inner.split()) + ("" if inner.endswith(")") else ")")
        line = line.replace("( ", "(").replace(" )", ")")
    line = re.sub(r"@\w+(\([^)]*\))?\s*", "", line)
    line = re.sub(r"\b(public|open|suspend|nonmutating) ", "", line.replace("`", "").replace("kotlin.", ""))
    line = re.sub(r"\bchop\.wallet\.", "", line)
    line = re.sub(r" *\{.*$", "", line)
    line = re.sub(r"\)throws", ") throws", re.sub(r"  +", " ", line)).rstrip(" ,;")
    return re.sub(r"^(?:data )?class (\w+)\((val )?", lambda m: f"{m.group(1)}({m.group(2) or ''}", line).replace("(val ", "(").replace(", val ", ", ")


def prose(comment: str) -> str:
    lines = [line.strip().removeprefix("*").strip() for line in comment.strip().split("\n")]
    return errors(" ".join(line for line in lines if line))


def errors(text: str) -> str:
    return text.replace("# Errors ", "Fails: ")


# --- Python -------------------------------------------------------------------------------------------


def read_python(source: str) -> dict:
    parts = {"": ("", [])}
    tree = ast.parse(source)
    names = set(next(
        [ast.literal_eval(element) for element in node.value.elts]
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
    ))
    for node in tree.body:
        name = getattr(node, "name", "")
        if name not in names or NOT_OURS.search(name):
            continue
        if isinstance(node, ast.FunctionDef):
            parts[""][1].append((signature(node), doc_of(node)))
        elif isinstance(node, ast.ClassDef):
            members = parts.setdefault(name, ("", []))[1]
            parts[name] = (doc_of(node), members)
            members.extend(members_of(node))
    return parts


def members_of(node: ast.ClassDef):
    for number, member in enumerate(node.body):
        name = getattr(member, "name", "")
        if isinstance(member, ast.FunctionDef) and name == "__init__" and len(member.args.kwonlyargs) > 0:
            fields = ", ".join(f"{a.arg}: {kind(a.annotation)}" for a in member.args.kwonlyargs)
            yield f"{node.name}({fields})", ""
        elif isinstance(member, ast.FunctionDef) and not name.startswith(("_", "is_", "IS_")):
            yield signature(member), doc_of(member)
        elif isinstance(member, ast.ClassDef) and not name.startswith("_"):
            init = next((m for m in member.body if getattr(m, "name", "") == "__init__"), None)
            given = [a for a in (init.args.args[1:] + init.args.kwonlyargs)] if init else []
            fields = ", ".join(f"{a.arg}: {kind(a.annotation)}" for a in given)
            yield f"{node.name}.{name}({fields})", doc_of(member)
        elif isinstance(member, ast.Assign) and getattr(member.targets[0], "id", "").isupper():
            after = node.body[number + 1] if number + 1 < len(node.body) else None
            is_doc = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            yield member.targets[0].id, " ".join(str(after.value.value).split()) if is_doc else ""


def signature(node: ast.FunctionDef) -> str:
    given = [a for a in node.args.args if a.arg not in ("self", "cls")]
    fields = ", ".join(f"{a.arg}: {kind(a.annotation)}" for a in given)
    return f"{node.name}({fields}) -> {kind(node.returns)}"


def kind(annotation) -> str:
    """Of UniFFI's `typing.Union[object, X]`, an argument that may be left out, X alone."""
    text = ast.unparse(annotation).replace("'", "") if annotation else "object"
    if text.startswith("typing.Union[object, "):
        text = text.removeprefix("typing.Union[object, ").removesuffix("]")
    return text.replace("typing.", "")


def doc_of(node) -> str:
    return errors(" ".join((ast.get_docstring(node) or "").split()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--check" in sys.argv))
