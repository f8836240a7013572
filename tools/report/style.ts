/**
 * The report's style sheet. Data colours are Okabe and Ito's, which colour-blind readers can tell apart; what a colour
 * says, width, dash or shape says too, for print in grey. Dark colours are for screens only.
 */
export const STYLE = `
:root {
  --paper: #fff; --ink: #1b1f24; --faint: #57606a; --hair: #d0d7de; --tile: #f6f8fa;
  --good: #00614a; --good-paper: #e3f5ee; --bad: #a30000; --bad-paper: #fdeaea;
  --sea: #e6eef5; --land: #faf8f2; --coast: #9fb0bf; --border: #a3978b; --country: #8a8175;
  --route: #0072b2; --uncovered: #d55e00; --special: #f0c000;
  --supply: #0072b2; --return: #e69f00; --outside: #737b84; --humidity: #00805f; --offline: #1b1f24; --missing: #b3005e;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --ink: #e6e9ed; --faint: #9aa5b1; --hair: #39424d; --tile: #1d232a;
    --good: #6fe0b8; --good-paper: #12322a; --bad: #ff9b93; --bad-paper: #3d1717;
    --sea: #18222d; --land: #272c31; --coast: #4f5d6b; --border: #6b665e; --country: #8f8a82;
    --route: #56b4e9; --uncovered: #ff7f2a; --special: #f0e442;
    --supply: #56b4e9; --return: #f2b632; --outside: #8d97a2; --humidity: #35c79b; --offline: #cfd6de; --missing: #ff7ab8;
  }
}
@page { size: A4; margin: 13mm; }
* { box-sizing: border-box; }
html { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body {
  margin: 0 auto; padding: 24px 20px 40px; max-width: 1080px; background: var(--paper); color: var(--ink);
  font: 15px/1.45 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0 0 4px; font-size: 28px; line-height: 1.2; }
h2 { margin: 30px 0 8px; font-size: 19px; break-after: avoid; }
.journey { margin: 0 0 14px; color: var(--faint); font-variant-numeric: tabular-nums; }
.verdict {
  margin: 0 0 14px; padding: 9px 14px; border-left: 5px solid var(--good); background: var(--good-paper);
  color: var(--good); font-size: 17px; font-weight: 600;
}
.verdict.bad { border-color: var(--bad); background: var(--bad-paper); color: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(118px, 1fr)); gap: 8px; margin: 0; }
.tiles div {
  display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: 8px 12px;
  border: 1px solid var(--hair); border-radius: 6px; background: var(--tile);
}
.tiles dt { color: var(--faint); font-size: 13px; line-height: 1.25; }
.tiles dd { margin: 0; font-size: 23px; font-weight: 600; white-space: nowrap; }
.tiles small { font-size: 14px; font-weight: 400; }
figure { margin: 0; break-inside: avoid; }
figcaption, .more, footer { color: var(--faint); font-size: 13px; }
figcaption { margin-top: 5px; }
footer { margin-top: 30px; padding-top: 8px; border-top: 1px solid var(--hair); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 0 0 6px; padding: 0; list-style: none; font-size: 13.5px; }
.swatch { width: 30px; height: 14px; margin-right: 7px; vertical-align: -2px; overflow: visible; }
th { white-space: nowrap; }
figure > svg { display: block; width: 100%; height: auto; }
svg text { font-family: inherit; fill: var(--ink); }
svg path, svg line { fill: none; }
.sea { fill: var(--sea); }
svg .land { fill: var(--land); stroke: var(--coast); stroke-width: .7; }
.graticule { stroke: var(--coast); stroke-width: .5; opacity: .35; }
.border { stroke: var(--border); stroke-width: .8; stroke-dasharray: 4 2; }
svg .country { fill: var(--country); letter-spacing: .12em; text-anchor: middle; font-style: italic; }
.route, .uncovered { stroke-linecap: round; stroke-linejoin: round; }
.route { stroke: var(--route); stroke-width: 2.4; }
.uncovered { stroke: var(--uncovered); stroke-width: 6; }
svg .dot { fill: var(--paper); stroke: var(--ink); stroke-width: 1.8; }
svg .special { fill: var(--special); }
.leader { stroke: var(--ink); stroke-width: .8; }
.station, .note { paint-order: stroke; stroke: var(--land); stroke-width: 3px; stroke-linejoin: round; }
.station { font-weight: 600; }
svg .note { fill: var(--faint); }
.grid { stroke: var(--hair); stroke-width: .8; }
.zero { stroke: var(--faint); }
.axis { stroke: var(--faint); }
.stop { stroke: var(--faint); stroke-width: .7; stroke-dasharray: 1 4; }
svg .offline { fill: var(--offline); opacity: .13; }
.line { stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; }
.supply { stroke: var(--supply); }
.return { stroke: var(--return); }
.outside { stroke: var(--outside); stroke-width: 1.1; stroke-dasharray: 5 3; }
.humidity { stroke: var(--humidity); }
.missing { stroke: var(--missing); stroke-width: 1.6; }
svg .tick { font-size: 12.5px; fill: var(--faint); font-variant-numeric: tabular-nums; }
.middle { text-anchor: middle; }
.end { text-anchor: end; }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--hair); text-align: left; vertical-align: top; }
th { border-bottom-color: var(--faint); vertical-align: bottom; }
.figure { text-align: right; }
.time, td.figure { white-space: nowrap; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.35; }
  h1 { font-size: 17pt; }
  h2 { margin-top: 14px; font-size: 12pt; }
  .verdict { padding: 6px 10px; font-size: 11.5pt; }
  .tiles { grid-template-columns: repeat(7, 1fr); gap: 5px; }
  .tiles div { padding: 4px 7px; }
  .tiles dt, .tiles small { font-size: 7.5pt; }
  .tiles dd { font-size: 12.5pt; }
  .legend, figcaption, .more, footer { font-size: 8pt; }
  table { font-size: 8pt; }
  th, td { padding: 2px 10px 2px 0; }
  footer { margin-top: 14px; }
}
`;
