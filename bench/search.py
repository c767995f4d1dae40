"""Search: the command from cold, the engine in the program, the index; beside other tools.

The command measured is the console script of an installed package in a fresh environment: an
editable install costs its start-up files. All commands of a table take turns in one run, so that
ratios hold on a busy machine.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench import corpora
from bench.planted import WHOLE, Planted, plant, plant_class
from bench.row import Row, verdict
from bench.search_peers import tantivy_figures
from tui.search.engine import LIVE_LIMIT, Engine
from tui.search.query import read_query
from tui.store import index
from tui.store.reader import open_reader

_ROOT = Path(__file__).resolve().parent.parent
_LIBRARIES = ("rapidfuzz",)
_PEERS = ("rg", "ugrep", "fzf", "sqlite3")


def rows(full: bool = False, quick: bool = False) -> list[Row]:
    """Measure and return the rows.

    Args:
        full: also a million passages (minutes, and 500 MB of cache).
        quick: only eleven thousand passages, few repeats.
    """
    sizes = [11_000] if quick else [11_000, 100_000]
    if full:
        sizes.append(1_000_000)
    script = installed_script()
    found: list[Row] = []
    for size in sizes:
        planted = plant(size, 30 if quick else 120)
        found += _command_rows(script, size, planted, 5 if quick else 25)
        found += _engine_rows(size, planted)
        found += _recall_rows(size, 10 if quick else 60)
        found += _index_rows(size, planted)
    return found


def installed_script() -> Path:
    """Install the package into a fresh environment of its own; return its ``qual``."""
    folder = corpora.cache_folder() / "environment"
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    packages = folder / packages.relative_to(folder)
    shutil.copytree(_ROOT / "tui", packages / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    here = Path(sysconfig.get_path("platlib"))
    for name in _LIBRARIES:
        if (here / name).is_dir():
            shutil.copytree(here / name, packages / name)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "compileall", "-q", packages], check=True)
    script = folder / "bin" / "qual"
    script.write_text(
        f"#!{python}\nimport sys\nfrom tui.__main__ import main\n"
        'if __name__ == "__main__":\n    sys.exit(main())\n',
        "utf-8",
    )
    script.chmod(0o755)
    return script


def _timed(commands: dict[str, Callable[[int], list[str]]], turns: int) -> dict[str, float]:
    """Run each command in turn; return the median milliseconds of each.

    What takes more than a second is run five times. All write to a file: into ``/dev/null`` some
    tools stop at the first line that matches.
    """
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(turns):
        for name, command in commands.items():
            if len(taken[name]) >= 5 and median(taken[name]) > 1000:
                continue
            line = command(turn)
            with tempfile.TemporaryFile() as output:
                begun = time.perf_counter()
                subprocess.run(
                    line, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL
                )
            taken[name].append((time.perf_counter() - begun) * 1000)
    return {name: median(times) for name, times in taken.items()}


def _command_rows(script: Path, size: int, planted: list[Planted], turns: int) -> list[Row]:
    project, plain = str(corpora.project_file(size)), str(corpora.plain_file(size))
    search = [str(script), "search", "-p", project]

    plain_index = str(_plain_index(size)) if shutil.which("sqlite3") else ""

    def word(turn: int) -> str:
        return max(planted[turn % len(planted)][1].split(), key=len)

    commands: dict[str, Callable[[int], list[str]]] = {
        "python -c pass": lambda turn: [str(script.parent / "python"), "-c", "pass"],
        "typed": lambda turn: [*search, planted[turn % len(planted)][1]],
        "mistyped": lambda turn: [*search, planted[turn % len(planted)][2]],
        "rg": lambda turn: ["rg", "-i", "-F", word(turn), plain],
        "ugrep": lambda turn: ["ugrep", "-i", "-Z2", word(turn), plain],
        "fzf": lambda turn: [
            "sh",
            "-c",
            f"fzf --filter '{planted[turn % len(planted)][1]}' <{plain}",
        ],
        "sqlite3": lambda turn: [
            "sqlite3",
            plain_index,
            f"SELECT rowid, text FROM plain WHERE plain MATCH '{planted[turn % len(planted)][1]}'",
        ],
    }
    missing = [name for name in _PEERS if shutil.which(name) is None]
    for name in missing:
        del commands[name]
    times = _timed(commands, turns)
    start, rg = times["python -c pass"], times.get("rg")
    peers = ", ".join(
        f"{name} {times[name]:.1f} ms" if name in times else f"{name} MISSING" for name in _PEERS
    )
    at = _label(size)
    found = []
    for name, ratio in (("typed", 2.0), ("mistyped", 2.5)):
        ours = times[name]
        goal, value, most = f"<= {ratio} x python -c pass", ours / start, ratio
        told = goal if name == "typed" or size == 11_000 else ""
        result = verdict(value, most) if told else ""
        if size == 1_000_000:
            told = f"{told}, <= {0.5 if name == 'typed' else 0.75} x rg".lstrip(", ")
            most = 0.5 if name == "typed" else 0.75
            if rg is None:
                result = "MISSING"
            elif ours / rg > most:
                result = "MISSED"
            else:
                result = result or "met"
        found.append(
            Row(
                "search",
                f"`qual search`, three words {name}",
                at,
                f"{ours:.1f} ms ({value:.2f} x)",
                f"python -c pass {start:.1f} ms, {peers}",
                told,
                result,
            )
        )
    memory = _peak_memory([*search, planted[0][2]])
    found.append(
        Row(
            "search", "memory of that process", at, f"{memory:.0f} MiB", "", "<= 32 MiB",
            verdict(memory, 32),
        )
    )  # fmt: skip
    return found


def _plain_index(size: int) -> Path:
    """Return an FTS5 table with SQLite's own word cutter on the same text, made when missing."""
    path = corpora.plain_file(size).with_suffix(".fts5")
    if not path.exists():
        db = sqlite3.connect(path)
        db.execute("CREATE VIRTUAL TABLE plain USING fts5(text)")
        texts = ((text,) for _, text in corpora.passages(size))
        db.executemany("INSERT INTO plain VALUES (?)", texts)
        db.execute("INSERT INTO plain (plain) VALUES ('optimize')")
        db.commit()
        db.close()
    return path


def _peak_memory(line: list[str]) -> float:
    # A child begins with its parent's peak, so a small one stands between.
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=-3, stderr=-3);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ended = subprocess.run([sys.executable, "-c", code, *line], capture_output=True, text=True)
    return int(ended.stdout) / (1024 if sys.platform != "darwin" else 1024 * 1024)


def _scan(size: int) -> float | None:
    """Return the median milliseconds of one scan by rg; None when there is no rg."""
    if shutil.which("rg") is None:
        return None
    line = ["rg", "-i", "-F", "nowhere-to-be-found", str(corpora.plain_file(size))]
    return _timed({"rg": lambda turn: line}, 11)["rg"]


def _engine_rows(size: int, planted: list[Planted]) -> list[Row]:
    path = str(corpora.project_file(size))
    warm = Engine(open_reader(path), "nobody", warm=True)
    warm.search(read_query("warm up", typing=True), limit=LIVE_LIMIT, typing=True)
    keys: list[float] = []
    cold: list[float] = []
    recall = {"whole": 0, "cut": 0}
    for row, _, wrong, cut in planted:
        for end in range(max(1, len(cut) - 6), len(cut) + 1):
            begun = time.perf_counter()
            query = read_query(cut[:end], typing=True)
            # As the screen asks: with the passages that miss a word.
            found = warm.search(query, limit=LIVE_LIMIT, typing=True, partial=20)
            keys.append((time.perf_counter() - begun) * 1000)
        recall["cut"] += row in [hit.passage_id for hit in found.hits[:10]]
        db = open_reader(path)
        db.execute("SELECT 1 FROM settings").fetchone()
        begun = time.perf_counter()
        hits = Engine(db, "nobody").search(read_query(wrong), limit=10, partial=10).hits
        cold.append((time.perf_counter() - begun) * 1000)
        db.close()
        recall["whole"] += row in [hit.passage_id for hit in hits[:10]]
    scan = _scan(size)
    return [
        _engine_row("a keystroke in the program", size, keys, scan, (15, 5)),
        _han_row(size, warm),
        _engine_row("a whole query, nothing cached", size, cold, scan, (13, 4)),
        _recall_row("last word cut, others mistyped", size, recall["cut"] / len(planted), 0.95),
        _recall_row("whole, three words", size, recall["whole"] / len(planted), 0.985),
    ]


def _han_row(size: int, warm: Engine) -> Row:
    """Type Chinese from the first character on: alone it stands in thousands of pairs."""
    taken: list[float] = []
    for query in plant_class(size, WHOLE[-1], 30):
        for end in range(1, len(query.wrong) + 1):
            begun = time.perf_counter()
            typed = read_query(query.wrong[:end], typing=True)
            warm.search(typed, limit=LIVE_LIMIT, typing=True, partial=20)
            taken.append((time.perf_counter() - begun) * 1000)
    worst = sorted(taken)[int(len(taken) * 0.99)]
    ours = f"{median(taken):.1f} ms (99 %: {worst:.1f})"
    return Row("search", "a keystroke in the program, Chinese", _label(size), ours, "", "", "")


def _recall_rows(size: int, count: int) -> list[Row]:
    """Ask queries of each class; return recall and time of each."""
    path = str(corpora.project_file(size))
    found = []
    hits = asked = 0
    for name in WHOLE:
        planted = plant_class(size, name, count)
        taken: list[float] = []
        here = 0
        for query in planted:
            db = open_reader(path)
            begun = time.perf_counter()
            listed = Engine(db, "nobody").search(read_query(query.wrong), limit=10, partial=10).hits
            taken.append((time.perf_counter() - begun) * 1000)
            db.close()
            here += query.passage in [hit.passage_id for hit in listed[:10]]
        hits, asked = hits + here, asked + len(planted)
        if planted:
            row = _recall_row(name, size, here / len(planted))
            worst = sorted(taken)[int(len(taken) * 0.99)]
            beside = f"{len(planted)} queries, {median(taken):.1f} ms (99 %: {worst:.1f})"
            found.append(replace(row, beside=beside))
    found.append(_recall_row("all classes of whole queries", size, hits / max(1, asked), 0.985))
    return found


def _recall_row(name: str, size: int, share: float, goal: float | None = None) -> Row:
    if size < 1_000_000:
        goal = None
    return Row(
        "search",
        f"recall at 10, {name}",
        _label(size),
        f"{share:.1%}",
        "",
        "" if goal is None else f">= {goal:.1%}",
        "" if goal is None else verdict(goal, share),
    )


def _engine_row(
    what: str, size: int, times: list[float], scan: float | None, parts: tuple[int, int]
) -> Row:
    ordered = sorted(times)
    middle, worst = median(ordered), ordered[int(len(ordered) * 0.99)]
    ours = f"{middle:.1f} ms (99 %: {worst:.1f})"
    if scan is None:
        return Row("search", what, _label(size), ours, "rg MISSING", "", "MISSING")
    goal, result = "", ""
    if size == 1_000_000:
        goal = f"median <= 1/{parts[0]}, 99 % <= 1/{parts[1]} of rg"
        result = "met" if middle <= scan / parts[0] and worst <= scan / parts[1] else "MISSED"
    return Row("search", what, _label(size), ours, f"one rg scan {scan:.1f} ms", goal, result)


def _index_rows(size: int, planted: list[Planted]) -> list[Row]:
    path = corpora.cache_folder() / "index.qual"
    shutil.copyfile(corpora.project_file(size), path)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = wal")
    text = corpora.plain_file(size).stat().st_size
    held = _size(db, "SELECT sum(length(block)) FROM index_tokens_data")
    held += _size(db, "SELECT sum(length(planes)) FROM index_words")
    start = _timed({"pass": lambda turn: [sys.executable, "-c", "pass"]}, 11)["pass"]
    begun = time.perf_counter()
    db.execute("BEGIN")
    index.rebuild(db)
    db.execute("COMMIT")
    built = (time.perf_counter() - begun) * 1000
    one = _one_more(db, (text for _, text in corpora.passages(size)))
    db.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    most = 1_800 * size / 1_000_000
    at, beside = _label(size), f"python -c pass {start:.1f} ms"
    seconds = most * start / 1000
    others, goal = _tantivy(size, planted), f"<= {most:.0f} python -c pass ({seconds:.1f} s)"
    if others is not None:
        seconds = max(seconds, others[0] * 2 / 3)
        goal += f" or 2/3 of tantivy ({others[0] * 2 / 3:.1f} s)"
    peer = "tantivy MISSING"
    if others is not None:
        share, asked = others[1] / text, sorted(others[2])
        peer = f"tantivy {others[0]:.1f} s, {share:.2f} of the text, a fuzzy query "
        peer += f"{median(asked):.1f} ms (99 %: {asked[int(len(asked) * 0.99)]:.1f})"
    return [
        Row("search", "index, of the text", at, f"{held / text:.2f}", f"text {text / 1e6:.1f} MB",
            "<= 0.35", verdict(held / text, 0.35)),
        Row("search", "index, built", at, f"{built / 1000:.1f} s",
            f"{beside}, {peer}", goal, verdict(built / 1000, seconds)),
        Row("search", "index, one passage more", at, f"{one:.2f} ms", beside,
            "<= 1/80 python -c pass", verdict(one, start / 80)),
    ]  # fmt: skip


def _tantivy(size: int, planted: list[Planted]) -> tuple[float, int, list[float]] | None:
    folder = corpora.cache_folder()
    queries = folder / "queries.txt"
    queries.write_text("".join(f"{query.wrong}\n" for query in planted[:60]), "utf-8")
    python = folder / "tantivy" / "bin" / "python"
    return tantivy_figures(str(python), str(corpora.plain_file(size)), str(queries))


def _size(db: sqlite3.Connection, statement: str) -> int:
    return int(db.execute(statement).fetchone()[0] or 0)


def _one_more(db: sqlite3.Connection, texts: Iterable[str]) -> float:
    """Return the median milliseconds of adding one passage to the index, without the commit."""
    taken: list[float] = []
    db.execute("BEGIN")
    for number, text in enumerate(texts, 10_000_000):
        if len(taken) == 400:
            break
        begun = time.perf_counter()
        index.add_passages(db, [(number, text[::-1] if number % 10 == 0 else text)])
        taken.append((time.perf_counter() - begun) * 1000)
    db.execute("ROLLBACK")
    return median(taken)


def _label(size: int) -> str:
    return f"{size // 1000:,}k passages" if size < 1_000_000 else "1M passages"


if __name__ == "__main__":
    from bench.row import markdown

    print(markdown(rows(full="--full" in sys.argv, quick="--quick" in sys.argv)))
