/** The one style of all pages. Text and backgrounds keep a contrast of 4.5:1 (WCAG 2.1, 1.4.3); states are never told by colour alone. */
export const STYLE = `
:root { --ink: #1c2530; --soft: #5a6776; --line: #d9dfe6; --ground: #fff; --panel: #f5f7f9; --accent: #0b5cad; --alert: #9a3412; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; color: var(--ink); background: var(--ground); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
a:focus-visible, button:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid #f2a900; outline-offset: 1px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .3rem .6rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.top { display: flex; gap: 2rem; align-items: baseline; padding: .7rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--panel); }
.top nav { display: flex; gap: 1.3rem; }
.brand { font-weight: 700; color: var(--ink); text-decoration: none; }
.top nav a { text-decoration: none; padding-bottom: .1rem; }
.top nav a[aria-current] { color: var(--ink); font-weight: 600; border-bottom: 2px solid var(--accent); }
main { max-width: 78rem; margin: 0 auto; padding: 1.2rem 1.5rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .4rem 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.3rem 0 .3rem; }
.lead { color: var(--soft); margin: 0 0 1rem; }
.soft, .hint, .lang, .iri { color: var(--soft); }
.iri, .hint { font-size: .85rem; overflow-wrap: anywhere; }
.crumbs { font-size: .9rem; margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .2rem .5rem; }
.crumbs li:not(:last-child)::after { content: "›"; color: var(--soft); margin-left: .5rem; }
.chip { display: inline-block; font-size: .8rem; font-weight: 600; border: 1px solid var(--line); background: var(--panel); border-radius: 1rem; padding: .05rem .6rem; margin-right: .3rem; }
.formats { font-size: .85rem; }
.formats a { margin-right: .8rem; }
table { border-collapse: collapse; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; }
thead th { color: var(--soft); font-size: .85rem; overflow-wrap: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: .8rem; }
table.facts { width: 100%; max-width: 54rem; }
meter { width: 10rem; height: .9rem; margin-right: .5rem; vertical-align: -.1em; }
meter::-webkit-meter-bar { background: #e6ebf0; border: 0; border-radius: .2rem; }
meter::-webkit-meter-optimum-value { background: #2f6fa8; border-radius: .2rem; }
meter::-moz-meter-bar { background: #2f6fa8; }
table.facts th { width: 15rem; font-weight: 400; color: var(--soft); }
.text { white-space: pre-line; }
.scroll { overflow-x: auto; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .6rem; padding: 0; margin: .5rem 0; list-style: none; }
.tiles li { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .8rem; background: var(--panel); }
.tiles strong { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
.swatch { display: inline-block; width: .9em; height: .9em; border: 1px solid var(--line); border-radius: .15em; vertical-align: -.08em; margin-right: .4em; }
.notice { border-left: 4px solid var(--alert); background: #fdf3ee; padding: .5rem .8rem; margin: .6rem 0; overflow-wrap: anywhere; white-space: pre-line; }
pre, code, textarea, kbd { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; padding: .7rem .9rem; overflow-x: auto; font-size: .85rem; }
code { font-size: .9em; }
kbd { font-size: .8rem; border: 1px solid var(--line); border-radius: .2rem; padding: 0 .3rem; background: var(--panel); }
button, select { font: inherit; font-size: .93rem; padding: .3rem .8rem; border: 1px solid #b8c2cc; border-radius: .3rem; background: #fff; color: var(--ink); cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: #fff; font-weight: 600; padding: .35rem 1.3rem; }
textarea { width: 100%; font-size: .88rem; line-height: 1.45; padding: .7rem .9rem; border: 1px solid #b8c2cc; border-radius: .4rem; resize: vertical; tab-size: 2; }
.bar { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-top: .4rem; }
.spacer { flex: 1; }
.query { display: grid; grid-template-columns: minmax(0, 1fr) 18rem; gap: 2rem; }
.query aside h2 { margin-top: 0; }
.examples { list-style: none; margin: 0; padding: 0; }
.examples li { margin-bottom: .8rem; }
.examples p { margin: .1rem 0 0; font-size: .83rem; color: var(--soft); }
.example { border: 0; background: none; color: var(--accent); padding: 0; text-align: left; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 2px; }
#status { margin: 1rem 0 .4rem; color: var(--soft); min-height: 1.5rem; }
#status.notice { color: var(--ink); }
#results table { min-width: 50%; }
#results thead th { position: sticky; top: 0; background: #fff; }
.boolean { font-size: 1.6rem; font-weight: 700; margin: 0; }
table.matrix { width: 100%; }
table.matrix thead th { vertical-align: bottom; text-align: center; padding: .3rem; min-width: 5.2rem; }
table.matrix thead th:first-child { text-align: left; }
table.matrix tbody th { min-width: 13rem; font-weight: 600; }
table.matrix td.count { color: var(--soft); text-align: right; padding-right: .8rem; }
table.matrix tbody tr.part th { font-weight: 400; padding-left: 1.4rem; }
table.matrix tfoot th, table.matrix tfoot td { border-top: 2px solid var(--line); }
table.matrix td { text-align: center; padding: .3rem; border: 2px solid #fff; font-variant-numeric: tabular-nums; white-space: nowrap; }
.level0 { background: #fff; box-shadow: inset 0 0 0 1px #c7d0d9; color: var(--ink); }
.level1 { background: #dbe9f6; color: #10243a; }
.level2 { background: #a9cbe8; color: #10243a; }
.level3 { background: #2f6fa8; color: #fff; }
.level4 { background: #17497a; color: #fff; }
.none { color: var(--soft); }
.severity { white-space: nowrap; font-weight: 600; }
.severity.violation { color: #9a3412; }
.severity.warning { color: #7a5200; }
.severity.info { color: #3a5068; font-weight: 400; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
.pager { display: flex; gap: 1rem; margin: .6rem 0; }
.reviewer { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; font-size: .9rem; margin: 0 0 1rem; }
.review input:not([type=hidden]), .reviewer input:not([type=hidden]) { font: inherit; padding: .25rem .5rem; border: 1px solid #8a96a3; border-radius: .3rem; max-width: 100%; }
input:focus-visible { outline: 3px solid #f2a900; outline-offset: 1px; }
.tabs { display: flex; flex-wrap: wrap; gap: 1.3rem; border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
.tabs a { text-decoration: none; padding: .3rem 0; border-bottom: 3px solid transparent; }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--accent); }
.review { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; margin: 0 0 1rem; scroll-margin-top: 1rem; }
.review:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.review h2 { margin: 0 0 .2rem; overflow-wrap: anywhere; }
.review .about { margin: 0 0 .5rem; font-size: .88rem; }
.review .bar { font-size: .9rem; margin-top: .6rem; }
.review .hint { margin: .3rem 0; }
.review select { max-width: 20rem; }
table.candidates { width: 100%; }
table.candidates td { vertical-align: middle; }
table.candidates td:nth-child(2) { white-space: nowrap; width: 9rem; font-variant-numeric: tabular-nums; }
table.candidates meter { width: 4.5rem; }
table.candidates td:nth-child(3) { font-size: .85rem; }
table.candidates td.act { white-space: nowrap; text-align: right; width: 12rem; padding-right: 0; }
table.candidates th:last-child { text-align: right; padding-right: 0; }
table.candidates tr.rejected strong { text-decoration: line-through; font-weight: 400; color: var(--soft); }
tr.accepted .said, .decided { font-weight: 700; color: #14532d; }
tr.rejected .said { color: #9a3412; }
@media (max-width: 44rem) {
  table.candidates thead { display: none; }
  table.candidates tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  table.candidates td { display: block; border: 0; padding: .15rem 0; }
  table.candidates td:nth-child(2), table.candidates td.act { width: auto; text-align: left; }
}
progress { width: 10rem; height: .9rem; vertical-align: -.1em; accent-color: #2f6fa8; }
@media (max-width: 60rem) { .query { grid-template-columns: 1fr; } table.facts th { width: 9rem; } }
`;
