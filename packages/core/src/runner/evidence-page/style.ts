/** The evidence page's only style: light and dark, for a screen, a phone and paper. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#f6f7f9;--card:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d9dee4;--field:#f0f2f5;
--good:#1a7f37;--bad:#b3202b;--open:#8a5a00;--none:#57606a;--worst:#82071e;--link:#0b5cad}
@media (prefers-color-scheme:dark){:root{--paper:#0e1116;--card:#161b22;--ink:#e6e9ed;--soft:#9aa5b1;--line:#2b323b;--field:#1e252e;
--good:#4cc26b;--bad:#ff7b78;--open:#e0ac3f;--none:#9aa5b1;--worst:#ff9aa5;--link:#74b4ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif;
-webkit-text-size-adjust:100%}
header,main{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:3rem;padding-bottom:1.5rem}
h1,h2,h3,p,ul,ol,dl,pre{margin:0}
h1{font-size:clamp(2.4rem,8vw,4rem);line-height:1.1;letter-spacing:-.02em;font-weight:750}
h2{font-size:1.15rem;display:flex;gap:.75rem;align-items:center;flex-wrap:wrap;font-weight:600}
h3{font-size:.8rem;text-transform:uppercase;letter-spacing:.07em;color:var(--soft);margin:2rem 0 .6rem}
.eyebrow{color:var(--soft);font-size:.9rem;margin-bottom:.35rem;overflow-wrap:anywhere}
.lead{font-size:1.15rem;margin-top:.5rem;max-width:44rem}
.verdict h1{color:var(--tone)}
.COMPLETE,.good{--tone:var(--good)}.INCOMPLETE,.open{--tone:var(--open)}.NO_EVIDENCE,.quiet{--tone:var(--none)}
.ERROR,.bad{--tone:var(--bad)}.INVALID{--tone:var(--worst)}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.5rem;margin-bottom:1.25rem}
.chip{display:inline-block;color:var(--tone);border:1px solid currentColor;border-radius:99px;padding:.05rem .6rem;font-size:.78rem;
font-weight:650;white-space:nowrap;line-height:1.5;vertical-align:.08em}
.quiet{color:var(--soft)}p.quiet,.observations{font-size:.9rem}
.facts{display:flex;flex-wrap:wrap;gap:.75rem 2.25rem;margin-top:1.25rem}
.facts dt,.digests dt{color:var(--soft);font-size:.8rem}.facts dd,.digests dd{margin:0;overflow-wrap:anywhere}
.digests dt{margin-top:.75rem}.digests+p{margin-top:1.25rem;font-size:.9rem;color:var(--soft)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.86em;overflow-wrap:anywhere}
pre.prompt{white-space:pre-wrap;background:var(--field);border-radius:8px;padding:.9rem 1rem;margin-top:1rem;font-size:.92rem;unicode-bidi:isolate}
code{unicode-bidi:isolate}.digest{font-size:.82em}
a{color:var(--link);text-underline-offset:.15em}.blob{text-decoration:none;white-space:nowrap;margin-right:.9rem}.blob:hover{text-decoration:underline}
a:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
ul.plain,ol.plain{list-style:none;padding:0}
.requirements>li,.commands>li{border-top:1px solid var(--line);padding:.8rem 0}
.requirements>li:first-child,.commands>li:first-child{border-top:0;padding-top:.2rem}
.checks{margin:.6rem 0 0 .35rem;border-left:2px solid var(--line);padding-left:1rem!important}.checks>li+li{margin-top:.7rem}
.observations{margin:.25rem 0 0;padding-left:1.2rem;color:var(--soft)}
.note{border-left:3px solid var(--tone);padding:.35rem 0 .35rem .9rem}.note+.note{margin-top:.7rem}.note strong{color:var(--tone)}
.gates{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.45rem 1rem}
.tasks{padding-left:1.3rem}.tasks li+li{margin-top:.4rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
th{text-align:left;font-weight:500;color:var(--soft);font-size:.82rem}
td:not(:last-child):not(:first-child),th{white-space:nowrap}th,td{padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child td{border-bottom:0}
.scroll+p{margin-top:.6rem}.plus{color:var(--good)}.minus{color:var(--bad)}.plus,.minus{font-variant-numeric:tabular-nums}
li:target{background:var(--field);border-radius:8px;box-shadow:0 0 0 .6rem var(--field)}
@media (max-width:36rem){header{padding-top:1.75rem}.card{padding:1.1rem;border-radius:10px}}
@media print{body{background:#fff}.card{break-inside:auto;border:0;padding:0}}
`;
