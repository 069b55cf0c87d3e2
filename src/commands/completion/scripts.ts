/**
 * Scripts that ask errprobe for what may follow. They pass the words as they are and evaluate nothing
 * of them. Where errprobe has nothing to offer, the shell completes names of files.
 */
export const SCRIPTS = {
  bash: `# errprobe in bash: source <(errprobe completion bash)
_errprobe() {
  local word
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    COMPREPLY+=("$word")
  done < <(errprobe completion --complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _errprobe errprobe
`,
  zsh: `#compdef errprobe
# errprobe in zsh: source <(errprobe completion zsh), or as _errprobe in a folder of $fpath
_errprobe() {
  local -a found
  local line
  while IFS= read -r line; do
    found+=("\${\${line//:/\\\\:}/$'\\t'/:}")
  done < <(errprobe completion --complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( $#found )); then _describe errprobe found; else _files; fi
}
if [ "$funcstack[1]" = _errprobe ]; then _errprobe "$@"; else compdef _errprobe errprobe; fi
`,
  fish: `# errprobe in fish: errprobe completion fish | source
function __errprobe_complete
  set -l last (commandline -ct)
  set -l found (errprobe completion --complete -- (commandline -opc)[2..-1] "$last" 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path "$last"
  end
end
complete -c errprobe -f -a '(__errprobe_complete)'
`,
  powershell: `# errprobe in PowerShell: errprobe completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName errprobe -ScriptBlock {
  param($word, $ast, $cursor)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object {
    if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.ToString() }
  })
  $given = if ($word -eq '') { @('--empty') } else { @() }
  # In quotes: the script that npm installs on Windows would not be given a bare --.
  errprobe completion --complete @given '--' @words 2>$null | ForEach-Object {
    $value, $text = $_ -split "\`t", 2
    if (-not $text) { $text = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
  }
}
`,
} as const;

export type Shell = keyof typeof SCRIPTS;
