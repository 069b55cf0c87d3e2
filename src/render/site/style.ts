/**
 * The look of a site. Colours are variables for light and dark, each with a contrast of 4.5:1 or more on both grounds;
 * a list becomes a grid where there is room, and paper gets neither navigation nor colour.
 */
export const STYLE = `:root {
  color-scheme: light dark;
  --ground: #fdfcfa;
  --panel: #f5f2ec;
  --ink: #1d1b18;
  --quiet: #615b52;
  --line: #e3ded4;
  --link: #0a5a66;
  --s0: #57524a;
  --s3: #2a4fa3;
  --s4: #8a4300;
  --s5: #a3231f;
  --yes: #1b6733;
  --no: #a3231f;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, monospace;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15171a;
    --panel: #1e2125;
    --ink: #e9e6e0;
    --quiet: #a9a49b;
    --line: #33373d;
    --link: #7cc8d2;
    --s0: #b5b0a7;
    --s3: #9db7ff;
    --s4: #f0b162;
    --s5: #ff8f86;
    --yes: #7dd093;
    --no: #ff8f86;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 5rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre, kbd { font-family: var(--mono); font-size: .875em; font-variant-ligatures: none; }
ul, ol { margin: 0; padding-left: 1.4rem; }
.plain, .entries, .jump ul, .catalogs, #results ol { list-style: none; padding: 0; }
.quiet { color: var(--quiet); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--ground); z-index: 2; }
.skip:focus { left: 0; }

.top { position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line); }
.bar, main, footer, #results { max-width: 60rem; margin: 0 auto; padding-inline: 1.25rem; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; padding-block: .7rem; }
.home { font-weight: 650; color: inherit; text-decoration: none; }
.bar nav { display: flex; gap: 1.1rem; font-size: .9375rem; }
.bar nav a { color: var(--quiet); text-decoration: none; }
.bar nav a:hover { color: var(--ink); text-decoration: underline; }
.bar nav a[aria-current] { color: var(--ink); box-shadow: 0 2px 0 var(--link); }
form[role=search] { position: relative; flex: 1 1 14rem; max-width: 22rem; margin-left: auto; }
[hidden] { display: none !important; }
input[type=search] {
  width: 100%;
  padding: .4rem 2rem .4rem .7rem;
  border: 1px solid var(--quiet);
  border-radius: .4rem;
  background: var(--ground);
  color: var(--ink);
  font: inherit;
  font-size: .9375rem;
  -webkit-appearance: none;
  appearance: none;
}
input::placeholder { color: var(--quiet); opacity: 1; }
kbd {
  position: absolute;
  right: .5rem;
  top: 50%;
  translate: 0 -50%;
  padding: 0 .4rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  background: var(--panel);
  color: var(--quiet);
  line-height: 1.4;
}
input:focus ~ kbd { visibility: hidden; }
#results { max-height: min(32rem, calc(100vh - 4rem)); overflow-y: auto; padding-block: .25rem 1rem; }
#results p { margin: .25rem 0; font-size: .875rem; color: var(--quiet); }
#results a { display: block; padding: .35rem .6rem; margin-inline: -.6rem; border-radius: .3rem; color: inherit; text-decoration: none; }
#results a:hover, #results a:focus { background: var(--panel); }
#results .quiet { font-size: .875rem; }

main { padding-block: 2.5rem 1rem; }
h1 { margin: 0; font: 600 clamp(1.7rem, 1.2rem + 2.4vw, 2.5rem)/1.18 var(--serif); letter-spacing: -.01em; text-wrap: balance; }
.head { margin-bottom: 2rem; }
.lead { margin: .6rem 0 0; font-size: 1.125rem; color: var(--quiet); max-width: 44rem; text-wrap: pretty; }
.status { font: 600 .9375rem/1.4 var(--mono); font-variant-numeric: tabular-nums; }
.s0 { color: var(--s0); } .s3, .s1, .s2 { color: var(--s3); } .s4 { color: var(--s4); } .s5 { color: var(--s5); }
.tag, .mark { font-size: .8125rem; color: var(--quiet); white-space: nowrap; }
.tag { padding: .05rem .6rem; border: 1px solid var(--line); border-radius: 1rem; }
.mark { font-style: italic; }
.mark.documented { color: var(--link); }

.catalogs { display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; margin-top: 1.25rem; }
.about { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 1.25rem 0 0; }
.about dt { color: var(--quiet); }
.about dd { margin: 0; }
.jump { border-block: 1px solid var(--line); padding-block: .6rem; margin-bottom: 1rem; font-size: .9375rem; }
.jump ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-variant-numeric: tabular-nums; }
.jump a { text-decoration: none; }
.jump a:hover { text-decoration: underline; }
.group { padding-top: 1.25rem; }
.group h2 { margin: 0 0 .25rem; font: 600 1.2rem/1.4 var(--serif); }
.entries li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; padding: .45rem 0; border-bottom: 1px solid var(--line); }
.entries a { display: flex; flex: 1 1 24rem; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; color: inherit; text-decoration: none; }
.entries .status { flex: 0 0 3.5rem; }
.entries .title { flex: 1 1 16rem; }
.entries code, .gap { flex: 0 1 16rem; }
.entries a:hover .title { text-decoration: underline; text-underline-offset: .2em; }
.entries .quiet { font-size: .8125rem; }

.trail { font-size: .9375rem; margin-bottom: 1.25rem; }
article { max-width: 48rem; }
.answer { margin: 0 0 .35rem; color: var(--quiet); }
.answer .status { font-size: 1.125rem; }
.facts { margin: .8rem 0 0; display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .7rem; }
.facts code { padding: .1rem .45rem; border-radius: .3rem; background: var(--panel); }
article section { padding-block: 1rem; border-top: 1px solid var(--line); }
article h2 { margin: 0 0 .35rem; font-size: .8125rem; line-height: 1.6; font-weight: 600; color: var(--quiet); letter-spacing: .02em; }
article section p { margin: 0 0 .3rem; }
article section li + li { margin-top: .35rem; }
.shared { padding-top: .25rem; }
.verdict.yes { color: var(--yes); } .verdict.no { color: var(--no); } .verdict.later { color: var(--s4); }
q { quotes: "\\201c" "\\201d"; }
pre {
  margin: 0;
  padding: .9rem 1.1rem;
  border-radius: .5rem;
  background: var(--panel);
  line-height: 1.55;
  overflow-x: auto;
  white-space: pre-wrap;
}
pre code { font-size: .84rem; }
pre .name { color: var(--link); }
.legend { margin: 0; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .8125rem; color: var(--quiet); }
.neighbours { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 2.5rem; max-width: 48rem; }
.neighbours a { flex: 1 1 14rem; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: .5rem; text-decoration: none; }
.neighbours a:hover { border-color: var(--link); }
.neighbours .quiet { display: block; font-size: .8125rem; }
.neighbours .next { text-align: right; }
footer { padding-block: 2rem; font-size: .8125rem; color: var(--quiet); }

@media (min-width: 44rem) {
  article section { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 1.5rem; }
  article h2 { padding-top: .15rem; }
}
@media (max-width: 44rem) {
  form[role=search] { flex-basis: 100%; max-width: none; }
  .top { position: static; }
  main { padding-top: 1.75rem; }
  .entries a { flex-basis: 100%; }
  .entries code { flex: 1 1 0; }
  .gap { display: none; }
  .entries .title { flex-basis: 100%; }
}
@page { margin: 18mm 16mm; }
@media print {
  :root {
    color-scheme: light;
    --ground: #fff; --panel: #fff; --ink: #000; --quiet: #444; --line: #bbb; --link: #000;
    --s0: #000; --s3: #000; --s4: #000; --s5: #000; --yes: #000; --no: #000;
  }
  body { font-size: 10.5pt; }
  .top, .skip, .jump, .neighbours, footer { display: none; }
  main { max-width: none; padding: 0; }
  article section, .entries li { break-inside: avoid; }
  h1, h2 { break-after: avoid; }
  pre { border: 1px solid var(--line); }
  article section a[href^=http]::after { content: " (" attr(href) ")"; font-size: .85em; color: var(--quiet); }
}
`;

/** An exclamation mark in a rounded square. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0a5a66"/><rect x="14" y="6" width="4" height="13" rx="2" fill="#fff"/><circle cx="16" cy="24" r="2.4" fill="#fff"/></svg>
`;
