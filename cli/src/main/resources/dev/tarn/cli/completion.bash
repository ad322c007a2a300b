
# A candidate like "{users}" stands for names that only the server knows; it is asked when they are to be offered.
function _tarn_offered() {
  local -a words=() server=()
  local word name i
  for word in "$@"; do
    case $word in
    "{"*"}")
      # The server of this line, when it names one.
      for ((i = 1; i + 1 < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in --url | --key | --home) server+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}") ;; esac
      done
      name=${word#"{"}
      while IFS= read -r name; do
        words+=("$name")
      done < <("${COMP_WORDS[0]}" names "${name%"}"}" "${server[@]}" 2>/dev/null)
      ;;
    *) words+=("$word") ;;
    esac
  done
  _tarn_quoted "${words[@]}"
}

# Bash cuts words at colons, and table:iceberg.shop.orders is one.
function _tarn_with_colons() {
  local line=$COMP_LINE word i position=0
  local -a words=()
  for i in "${!COMP_WORDS[@]}"; do
    word=${COMP_WORDS[i]}
    if ((i > 0)) && [[ $line != [[:blank:]]* && ($word == *:* || ${words[${#words[@]} - 1]} == *:) ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
      line=${line#"${line%%[![:blank:]]*}"}
    fi
    line=${line#"$word"}
    ((i != COMP_CWORD)) || position=$((${#words[@]} - 1))
  done
  local -a COMP_WORDS=("${words[@]}")
  local COMP_CWORD=$position
  _complete_tarn
  local before=${COMP_WORDS[COMP_CWORD]%"${COMP_WORDS[COMP_CWORD]##*:}"}
  if [[ $COMP_WORDBREAKS == *:* && -n $before ]]; then
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
  fi
}
if [ -n "$BASH_VERSION" ]; then
  complete -F _tarn_with_colons -o default tarn tarn.sh tarn.bash
fi
