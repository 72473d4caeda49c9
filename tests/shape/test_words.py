"""What must not stand in any file: paths of a machine, addresses of package registries, silenced checks, loose ends."""

import re

import pytest

from tests.shape.source_files import text_files

HERE = "tests/shape/test_words.py"

FORBIDDEN = {
    "the path of somebody's machine": r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/",
    "the host of a package registry": r"(?:pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.org|yarnpkg\.com)",
    "a resolved address in a lock file": r'"resolved": "http',
    "a loose end": r"\b(?:TODO|FIXME|XXX|HACK)\b",
    "a silenced check without a reason": r"#\s*noqa(?!: [A-Z]+\d+(?:, [A-Z]+\d+)* - \w)",
    "a silenced type error without a reason": r"#\s*type:\s*ignore(?!\[[\w-]+\]  # \w)",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in text_files()
        if str(name) != HERE
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(FORBIDDEN[what], line)
    ]
    assert not found, "\n".join(found)


def test_requirements_name_packages_and_hashes_only() -> None:
    for name, text in text_files():
        if name.parts[0] == "requirements":
            strange = [
                line for line in text.splitlines() if not re.match(r"[\w.-]+==|    --hash=sha256:[0-9a-f]{64}", line)
            ]
            assert strange == [], name
