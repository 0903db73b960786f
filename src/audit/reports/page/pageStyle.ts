/**
 * The style of the report page, for screens in light and dark and for paper. Blue is there and orange is lacking, a pair that
 * colour-blind readers tell apart; each cell has its number and each status its own pattern. Contrast of text is 4.5:1 or more.
 */
export const PAGE_STYLE = `
:root { --ink: #1b2430; --soft: #586574; --line: #dde3ea; --ground: #fff; --panel: #f6f8fa; --accent: #0b5cad; --focus: #f2a900;
  --l0: #b5480c; --l0i: #fff; --l1: #f0a163; --l1i: #2a1400; --l2: #fad7b4; --l2i: #3a2000; --l3: #dfe9f4; --l3i: #12263a; --l4: #a6c8e6; --l4i: #0e2236; --l5: #2b6ca6; --l5i: #fff;
  --filled: #2b6ca6; --inherited: #8db9de; --free: #5aa6a0; --lack: #d9721f; --wrong: #8a2d0a; --waived: #aab4bf; --alert: #9a3412; --alert-ground: #fdf3ec; --warn: #7a5200; --hint: #3a5068; }
:root:has(body.alone) { color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) { :root:has(body.alone) { --ink: #e7ecf1; --soft: #9eabb8; --line: #2d3742; --ground: #12171d; --panel: #1a2129; --accent: #82baf0; --focus: #f2b632;
  --l0: #b5480c; --l0i: #fff; --l1: #86481b; --l1i: #ffecd9; --l2: #53381f; --l2i: #ffe6cc; --l3: #23364a; --l3i: #d9e8f6; --l4: #2a5378; --l4i: #e6f1fb; --l5: #3173ae; --l5i: #fff;
  --filled: #4a90cf; --inherited: #2c557a; --free: #4f9a94; --lack: #e0803a; --wrong: #ff9d6b; --waived: #5d6873; --alert: #ffa274; --alert-ground: #2a1d15; --warn: #e2b04a; --hint: #a9bccf; } }
body.alone { margin: 0; font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; color: var(--ink); background: var(--ground); }
body.alone * { box-sizing: border-box; }
main.audit { max-width: 92rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 2.4vw, 2.5rem) 4rem; }
main:has(.audit) { max-width: 92rem; }
.audit .bar { margin: 0; } .audit .tiles li { border: 0; padding: 0; background: none; }
.audit a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
.audit :is(a, button, select, input, summary, .scroll, section, h2):focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; border-radius: 2px; }
.audit section:focus, .audit h2:focus { outline: none; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .3rem .6rem; z-index: 9; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.audit section { margin-top: 2.6rem; scroll-margin-top: 1rem; }
.audit h1 { font-size: 2rem; line-height: 1.15; letter-spacing: -.01em; margin: .1rem 0 .2rem; }
.audit h2 { font-size: 1.3rem; line-height: 1.25; margin: 0 0 .6rem; overflow-wrap: anywhere; }
.audit h3 { font-size: 1rem; margin: 0; display: inline; }
.eyebrow, .lead { margin: 0; color: var(--soft); }
.eyebrow { font-size: .88rem; }
.soft, .audit .soft { color: var(--soft); }
.iri, .ref { font-size: .82rem; overflow-wrap: anywhere; }
.notice { border-left: 4px solid var(--alert); background: var(--alert-ground); padding: .5rem .9rem; margin: .8rem 0; overflow-wrap: anywhere; }
.notice.calm { border-color: var(--line); background: var(--panel); }
.fine { font-size: 1.1rem; }
/* head */
.overview { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem 3rem; margin-top: 1.2rem; padding: 1.4rem 1.6rem; border: 1px solid var(--line); border-radius: .7rem; background: var(--panel); }
.big { font-size: 3.4rem; font-weight: 650; line-height: 1; letter-spacing: -.03em; margin: 0 0 .9rem; font-variant-numeric: tabular-nums; }
.big span { font-size: 1.1rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }
.stack { margin: 0; }
.stack-bar { display: flex; gap: 2px; height: 1.5rem; border-radius: .3rem; overflow: hidden; }
.stack-bar i { display: block; min-width: 2px; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.2rem; margin: .6rem 0 0; padding: 0; font-size: .86rem; }
.legend b { font-variant-numeric: tabular-nums; }
.key { display: inline-flex; align-items: center; justify-content: center; width: .95em; height: .95em; border-radius: .18em; vertical-align: -.12em; margin-right: .45em; font-style: normal; font-size: 1em; }
.key.none { box-shadow: inset 0 0 0 1px var(--line); font-size: .8em; width: 1.2em; height: 1.2em; }
.s-0 { background: var(--filled); }
.s-1 { background: linear-gradient(var(--inherited), var(--inherited)) center / 100% 100%; }
.s-2 { background: repeating-linear-gradient(90deg, var(--free) 0 3px, color-mix(in srgb, var(--free) 55%, var(--ground)) 3px 5px); }
.s-3 { background: var(--lack); }
.s-4 { background: repeating-linear-gradient(45deg, var(--wrong) 0 3px, var(--lack) 3px 5px); }
.s-5 { background: repeating-linear-gradient(-45deg, var(--waived) 0 2px, var(--ground) 2px 5px); box-shadow: inset 0 0 0 1px var(--waived); }
.s-6, .s-7 { background: none; box-shadow: inset 0 0 0 1px var(--line); }
.audit .tiles { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: 1.1rem 0 0; padding: 0; }
.tiles b { font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.trend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; align-items: center; margin-top: 1rem; } .trend p { margin: 0; }
.trend svg { max-width: 100%; } .trend polyline { fill: none; stroke: var(--filled); stroke-width: 2; stroke-linejoin: round; } .trend circle { fill: var(--filled); }
main:has(.audit) > .formats { float: right; }
.by-module h2 { font-size: .88rem; font-weight: 600; color: var(--soft); margin: 0 0 .4rem; }
.by-module ul { list-style: none; margin: 0; padding: 0; }
.by-module .complete { flex: 1; } .by-module .bar { flex: 1; } .by-module .module { width: 9.5rem; }
.by-module a { display: flex; gap: 1rem; padding: .22rem .4rem; margin: 0 -.4rem; color: var(--ink); text-decoration: none; border-radius: .3rem; }
.by-module a:hover { background: var(--ground); }
.complete { display: inline-flex; align-items: center; gap: .6rem; white-space: nowrap; }
.bar { display: inline-block; width: 7rem; height: .6rem; border-radius: .3rem; background: color-mix(in srgb, var(--soft) 22%, transparent); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--filled); }
.figure { min-width: 3.2rem; text-align: right; font-variant-numeric: tabular-nums; }
.severity { white-space: nowrap; font-weight: 600; }
.severity.violation { color: var(--alert); } .severity.warning { color: var(--warn); } .severity.info { color: var(--hint); font-weight: 400; }
.tiles .severity { font-weight: 400; }
/* choosing */
.crumbs { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem .5rem; margin: 0 0 .7rem; padding: 0; }
.crumbs li:not(:last-child)::after { content: "›"; color: var(--soft); margin-left: .5rem; }
.crumbs [aria-current] { font-weight: 600; }
.tools { display: flex; flex-wrap: wrap; gap: .6rem 1.6rem; align-items: end; margin-bottom: .9rem; }
.choice { display: inline-flex; align-items: center; border: 0; margin: 0; padding: 0; font-size: .9rem; }
.choice legend { float: left; padding: 0 .6rem 0 0; color: var(--soft); line-height: 1.9rem; }
.choice label { cursor: pointer; }
.choice input { position: absolute; opacity: 0; }
.choice span { display: block; padding: .2rem .75rem; border: 1px solid var(--line); margin-left: -1px; }
.choice label:first-of-type span { border-radius: .35rem 0 0 .35rem; } .choice label:last-of-type span { border-radius: 0 .35rem .35rem 0; }
.choice input:checked + span { background: var(--ink); color: var(--ground); border-color: var(--ink); }
.choice input:focus-visible + span { outline: 3px solid var(--focus); outline-offset: 1px; }
.field { display: grid; font-size: .82rem; color: var(--soft); gap: .1rem; }
.audit :is(select, input[type=search], button, a.button) { font: inherit; font-size: .92rem; color: var(--ink); background: var(--ground); border: 1px solid color-mix(in srgb, var(--soft) 55%, var(--ground)); border-radius: .35rem; padding: .28rem .6rem; max-width: 15rem; }
.audit :is(button, a.button, select) { cursor: pointer; text-decoration: none; }
.audit button.primary { background: var(--accent); border-color: var(--accent); color: var(--ground); font-weight: 600; }
.reset { font-size: .92rem; padding-bottom: .3rem; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; margin-bottom: .6rem; }
.audit a.button { max-width: none; }
/* tables */
.scroll { overflow-x: auto; }
.audit table { border-collapse: collapse; width: 100%; font-size: .92rem; }
.audit :is(th, td) { text-align: left; vertical-align: top; padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.audit thead th { color: var(--soft); font-size: .82rem; font-weight: 600; vertical-align: bottom; overflow-wrap: normal; }
.audit :is(td, th).number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.audit td p { margin: .15rem 0; max-width: 75ch; }
.example { font-size: .85rem; }
.plain { list-style: none; margin: 0; padding: 0; }
.long { min-width: 18rem; }
.what { min-width: 16rem; } .grave { white-space: nowrap; width: 7rem; } .where { width: 24%; min-width: 11rem; font-size: .88rem; }
.tip { font-size: .9rem; max-width: 80ch; }
.more { margin: .7rem 0; }
.audit code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .88em; background: var(--panel); padding: .1em .35em; border-radius: .25em; white-space: nowrap; }
/* heat map */
.audit table.map { font-variant-numeric: tabular-nums; border-collapse: separate; border-spacing: 2px; }
.audit table.map.fields { width: auto; }
.audit .map :is(th, td) { border: 0; padding: 0; vertical-align: middle; overflow-wrap: normal; }
.audit .map th[scope=row] { position: sticky; left: 0; z-index: 1; background: var(--ground); font-weight: 500; padding: .15rem .8rem .15rem 0; min-width: 9rem; max-width: 19rem; line-height: 1.25; overflow-wrap: anywhere; }
.map td { text-align: center; border-radius: .2rem; height: 2rem; min-width: 1.6rem; font-size: .78rem; }
.map.modules td { font-size: .92rem; height: 2.2rem; min-width: 4.5rem; }
.map td a { display: block; color: inherit; text-decoration: none; line-height: 2rem; }
.map.modules td a { line-height: 2.2rem; }
.map td a:hover { box-shadow: inset 0 0 0 2px var(--ink); border-radius: .2rem; }
.audit .map td.count { color: var(--soft); text-align: right; padding-right: .6rem; white-space: nowrap; font-size: .85rem; }
.map td.all { font-weight: 700; min-width: 2.6rem; font-size: .9rem; }
.audit .map thead th { text-align: center; vertical-align: bottom; padding: 0 .1rem .3rem; line-height: 1.2; }
.audit .map thead th:first-child { text-align: left; padding-left: 0; }
.audit .map th.count { text-align: right; padding-right: .6rem; }
.map.fields :is(td, th).first { border-left: 5px solid var(--ground); border-top-left-radius: 0; border-bottom-left-radius: 0; }
.audit .map .module-row th { font-size: .7rem; color: var(--ink); border-bottom: 2px solid var(--soft); border-left: 5px solid var(--ground); max-width: 0; overflow: hidden; text-align: left; padding: 0 0 .2rem; line-height: 1.15; hyphens: auto; overflow-wrap: anywhere; }
.audit .map .module-row td { height: auto; }
.map .field-row th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 14rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-weight: 400; color: var(--ink); padding-bottom: .1rem; }
.map .optional, .legend .optional { font-style: italic; }
.map th.optional span { color: var(--soft); }
.audit .map tfoot th[scope=row], .map tfoot td { font-weight: 700; }
.audit .map tfoot :is(td, th) { border-top: 8px solid var(--ground); background-clip: padding-box; }
.level-0 { --c: var(--l0); color: var(--l0i); } .level-1 { --c: var(--l1); color: var(--l1i); } .level-2 { --c: var(--l2); color: var(--l2i); }
.level-3 { --c: var(--l3); color: var(--l3i); } .level-4 { --c: var(--l4); color: var(--l4i); } .level-5 { --c: var(--l5); color: var(--l5i); }
[class*=level-] { background: var(--c); } .level-none { --c: transparent; color: var(--soft); }
.map td.wide { min-width: 2.3rem; }
.map td.optional:not(.level-none) { background: none; box-shadow: inset 0 -4px var(--c), inset 0 0 0 1px var(--line); color: var(--soft); }
.map td.level-none:not(.blank) { box-shadow: inset 0 0 0 1px var(--line); }
.cell-note { min-height: 1.6rem; margin: .5rem 0 0; font-size: .92rem; }
.scale { margin-top: .3rem; color: var(--soft); }
/* objects */
.objects td { vertical-align: middle; }
.audit td.object { min-width: 15rem; padding-left: 1.9rem; }
.inside { display: block; font-size: .82rem; }
.audit button.toggle { border: 0; background: none; padding: 0; width: 1.6rem; margin: 0 .3rem 0 -1.9rem; font-size: 1.15rem; line-height: 1; color: var(--soft); vertical-align: -.05em; }
.toggle span { display: inline-block; transition: transform .12s; }
.toggle[aria-expanded=true] span[aria-hidden] { transform: rotate(90deg); }
.named bdi { overflow-wrap: anywhere; }
.audit .out { text-decoration: none; font-weight: 600; }
.strip { display: inline-flex; gap: 1px; }
.strip i { width: .52rem; height: 1.05rem; border-radius: 1px; }
.strip i.first { margin-left: 4px; }
.strip .s-6, .strip .s-none { background: linear-gradient(var(--line), var(--line)) center / 60% 2px no-repeat; box-shadow: none; }
.strip .s-none { opacity: .5; }
.strip .s-1 { background: linear-gradient(var(--inherited), var(--inherited)); }
.strip .s-3 { background: var(--ground); box-shadow: inset 0 0 0 2px var(--lack); }
.audit .under > td { background: var(--panel); padding: .6rem 1rem .9rem 1.9rem; }
.under table.fields { font-size: .88rem; width: auto; }
.under tr:not(.open) td { color: var(--soft); }
.under tr.open td:nth-child(2) { font-weight: 600; }
.audit .under table :is(td, th) { padding: .2rem 1.2rem .2rem 0; border: 0; } .under table td:nth-child(-n+3) { white-space: nowrap; }
@media (max-width: 62rem) { .under table td:nth-child(-n+3) { white-space: normal; } }
.under q { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .92em; }
.pager { display: flex; gap: 1.5rem; margin: .9rem 0; }
.audit details { border-top: 1px solid var(--line); padding: .6rem 0; }
.audit summary { cursor: pointer; }
.audit dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: .6rem 0; } .audit dd { margin: 0; }
.audit details p { max-width: 80ch; }
@media (max-width: 62rem) { .overview { grid-template-columns: 1fr; } .strip-cell, .strip-legend { display: none; } }
@media (max-width: 40rem) { .audit h1 { font-size: 1.6rem; } .big { font-size: 2.6rem; } .overview { padding: 1rem; } .bar { width: 4.5rem; } .map th[scope=row] { min-width: 8rem; max-width: 9rem; font-size: .85rem; }
  .fixes .where, .fixes thead { display: none; } .fixes tr { display: grid; grid-template-columns: 1fr auto 4.5rem; } .fixes .grave { order: -3; width: auto; } .fixes .number { order: -2; } .fixes .gain { order: -1; } .fixes .what { grid-column: 1 / -1; } .audit .fixes td { border: 0; padding: .2rem 0; } .audit .fixes tr { border-bottom: 1px solid var(--line); padding: .4rem 0; } .fixes .number a::after { content: ' objects'; } .choice legend { float: none; width: 100%; }
  .objects > thead { display: none; } .objects > tbody > tr:not([hidden]) { display: grid; grid-template-columns: auto 1fr; border-bottom: 1px solid var(--line); } .audit .objects > tbody > tr > td { border: 0; padding: .25rem .8rem .25rem 0; } .audit .objects > tbody > tr > td.object { padding-left: 1.9rem; } .audit .objects > tbody > tr > :is(.object, td[colspan]) { grid-column: 1 / -1; }
  .under table, .under tbody, .under tr, .under td { display: block; } .under thead { display: none; } .audit .under tr { padding: .3rem 0; border-bottom: 1px solid var(--line); } .audit .under table td { padding: 0; } .under td:nth-child(1) { font-size: .8rem; } .tools select { max-width: 100%; } }
@media (prefers-reduced-motion: reduce) { .toggle span { transition: none; } }
@media print {
  :root { color-scheme: light; font-size: 11.2px; }
  body.alone { font-size: 1rem; } main.audit { max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  @page { size: A4 landscape; margin: 12mm; }
  .tools, .actions, .pager, .more, .toggle, .cell-note, .out, .skip, .tip { display: none !important; }
  .audit a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; } .audit .map th[scope=row] { position: static; }
  .audit section { margin-top: 1.4rem; } .audit tr, .overview, figure { break-inside: avoid; } .audit thead { display: table-header-group; } .audit h2 { break-after: avoid; }
}
`;
