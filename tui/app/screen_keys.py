"""The keys of the screens: rows from which bindings, bottom rows, help, the keys page and the
remapping screen are made. A new screen adds a part to ``PARTS`` and names it in its ``SCREEN``.

Keys of the panes, text and code tree, are actions (``tui/app/actions``).
"""

from __future__ import annotations

from typing import Final

from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class ScreenKey:
    """One thing that can be done on a screen."""

    id: str
    """Name in configuration and help: ``documents.sort``; before the dot stands the part."""
    title: str
    """What it does, a few words."""
    keys: tuple[str, ...]
    """Keys that do it, named as those of actions: ``o``, ``/``, ``ctrl+n``; never a sequence."""
    do: str = ""
    """Which of the screen's ``action_…`` it runs: ``sort(1)``; empty when the keys are typed."""
    help: str = ""
    """One sentence for the help; the title when left out."""
    short: str = ""
    """The verb in the bottom row; empty: not shown there."""
    fixed: bool = False
    """Whether its keys stay as they are: Enter, Esc and y mean the same everywhere."""


@dataclass(frozen=True, slots=True)
class Part:
    """A screen, or what several screens share."""

    name: str
    title: str
    """Where its keys work, for headings: ``documents``."""
    keys: tuple[ScreenKey, ...]
    """The weightiest first: the bottom row shows as many as there is room for, and the last."""
    typing: bool = False
    """Whether letters are text here; then only keys that print nothing do anything."""
    shared: tuple[str, ...] = ("list", "screen")
    """Parts whose keys work here too."""


def _row(
    id: str, keys: str, do: str, title: str, short: str = "", *, help: str = "", fixed: bool = False
) -> ScreenKey:
    """Return a row; ``keys`` are divided by blanks."""
    return ScreenKey(id, title, tuple(keys.split()), do, help, short, fixed)


_LIST = Part(
    "list",
    "every list",
    (
        _row("list.next", "down ctrl+n j", "list_move(1)", "next row"),
        _row("list.prev", "up ctrl+p k", "list_move(-1)", "previous row"),
        _row("list.page_down", "pagedown", "list_page(1)", "page down"),
        _row("list.page_up", "pageup", "list_page(-1)", "page up"),
        _row("list.first", "ctrl+home home", "list_end(-1)", "first row"),
        _row("list.last", "ctrl+end end", "list_end(1)", "last row"),
    ),
    shared=(),
)

_SCREEN = Part(
    "screen",
    "every screen",
    (_row("screen.help", "? f1", "show_keys_help", "the keys of this screen"),),
    shared=(),
)

_PAGE = Part(
    "page",
    "every page",
    (
        _row("page.look_at", "w", "look_at", "go on to another page",
             help="The key that follows says which, as in the text; the code at the cursor goes"
             " along."),
    ),
    shared=(),
)  # fmt: skip

_OF_PAGE = ("list", "page", "screen")

PARTS: Final[tuple[Part, ...]] = (
    _LIST,
    _PAGE,
    _SCREEN,
    Part(
        "picker",
        "code picker",
        (
            _row("picker.apply", "enter", "apply", "give the codes", "apply", fixed=True),
            _row("picker.mark", "tab", "mark", "mark several", "mark",
                 help="Marks the code, or takes its mark off; Enter then gives all marked ones."),
            _row("picker.new", "+name", "", "make a new code", "new", fixed=True,
                 help="A name after a + makes a new code; the rows are places for it."),
            _row("picker.passages", "f3 ctrl+o", "show('passages')", "other passages of the code",
                 "others",
                 help="Shows what else has the highlighted code, below; again: its definition."),
            _row("picker.definition", "f2", "show('whole')", "the whole definition", "definition",
                 help="Shows all of the highlighted code's definition; again: its beginning."),
            _row("picker.cancel", "escape", "cancel", "close without a code", "cancel",
                 fixed=True),
        ),
        typing=True,
    ),
    Part(
        "here",
        "codings here",
        (
            _row("here.focus_number", "1 2 3 4 5 6 7 8 9", "number", "focus the coding of a number",
                 fixed=True),
            _row("here.remove", "u delete", "do('remove')", "uncode", "uncode"),
            _row("here.recode", "r", "do('recode')", "recode", "recode"),
            _row("here.memo", "m", "do('memo')", "memo", "memo"),
            _row("here.important", "i", "do('important')", "important", "important"),
            _row("here.focus_next", "o", "do('focus')", "focus this coding"),
            _row("here.focus", "enter", "do('focus')", "focus this coding", fixed=True),
            _row("here.close", "escape", "cancel", "close", "close", fixed=True),
        ),
    ),
    Part(
        "documents",
        "documents",
        (
            _row("documents.open", "enter", "open", "open the document", "open", fixed=True),
            _row("documents.filter", "/", "filter", "filter", "filter",
                 help="Filters by name, attributes (year>=2013), codes (coded:KEY), uncoded:."),
            _row("documents.sort", "o", "sort", "sort by the next column", "sort"),
            _row("documents.attribute", "a", "attribute", "set an attribute", "attribute",
                 help="Sets name=value for the document, or for all marked ones, in one step."),
            _row("documents.mark", "space", "mark", "mark", "mark",
                 help="Marks the document, or takes its mark off; a and x then act on all marked."),
            _row("documents.group", "g", "group", "group by the next attribute", "group"),
            _row("documents.memo", "m", "memo", "memo on the document", "memo"),
            _row("documents.read", "R", "turn('read')", "read, or unread again",
                 help="Marks all of the document, or of all marked ones, in one step."),
            _row("documents.aside", "S", "turn('aside')", "set aside, or unread again",
                 help="Marks all of the document, or of all marked ones, in one step."),
            _row("documents.import", "i", "import", "import files", "import"),
            _row("documents.rename", "r f2", "rename", "rename", "rename"),
            _row("documents.delete", "x delete", "delete", "delete", "delete",
                 help="Deletes the document, or all marked ones, with their codings; it asks."),
            _row("documents.undo", "z ctrl+z", "undo", "undo", "undo"),
            _row("documents.redo", "Z ctrl+y", "redo", "redo"),
            _row("documents.reverse", "O", "reverse", "sort the other way round"),
            _row("documents.mark_all", "* ctrl+a", "mark_all", "mark all that are shown, or none"),
            _row("documents.stop", "ctrl+c", "stop", "stop an import after this file",
                 fixed=True),
            _row("documents.leave", "escape", "leave", "clear the filter, then back", "back",
                 fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "segments",
        "segments of a code",
        (
            _row("segments.open", "enter", "open", "go to the segment", "go", fixed=True,
                 help="Opens its document with the coding focused."),
            _row("segments.mark", "space", "mark", "mark, or take the mark off", "mark"),
            _row("segments.mark_all", "a", "mark_all", "mark all of the filter, or none", "all"),
            _row("segments.recode", "r", "act('recode')", "recode the marked ones", "recode",
                 help="Gives the marked segments, or the highlighted one, another code."),
            _row("segments.remove", "u delete", "act('remove')", "uncode the marked ones",
                 "uncode"),
            _row("segments.memo", "m", "act('memo')", "one memo on each marked one", "memo"),
            _row("segments.filter", "/ T", "filter", "filter", "filter",
                 help='By words of the quote, "several words", year>=2013, doc:NAME, coder:NAME,'
                 " important: and memo:WORD; a - turns the last four around."),
            _row("segments.sort", "o", "sort", "newest first, or by document", "sort"),
            _row("segments.branch", "b", "branch", "the code alone, or its branch", "branch"),
            _row("segments.code", "c", "code", "segments of another code", "code"),
            _row("segments.like", "L", "like", "more like these", "more like",
                 help="Passages that resemble these and do not have the code yet."),
            _row("segments.important", "i", "act('important')", "important, or no longer",
                 "important"),
            _row("segments.copy", "y", "act('copy')", "copy quotes with their citations", "copy"),
            _row("segments.undo", "z ctrl+z", "act('undo')", "undo", "undo"),
            _row("segments.redo", "Z ctrl+y", "act('redo')", "redo"),
            _row("segments.clear", "x", "clear", "clear the filter"),
            _row("segments.export", "e", "export", "the command that writes this list", "export"),
            _row("segments.leave", "escape", "leave", "clear what is typed, then back", "back",
                 fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "like",
        "more like this",
        (
            _row("like.open", "enter", "open", "go to the passage", "go", fixed=True,
                 help="Opens its document with the words marked that tie it."),
            _row("like.mark", "space", "mark", "mark, or take the mark off", "mark"),
            _row("like.code", "c", "code", "code the marked ones", "code",
                 help="Gives the marked passages, or the highlighted one, codes; more than 20 are"
                 " shown first; one undo."),
            _row("like.again", ". e", "again", "the same code again", "again"),
            _row("like.slot", "1 2 3 4 5 6 7 8 9", "slot", "the code of a digit", fixed=True),
            _row("like.mark_all", "a", "mark_all", "mark all that are listed, or none", "all"),
            _row("like.preview", "p", "preview", "code all passages, shown first", "preview",
                 help="Asks for a code and shows what would be coded of the marked passages, or of"
                 " all that are listed."),
            _row("like.grow", "= +", "unit(1)", "code the whole passage", "unit",
                 help="What of a passage is coded: all of it, or the sentence that its words tie"
                 " most."),
            _row("like.shrink", "-", "unit(-1)", "code the sentence that ties it most"),
            _row("like.bare", "v", "bare", "without any code, or without these", "uncoded only",
                 help="Lists only passages without any code; again: all without these codes."),
            _row("like.explain", "x", "explain", "how it is counted", "how",
                 help="Shows the words that are compared with their numbers; again: the passage."),
            _row("like.branch", "b", "branch", "the code alone, or its branch", "branch"),
            _row("like.anew", "r f5", "anew", "compare anew", "anew",
                 help="Compares anew, with what was coded since."),
            _row("like.undo", "z ctrl+z", "step('undo')", "undo", "undo"),
            _row("like.redo", "Z ctrl+y", "step('redo')", "redo"),
            _row("like.leave", "escape", "leave", "back", "back", fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "slices",
        "a large act",
        (
            _row("slices.stop", "escape ctrl+c", "stop", "stop after this slice", "stop here",
                 fixed=True),
        ),
        shared=(),
    ),
    Part(
        "search_page",
        "search",
        (
            _row("search_page.open", "enter", "open", "go to the hit", "go there", fixed=True),
            _row("search_page.list", "tab", "list", "to the hits, to mark and code them",
                 "to the hits",
                 help="Gives the keys to the list of hits; where there are none, puts the nearest"
                 " word in place of one that no text has."),
            _row("search_page.save", "f2", "save", "save the search under a name", "save"),
            _row("search_page.saved", "f3", "saved", "saved searches", "saved"),
            _row("search_page.empty", "ctrl+u", "", "empty the field", "empty", fixed=True),
            _row("search_page.earlier", "up", "", "earlier queries, while the field is empty",
                 fixed=True),
            _row("search_page.leave", "escape", "leave", "back", "back", fixed=True),
        ),
        typing=True,
    ),
    Part(
        "search_list",
        "hits of a search",
        (
            _row("search_list.open", "enter", "open", "go to the hit", "go there", fixed=True),
            _row("search_list.mark", "space", "mark", "mark, or take the mark off", "mark"),
            _row("search_list.mark_all", "a", "mark_all", "mark all hits of the query, or none",
                 "all"),
            _row("search_list.slot", "1 2 3 4 5 6 7 8 9", "slot",
                 "code the marked hits with a slot", "slot"),
            _row("search_list.code", "c", "code", "code the marked hits", "code",
                 help="Gives codes to the marked hits, or to the highlighted one; more than 20 are"
                 " shown first."),
            _row("search_list.again", ". E", "again", "the same code again", "again"),
            _row("search_list.preview", "p", "preview", "code all hits, shown first", "preview",
                 help="Asks for a code and shows what would be coded of the marked hits, or of all:"
                 " how many, where, with which edges."),
            _row("search_list.undo", "z ctrl+z", "undo", "undo", "undo"),
            _row("search_list.grow", "= +", "unit(1)", "code more of each hit", "unit",
                 help="What of a hit is coded: the exact hit, its sentence, its paragraph."),
            _row("search_list.shrink", "-", "unit(-1)", "code less of each hit"),
            _row("search_list.uncoded", "u", "uncoded", "only hits without a code, or all",
                 "uncoded"),
            _row("search_list.memo", "m", "take('memo')", "memo on the marked hits", "memo",
                 help="Writes a memo on the words of the highlighted hit, or one on each marked"
                 " hit; one undo."),
            _row("search_list.copy", "y", "take('copy')", "copy the marked hits in context",
                 "copy", help="Copies the marked hits, or the highlighted one, one a line with the"
                 " word found aligned: through the terminal, and into last-copy.txt."),
            _row("search_list.export", "e", "take('export')", "write the hits to a file", "export",
                 help="Writes the marked hits, or all of the query, to a new file, tabs between"
                 " the fields."),
            _row("search_list.like", "L", "like", "more like this", "more like",
                 help="Passages whose words resemble the highlighted hit."),
            _row("search_list.redo", "Z ctrl+y", "redo", "redo"),
            _row("search_list.save", "f2 W", "save", "save the search under a name"),
            _row("search_list.saved", "f3 s", "saved", "saved searches"),
            _row("search_list.query", "tab /", "query", "back to the query", "query"),
            _row("search_list.leave", "escape", "leave", "take the marks off, then back", "back",
                 fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "auto_code",
        "what would be coded",
        (
            _row("auto_code.yes", "y", "agree", "code them", "code them", fixed=True),
            _row("auto_code.grow", "= +", "unit(1)", "code more of each hit", "more of each"),
            _row("auto_code.shrink", "-", "unit(-1)", "code less of each hit", "less"),
            _row("auto_code.no", "escape n", "cancel", "code nothing", "code nothing", fixed=True),
        ),
    ),
    Part(
        "saved_searches",
        "saved searches",
        (
            _row("saved_searches.run", "enter", "run", "search for it", "search", fixed=True),
            _row("saved_searches.rename", "f2", "rename", "rename", "rename"),
            _row("saved_searches.delete", "f8", "delete", "delete", "delete"),
            _row("saved_searches.undo", "ctrl+z", "undo", "undo", "undo"),
            _row("saved_searches.redo", "ctrl+y", "redo", "redo"),
            _row("saved_searches.close", "escape", "cancel", "close", "close", fixed=True),
        ),
        typing=True,
        shared=("list",),
    ),
    Part(
        "codebook_page",
        "codebook",
        (
            _row("codebook_page.open", "enter", "open", "segments of the code", "segments",
                 fixed=True),
            _row("codebook_page.filter", "/ T", "filter", "filter", "filter",
                 help="By letters of key and name, or words of the definition."),
            _row("codebook_page.define", "m", "define", "write the definition", "definition"),
            _row("codebook_page.rename", "f2 r", "rename", "rename", "rename"),
            _row("codebook_page.tree", "t", "tree", "go to the code in the tree", "tree"),
            _row("codebook_page.undo", "z ctrl+z", "undo", "undo", "undo"),
            _row("codebook_page.redo", "Z ctrl+y", "redo", "redo"),
            _row("codebook_page.leave", "escape", "leave", "clear the filter, then back", "back",
                 fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "matrix",
        "matrix",
        (
            _row("matrix.open", "enter", "open", "segments of the cell", "segments", fixed=True),
            _row("matrix.right", "right l", "across(1)", "next column"),
            _row("matrix.left", "left h", "across(-1)", "previous column"),
            _row("matrix.shade", "v", "shade", "shade by row, column or not", "shade"),
            _row("matrix.number", "% n", "number", "counts or percent", "percent",
                 help="Counts, then percent of the row, then of the column."),
            _row("matrix.transpose", "t", "transpose", "rows as columns", "transpose"),
            _row("matrix.group", "g", "group", "group by the next attribute", "group"),
            _row("matrix.collapse", "c", "collapse", "fewer levels of codes", "levels"),
            _row("matrix.empty", "x", "empty", "hide what is empty", "hide empty"),
            _row("matrix.export", "e", "export", "write the table to a file", "export"),
            _row("matrix.page_right", "L", "page_across(1)", "columns to the right"),
            _row("matrix.page_left", "H", "page_across(-1)", "columns to the left"),
            _row("matrix.leave", "escape", "leave", "back", "back", fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "project_page",
        "project",
        (
            _row("project_page.open", "enter", "open", "open the document", "open", fixed=True),
            _row("project_page.leave", "escape", "leave", "back", "back", fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "agreement",
        "agreement",
        (
            _row("agreement.next", "n", "go(1)", "next open disagreement", "next"),
            _row("agreement.prev", "N", "go(-1)", "open disagreement before"),
            _row("agreement.first", "y", "decide('first')", "keep it as the first coder has it",
                 "keep", help="Your own coding becomes, or stays, as the first coder has it."),
            _row("agreement.second", "t", "decide('second')", "take it as the second coder has it",
                 "take", help="Your own coding becomes as the second coder has it."),
            _row("agreement.both", "b", "decide('both')", "both: all that either coded", "both",
                 help="Your own coding becomes what either of the two coded."),
            _row("agreement.neither", "x", "decide('neither')", "neither: not coded so", "neither",
                 help="Your own coding, if you have one, is taken away."),
            _row("agreement.edges", "e", "decide('edges')", "the other one's edges", "edges",
                 help="Your own coding moves its edges to the other's and keeps its memos."),
            _row("agreement.note", "m", "note", "note on these words", "note"),
            _row("agreement.later", "d", "decide('later')", "put it off", "defer"),
            _row("agreement.report", "r", "report", "write the table to a file", "report"),
            _row("agreement.undo", "z ctrl+z", "undo", "undo", "undo"),
            _row("agreement.redo", "Z ctrl+y", "redo", "redo"),
            _row("agreement.open", "enter", "open", "go to the place in the text", "go",
                 fixed=True, help="Goes to the place in the text; in the table: the disagreements"
                 " on this code alone."),
            _row("agreement.table", "tab", "table", "table of codes, or back", "table"),
            _row("agreement.every", "a", "every", "all documents, or one", "all documents"),
            _row("agreement.unit", "f", "unit", "by sentence, paragraph or character", "unit"),
            _row("agreement.coders", "c", "coders", "the next two coders", "coders"),
            _row("agreement.leave", "escape", "leave", "clear the filter, then back", "back",
                 fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "cooccurrence",
        "co-occurrence",
        (
            _row("cooccurrence.open", "enter", "open", "first passage of the pair", "passages",
                 fixed=True),
            _row("cooccurrence.pairs", "tab", "pairs", "table or list of pairs", "pairs"),
            _row("cooccurrence.right", "right l", "across(1)", "next column"),
            _row("cooccurrence.left", "left h", "across(-1)", "previous column"),
            _row("cooccurrence.measure", "v", "measure", "count or coefficient", "measure"),
            _row("cooccurrence.unit", "f", "unit", "overlap or the same paragraph", "unit"),
            _row("cooccurrence.leave", "escape", "leave", "back", "back", fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "clusters",
        "clusters",
        (
            _row("clusters.fewer", "right >", "cut(1)", "cut further right: fewer clusters",
                 "fewer"),
            _row("clusters.more", "left <", "cut(-1)", "cut further left: more clusters", "more"),
            _row("clusters.open", "enter", "open", "segments of the code", "segments",
                 fixed=True),
            _row("clusters.measure", "v", "measure", "Jaccard, Sørensen or Pearson", "measure"),
            _row("clusters.linkage", "l", "linkage", "complete, average or single linkage",
                 "linkage"),
            _row("clusters.unit", "f", "unit", "by paragraphs, segments or documents", "columns"),
            _row("clusters.left", "x", "left", "what is left out, and why", "left out"),
            _row("clusters.name", "f2", "name", "name the cluster", "name",
                 help="Keeps a name for exactly these codes, as a memo on the project."),
            _row("clusters.counts", "n", "counts", "how often, or only whether", "counts"),
            _row("clusters.level", "c", "level", "codes of a level with all below", "levels"),
            _row("clusters.least", "m", "least", "segments that a code needs", "least"),
            _row("clusters.export", "e", "export", "write the clusters to a file", "export"),
            _row("clusters.undo", "z ctrl+z", "undo", "undo"),
            _row("clusters.redo", "Z ctrl+y", "redo", "redo"),
            _row("clusters.leave", "escape", "leave", "back", "back", fixed=True),
        ),
        shared=_OF_PAGE,
    ),
    Part(
        "memo_editor",
        "memo editor",
        (
            _row("memo_editor.external", "ctrl+o", "editor", "write on in $EDITOR", "$EDITOR"),
            _row("memo_editor.link", "ctrl+l", "link", "link a code or a document", "link",
                 help="Writes [[key and name]] of a code, or [[name]] of a document, at the"
                 " cursor."),
            _row("memo_editor.discard", "ctrl+g", "discard", "throw away what was not saved",
                 "discard", help="Closes and stores nothing; at the second press when words go."),
            _row("memo_editor.undo", "ctrl+z", "", "undo what was typed", "undo", fixed=True),
            _row("memo_editor.another", "ctrl+n", "another", "one more memo on the same",
                 "one more", help="Saves this memo and begins another one on the same."),
            _row("memo_editor.read", "pageup pagedown", "", "read earlier memos above",
                 fixed=True),
            _row("memo_editor.restore", "ctrl+r", "restore", "draft or stored text",
                 help="Brings back a draft that was left, or the text as it was stored."),
            _row("memo_editor.indent", "tab", "tab", "indent", fixed=True),
            _row("memo_editor.save", "escape", "save", "save and close", "save and close",
                 fixed=True),
        ),
        typing=True,
        shared=("screen",),
    ),
    Part(
        "linker",
        "link",
        (
            _row("linker.insert", "enter", "run", "write the link", "write it", fixed=True),
            _row("linker.cancel", "escape", "cancel", "no link", "cancel", fixed=True),
        ),
        typing=True,
        shared=("list",),
    ),
    Part(
        "prompt",
        "question",
        (
            _row("prompt.done", "enter", "", "take what is typed", "done", fixed=True),
            _row("prompt.offer", "tab", "offer", "what is offered, one after the other",
                 fixed=True),
            _row("prompt.cancel", "escape", "cancel", "cancel", "cancel", fixed=True),
        ),
        typing=True,
        shared=(),
    ),
    Part(
        "name",
        "name of a new code",
        (
            _row("name.done", "enter", "", "make the code and give it", "code", fixed=True),
            _row("name.place", "tab", "place", "let it stand elsewhere", "place"),
            _row("name.cancel", "escape", "cancel", "close without a code", "cancel", fixed=True),
        ),
        typing=True,
        shared=(),
    ),
    Part(
        "confirm",
        "confirmation",
        (
            _row("confirm.yes", "y", "", "yes", "yes", fixed=True),
            _row("confirm.no", "n", "", "no", "no", fixed=True),
            _row("confirm.cancel", "escape", "answer(False)", "no", "no", fixed=True),
        ),
        shared=(),
    ),
    Part(
        "help",
        "help",
        (
            _row("help.run", "enter", "run", "do it", "do it", fixed=True),
            _row("help.practice", "f3", "practise", "practise for five minutes", "practise"),
            _row("help.remap", "f2", "remap", "give it another key", "another key"),
            _row("help.close", "escape", "cancel", "close", "close", fixed=True),
        ),
        typing=True,
        shared=("list",),
    ),
    Part(
        "remap",
        "keys",
        (
            _row("remap.change", "enter", "change", "another key in place of the first", "new key",
                 fixed=True),
            _row("remap.add", "a", "add", "one more key", "one more"),
            _row("remap.unbind", "x", "unbind", "no key", "no key",
                 help="Takes its keys away; it still goes by its name."),
            _row("remap.default", "d", "default", "the keys of the preset again", "default"),
            _row("remap.preset", "p", "preset", "choose a preset", "preset"),
            _row("remap.filter", "/", "filter", "filter", "filter"),
            _row("remap.change_alias", "f2", "change", "another key in place of the first"),
            _row("remap.leave", "escape", "leave", "clear the filter, then back", "back",
                 fixed=True),
        ),
    ),
    Part(
        "press_key",
        "new key",
        (
            _row("press_key.keep", "enter", "", "keep the key that was pressed", fixed=True),
            _row("press_key.again", "backspace", "", "press another one", fixed=True),
            _row("press_key.cancel", "escape", "", "leave the keys as they are", fixed=True),
        ),
        shared=(),
    ),
    Part(
        "presets",
        "presets",
        (
            _row("presets.choose", "enter", "choose", "begin with these keys", "choose",
                 fixed=True),
            _row("presets.cancel", "escape", "cancel", "leave the keys as they are", "cancel",
                 fixed=True),
        ),
        shared=("list",),
    ),
    Part(
        "palette",
        "palette",
        (
            _row("palette.run", "enter", "run", "do it", "do it", fixed=True),
            _row("palette.close", "escape", "cancel", "close", "close", fixed=True),
        ),
        typing=True,
        shared=("list",),
    ),
    Part(
        "welcome",
        "first screen",
        (
            _row("welcome.number", "1 2 3", "number", "choose a way to begin", "choose",
                 fixed=True),
            _row("welcome.choose", "enter", "choose", "choose", fixed=True),
            _row("welcome.help", "? f1", "show_keys_help", "every key that there will be", "help"),
            _row("welcome.practice", "f3 p", "practise", "practise for five minutes",
                 "practise first",
                 help="Goes through the keys in a copy of the shipped study, gone afterwards."),
            _row("welcome.quit", "q", "quit_now", "quit, nothing is written",
                 "quit, nothing is written"),
            _row("welcome.leave", "escape", "quit_now", "quit, nothing is written", fixed=True),
        ),
        shared=("list",),
    ),
    Part(
        "making",
        "making a project",
        (
            _row("making.back", "escape enter", "back", "back", fixed=True),
            _row("making.quit", "q", "app.end(0)", "quit", fixed=True),
        ),
        shared=(),
    ),
    Part(
        "trouble",
        "an error at the start",
        (
            _row("trouble.back", "escape enter space", "dismiss", "back", fixed=True),
            _row("trouble.quit", "q", "app.end(0)", "quit", fixed=True),
        ),
        shared=(),
    ),
    Part(
        "too_small",
        "too small a window",
        (_row("too_small.quit", "q", "quit_twice", "quit at the second press", fixed=True),),
        shared=(),
    ),
)  # fmt: skip
"""Every part, in the order of the keys page."""

PART: Final[dict[str, Part]] = {part.name: part for part in PARTS}
SCREEN_KEYS: Final[dict[str, ScreenKey]] = {row.id: row for part in PARTS for row in part.keys}


def rows_of(name: str) -> list[ScreenKey]:
    """Return what can be done on a screen: its own rows, then those it shares."""
    part = PART[name]
    return [row for each in (name, *part.shared) for row in PART[each].keys]
