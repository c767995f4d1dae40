"""Other engines on the same text: tantivy in an environment of its own, SQLite's plain FTS5.

tantivy is measured when ``~/.cache/qual-bench/tantivy`` is an environment that has it:
``python -m venv ~/.cache/qual-bench/tantivy && ~/.cache/qual-bench/tantivy/bin/pip install
tantivy``. Run inside it as ``python search_peers.py TEXT QUERIES``: it builds an index with its
own defaults in one thread's worth of memory and prints seconds, bytes, and milliseconds a query.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time


def measure_tantivy(text: str, queries: str) -> None:
    """Build an index of a text file, one passage a line, ask the queries; print the figures."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("body", index_option="basic")
    schema = builder.build()
    folder = tempfile.mkdtemp(dir=os.path.dirname(text))
    begun = time.perf_counter()
    index = tantivy.Index(schema, path=folder)
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    with open(text, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            writer.add_document(tantivy.Document(id=number, body=line))
    writer.commit()
    writer.wait_merging_threads()
    built = time.perf_counter() - begun
    size = sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))
    index.reload()
    searcher = index.searcher()
    taken = []
    with open(queries, encoding="utf-8") as lines:
        for line in lines:
            begun = time.perf_counter()
            parts = [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.fuzzy_term_query(
                        schema, "body", word, distance=2 if len(word) > 5 else 1
                    ),
                )
                for word in line.split()
            ]
            searcher.search(tantivy.Query.boolean_query(parts), 10)
            taken.append((time.perf_counter() - begun) * 1000)
    shutil.rmtree(folder)
    print(built, size, *taken)


def tantivy_figures(python: str, text: str, queries: str) -> tuple[float, int, list[float]] | None:
    """Return seconds to build, bytes and milliseconds of each query; None without tantivy."""
    if not os.path.exists(python):
        return None
    ended = subprocess.run(
        [python, os.path.abspath(__file__), text, queries], capture_output=True, text=True
    )
    if ended.returncode:
        return None
    built, size, *taken = map(float, ended.stdout.split())
    return built, int(size), taken


if __name__ == "__main__":
    measure_tantivy(sys.argv[1], sys.argv[2])
