"""The options of ``qual search``, declared once: for the command, its help and its completion.

Plain tuples: this is read on every search from the shell.
"""

from __future__ import annotations

FLAG, TEXT, NUMBER, CHOICE = "flag", "text", "number", "choice"

Option = tuple[str, str, str, str, tuple[str, ...], str]
"""Name, letter (without ``-``), kind, what to call the value, choices, help."""

OPTIONS: tuple[Option, ...] = (
    ("ignore-case", "i", FLAG, "", (), "Never mind capitals."),
    ("case-sensitive", "s", FLAG, "", (), "Always mind capitals."),
    ("word", "w", FLAG, "", (), "Whole words exactly as typed, no letter wrong."),
    ("regexp", "e", TEXT, "PATTERN", (), "Find a regular expression; QUERY may narrow it."),
    ("fixed-strings", "F", FLAG, "", (), "Find QUERY as it is written, also inside words."),
    ("context", "C", NUMBER, "N", (), "Show N units before and after each hit."),
    ("after", "A", NUMBER, "N", (), "Show N units after each hit."),
    ("before", "B", NUMBER, "N", (), "Show N units before each hit."),
    ("count", "c", FLAG, "", (), "Print only how many passages fit."),
    ("documents", "l", FLAG, "", (), "Print only the names of the documents."),
    ("max-count", "m", NUMBER, "N", (), "Stop after N hits."),
    ("quiet", "q", FLAG, "", (), "Print nothing; the exit code tells."),
    ("kwic", "", FLAG, "", (), "One line a hit, aligned on the words found."),
    (
        "unit",
        "",
        CHOICE,
        "UNIT",
        ("sentence", "paragraph", "hit"),
        "What a hit spans [default: sentence].",
    ),
    ("sort", "", CHOICE, "ORDER", ("relevance", "place"), "Order of hits [default: relevance]."),
    ("loose", "", FLAG, "", (), "Also passages that miss one word of three or more."),
    ("json", "", FLAG, "", (), "One JSON object a line."),
    ("format", "", CHOICE, "FORMAT", ("csv", "tsv", "md"), "Table format."),
    ("color", "", CHOICE, "WHEN", ("auto", "always", "never"), "Bold matches [default: auto]."),
    ("no-pager", "", FLAG, "", (), "On a terminal, print long answers without a pager."),
    ("null", "0", FLAG, "", (), "End records with a zero byte instead of a line feed."),
    ("project", "p", TEXT, "FILE", (), "The project file [default: found upward from here]."),
    ("coder", "", TEXT, "NAME", (), "Whose codings count [default: your login name]."),
    ("debug", "", FLAG, "", (), "Show where an error arose."),
)

GLOBAL = ("project", "coder", "debug")
"""Options that may also stand before the verb."""

USAGE = "Usage: qual search [OPTIONS] [QUERY]..."

SUMMARY = "Find passages, letters wrong or not."

EXPLANATION = """\
Words stand in any order and must all be there. A word of 4 or 5 letters may
have one letter wrong, a longer one two; numbers and Chinese characters none.
Capitals matter only in words that have one. A QUERY of - reads queries from
standard input, one a line; each line of an answer then ends with its query.

In the query:
  secur*                words that begin so, from two letters on
  "exact phrase"        words side by side, as written
  /regex/               a regular expression, stopped when it takes too long
  a OR b   a NOT b      joints in capitals; a b is a AND b; (parentheses) group
  a NEAR/5 b            at most 5 words between them: words, phrases, (a OR b)
  a SENTENCE b          in one sentence; a PARAGRAPH b in one paragraph
  stem:english          words beside it in all forms of their stem instead
  code:KEY  -code:KEY   coded with KEY (or a "name"), or not; KEY+ for the branch
  uncoded:              not coded at all
  doc:NAME              in a document; * stands for any letters
  coder:NAME            count only this coder's codings
  in:memos  in:codes    search there instead of the text
  year>=2013  role=x    attributes of documents and cases
  @NAME                 a saved search; `qual searches` lists them

NOT binds most, then NEAR, SENTENCE and PARAGRAPH, then AND, then OR; filters may
stand anywhere: '(code:R1+ OR uncoded:) NOT doc:brief-1993'. In small letters a
joint is a word. All of it, with examples: docs/query.md.
"""

EXITS = """\
On a terminal an answer longer than the screen goes to $QUAL_PAGER, else to
$PAGER, else to less.

Exit code: 0 found, 1 nothing found, 2 wrong usage or error, 130 interrupted.
Of several queries: 2 if one was wrong (the others are answered), 0 if one found
something, else 1."""


def help_text() -> str:
    """Return the whole help, as both doors of the command print it."""
    rows = [(_signature(option), option[5]) for option in OPTIONS]
    rows.append(("-h, --help", "Show this and exit."))
    width = max(len(left) for left, _ in rows) + 2
    listed = "\n".join(f"  {left:<{width}}{right}" for left, right in rows)
    return f"{USAGE}\n\n{SUMMARY}\n\n{EXPLANATION}\nOptions:\n{listed}\n\n{EXITS}\n"


def _signature(option: Option) -> str:
    name, letter, _, value, choices, _ = option
    shown = f"-{letter}, --{name}" if letter else f"    --{name}"
    if choices:
        return f"{shown} {'|'.join(choices)}"
    return f"{shown} {value}" if value else shown
