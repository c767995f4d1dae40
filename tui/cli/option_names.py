"""Options of every verb, for shell completion; written by ``docs/generate.py``."""

# Plain tuples and no imports: shell completion reads this table from cold.
# fmt: off
OPTIONS: dict[str, tuple[str, ...]] = {
    "init": (
        "--help", "--sample", "--json",
    ),
    "open": (
        "--help", "--sample", "--no-mouse", "--accessible",
    ),
    "import": (
        "--help", "--name", "--language", "--encoding", "--join-lines", "--keep-lines", "--json",
    ),
    "docs": (
        "--help", "--json", "--format",
    ),
    "docs rename": (
        "--help", "--json",
    ),
    "docs delete": (
        "--help", "--yes", "--json",
    ),
    "docs mark": (
        "--help", "--json",
    ),
    "docs next": (
        "--help", "--uncoded", "--unread", "--after", "--json",
    ),
    "docs bookmark": (
        "--help", "--json", "--format",
    ),
    "show": (
        "--help", "--raw", "--json", "--format",
    ),
    "search": (
        "--help", "--ignore-case", "--case-sensitive", "--word", "--regexp", "--fixed-strings",
        "--context", "--after", "--before", "--count", "--documents", "--max-count", "--quiet",
        "--kwic", "--unit", "--sort", "--loose", "--json", "--format", "--color", "--no-pager",
        "--null",
    ),
    "like": (
        "--help", "--below", "--uncoded", "--words", "--limit", "--unit", "--json", "--format",
    ),
    "searches": (
        "--help", "--json", "--format",
    ),
    "searches save": (
        "--help", "--replace", "--json",
    ),
    "searches rename": (
        "--help", "--json",
    ),
    "searches delete": (
        "--help", "--yes", "--json",
    ),
    "codes": (
        "--help", "--json", "--format",
    ),
    "codes add": (
        "--help", "--parent", "--key", "--definition", "--include", "--exclude", "--example",
        "--color", "--letter", "--stage", "--slot", "--json",
    ),
    "codes rename": (
        "--help", "--json",
    ),
    "codes change": (
        "--help", "--key", "--definition", "--include", "--exclude", "--example", "--color",
        "--letter", "--stage", "--slot", "--json",
    ),
    "codes move": (
        "--help", "--parent", "--top", "--position", "--json",
    ),
    "codes merge": (
        "--help", "--yes", "--json",
    ),
    "codes delete": (
        "--help", "--yes", "--json",
    ),
    "codes pin": (
        "--help", "--json",
    ),
    "codes hide": (
        "--help", "--show", "--json",
    ),
    "codes show": (
        "--help", "--json",
    ),
    "codes solo": (
        "--help", "--all", "--json",
    ),
    "codebook": (
        "--help",
    ),
    "codebook check": (
        "--help", "--json",
    ),
    "codebook diff": (
        "--help", "--file", "--json",
    ),
    "codebook pull": (
        "--help", "--file", "--dry-run", "--json",
    ),
    "codebook push": (
        "--help", "--file", "--dry-run", "--json",
    ),
    "code": (
        "--help", "--stdin", "--important", "--unit", "--dry-run", "--json",
    ),
    "uncode": (
        "--help", "--stdin", "--yes", "--json",
    ),
    "recode": (
        "--help", "--to", "--from", "--span", "--important", "--not-important", "--yes", "--json",
    ),
    "codings": (
        "--help", "--code", "--below", "--doc", "--case", "--attr", "--important", "--memo",
        "--limit", "--json", "--format",
    ),
    "memo": (
        "--help", "--doc", "--span", "--case", "--code", "--coding", "--relation", "--on-project",
        "--json", "--format",
    ),
    "memo add": (
        "--help", "--doc", "--span", "--case", "--code", "--coding", "--relation", "--json",
    ),
    "memo change": (
        "--help", "--json",
    ),
    "memo delete": (
        "--help", "--yes", "--json",
    ),
    "attr": (
        "--help", "--name", "--doc", "--case", "--json", "--format",
    ),
    "attr set": (
        "--help", "--doc", "--case", "--json",
    ),
    "attr load": (
        "--help", "--json",
    ),
    "attr delete": (
        "--help", "--yes", "--json",
    ),
    "case": (
        "--help", "--json", "--format",
    ),
    "case add": (
        "--help", "--kind", "--json",
    ),
    "case rename": (
        "--help", "--json",
    ),
    "case assign": (
        "--help", "--json",
    ),
    "case release": (
        "--help", "--json",
    ),
    "case delete": (
        "--help", "--yes", "--json",
    ),
    "relate": (
        "--help", "--json", "--format",
    ),
    "relate add": (
        "--help", "--json",
    ),
    "relate delete": (
        "--help", "--yes", "--json",
    ),
    "count": (
        "--help", "--total", "--used", "--doc", "--case", "--attr", "--json", "--format",
    ),
    "matrix": (
        "--help", "--by", "--level", "--basis", "--cells", "--rate", "--code", "--doc", "--case",
        "--attr", "--json", "--format",
    ),
    "agree": (
        "--help", "--by", "--total", "--unit", "--level", "--basis", "--code", "--doc", "--case",
        "--attr", "--draws", "--seed", "--json", "--format",
    ),
    "agree places": (
        "--help", "--code", "--doc", "--unit", "--open", "--json", "--format",
    ),
    "agree decide": (
        "--help", "--json",
    ),
    "cluster": (
        "--help", "--columns", "--measure", "--linkage", "--counts", "--clusters", "--cut",
        "--min", "--level", "--show", "--code", "--doc", "--case", "--attr", "--json", "--format",
    ),
    "cluster name": (
        "--help", "--json",
    ),
    "report": (
        "--help",
    ),
    "report tables": (
        "--help", "--level", "--doc", "--case", "--attr", "--json", "--format",
    ),
    "coders": (
        "--help", "--round", "--yes", "--json", "--format",
    ),
    "coders show": (
        "--help", "--all", "--json",
    ),
    "coders hide": (
        "--help", "--all", "--json",
    ),
    "share": (
        "--help", "--json",
    ),
    "backup": (
        "--help", "--list", "--json", "--format",
    ),
    "log": (
        "--help", "--limit", "--json", "--format",
    ),
    "undo": (
        "--help", "--steps", "--json",
    ),
    "redo": (
        "--help", "--steps", "--json",
    ),
    "check": (
        "--help", "--repair", "--dump", "--json",
    ),
    "config": (
        "--help", "--json", "--format",
    ),
    "config show": (
        "--help", "--origin", "--json", "--format",
    ),
    "config check": (
        "--help", "--json",
    ),
    "config path": (
        "--help",
    ),
    "config set": (
        "--help", "--in-project", "--json",
    ),
    "keys": (
        "--help", "--test", "--json", "--format",
    ),
    "doctor": (
        "--help", "--json",
    ),
    "completion": (
        "--help",
    ),
}
"""Verb → its long options, but those that every verb has."""
VALUES: dict[str, tuple[str, ...]] = {
    "init": (
        "-p", "--project", "--coder",
    ),
    "open": (
        "-p", "--project", "--coder",
    ),
    "import": (
        "--name", "--language", "--encoding", "-p", "--project", "--coder",
    ),
    "docs": (
        "--format", "-p", "--project", "--coder",
    ),
    "docs rename": (
        "-p", "--project", "--coder",
    ),
    "docs delete": (
        "-p", "--project", "--coder",
    ),
    "docs mark": (
        "-p", "--project", "--coder",
    ),
    "docs next": (
        "--after", "-p", "--project", "--coder",
    ),
    "docs bookmark": (
        "--format", "-p", "--project", "--coder",
    ),
    "show": (
        "--format", "-p", "--project", "--coder",
    ),
    "search": (
        "-e", "--regexp", "-C", "--context", "-A", "--after", "-B", "--before", "-m",
        "--max-count", "--unit", "--sort", "--format", "--color", "-p", "--project", "--coder",
    ),
    "like": (
        "-n", "--limit", "--unit", "--format", "-p", "--project", "--coder",
    ),
    "searches": (
        "--format", "-p", "--project", "--coder",
    ),
    "searches save": (
        "-p", "--project", "--coder",
    ),
    "searches rename": (
        "-p", "--project", "--coder",
    ),
    "searches delete": (
        "-p", "--project", "--coder",
    ),
    "codes": (
        "--format", "-p", "--project", "--coder",
    ),
    "codes add": (
        "--parent", "--key", "--definition", "--include", "--exclude", "--example", "--color",
        "--letter", "--stage", "--slot", "-p", "--project", "--coder",
    ),
    "codes rename": (
        "-p", "--project", "--coder",
    ),
    "codes change": (
        "--key", "--definition", "--include", "--exclude", "--example", "--color", "--letter",
        "--stage", "--slot", "-p", "--project", "--coder",
    ),
    "codes move": (
        "--parent", "--position", "-p", "--project", "--coder",
    ),
    "codes merge": (
        "-p", "--project", "--coder",
    ),
    "codes delete": (
        "-p", "--project", "--coder",
    ),
    "codes pin": (
        "-p", "--project", "--coder",
    ),
    "codes hide": (
        "-p", "--project", "--coder",
    ),
    "codes show": (
        "-p", "--project", "--coder",
    ),
    "codes solo": (
        "-p", "--project", "--coder",
    ),
    "codebook": (
        "-p", "--project", "--coder",
    ),
    "codebook check": (
        "-p", "--project", "--coder",
    ),
    "codebook diff": (
        "--file", "-p", "--project", "--coder",
    ),
    "codebook pull": (
        "--file", "-p", "--project", "--coder",
    ),
    "codebook push": (
        "--file", "-p", "--project", "--coder",
    ),
    "code": (
        "--unit", "-p", "--project", "--coder",
    ),
    "uncode": (
        "-p", "--project", "--coder",
    ),
    "recode": (
        "--to", "--from", "--span", "-p", "--project", "--coder",
    ),
    "codings": (
        "--code", "--doc", "--case", "--attr", "--coder", "-n", "--limit", "--format", "-p",
        "--project",
    ),
    "memo": (
        "--doc", "--span", "--case", "--code", "--coding", "--relation", "--format", "-p",
        "--project", "--coder",
    ),
    "memo add": (
        "--doc", "--span", "--case", "--code", "--coding", "--relation", "-p", "--project",
        "--coder",
    ),
    "memo change": (
        "-p", "--project", "--coder",
    ),
    "memo delete": (
        "-p", "--project", "--coder",
    ),
    "attr": (
        "--name", "--doc", "--case", "--format", "-p", "--project", "--coder",
    ),
    "attr set": (
        "--doc", "--case", "-p", "--project", "--coder",
    ),
    "attr load": (
        "-p", "--project", "--coder",
    ),
    "attr delete": (
        "-p", "--project", "--coder",
    ),
    "case": (
        "--format", "-p", "--project", "--coder",
    ),
    "case add": (
        "--kind", "-p", "--project", "--coder",
    ),
    "case rename": (
        "-p", "--project", "--coder",
    ),
    "case assign": (
        "-p", "--project", "--coder",
    ),
    "case release": (
        "-p", "--project", "--coder",
    ),
    "case delete": (
        "-p", "--project", "--coder",
    ),
    "relate": (
        "--format", "-p", "--project", "--coder",
    ),
    "relate add": (
        "-p", "--project", "--coder",
    ),
    "relate delete": (
        "-p", "--project", "--coder",
    ),
    "count": (
        "--doc", "--case", "--attr", "--coder", "--format", "-p", "--project",
    ),
    "matrix": (
        "--by", "--level", "--basis", "--cells", "--code", "--doc", "--case", "--attr", "--coder",
        "--format", "-p", "--project",
    ),
    "agree": (
        "--by", "--unit", "--level", "--basis", "--code", "--doc", "--case", "--attr", "--coder",
        "--draws", "--seed", "--format", "-p", "--project",
    ),
    "agree places": (
        "--code", "--doc", "--coder", "--unit", "--format", "-p", "--project",
    ),
    "agree decide": (
        "--coder", "-p", "--project",
    ),
    "cluster": (
        "--columns", "--measure", "--linkage", "--clusters", "--cut", "--min", "--level",
        "--show", "--code", "--doc", "--case", "--attr", "--coder", "--format", "-p", "--project",
    ),
    "cluster name": (
        "-p", "--project", "--coder",
    ),
    "report": (
        "-p", "--project", "--coder",
    ),
    "report tables": (
        "--level", "--doc", "--case", "--attr", "--coder", "--format", "-p", "--project",
    ),
    "coders": (
        "--round", "--format", "-p", "--project", "--coder",
    ),
    "coders show": (
        "-p", "--project", "--coder",
    ),
    "coders hide": (
        "-p", "--project", "--coder",
    ),
    "share": (
        "-p", "--project", "--coder",
    ),
    "backup": (
        "--format", "-p", "--project", "--coder",
    ),
    "log": (
        "-n", "--limit", "--format", "-p", "--project", "--coder",
    ),
    "undo": (
        "-n", "--steps", "-p", "--project", "--coder",
    ),
    "redo": (
        "-n", "--steps", "-p", "--project", "--coder",
    ),
    "check": (
        "-p", "--project", "--coder",
    ),
    "config": (
        "--format", "-p", "--project", "--coder",
    ),
    "config show": (
        "--format", "-p", "--project", "--coder",
    ),
    "config check": (
        "-p", "--project", "--coder",
    ),
    "config path": (
        "-p", "--project", "--coder",
    ),
    "config set": (
        "-p", "--project", "--coder",
    ),
    "keys": (
        "--format", "-p", "--project", "--coder",
    ),
    "doctor": (
        "-p", "--project", "--coder",
    ),
    "completion": (
        "-p", "--project", "--coder",
    ),
}
"""Verb → its options that take a value."""
# fmt: on
