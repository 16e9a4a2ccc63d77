"""The same bytes as in every other language. Needs a library built with the feature `testing`."""

import json
import sys
from pathlib import Path

import pytest
import chop_wallet as chop

sys.path.insert(0, str(Path(__file__).parents[2] / "golden"))


@pytest.mark.skipif(not hasattr(chop, "testing_space"), reason="the library was built without `testing`")
def test_the_golden_walk(tmp_path):
    from replay import GOLDEN, replay

    golden = json.loads(GOLDEN.read_text())
    assert replay(tmp_path, golden) == golden["outputs"]
