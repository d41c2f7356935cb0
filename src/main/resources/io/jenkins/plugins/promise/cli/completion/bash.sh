# Completion of promise for bash: eval "$(promise completion bash)"
_promise_complete() {
    local word
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <("$1" complete-line -- "${COMP_LINE:0:COMP_POINT}" "$2" 2> /dev/null)
}
complete -o bashdefault -o default -F _promise_complete promise
