#compdef promise
# Completion of promise for zsh: eval "$(promise completion zsh)"
_promise_complete() {
    local -a found
    found=("${(@f)$("$words[1]" complete-line -- "${(j: :)words[1,CURRENT-1]} $PREFIX" "$PREFIX" 2> /dev/null)}")
    if [[ -n "$found" ]]; then
        compadd -U -- "${found[@]}"
    else
        _files
    fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
compdef _promise_complete promise
