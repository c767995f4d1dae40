"""Every verb with its module and one line about it: help and completion need no more than this."""

# Plain tuples and no imports: shell completion reads this table from cold.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "init": ("Projects", "tui.cli.commands.init", "Make a project of a folder."),
    "open": ("Projects", "tui.cli.commands.open", "Open a project on the screen."),
    "import": ("Documents", "tui.cli.commands.import_", "Bring documents in."),
    "docs": ("Documents", "tui.cli.commands.docs", "List and manage the documents."),
    "show": ("Documents", "tui.cli.commands.show", "Read a document or a span of it."),
    "search": (
        "Documents",
        "tui.cli.commands.search_typer",
        "Find passages in spite of typos.",
    ),
    "codes": ("Coding", "tui.cli.commands.codes", "List and change the code tree, with counts."),
    "codebook": ("Coding", "tui.cli.commands.codebook", "Keep codebook.toml and project in step."),
    "code": ("Coding", "tui.cli.commands.code", "Code a span, or what a search found."),
    "uncode": ("Coding", "tui.cli.commands.uncode", "Take codings away."),
    "recode": ("Coding", "tui.cli.commands.recode", "Change code, edges or flag of codings."),
    "codings": ("Coding", "tui.cli.commands.codings", "Retrieve coded spans."),
    "memo": ("Thinking", "tui.cli.commands.memo", "Write and read memos on anything."),
    "attr": ("Thinking", "tui.cli.commands.attr", "Attributes of documents and cases."),
    "case": ("Thinking", "tui.cli.commands.case", "Cases and what they own."),
    "relate": ("Thinking", "tui.cli.commands.relate", "Relations between codes."),
    "count": ("Numbers", "tui.cli.commands.count", "Count references, documents and coverage."),
    "matrix": ("Numbers", "tui.cli.commands.matrix", "Codes against documents or attributes."),
    "report": ("Numbers", "tui.cli.commands.report", "Tables for a paper."),
    "coders": ("Together", "tui.cli.commands.coders", "Who codes, and whose codings you see."),
    "share": ("Together", "tui.cli.commands.share", "Let a group write to the project."),
    "backup": ("Together", "tui.cli.commands.backup", "Copy the project, proven readable."),
    "log": ("History", "tui.cli.commands.log", "Show the journal."),
    "undo": ("History", "tui.cli.commands.undo", "Take your newest act back."),
    "redo": ("History", "tui.cli.commands.redo", "Bring back what you undid last."),
    "check": ("Health", "tui.cli.commands.check", "Prove the project whole."),
    "config": ("Health", "tui.cli.commands.config", "Show and set your settings."),
    "doctor": ("Health", "tui.cli.commands.doctor", "Describe terminal, database and locks."),
    "completion": ("Health", "tui.cli.commands.completion", "Print a completion script."),
}
"""Verb → (section of the help, module, summary), in the order of the help."""
