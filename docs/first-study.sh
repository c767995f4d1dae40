#!/bin/sh
# A study from the shell, first to last: run it in an empty folder, or read it as a recipe.
#
#     sh docs/first-study.sh [FOLDER]
#
# Results go to stdout, explanations to stderr; every act is in the journal and can be undone.
set -eu

folder=${1:-first-study}

# The shipped study: a codebook of 56 codes in three levels, eight documents, two coders' codings.
qual init --sample "$folder"
cd "$folder"
export QUAL_CODER=${QUAL_CODER:-me}

# What is there.
qual docs
qual show brief-1993 0:400
qual codes

# Find something, letters wrong or not, and code what was found: one step of undo.
qual search 'nuclaer weapons'
qual search nuclear --json | qual code R1-3-1 --stdin

# Code one span by hand, think about it, flag it.
qual code brief-2023 0:60 R3
qual memo add 'The title already speaks of a civilisation apart.' --doc brief-2023 --span 0:60
qual relate add R3-1 'is answered by' R1-1

# See the two other coders' work beside your own; the journal keeps when you did.
qual coders show --all
qual coders

# The numbers, with their basis on stderr.
qual count --used
qual count --total
qual matrix --by year --level 2
qual matrix --by year --level 1 --rate

# Which codes stand in the same paragraphs, as clusters and as a tree.
qual cluster
qual cluster --level 2 --counts --show tree

# How far the two agree, and where they differ on one code.
qual agree --total --unit sentences --coder hana --coder piet
qual agree --level 1 --unit paragraphs --coder hana --coder piet
qual agree places --code R1-1-1 --coder hana --coder piet

# The three tables of the study.
qual report tables > tables.md
qual report tables --format csv > tables.csv

# History: what was done, and one step back and forth.
qual log -n 10
qual undo
qual redo

# Proof: every coding stands on its words; a copy to keep.
qual check
qual backup kept.qual
