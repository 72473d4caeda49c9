"""A process that holds the embedded server of a data folder until its input ends or it is killed.

Prints one line: the address, or the error. Usage: holding_program.py DATA_DIR serve|command share|alone
"""

import os
import sys
from pathlib import Path

from answerback.storage.embedded import EmbeddedPostgresError, open_embedded

if __name__ == "__main__":
    try:
        with open_embedded(
            Path(sys.argv[1]), "serve" if sys.argv[2] == "serve" else "command", share=sys.argv[3] == "share"
        ) as server:
            print(f"{os.getpid()} {server.postmaster_pid} {server.url}", flush=True)
            sys.stdin.read()
    except EmbeddedPostgresError as error:
        print(error, flush=True)
