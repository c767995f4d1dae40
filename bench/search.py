"""Search: the command from cold, the engine in the program, the index; beside other tools.

The command measured is the console script of an installed package in a fresh environment: an
editable install costs its start-up files. All commands of a table take turns in one run, so that
ratios hold on a busy machine.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from bench import corpora
from bench.row import Row, verdict
from tui.search.engine import LIVE_LIMIT, Engine
from tui.search.query import read_query
from tui.store import index
from tui.store.reader import open_reader
from tui.text.fold import has_digit, is_paired, tokens

_ROOT = Path(__file__).resolve().parent.parent
_QUERIES = 24
_LIBRARIES = ("rapidfuzz",)

Planted = tuple[int, str, str, str]
"""The passage, its words as written, the same mistyped, and with the last word cut."""


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
        found += _index_rows(size)
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


def plant(size: int, count: int) -> list[Planted]:
    """Choose passages, and three words of each that occur together in at most three."""
    rng = random.Random(7)
    texts = [(name, text) for name, text in corpora.passages(size)]
    db = sqlite3.connect(corpora.project_file(size))
    common = max(3, size // 50)
    planted: list[Planted] = []
    while len(planted) < count:
        row = rng.randrange(len(texts))
        language, text = texts[row]
        words = [w for w in dict.fromkeys(tokens(text)) if len(w) >= 4 and w.isalpha()]
        words = [w for w in words if not is_paired(w[0]) and not has_digit(w)]
        if language in ("zh", "ja") or len(words) < 3:
            continue
        chosen = rng.sample(words, 3)
        statement = "SELECT count(*) FROM index_tokens WHERE index_tokens MATCH ?"
        together = " AND ".join(f'"{word}"' for word in chosen)
        (hits,) = db.execute(statement, (together,)).fetchone()
        rarest = min(db.execute(statement, (f'"{word}"',)).fetchone()[0] for word in chosen)
        if hits > 3 or rarest > common:
            continue
        wrong = [corpora.mistyped(w, rng, language) if rng.random() < 0.5 else w for w in chosen]
        if wrong == chosen:
            wrong[0] = corpora.mistyped(chosen[0], rng, language)
        cut = chosen[2][: max(4, len(chosen[2]) - 2)]
        planted.append((row + 1, " ".join(chosen), " ".join(wrong), " ".join([*wrong[:2], cut])))
    db.close()
    return planted


def _timed(commands: dict[str, Callable[[int], list[str]]], turns: int) -> dict[str, float]:
    """Run each command in turn; return the median milliseconds of each."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(turns):
        for name, command in commands.items():
            line = command(turn)
            begun = time.perf_counter()
            subprocess.run(
                line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            taken[name].append((time.perf_counter() - begun) * 1000)
    return {name: median(times) for name, times in taken.items()}


def _command_rows(script: Path, size: int, planted: list[Planted], turns: int) -> list[Row]:
    project, plain = str(corpora.project_file(size)), str(corpora.plain_file(size))
    search = [str(script), "search", "-p", project]

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
    }
    missing = [name for name in ("rg", "ugrep", "fzf") if shutil.which(name) is None]
    for name in missing:
        del commands[name]
    times = _timed(commands, turns)
    start, rg = times["python -c pass"], times.get("rg")
    peers = ", ".join(
        f"{name} {times[name]:.1f} ms" if name in times else f"{name} MISSING"
        for name in ("rg", "ugrep", "fzf")
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
            found = warm.search(read_query(cut[:end], typing=True), limit=LIVE_LIMIT, typing=True)
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
    found_rows = [
        _engine_row("a keystroke in the program", size, keys, scan, (15, 5)),
        _engine_row("a whole query, nothing cached", size, cold, scan, (13, 4)),
    ]
    for name, share in (("whole", 0.985), ("cut", 0.95)):
        value = recall[name] / len(planted)
        what = "whole mistyped queries" if name == "whole" else "last word cut, others mistyped"
        found_rows.append(
            Row(
                "search",
                f"recall at 10, {what}",
                _label(size),
                f"{value:.1%}",
                "",
                f">= {share:.1%}" if size == 1_000_000 else "",
                verdict(share, value) if size == 1_000_000 else "",
            )
        )
    return found_rows


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


def _index_rows(size: int) -> list[Row]:
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
    return [
        Row("search", "index, of the text", at, f"{held / text:.2f}", f"text {text / 1e6:.1f} MB",
            "<= 0.35", verdict(held / text, 0.35)),
        Row("search", "index, built", at, f"{built / 1000:.1f} s", beside,
            f"<= {most:.0f} python -c pass", verdict(built / start, most)),
        Row("search", "index, one passage more", at, f"{one:.2f} ms", beside,
            "<= 1/80 python -c pass", verdict(one, start / 80)),
    ]  # fmt: skip


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
