//! The style sheet of the web page.

/// Text colours have a contrast of at least 4.5 to 1, marks of at least 3 to 1, in light and in dark.
pub(super) const CSS: &str = "
:root{color-scheme:light dark;--bg:#ffffff;--fg:#1b1b1b;--soft:#4a4a4a;--line:#767676;--panel:#f3f4f6;
--link:#0b4f9e;--with:#0b4f9e;--without:#8a3b00}
@media (prefers-color-scheme:dark){:root{--bg:#16181c;--fg:#ececec;--soft:#c4c4c4;--line:#8f949c;--panel:#22252b;
--link:#8cc2ff;--with:#8cc2ff;--without:#ffb27a}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
main,header,nav{max-width:52rem;margin:0 auto;padding:0 .75rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.3rem;margin-top:2rem}h3{font-size:1.1rem}h4{font-size:1rem}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:.5rem;top:.5rem;background:var(--bg);padding:.5rem}
.notice{border-left:.3rem solid var(--without);padding:.4rem .7rem;background:var(--panel)}
.summary{font-size:1.1rem}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;min-width:30rem;width:100%;overflow-wrap:normal}
caption{text-align:left;color:var(--soft);padding:.3rem 0}
th,td{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}
.n{text-align:right;white-space:nowrap}
details{border:1px solid var(--line);border-radius:.3rem;padding:.3rem .7rem;margin:1rem 0}
summary{cursor:pointer;min-height:1.75rem}
summary h2,summary h3,summary h4{display:inline;margin:0}
pre{overflow-x:auto;background:var(--panel);padding:.7rem;white-space:pre}
figure{margin:1rem 0}figcaption{color:var(--soft)}
nav li{padding:.2rem 0}
svg{display:block}svg.fit{max-width:100%;height:auto}svg.narrow{display:none}
@media screen and (max-width:30rem){svg.narrow{display:block;max-width:100%;height:auto}.wide{display:none}}
svg text{fill:var(--fg);font-family:system-ui,sans-serif;font-size:14px}
svg text{paint-order:stroke;stroke:var(--bg);stroke-width:3px;stroke-linejoin:round}
svg .small{font-size:12px}
svg .axis{stroke:var(--line);stroke-width:1;fill:none}
svg .with-fill{fill:var(--with);stroke:var(--with)}
svg .with-line{stroke:var(--with);fill:none;stroke-width:3}
svg .without-fill{fill:var(--bg);stroke:var(--without);stroke-width:2}
svg .without-dot{fill:var(--without);stroke:var(--without)}
svg .without-line{stroke:var(--without);fill:none;stroke-width:2;stroke-dasharray:7 4}
svg .ribbon{stroke:var(--with);fill:none;stroke-opacity:.45}svg .node{fill:var(--bg);stroke:var(--line)}svg .strong{font-weight:700}
svg .band{fill:var(--with);fill-opacity:.18}svg .stack-0{fill:var(--with)}svg .stack-1{fill:var(--without)}
svg .stack-2{fill:var(--line)}svg .stack-3{fill:var(--panel);stroke:var(--line)}
svg .empty{fill:none;stroke:var(--line);stroke-width:1.2}
@media print{.skip,nav{display:none}body{font-size:10pt}details>*{display:block}
details::details-content{content-visibility:visible;display:block}
.scroll{overflow:visible}a{color:inherit}figure,table,li{break-inside:avoid}}
";
