"""`anjian completion`: the script by which a shell completes a line at TAB, printed or put where the shell looks."""

from __future__ import annotations

import os
from pathlib import Path

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.light_typing import NamedTuple

app = top_app()

MARK = "# anjian completion"
"""Stands in every script's beginning: a file with it is ours to replace."""

BASH = r"""# anjian completion (bash)
_anjian() {
  local line i part="${COMP_WORDS[COMP_CWORD]}"
  local -a before=("${COMP_WORDS[@]:1:COMP_CWORD-1}")
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default ;;
      :open) compopt -o nospace ;;
      *) COMPREPLY+=("${line%%$'\t'*}") ;;
    esac
  done < <("${COMP_WORDS[0]/#\~/$HOME}" __complete bash "${before[@]}" "=$part" 2>/dev/null)
  for i in "${!COMPREPLY[@]}"; do
    # readline takes what stands behind = for a word of its own
    case $COMPREPLY in --*=*) COMPREPLY[i]=${COMPREPLY[i]#*=} ;; esac
    # and puts names with spaces and brackets in quotes only where it is told that they are names of files
    case ${COMPREPLY[i]} in *[!-[:alnum:]_=./:]*) compopt -o filenames ;; esac
  done
}
complete -F _anjian anjian
"""
ZSH = r"""#compdef anjian
# anjian completion (zsh)
_anjian() {
  local line open=
  local -a typed told
  local -a before=("${(@Q)words[2,CURRENT-1]}")
  for line in "${(@f)$("${words[1]/#\~/$HOME}" __complete zsh "${before[@]}" "=${(Q)PREFIX}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :files) _files; return ;;
      :open) open=1 ;;
      *$'\t'*) typed+=("${line%%$'\t'*}"); told+=("${line%%$'\t'*}  -- ${line#*$'\t'}") ;;
      *) typed+=("$line"); told+=("$line") ;;
    esac
  done
  (( $#typed )) || return 1
  if [[ -n $open ]]; then
    compadd -S '' -l -d told -a typed
  else
    compadd -l -d told -a typed
  fi
}
if [[ ${funcstack[1]} = _anjian ]]; then
  _anjian "$@"
else
  compdef _anjian anjian
fi
"""
FISH = r"""# anjian completion (fish)
function __anjian_complete
    set -l words (commandline -opc)
    set -l part (commandline -ct)
    for line in (command $words[1] __complete fish $words[2..-1] "=$part" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path $part
            case ':open'
            case '*'
                echo $line
        end
    end
end
complete -c anjian -f -a '(__anjian_complete)'
"""
POWERSHELL = r"""# anjian completion (PowerShell)
Register-ArgumentCompleter -Native -CommandName anjian -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    $program = $commandAst.CommandElements[0].Extent.Text
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $answer = @(& $program __complete powershell @before "=$wordToComplete" 2>$null)
    } finally {
        [Console]::OutputEncoding = $encoding
    }
    if ($answer -contains ':files') {
        return [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
    }
    foreach ($line in $answer) {
        if (-not $line -or $line.StartsWith(':')) { continue }
        $word, $told = $line -split "`t", 2
        $typed = if ($word -match "[\s()（）'""`$;&|{}@,]") { "'" + $word.Replace("'", "''") + "'" } else { $word }
        if (-not $told) { $told = $word }
        [System.Management.Automation.CompletionResult]::new($typed, $word, 'ParameterValue', $told)
    }
}
"""


class Shell(NamedTuple):
    """A shell's script, where it looks for one (variables of the environment, what stands for them, the rest), and what
    is to be done then."""

    script: str
    variable: str
    otherwise: str
    rest: str
    then: str


SHELLS = {
    "bash": Shell(
        BASH,
        "XDG_DATA_HOME",
        "~/.local/share",
        "bash-completion/completions/anjian",
        "新开一个终端就能用。没有装 bash-completion 的，在 ~/.bashrc 里加一行：source {path}",
    ),
    "zsh": Shell(
        ZSH,
        "ZDOTDIR",
        "~",
        ".zfunc/_anjian",
        "在 .zshrc 里、compinit 那一行之前加：fpath=({folder} $fpath)；没有 compinit 的，再加一行："
        "autoload -Uz compinit && compinit。然后新开一个终端",
    ),
    "fish": Shell(FISH, "XDG_CONFIG_HOME", "~/.config", "fish/completions/anjian.fish", "新开一个终端就能用"),
    "powershell": Shell(
        POWERSHELL,
        "LOCALAPPDATA",
        "~/.config",
        "anjian/anjian.ps1",
        "在 PowerShell 的 $PROFILE 文件里加一行：. {path}。然后新开一个窗口",
    ),
}


@app.command("completion", example="anjian completion bash\nanjian 补全 zsh --install\nanjian 补全 powershell --安装")
def completion(
    ctx: Context,
    shell: Annotated[str, Argument(metavar="终端", help="bash、zsh、fish 或 powershell")],
    install: Annotated[bool, Option("--install", "--安装", help="放到它自己会去找的地方；不写即印出来")] = False,
) -> None:
    """按 TAB 补全：类别、动作、选项，镇街、未销号的隐患、企业。"""
    session: Session = ctx.obj
    asked = SHELLS.get(shell.lower())
    if asked is None:
        raise refused("E106", shell, name="终端", remedy=f"可以是 {'、'.join(SHELLS)}")
    if not install:
        session.out.write(asked.script)
        return
    path = Path(os.environ.get(asked.variable) or asked.otherwise).expanduser() / asked.rest
    if path.exists() and MARK not in path.read_text(encoding="utf-8", errors="replace"):
        raise refused("E130", path=path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(asked.script, encoding="utf-8-sig" if asked.script is POWERSHELL else "utf-8", newline="\n")
    session.say(f"已写到 {path}")
    session.say(f"{asked.then.format(path=path, folder=path.parent)}。")
