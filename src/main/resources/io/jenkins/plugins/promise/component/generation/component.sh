# Sourced by the workers that are made of component files.
#   checkout REPOSITORY BRANCH FOLDER [INTO]   the repository at the commit $GIT_HASH; goes into that folder of it
#   handed                                     lays what build has made over it; fails where nothing was handed on
#   step NAME FILE                             a step as its author wrote it; it ends at its first command that fails
# shellcheck shell=bash
export GIT_TERMINAL_PROMPT=0
workspace=$PWD

fail() {
    local data=''
    [ -z "${requirements:-}" ] || data=", \"data\": {\"requirements\": [$requirements]}"
    echo "$1" >&2
    printf '{"status": "FAILURE", "reason": "%s"%s}\n' "$(printf %s "$1" | tr '\n\t"\\' "  '/")" "$data" > "$workspace/report.json"
    exit 1
}

# A workspace may have been an earlier build's: what was handed on to this one lies in "made", and nowhere else.
rm -rf source handed || fail "what an earlier build left in $workspace cannot be deleted"
[ ! -d made ] || mv made handed || fail "what an earlier build left in $workspace cannot be moved away"

checkout() {
    local repository=$1 branch=$2 folder=$3 into=${4:-source}
    git init -q "$into"
    cd "$into"
    # A server that does not give single commits gives the branch with all of them.
    git fetch -q --depth 1 -- "$repository" "$GIT_HASH" 2> /dev/null ||
        git fetch -q -- "$repository" "$branch" ||
        fail "$repository cannot be read, or has no branch $branch"
    git cat-file -e "$GIT_HASH^{commit}" 2> /dev/null || fail "there is no commit $GIT_HASH on $branch of $repository"
    git -c advice.detachedHead=false checkout -q --detach "$GIT_HASH"
    cd "./$folder" 2> /dev/null || fail "there is no folder $folder in $repository at $GIT_HASH"
    echo "$repository at $GIT_HASH" >&2
}

handed() {
    [ -d "$workspace/handed" ] || return 1
    cp -af "$workspace/handed/." "$workspace/source/" || fail "what build has made cannot be laid over the commit"
}

step() {
    bash -euo pipefail "$2" < /dev/null || fail "$1 ended with exit code $?"
}
