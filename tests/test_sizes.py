"""Nothing grows too large to read: modules at most 500 lines, functions at most 60."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_MODULE_LINES = 500
MOST_FUNCTION_LINES = 60


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders or ("src", "tools", "bench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"tests", "migrations", "node_modules"} & set(path.parts):
                yield path


def test_no_module_is_longer_than_500_lines():
    found = modules("src", "tools", "bench", "client")
    long = {str(path.relative_to(ROOT)): lines for path in found if (lines := _lines(path)) > MOST_MODULE_LINES}
    assert not long


def test_no_function_is_longer_than_60_lines():
    long = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = lines
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())
