type Env = Record<string, string | undefined>;

/** Terminals with links, by TERM_PROGRAM and by TERM. */
const PROGRAMS = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'zed', 'tmux']);
const TERMS = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm)/;

/** The first version of VTE, which GNOME's terminals use, whose links do not crash it: 0.50.1. */
const FIRST_VTE = 5001;

/**
 * True for a terminal that shows links (OSC 8). There is no way to ask one, so its name decides;
 * FORCE_HYPERLINK overrides that.
 */
export function hasLinks(isTerminal: boolean, env: Env): boolean {
  const { FORCE_HYPERLINK: force, TERM: term = '', TERM_PROGRAM: program = '', VTE_VERSION: vte, CI: ci = '' } = env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (!isTerminal || term === 'dumb' || ci !== '') return false;
  return (
    PROGRAMS.has(program) ||
    TERMS.test(term) ||
    Number(vte) >= FIRST_VTE ||
    [env.WT_SESSION, env.KONSOLE_VERSION, env.DOMTERM].some((value) => (value ?? '') !== '')
  );
}

/** A URL up to punctuation that belongs to the sentence, or an e-mail address. */
const LINKABLE = /https?:\/\/[!-~]*[\w/#&=~-]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;

/** Makes links of the URLs and e-mail addresses in a text without control characters. */
export function linked(text: string): string {
  return text.replaceAll(LINKABLE, (target) => {
    const to = target.startsWith('http') ? target : `mailto:${target}`;
    return `\u001b]8;;${to}\u001b\\${target}\u001b]8;;\u001b\\`;
  });
}
