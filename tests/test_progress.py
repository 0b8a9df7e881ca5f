import io

from rich.console import Console

from kg.progress import Bar, Silent, for_console


def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=100, height=10, legacy_windows=False)


def test_a_bar_only_on_a_terminal_that_wants_it() -> None:
    assert isinstance(for_console(terminal()), Bar)
    assert isinstance(for_console(terminal(), quiet=True), Silent)
    assert isinstance(for_console(Console(file=io.StringIO())), Silent)


def shown(total: int, read: int, seconds: float) -> str:
    now = [0.0]
    console = terminal()
    bar = Bar(console, clock=lambda: now[0])
    bar.start(total)
    for number in range(read):
        now[0] += seconds
        bar.advance(1, f"text {number + 1} [b].txt")
    with console.capture() as captured:
        console.print(bar._progress.get_renderable())
    bar.done()
    return captured.get()


def test_count_rate_time_left_and_name_are_shown() -> None:
    line = shown(total=10, read=5, seconds=0.5)
    assert "5/10" in line
    assert "2.0/s" in line
    assert "0:00:03" in line or "0:00:02" in line
    assert "text 5 [b].txt" in line


def test_an_unknown_total_is_no_error() -> None:
    assert "3/?" in shown(total=0, read=3, seconds=1)


def test_done_may_be_called_twice_and_before_start() -> None:
    bar = Bar(terminal())
    bar.done()
    bar.start(1)
    bar.done()
    bar.done()


def test_silence_writes_nothing() -> None:
    silent = Silent()
    silent.start(3)
    silent.advance(1, "a")
    silent.done()
