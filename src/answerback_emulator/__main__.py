"""python -m answerback_emulator: the carriers and the phones on one port."""

import argparse
import gc
from pathlib import Path

import uvicorn

from answerback_emulator.app import create_app
from answerback_emulator.settings.config import Config, read_config


def run() -> None:
    """Parse the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="answerback_emulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--config", type=Path, help="JSON file declaring accounts, numbers, phones and dials")
    given = parser.parse_args()
    config = read_config(given.config) if given.config else Config()
    app = create_app(config)
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)  # texts live long and hold no cycles: collect rarely
    print(f"Phones: http://{given.host}:{given.port}", flush=True)
    uvicorn.run(
        app,
        host=given.host,
        port=given.port,
        access_log=False,
        proxy_headers=False,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    run()
