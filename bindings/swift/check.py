"""What can be known of the Swift side without a Swift toolchain: every file parses, and what the sources
beside the generated file call and override is there, by name and by the labels of its arguments.

    python check.py GENERATED.swift FILE...
"""

import re
import sys
from pathlib import Path

import tree_sitter_swift
from tree_sitter import Language, Node, Parser

# Calls of Swift's own library whose name the generated side has too: CheckedContinuation.resume(with:).
SWIFTS_OWN = {("resume", ("with",))}
PARSER = Parser(Language(tree_sitter_swift.language()))


def main(generated: Path, others: list) -> int:
    trees = {path: PARSER.parse(plain(path.read_text())).root_node for path in [generated, *others]}
    faults = [f"{path}:{node.start_point[0] + 1}: does not parse" for path, tree in trees.items() for node in broken(tree)]
    declared = {name for name in functions(trees[generated])}
    types = {name for name in types_of(trees[generated])}
    print(f"Swift: {len(trees)} files parse, {len(declared)} functions and {len(types)} types generated; not compiled")
    for path in others:
        own = {name for name in functions(trees[path])}
        for line, name, labels in calls(trees[path]):
            if any(known == name for known, _ in declared) and (name, labels) not in declared | own | SWIFTS_OWN:
                faults.append(f"{path}:{line}: {name}({':'.join(labels)}) is not a call that the generated side has")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def plain(source: str) -> bytes:
    """Without conditions on the compiler's version, and without `{ () }`: this grammar cannot read them."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if re.match(r"\s*(#if|#elseif|#else|#endif|@_documentation\()", line):
            lines[number] = ""
    return "\n".join(lines).replace("{ () }", "{ Void() }").encode()


def broken(node: Node):
    if node.type == "ERROR" or node.is_missing:
        yield node
    elif node.has_error:
        for child in node.children:
            yield from broken(child)


def walk(node: Node):
    yield node
    for child in node.children:
        yield from walk(child)


def text(node: Node) -> str:
    return node.text.decode()


def functions(tree: Node):
    """Name and argument labels of every function, and of every version of it that its defaults allow."""
    for node in walk(tree):
        if node.type not in ("function_declaration", "protocol_function_declaration"):
            continue
        name = next((text(child) for child in node.children if child.type == "simple_identifier"), None)
        labels, optional = [], set()
        for number, child in enumerate(node.children):
            if child.type != "parameter":
                continue
            names = [text(part) for part in child.children if part.type == "simple_identifier"]
            labels.append(names[0])
            if number + 1 < len(node.children) and node.children[number + 1].type == "=":
                optional.add(names[0])
        for left in range(1 << len(optional)):
            out = {label for bit, label in enumerate(sorted(optional)) if left >> bit & 1}
            yield name, tuple(label for label in labels if label not in out)


def types_of(tree: Node):
    for node in walk(tree):
        if node.type in ("class_declaration", "protocol_declaration"):
            yield from (text(child) for child in node.children if child.type == "type_identifier")


def calls(tree: Node):
    """Line, name and labels of every call, a trailing closure left out."""
    for node in walk(tree):
        if node.type != "call_expression":
            continue
        callee, suffix = node.children[0], node.children[-1]
        name = text(callee).rsplit(".", 1)[-1].strip()
        given = next((child for child in suffix.children if child.type == "value_arguments"), None)
        if given is None:
            continue
        labels = []
        for argument in (child for child in given.children if child.type == "value_argument"):
            label = next((text(c) for c in argument.children if c.type == "value_argument_label"), "_")
            labels.append(label)
        yield node.start_point[0] + 1, name, tuple(labels)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
