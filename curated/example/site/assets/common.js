// Data files are scripts that call passerelle.put(name, value): a page opened from a disk may load scripts but not fetch.
"use strict";
const passerelle = (() => {
  const root = document.documentElement.dataset.root;
  const language = document.documentElement.lang;
  const asked = new Map();
  const values = new Map();

  function put(name, value) {
    values.set(name, value);
  }

  // Load a data file once; give its value. `stamp` keeps a browser from mixing files of two releases.
  function load(name, stamp = "") {
    if (!asked.has(name)) {
      asked.set(name, new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = `${root}data/${name}.js${stamp && `?${stamp}`}`;
        script.onload = () => (values.has(name) ? done(values.get(name)) : fail(new Error(name)));
        script.onerror = () => fail(new Error(name));
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  // A word of the page with its {gaps} filled.
  function say(key, gaps = {}) {
    return values.get("language").words[key].replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);
  }

  function labels(list) {
    return values.get("language").labels[list];
  }

  function number(value) {
    return new Intl.NumberFormat(`${language}-CA`).format(value);
  }

  function day(iso) {
    const written = new Intl.DateTimeFormat(`${language}-CA`, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
    return language === "fr" ? written.replace(/^1 /, "1er ") : written;
  }

  // Make an element; text is only ever put in as text.
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  // Name the release wherever a page leaves a place for it: the pages of a record are the same in many releases.
  async function tellRelease() {
    const release = await load("release");
    const said = say("release", { number: number(release.number), date: day(release.as_of) });
    for (const place of document.querySelectorAll("footer .release")) place.textContent = ` · ${said}`;
    for (const place of document.querySelectorAll(".cite .release")) place.textContent = `, ${said[0].toLowerCase()}${said.slice(1)}`;
    return release;
  }

  const web = (url) => (/^https?:\/\//i.test(url || "") ? url : null);

  return { root, language, put, load, say, labels, number, day, element, web, tellRelease };
})();
