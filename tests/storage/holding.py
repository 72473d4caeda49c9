"""Another process that holds an embedded server, seen from the test."""

import subprocess
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holder:
    """Another process; `said` is its first line: two process numbers and the address, or a refusal."""

    process: subprocess.Popen[str]
    said: str

    @property
    def postmaster(self) -> int:
        return int(self.said.split()[1])

    @property
    def url(self) -> str:
        return self.said.split()[2]

    def end(self) -> None:
        self.process.communicate(timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)
