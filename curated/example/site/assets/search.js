// The search page: everything that is shown follows from the data and from the part of the address behind the #.
"use strict";
(() => {
  const { language, load, say, labels, number, element, tellRelease } = passerelle;
  const SHOWN = 30;
  const SHORT = 4; // letters under which a word is short
  const AGES = [[0, 5], [6, 11], [12, 17], [18, 24], [25, 34], [35, 64], [65, 120]];
  const ORIGINS = ["source", "human", "memory", "machine", "pending"];
  const FACETS = ["region", "theme", "activity", "sector", "age", "kind", "origin", "org"];
  const LISTS = { region: "regions", theme: "themes", activity: "activities", sector: "sectors", kind: "kinds" };
  const other = language === "fr" ? "en" : "fr";
  const byName = new Intl.Collator(language, { numeric: true }).compare;
  const $ = (id) => document.getElementById(id);
  const input = $("q");
  const organizations = new Map();
  let rows = [];
  let words = null;
  const forms = new Map(); // by stem
  let typing = false;
  let stamp = "";

  // As data.fold in Python: no accents, no capitals, words with single spaces between.
  function fold(text) {
    return text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss")
      .normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  const nothing = () => Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
  const split = (codes) => (codes ? codes.split(" ") : []);

  function read([id, name, nameOther, summary, summaryOther, told, kind, theme, activity, region, sector, min, max, org,
    origin, changed, place]) {
    const facets = {
      region: split(region), theme: split(theme), activity: split(activity), sector: split(sector), kind: [kind],
      org: split(org), origin: split(origin), age: ages(min, max),
    };
    return { id, name, nameOther, summary, summaryOther, told, changed, place, facets, folded: ` ${fold(name)} ` };
  }

  function ages(min, max) {
    if (min === null && max === null) return ["none"];
    return AGES.filter(([low, high]) => (min ?? 0) <= high && (max ?? 120) >= low).map(([low]) => String(low));
  }

  function label(facet, code) {
    if (facet === "org") return organizations.get(code) || code;
    if (facet === "origin") return say(`origin-${code}`);
    if (facet !== "age") return labels(LISTS[facet])[code] || code;
    const band = AGES.find(([low]) => String(low) === code);
    if (!band) return say("age-none");
    return say(band[1] === 120 ? "age-over" : "age-band", { low: band[0], high: band[1] });
  }

  // The address: each filter as often as it has values, q, sort and page.

  function state() {
    const told = new URLSearchParams(location.hash.slice(1));
    const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set(told.getAll(facet))]));
    const page = Math.max(1, Number.parseInt(told.get("page"), 10) || 1);
    return { q: told.get("q") || "", sort: told.get("sort"), page, chosen };
  }

  function address({ q, sort, page, chosen }) {
    const told = new URLSearchParams();
    if (q) told.set("q", q);
    for (const facet of FACETS) for (const code of chosen[facet]) told.append(facet, code);
    if (sort) told.set("sort", sort);
    if (page > 1) told.set("page", page);
    return String(told);
  }

  function go(next, { replace = false } = {}) {
    const hash = address(next);
    if (hash === location.hash.slice(1)) return;
    const url = hash ? `#${hash}` : location.pathname + location.search;
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    show();
  }

  function change(edit, options) {
    const next = state();
    next.page = 1;
    edit(next);
    go(next, options);
  }

  // Which rows match, in which order, and how many each choice would give.

  function score(row, tokens) {
    let total = 0;
    for (const [token, begun, others] of tokens) {
      const said = (words && words.get(row.id)) || "";
      if (row.folded.includes(` ${token} `)) total += 4;
      else if (row.folded.includes(begun) || others.some((form) => row.folded.includes(form))) total += 3;
      else if (said.includes(begun) || others.some((form) => said.includes(form))) total += 1;
      else return 0;
    }
    return total || 1;
  }

  // The words of a query, each with what a record's word begins with and its other forms that records use. A short word
  // that records use is not the beginning of others: "art" finds no "artisan".
  function asked(q) {
    const tokens = fold(q).split(" ").filter(Boolean);
    return tokens.map((token) => {
      const others = forms.get(passerelle.stem(token)) || [];
      return [token, token.length < SHORT && others.length ? ` ${token} ` : ` ${token}`, others];
    });
  }

  function select({ q, chosen }) {
    const tokens = asked(q);
    const used = FACETS.filter((facet) => chosen[facet].size);
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
    const count = (facet, row) => {
      for (const code of row.facets[facet]) counts[facet].set(code, (counts[facet].get(code) || 0) + 1);
    };
    const found = [];
    for (const row of rows) {
      const points = score(row, tokens);
      if (!points) continue;
      const missed = used.filter((facet) => !row.facets[facet].some((code) => chosen[facet].has(code)));
      if (!missed.length) {
        found.push([points, row]);
        for (const facet of FACETS) count(facet, row);
      } else if (missed.length === 1) {
        count(missed[0], row); // what choosing more of the same filter would add
      }
    }
    return { found, counts };
  }

  function order(found, sort) {
    if (sort === "changed") found.sort(([, a], [, b]) => (a.changed < b.changed ? 1 : a.changed > b.changed ? -1 : a.rank - b.rank));
    else if (sort === "name") found.sort(([, a], [, b]) => a.rank - b.rank);
    else found.sort(([a, one], [b, two]) => b - a || one.rank - two.rank);
    return found.map(([, row]) => row);
  }

  // What is shown.

  function show() {
    const now = state();
    const sort = ["relevance", "name", "changed"].includes(now.sort) ? now.sort : now.q ? "relevance" : "name";
    const { found, counts } = select(now);
    const ordered = order(found, sort);
    const pages = Math.max(1, Math.ceil(ordered.length / SHOWN));
    const page = Math.min(now.page, pages);
    if (document.activeElement !== input) input.value = now.q;
    $("sort").value = sort;
    $("list").replaceChildren(...ordered.slice((page - 1) * SHOWN, page * SHOWN).map(card));
    $("list").start = (page - 1) * SHOWN + 1;
    tell(ordered.length, page, pages, now.q);
    showCounts(now.chosen, counts);
    showChosen(now);
    showPages(now, page, pages);
    const link = $("other-language");
    link.href = link.getAttribute("href").split("#")[0] + location.hash;
  }

  function tell(total, page, pages, q) {
    const few = language === "fr" ? total < 2 : total === 1;
    const elsewhere = q && rows.some((row) => row.nameOther || row.summaryOther) ? ` ${say("none-other")}` : "";
    const parts = [total ? say(few ? "results-one" : "results-many", { n: number(total) }) : say("none") + elsewhere];
    if (pages > 1) parts.push(say("page-of", { page: number(page), pages: number(pages) }));
    if (q && !words) parts.push(say("searching"));
    $("count").textContent = parts.join(", ");
    if (q && !words) loadWords();
  }

  function card(row) {
    const { facets } = row;
    const lead = facets.org.length ? label("org", facets.org[0]) : null;
    const where = row.place || facets.region.map((code) => label("region", code)).join(", ");
    const meta = element("p", { class: "meta" });
    for (const part of [label("kind", facets.kind[0]), lead, where]) if (part) meta.append(element("span", {}, part));
    const badge = ["machine", "memory", "human"].includes(row.told)
      ? element("span", { class: `badge ${row.told}` }, say(`origin-${row.told}`)) : null;
    const foreign = row.nameOther || row.summaryOther
      ? element("span", { class: "badge pending" }, say(`text-in-${other}`)) : null;
    const tags = facets.theme.map((code) => element("li", {}, label("theme", code)));
    return element("li", {},
      element("h3", {}, element("a", { href: `initiatives/${row.id}.html`, lang: row.nameOther ? other : null }, row.name)),
      meta,
      row.summary ? element("p", { class: "summary", lang: row.summaryOther ? other : null }, row.summary) : null,
      badge || foreign ? element("p", { class: "told" }, badge, foreign) : null,
      tags.length ? element("ul", { class: "tags" }, ...tags) : null);
  }

  function showCounts(chosen, counts) {
    for (const box of document.querySelectorAll("#search input[type=checkbox]")) {
      const total = counts[box.name].get(box.value) || 0;
      box.checked = chosen[box.name].has(box.value);
      const cell = box.parentElement.querySelector(".n");
      cell.textContent = number(total);
      if (box.name === "region") box.parentElement.dataset.share = shade(total, counts.region);
    }
    const pick = $("org");
    for (const option of pick.options) {
      if (!option.value) continue;
      const total = counts.org.get(option.value) || 0;
      option.hidden = !total && !chosen.org.has(option.value);
      option.textContent = `${label("org", option.value)} (${number(total)})`;
    }
    pick.value = [...chosen.org][0] || "";
    for (const part of document.querySelectorAll("#facets details")) {
      const size = chosen[part.dataset.facet].size;
      part.querySelector(".on").textContent = size ? number(size) : "";
    }
  }

  // Five shades by the square root of the share, so that a big city does not leave all others pale; few stay pale.
  function shade(total, counts) {
    return total ? Math.max(1, Math.round(4 * Math.sqrt(total / Math.max(8, ...counts.values())))) : 0;
  }

  function showChosen(now) {
    const chips = [];
    if (now.q.trim()) chips.push([say("query", { text: now.q.trim() }), (next) => { next.q = ""; input.value = ""; }]);
    for (const facet of FACETS) {
      for (const code of now.chosen[facet]) {
        chips.push([label(facet, code), (next) => next.chosen[facet].delete(code)]);
      }
    }
    const list = $("chosen").querySelector("ul");
    list.replaceChildren(...chips.map(([text, edit]) => {
      const button = element("button", { type: "button", "aria-label": say("remove", { label: text }) }, text,
        element("span", { "aria-hidden": "true" }, " ×"));
      button.addEventListener("click", () => { change(edit); (list.querySelector("button") || $("heading")).focus(); });
      return element("li", {}, button);
    }));
    $("chosen").hidden = !chips.length;
  }

  function showPages(now, page, pages) {
    const link = (to, text, name) => {
      const a = element("a", { href: `#${address({ ...now, page: to })}`, "aria-label": name, "aria-current": to === page && !name ? "page" : null }, text);
      a.addEventListener("click", (event) => {
        event.preventDefault();
        go({ ...now, page: to });
        $("heading").focus();
        $("heading").scrollIntoView();
      });
      return element("li", {}, a);
    };
    const near = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages);
    const items = near.map((n) => link(n, number(n)));
    if (page > 1) items.unshift(link(page - 1, "←", say("previous")));
    if (page < pages) items.push(link(page + 1, "→", say("next")));
    $("pages").replaceChildren(element("ol", {}, ...items));
    $("pages").hidden = pages < 2;
  }

  // Once, at the start.

  function build() {
    const totals = select({ q: "", chosen: nothing() }).counts;
    for (const box of $("regions").querySelectorAll("input")) {
      box.parentElement.querySelector(".name").textContent = label("region", box.value);
    }
    for (const facet of FACETS) {
      if (facet !== "region" && facet !== "org") $("facets").append(choices(facet, totals[facet]));
    }
    const names = [...totals.org.keys()].sort((a, b) => byName(label("org", a), label("org", b)));
    const pick = element("select", { id: "org", name: "org" }, element("option", { value: "" }, say("all")),
      ...names.map((id) => element("option", { value: id }, label("org", id))));
    $("facets").append(element("p", { class: "pick" }, element("label", { for: "org" }, say("facet-org")), pick));
  }

  function choices(facet, totals) {
    const rank = { age: [...AGES.map(([low]) => String(low)), "none"], origin: ORIGINS }[facet];
    const codes = [...totals.keys()].sort(rank
      ? (a, b) => rank.indexOf(a) - rank.indexOf(b)
      : (a, b) => totals.get(b) - totals.get(a) || byName(label(facet, a), label(facet, b)));
    const name = say(`facet-${facet}`);
    const boxes = codes.map((code) => element("label", {},
      element("input", { type: "checkbox", name: facet, value: code }),
      element("span", {}, label(facet, code)), element("span", { class: "n" })));
    const group = element("div", { role: "group", "aria-label": name }, ...boxes);
    return element("details", { "data-facet": facet, open: facet === "theme" },
      element("summary", {}, name, " ", element("span", { class: "on" })), group);
  }

  function loadWords() {
    load("words", stamp).then((found) => {
      if (words) return;
      words = new Map(found.map(([id, text]) => [id, ` ${text} `]));
      for (const word of new Set(found.flatMap(([, text]) => text.split(" ")))) {
        const stem = passerelle.stem(word);
        if (!forms.has(stem)) forms.set(stem, []);
        forms.get(stem).push(` ${word} `);
      }
      show();
    }, () => {
      words = new Map(); // names are searched all the same
      show();
    });
  }

  function listen() {
    const form = $("search");
    let timer;
    input.addEventListener("focus", loadWords, { once: true });
    input.addEventListener("blur", () => { typing = false; });
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        change((next) => { next.q = input.value; }, { replace: typing }); // one step back undoes a whole word
        typing = true;
      }, 120);
    });
    form.addEventListener("change", ({ target }) => {
      typing = false;
      if (target.type === "checkbox") {
        change((next) => next.chosen[target.name][target.checked ? "add" : "delete"](target.value));
      } else if (target.id === "org") {
        change((next) => { next.chosen.org = new Set(target.value ? [target.value] : []); });
      } else if (target.id === "sort") {
        change((next) => { next.sort = target.value; });
      }
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    $("clear").addEventListener("click", () => {
      input.value = "";
      go({ q: "", sort: null, page: 1, chosen: nothing() });
      $("heading").focus();
    });
    addEventListener("popstate", () => { input.value = state().q; show(); });
  }

  async function start() {
    $("search").hidden = false;
    if (location.search && !location.hash) history.replaceState(null, "", `${location.pathname}#${location.search.slice(1)}`);
    if (matchMedia("(max-width: 52rem)").matches) for (const part of document.querySelectorAll("#search > details, #filters")) part.open = false;
    const release = await tellRelease();
    stamp = String(release.number);
    const [list, names] = await Promise.all([`list-${language}`, "organizations"].map((name) => load(name, stamp)));
    for (const [id, name] of names) organizations.set(id, name);
    rows = list.map(read).sort((a, b) => byName(a.name, b.name));
    rows.forEach((row, rank) => { row.rank = rank; });
    build();
    listen();
    show();
  }

  start().catch(() => { $("count").textContent = say("failed"); });
})();
