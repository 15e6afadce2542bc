// What a record's page needs from other records: their names, the initiatives of an organisation, the full permalink.
"use strict";
(() => {
  const { language, load, say, day, element, web, tellRelease } = passerelle;
  const other = language === "fr" ? "en" : "fr";

  function named(link, [fr, en]) {
    const own = language === "fr" ? fr : en;
    const shown = own || fr || en;
    if (!shown) return;
    link.textContent = shown;
    if (!own) link.lang = other;
  }

  const shard = (kind, id) => load(`${kind}-${id.slice(-1)}`);

  for (const link of document.querySelectorAll("[data-name]")) {
    const id = link.dataset.name;
    shard("names", id).then((names) => names[id] && named(link, names[id]), () => {});
  }

  for (const place of document.querySelectorAll("[data-news]")) {
    const id = place.dataset.news;
    shard("names", id).then((names) => {
      if (!names[id]) return;
      const [title, tongue, url, published, publisher] = names[id];
      const lang = tongue === language ? null : tongue;
      const told = web(url)
        ? element("a", { href: web(url), rel: "nofollow noopener", lang }, title)
        : element("span", { lang }, title);
      const dated = published && (published.length === 10 ? day(published) : published);
      const rest = [publisher, dated].filter(Boolean).join(", ");
      place.replaceChildren(told, rest ? ` (${rest})` : "");
    }, () => {});
  }

  const members = document.getElementById("members");
  if (members) {
    const id = members.dataset.organization;
    shard("members", id).then((known) => {
      const found = known[id] || [];
      if (!found.length) return members.replaceChildren(element("p", {}, say("no-initiatives")));
      const sort = new Intl.Collator(language).compare;
      const name = ([, fr, en]) => (language === "fr" ? fr || en : en || fr) || "";
      const rows = found.sort((a, b) => sort(name(a), name(b))).map(([initiative, fr, en, leads]) => {
        const link = element("a", { href: `../initiatives/${initiative}.html` }, initiative);
        named(link, [fr, en]);
        return element("li", {}, link, ` (${say(leads ? "part-lead" : "part-partner")})`);
      });
      members.replaceChildren(element("ul", {}, ...rows));
    }, () => {});
  }

  tellRelease().catch(() => {}); // a page that stands alone names no release
  const permalink = document.getElementById("permalink");
  if (permalink && location.protocol.startsWith("http")) permalink.textContent = permalink.href;
})();
