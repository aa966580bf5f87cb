#!/usr/bin/env bash
# Plants one bug at a time into a copy of the tree, and runs the tests that its patch names: they must fail.
#
#   realtime-faultbed/planted/planted.sh            all of them
#   realtime-faultbed/planted/planted.sh 03 12      those alone
#
# docs/planted-bugs.md gets the result; what it says of other bugs stays.
#
# MVN says how Maven is called (./mvnw), MAVEN_ARGS what else it is told (-o).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
tree=$PWD
mvn=${MVN:-./mvnw}
begun=$(date -u +%Y-%m-%dT%H:%MZ)

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard --deduplicate | tar --null -T - -c | tar -x -C "$copy"
cd "$copy" && git init -q . || exit 2
planted=$copy/realtime-faultbed/planted

# The names of a patch's tests that end in a suffix, with commas.
tests() { sed -n 's/^Tests: //p' "$1" | tr ' ' '\n' | grep "$2\$" | paste -sd, -; }

run() {
    rm -rf */target/*-reports
    local unit integration phase=verify modules="-pl realtime-core"
    unit=$(tests "$1" Test)
    integration=$(tests "$1" IT)
    [[ $unit == *Interleavings* ]] && modules="-Pinterleavings -pl interleavings"
    [[ -z $integration ]] && phase=test
    # shellcheck disable=SC2086
    $mvn -B $modules -am $phase -Dspotless.check.skip -Djacoco.skip -Dmaven.javadoc.skip \
        -Dtest="${unit:-None}" -Dit.test="${integration:-None}" \
        -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false >"$2" 2>&1
}

# Which tests failed, from the reports; nothing where none has run.
failed() {
    grep -lE '<(failure|error)' */target/*-reports/TEST-*.xml 2>/dev/null | while read -r report; do
        awk '/<testcase /{match($0, / name="[^"]*"/); name=substr($0, RSTART+7, RLENGTH-8); match($0, /classname="[^"]*"/)
                class=substr($0, RSTART+11, RLENGTH-12); sub(/.*\./, "", class); sub(/[({].*/, "", name)}
             /<(failure|error)/{print "`" class "." name "`"}' "$report"
    done | sort -u | paste -sd ' ' -
}

table=$(mktemp)
code=0
for patch in "$planted"/*.patch; do
    name=$(basename "$patch" .patch)
    if [ $# -gt 0 ] && [[ " $* " != *" ${name%%-*} "* ]]; then
        continue
    fi
    git apply -p1 "$patch" || { echo "$name does not apply" >&2; code=1; continue; }
    if run "$patch" "$copy/run.log"; then
        verdict='**MISSED**'
        by=''
        code=1
    else
        by=$(failed)
        verdict=CAUGHT
        if [ -z "$by" ]; then
            verdict='**DOES NOT RUN**'
            code=1
            tail -30 "$copy/run.log" >&2
        fi
    fi
    git apply -R -p1 "$patch" || exit 2
    echo "| $name | $(head -1 "$patch") | $verdict | $by |" | tee -a "$table"
done

page=$tree/docs/planted-bugs.md
{
    sed '/^<!-- measured -->$/q' "$page"
    echo
    echo '| bug | what it does | verdict | caught by | run |'
    echo '|---|---|---|---|---|'
    # What was run now, and the rows of the page about other bugs that are still there.
    {
        sed "s/\$/ $begun |/" "$table"
        for patch in "$planted"/*.patch; do
            name=$(basename "$patch" .patch)
            grep -qF "| $name |" "$table" || grep -F "| $name |" "$page"
        done
    } | sort
} >"$copy/page" && cp "$copy/page" "$page"
rm -f "$table"
exit $code
