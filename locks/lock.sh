#!/bin/sh
# Resolve pyproject.toml into locks/run.txt (the program and its build backend) and locks/dev.txt
# (tests, too): names, versions and hashes only.
set -eu
compile=$1
python=$(dirname "$compile")/python
options="--quiet --generate-hashes --allow-unsafe --strip-extras --no-header
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate"
trap 'rm -f locks/build.in locks/tests.in' EXIT
printf 'hatchling>=1.25\neditables>=0.5\n' >locks/build.in
"$python" -c "import tomllib
groups = tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']
print('\n'.join(groups['dev']))" >locks/tests.in
$compile $options --output-file locks/run.txt pyproject.toml locks/build.in
$compile $options --output-file locks/dev.txt pyproject.toml locks/build.in locks/tests.in
