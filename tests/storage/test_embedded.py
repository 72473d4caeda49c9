"""The embedded PostgreSQL starts, is shared, refuses a second holder, and survives every kind of killing."""

import asyncio
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from answerback.storage.embedded import AlreadyHeldError, EmbeddedPostgresError, open_embedded
from answerback.storage.embedded.place import LONGEST_SOCKET_PATH, POINTER
from tests.storage.holding import Holder
from tests.storage.notes import add_note, count_notes

Hold = Callable[..., Holder]


def alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.02)


def guard_of(postmaster: int) -> int:
    """The shell that watches over this postmaster."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[:2] == [b"/bin/sh", b"-c"] and str(postmaster).encode() in words:
            return int(folder.name)
    raise AssertionError("no guard found")


async def test_data_outlives_the_process(data_dir: Path) -> None:
    with open_embedded(data_dir, "serve", share=False) as server:
        await add_note(server.url)
    with open_embedded(data_dir, "serve", share=False) as server:
        assert await count_notes(server.url) == 1


async def test_nothing_is_left_running_after_the_end(data_dir: Path) -> None:
    with open_embedded(data_dir, "serve", share=False) as server:
        postmaster = server.postmaster_pid
        assert postmaster is not None
        guard = guard_of(postmaster)
    assert not alive(postmaster)
    assert not alive(guard)


def test_a_second_serve_is_told_who_holds_the_data(data_dir: Path, hold: Hold) -> None:
    first = hold(data_dir)
    with pytest.raises(AlreadyHeldError, match=rf"process {first.process.pid} .*ANSWERBACK_DATA_DIR"):
        open_embedded(data_dir, "serve", share=False)


async def test_a_command_uses_the_server_of_a_running_serve_and_leaves_it_running(data_dir: Path, hold: Hold) -> None:
    serving = hold(data_dir)
    with open_embedded(data_dir, "command", share=True) as server:
        assert not server.owned
        await add_note(server.url)
    assert await count_notes(serving.url) == 1


@pytest.mark.parametrize("share", [False, True])
async def test_whoever_comes_second_waits_for_a_short_command_to_finish(
    data_dir: Path, hold: Hold, share: bool
) -> None:
    command = hold(data_dir, "command")
    ending = asyncio.create_task(asyncio.to_thread(command.end))
    server = await asyncio.to_thread(open_embedded, data_dir, "command" if share else "serve", share=share)
    await ending
    with server:
        assert server.owned
        await add_note(server.url)


async def test_a_killed_holder_takes_its_server_down_and_loses_nothing(data_dir: Path, hold: Hold) -> None:
    holder = hold(data_dir)
    await add_note(holder.url)
    holder.kill()
    await until(lambda: not alive(holder.postmaster))
    with open_embedded(data_dir, "serve", share=False) as server:
        assert await count_notes(server.url) == 1


async def test_an_orphaned_server_is_replaced_at_the_next_start(data_dir: Path, hold: Hold) -> None:
    holder = hold(data_dir)
    await add_note(holder.url)
    os.kill(guard_of(holder.postmaster), signal.SIGKILL)
    holder.kill()
    assert alive(holder.postmaster)
    with open_embedded(data_dir, "serve", share=False) as server:
        assert server.postmaster_pid != holder.postmaster
        assert await count_notes(server.url) == 1
    assert not alive(holder.postmaster)


async def test_a_killed_server_comes_back_by_itself(data_dir: Path) -> None:
    with open_embedded(data_dir, "serve", share=False) as server:
        await add_note(server.url)
        seen = set[int]()
        for _ in range(3):
            killed = server.postmaster_pid
            assert killed is not None
            seen.add(killed)
            os.kill(killed, signal.SIGKILL)
            await until(lambda: server.postmaster_pid not in seen)
            assert await count_notes(server.url) == 1


async def test_a_killed_server_and_holder_start_again(data_dir: Path, hold: Hold) -> None:
    holder = hold(data_dir)
    await add_note(holder.url)
    connection = await asyncpg.connect(holder.url)  # a backend that outlives its postmaster for a moment
    holder.process.kill()
    os.kill(holder.postmaster, signal.SIGKILL)
    with open_embedded(data_dir, "serve", share=False) as server:
        assert await count_notes(server.url) == 1
    connection.terminate()


async def test_a_pid_file_that_names_a_stranger_is_no_obstacle(data_dir: Path) -> None:
    with open_embedded(data_dir, "serve", share=False) as server:
        await add_note(server.url)
    [cluster] = data_dir.glob("postgres/cluster")
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n1\n5432\n\n\n1 1\nready   \n")
    with open_embedded(data_dir, "serve", share=False) as server:
        assert await count_notes(server.url) == 1


async def test_a_half_made_cluster_is_made_again(data_dir: Path) -> None:
    rubbish = data_dir / "postgres" / "cluster.new"
    rubbish.mkdir(parents=True)
    (rubbish / "PG_VERSION").write_text("18\n")
    with open_embedded(data_dir, "serve", share=False) as server:
        await add_note(server.url)
        assert await count_notes(server.url) == 1


def test_data_of_another_major_version_is_left_alone(data_dir: Path) -> None:
    cluster = data_dir / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedPostgresError, match="written by PostgreSQL 9"):
        open_embedded(data_dir, "serve", share=False)


async def test_a_long_path_still_gets_a_socket(data_dir: Path) -> None:
    deep = data_dir / ("long" * 20) / ("deep" * 20)
    with open_embedded(deep, "serve", share=False) as server:
        await add_note(server.url)
        folder = server.url.partition("?host=")[2].partition("&")[0]
        assert len(folder) < LONGEST_SOCKET_PATH
        assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700
    assert not Path(folder).exists()


@pytest.mark.usefixtures("only_as_root")
async def test_root_with_a_private_folder_keeps_data_elsewhere_and_opens_no_folder(data_dir: Path) -> None:
    private = data_dir.parent / "private"
    private.mkdir(mode=0o700)
    for _ in range(2):
        with open_embedded(private / "data", "serve", share=False) as server:
            await add_note(server.url)
            notes = await count_notes(server.url)
    assert notes == 2
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    elsewhere = Path((private / "data" / POINTER).read_text().strip())
    assert (elsewhere / "cluster" / "PG_VERSION").exists()
    for file in sorted(elsewhere.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() and not file.is_symlink() else file.unlink()
    elsewhere.rmdir()


def test_an_unusable_data_folder_is_said_plainly(data_dir: Path) -> None:
    data_dir.write_text("a file, not a folder")
    with pytest.raises(EmbeddedPostgresError, match=r"cannot use the data folder .*ANSWERBACK_DATA_DIR"):
        open_embedded(data_dir, "serve", share=False)
