"""The domain asks no clock and rolls no dice: time and chance come in as arguments."""

import re

from tests.shape.source_files import ROOT, project_files

IMPURE = re.compile(
    r"\.(?:now|utcnow|today)\(|\brandom\b|\btime\.(?:time|monotonic|sleep)|\bopen\(|\bprint\(|\buuid4\b"
)


def test_the_domain_reads_no_clock_and_no_chance() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in project_files(".py")
        if file.is_relative_to(ROOT / "src/answerback/domain")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if IMPURE.search(line.partition("#")[0])
    ]
    assert not found, "\n".join(found)
