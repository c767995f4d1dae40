"""Abbreviations whose full stop need not end a sentence, for Latin-script languages and Russian.

All are lower case and without the last stop. Which list a word is in says what its stop may do.
"""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


TITLES = _words(
    "mr mrs ms mx dr prof rev fr hon pres gov sen rep gen col maj capt cmdr lt sgt adm amb messrs",
    "st mt ft hr str mme mlle sr sra srta dott sig dhr mevr",
)
"""A sentence does not stop after these when they are written with a capital."""

NEVER_LAST = _words(
    "e.g i.e eg ie cf vs viz approx esp incl resp ca",
    "bzw z.b d.h u.a s.o sog evtl ggf inkl zzgl p.ex par.ex",
    "т.е т.к т.н т.ч напр им проф акад доц канд докт ген полк подп св гр г-н г-жа тов зам зав ред",
    "сост изд ул пер пл пос дер обл респ см ср англ нем фр лат греч исп букв сокр отв",
)
"""A sentence hardly ever stops after these."""

BEFORE_NUMBER = _words(
    "no nos nr num art arts sec sect ch chap chs vol vols fig figs tab eq eqs p pp pg par para",
    "paras sched cl ex exh ed eds app appx n fn ff op cit cap v al c ca jan feb mar apr jun jul",
    "aug sep sept oct nov dec abs bd s kap",
    "№ ст п пп ч т тт с стр гл рис табл разд прил абз кн вып д кв тел оф корп янв февр фев апр",
    "авг сент сен окт нояб ноя дек",
)
"""A sentence does not stop between these and a number."""

MAYBE_LAST = _words(
    "etc inc ltd co corp bros jr a.m p.m u.s u.k u.n e.u d.c u.s.a ph.d b.a m.a m.d est dept al",
    "univ assn ave blvd rd sq usw usf ecc enz",
    "т.д т.п т.о и.о др проч г гг в вв н.э до.н.э р руб коп тыс млн млрд трлн долл экз чел кг км",
    "мм га мин сек",
)
"""A sentence stops after these only when the next word is one that mostly begins sentences."""

ENDS_LISTS = _words("etc usw usf ecc enz т.д т.п др проч")
"""Of those, the ones that close an enumeration: any capital after them begins a sentence."""

STARTERS = _words(
    "the a an it its he his she her they their we our you your this that these those there here",
    "in on at by for from to with as if when while after before since although but and or so yet",
    "however moreover thus then what who why how where which not no yes some many most all each",
    "i my is are was were do does did can could would let one two another such both",
    "der die das ein eine er sie es wir ich und aber im am auf mit zu bei nach wenn als",
    "un une il elle ils nous vous je et mais dans en sur pour avec ce cette ces y pero por para",
    "он она оно они мы вы я это этот эта эти тот та те в во на но и а с со к ко по при для из от",
    "до за о об у как что кто где когда если хотя однако так там тогда затем после также не ни",
    "все всё его её ее их наш наша мой моя здесь потом поэтому через между без под над более",
)
"""Words that, capitalised after a stop, speak for a new sentence."""
