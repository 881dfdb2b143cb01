/** The look of the report on screen and on A4 paper; no font, image or script from anywhere. */
export const reportStyle = `
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #667; } @bottom-left { content: "Merlon API risk report"; font: 8pt system-ui, sans-serif; color: #667; } }
:root { --ink: #1b2430; --mute: #5a6675; --line: #d5dbe3; --soft: #f4f6f9; --low: #2f7d4f; --medium: #9a6700; --high: #b93815; --critical: #8f1239; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2.5rem 1.5rem; color: var(--ink); background: #fff; font: 10.5pt/1.5 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 22pt; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 14pt; margin: 2.2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 2px solid var(--ink); break-after: avoid; }
h3 { font-size: 11pt; margin: 1.2rem 0 .2rem; break-after: avoid; }
p { margin: .3rem 0; }
.lead, .mute { color: var(--mute); }
.small { font-size: 9pt; }
code { font: 9pt/1.4 ui-monospace, "Liberation Mono", Consolas, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 9.5pt; }
th { text-align: left; font-weight: 600; color: var(--mute); border-bottom: 1.5px solid var(--line); padding: .25rem .6rem .25rem 0; }
td { vertical-align: top; border-bottom: 1px solid var(--line); padding: .35rem .6rem .35rem 0; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: .8rem; margin: 1.2rem 0; padding: 0; list-style: none; }
.figures li { border: 1px solid var(--line); border-radius: 4px; padding: .6rem .8rem; break-inside: avoid; }
.figures b { display: block; font-size: 18pt; line-height: 1.2; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; min-width: 4.3rem; text-align: center; border-radius: 3px; padding: 0 .4rem; font-size: 8.5pt; line-height: 1.5; font-weight: 600; color: #fff; background: var(--mute); -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.low { background: var(--low); } .medium { background: var(--medium); } .high { background: var(--high); } .critical { background: var(--critical); }
.holds { background: var(--low); } .fails { background: var(--high); }
.finding { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .9rem; margin: 1rem 0; break-inside: avoid; }
.finding h3 { margin-top: 0; }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .15rem .8rem; margin: .4rem 0; }
dt { color: var(--mute); } dd { margin: 0; overflow-wrap: anywhere; }
ol.fixes { padding-left: 1.4rem; } ol.fixes li { margin: .5rem 0; break-inside: avoid; }
nav ol { columns: 2; margin: .4rem 0; padding-left: 1.4rem; }
a { color: inherit; }
svg { display: block; width: 100%; height: auto; }
.bar { fill: var(--high); } .grid { stroke: var(--line); } .axis { fill: var(--mute); font-size: 9px; } .curve { fill: none; stroke: var(--high); stroke-width: 1.5; }
.new-page { break-before: page; }
@media print { body { max-width: none; padding: 0; } }
`;
