# Workers begin with this: the candidate is in candidate/ then. They need git, and promise on the PATH.
set -euo pipefail

fail() {
    # shellcheck disable=SC2016
    printf '{"status": "FAILURE", "reason": "%s"}' "$(printf '%s' "$1" | tr '\n\t"\\' '; ''/')" > report.json
    exit 0
}

# What promise rehearse and promise drive mark as failed; else the last lines.
why() {
    grep -E -m 2 -A 3 '✗| #[0-9]+ ' said || grep -v '^[[:space:]]*$' said | tail -3
}

# step WHAT COMMAND...: what it says is in the log, and if it fails that is the reason
step() {
    local what=$1
    shift
    echo "$what: $*"
    if ! "$@" > said 2>&1; then
        cat said
        fail "$what: $(why)"
    fi
    cat said
}

step "the candidate cannot be fetched" git clone --quiet "$REPOSITORY" candidate
step "the commit is not there" git -C candidate checkout --quiet --detach "$COMMIT"
qa=candidate/examples/qa
