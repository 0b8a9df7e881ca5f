import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.writing import whole_file

ROOT = Path(__file__).resolve().parent.parent


def put(path: Path, content: bytes = b"new") -> None:
    with whole_file(path) as out:
        out.write(content)


def script(path: Path, body: str) -> list[str]:
    """A program of its own that opens ``path`` as ``out``."""
    lines = [f"import sys; sys.path.insert(0, {str(ROOT)!r})", "from pathlib import Path", "import resource, time"]
    lines += ["from kg.writing import whole_file", body.replace("PATH", f"Path({str(path)!r})")]
    return [sys.executable, "-c", "\n".join(lines)]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"old")
    return path


def test_new_file_takes_the_place_of_the_old(old: Path) -> None:
    old.chmod(0o640)
    put(old)
    assert old.read_bytes() == b"new"
    assert old.stat().st_mode & 0o777 == 0o640
    assert list(old.parent.iterdir()) == [old]


def test_old_file_stands_until_the_new_one_is_whole(old: Path) -> None:
    with whole_file(old) as out:
        out.write(b"new")
        out.flush()
        assert old.read_bytes() == b"old"
    assert old.read_bytes() == b"new"


def test_missing_folders_are_made_and_the_mode_is_that_of_any_new_file(tmp_path: Path) -> None:
    path, plain = tmp_path / "a" / "b" / "graph.ttl", tmp_path / "plain"
    put(path)
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode


def test_link_is_followed(old: Path) -> None:
    link = old.with_name("link.ttl")
    link.symlink_to(old)
    put(link)
    assert link.is_symlink() and old.read_bytes() == b"new"


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_after_an_exception_nothing_has_changed(old: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), whole_file(old) as out:
        out.write(b"half")
        raise error
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_full_disk_is_an_output_error_and_nothing_has_changed(old: Path) -> None:
    with pytest.raises(OutputError, match=r"graph\.ttl: cannot be written: No space left"), whole_file(old) as out:
        out.write(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_full_disk_that_shows_only_at_the_end(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        put(old)
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_device_is_written_straight_and_its_error_named() -> None:
    with pytest.raises(OutputError, match="/dev/full: cannot be written: No space left"):
        put(Path("/dev/full"))
    put(Path(os.devnull))


def test_limit_of_the_system_leaves_the_old_file(old: Path) -> None:
    body = (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "with whole_file(PATH) as out:\n"
        "    for _ in range(100): out.write(b'x' * 1000)"
    )
    done = subprocess.run(script(old, body), capture_output=True, text=True, check=False)
    assert "OutputError" in done.stderr and "graph.ttl: cannot be written: File too large" in done.stderr
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_killed_half_way_leaves_the_old_file(old: Path) -> None:
    body = (
        "with whole_file(PATH) as out:\n    out.write(b'half'); out.flush(); print('half', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(script(old, body), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGKILL)
    assert old.read_bytes() == b"old"
    put(old)
    assert old.read_bytes() == b"new"


def test_folder_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Is a directory"):
        put(tmp_path)


def test_folder_that_is_a_file_is_named(old: Path) -> None:
    with pytest.raises(OutputError, match=r"graph\.ttl/new\.ttl: cannot be written"):
        put(old / "new.ttl")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission(old: Path) -> None:
    old.parent.chmod(0o555)
    try:
        with pytest.raises(OutputError, match="Permission denied"):
            put(old)
    finally:
        old.parent.chmod(0o755)
    assert old.read_bytes() == b"old"


def test_refused_permission_is_named(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        put(old)
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]
