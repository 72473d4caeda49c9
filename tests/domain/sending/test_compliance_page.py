"""docs/reference/compliance.md says what the tables say."""

import importlib.util

from tests.shape.source_files import ROOT


def test_the_page_is_made_from_the_tables() -> None:
    spec = importlib.util.spec_from_file_location("make_compliance", ROOT / "tools/make_compliance.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = (ROOT / "docs/reference/compliance.md").read_text(encoding="utf-8")
    assert page == tool.write_page(), "run: python tools/make_compliance.py"
    assert "Review this with counsel" in page
