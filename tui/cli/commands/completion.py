"""``qual completion``: scripts that make the shell complete verbs, options and names."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from tui.cli.options import new_app
from tui.cli.output import write_line
from tui.errors import QualError

app = new_app()

BASH: Final = """\
# qual completion for bash: eval "$(qual completion bash)"
_qual_complete() {
    local IFS=$'\\n' line value typed before quote= words
    COMPREPLY=()
    words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    typed="${COMP_WORDS[COMP_CWORD]}"
    words=("${words[@]//\\\\/}")
    words=("${words[@]#[\\"\\']}")
    words=("${words[@]%[\\"\\']}")
    if [[ "$typed" == [\\"\\']* ]]; then
        # Inside quotes a word is whole, and all of it is replaced.
        quote="${typed:0:1}" before=
        words[${#words[@]}-1]="${2//\\\\/}"
    else
        # Elsewhere bash breaks words at = : @ and wants only what follows the last = or :, and
        # what an @ begins.
        typed="${COMP_LINE:0:COMP_POINT}"
        typed="${typed//\\\\ /_}"
        typed="${typed##* }"
        typed="${typed//\\\\/}"
        value="${typed##*[=:]}"
        case "$value" in ?*@*) value="@${value##*@}" ;; esac
        before="${typed%"$value"}"
    fi
    while IFS= read -r line; do
        value="${line%%$'\\t'*}"
        if [ "$value" = ":files" ]; then
            compopt -o default 2>/dev/null
            COMPREPLY=()
            return
        fi
        case "$quote" in
            \\') value="${value//\\'/\\'\\\\\\'\\'}" ;;
            \\") value="$(printf '%s' "$value" | sed 's/[\\\\"$`]/\\\\&/g')" ;;
            *) value="$(printf '%q' "${value:${#before}}")" ;;
        esac
        COMPREPLY+=("$value")
    done < <(qual __complete "${words[@]}" 2>/dev/null)
    case "${#COMPREPLY[@]} ${COMPREPLY[0]}" in
        "1 "*[:=]) compopt -o nospace 2>/dev/null ;;
    esac
}
complete -F _qual_complete qual
"""

ZSH: Final = """\
#compdef qual
# qual completion for zsh: eval "$(qual completion zsh)"
_qual() {
    local line value note
    local -a values notes typed
    typed=("${(@Q)words[2,CURRENT]}")
    # A quote that is still open is no part of the word.
    typed[-1]=${typed[-1]#[\\"\\']}
    while IFS= read -r line; do
        value="${line%%$'\\t'*}"
        if [[ "$value" == ":files" ]]; then
            _files
            return
        fi
        note=
        [[ "$line" == *$'\\t'* ]] && note="${line#*$'\\t'}"
        values+=("$value")
        notes+=("$value  $note")
    done < <(qual __complete "${(@)typed}" 2>/dev/null)
    if (( $#values == 1 )) && [[ $values[1] == *[:=] ]]; then
        compadd -S '' -a values
    else
        compadd -l -d notes -a values
    fi
}
compdef _qual qual
"""

FISH: Final = """\
# qual completion for fish: qual completion fish | source
function __qual_complete
    set -l words (commandline -opc) (commandline -ct | string replace -r '^["\\']' '')
    for line in (qual __complete $words[2..-1] 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
            return
        end
        echo $line
    end
end
complete -c qual -f -a '(__qual_complete)'
"""

SCRIPTS: Final = {"bash": BASH, "zsh": ZSH, "fish": FISH}


@app.command()
def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish")],
) -> None:
    """Print a script that makes the shell complete verbs, options, codes and documents.

    Nothing is installed and no start-up file is touched: put the line that the script begins with
    into yours.
    """
    if shell not in SCRIPTS:
        raise QualError(f"There is no script for {shell!r}.", f"Shells: {', '.join(SCRIPTS)}.")
    write_line(SCRIPTS[shell].rstrip("\n"))
