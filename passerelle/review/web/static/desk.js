// What the desk adds to pages that work without it: keys, typed text kept, the evidence of the field in focus.
"use strict";
(() => {
  const body = document.body;
  const said = document.getElementById("said");
  const leaving = { page: false, kept: false }; // a form takes the page along; a box is closed and its text kept
  const record = body.dataset.record;
  const STORE = "passerelle:";

  const tell = (text) => {
    said.textContent = "";
    said.textContent = text;
    said.classList.add("show");
    clearTimeout(tell.later);
    tell.later = setTimeout(() => said.classList.remove("show"), 6000);
  };
  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const kept = {
    get(key) { try { return JSON.parse(localStorage.getItem(STORE + key)); } catch { return null; } },
    put(key, draft) { try { localStorage.setItem(STORE + key, JSON.stringify(draft)); } catch { tell(said.dataset.full); } },
    drop(key) { localStorage.removeItem(STORE + key); },
    of(prefix) { return Object.keys(localStorage).filter((key) => key.startsWith(STORE + prefix)).map((key) => key.slice(STORE.length)); },
  };

  // Typed text: kept with every keystroke and with what the record said then, offered again, dropped once it is saved.
  const against = (box) => (box.form && box.form.elements.before ? box.form.elements.before.value : "");
  const stored = (box) => {
    const told = against(box) ? JSON.parse(against(box)) : box.defaultValue;
    return Array.isArray(told) ? told.join("\n") : String(told ?? "");
  };
  const keep = (box) => kept.put(box.dataset.draft, { text: box.value, before: against(box), label: (box.labels[0] || box).textContent.trim() });
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const restore = (root) => {
    for (const box of root.querySelectorAll("[data-draft]")) {
      const key = box.dataset.draft;
      const draft = kept.get(key);
      if (draft && draft.text === stored(box)) kept.drop(key);
      if (!draft || draft.text === box.value || draft.text === stored(box)) continue;
      const before = box.value;
      const note = document.createElement("div");
      note.className = "note restored";
      const leave = () => { box.value = before; kept.drop(key); note.remove(); box.focus(); };
      const drop = button(said.dataset.discard, leave);
      if ((draft.before ?? "") === against(box) && !box.closest("[data-filled]")) {
        box.value = draft.text;
        note.append(`${said.dataset.restored} `, drop);
      } else { // the box says something else by now: what was typed stands beside it
        const typed = document.createElement("p");
        typed.className = "typed";
        typed.lang = box.lang;
        typed.textContent = draft.text;
        const take = button(said.dataset.takeUp, () => { box.value = draft.text; keep(box); note.remove(); box.focus(); });
        note.append(said.dataset.draft, typed, take, " ", drop);
      }
      box.after(note);
    }
  };
  const listDrafts = () => {
    const place = document.getElementById("drafts");
    if (!place || !record) return;
    const list = place.querySelector("ul");
    list.replaceChildren();
    for (const key of kept.of(`${record}:`)) {
      const path = key.slice(record.length + 1);
      if (path === "comment" || document.querySelector(`[data-draft="${CSS.escape(key)}"]`)) continue;
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `/records/${record}?edit=${encodeURIComponent(path)}`;
      link.textContent = (kept.get(key) || {}).label || path;
      item.append(link);
      list.append(item);
    }
    place.hidden = !list.children.length;
  };
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.dataset || !box.dataset.draft) return;
    if (box.value === stored(box)) kept.drop(box.dataset.draft); else keep(box);
  });
  document.addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-draft]");
    if (box && !event.target.hasAttribute("hx-post")) sessionStorage.setItem(`${STORE}sent`, box.dataset.draft);
  });
  if (document.getElementById("done") && sessionStorage.getItem(`${STORE}sent`)) kept.drop(sessionStorage.getItem(`${STORE}sent`));
  sessionStorage.removeItem(`${STORE}sent`);
  document.addEventListener("click", (event) => {
    const away = event.target.closest("[data-cancel]");
    if (away && !leaving.kept && !saving(away.closest(".field"))) for (const box of away.closest("form").querySelectorAll("[data-draft]")) kept.drop(box.dataset.draft);
  }, true);

  // The page beside the record follows the field in focus.
  const frame = document.getElementById("frame");
  let shown = null;
  const point = (place) => {
    if (!frame || !place || place.dataset.field === shown) return;
    shown = place.dataset.field;
    const tabs = [...document.querySelectorAll(".tabs a")];
    const now = tabs.find((tab) => tab.hasAttribute("aria-current"));
    const digest = place.dataset.digest || (now ? now.dataset.digest : frame.dataset.digest);
    for (const tab of tabs) tab.toggleAttribute("aria-current", tab.dataset.digest === digest);
    frame.dataset.digest = digest;
    const query = new URLSearchParams({ digest, field: shown });
    frame.contentWindow.location.replace(`${frame.dataset.src}?${query}#evidence`);
  };
  // A frame that came before its place on the page was laid out has scrolled elsewhere: to its place once more.
  window.addEventListener("load", () => { if (frame && !shown) frame.contentWindow.location.replace(frame.src); });
  let later;
  document.addEventListener("focusin", (event) => {
    const place = event.target.closest("[data-field]");
    clearTimeout(later);
    if (place && !event.target.closest(".panel")) later = setTimeout(() => point(place), 120);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-evidence]");
    if (!link || !frame || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    shown = null;
    clearTimeout(later);
    const to = link.closest("[data-field]");
    point({ dataset: { field: to.dataset.field, digest: new URL(link.href).searchParams.get("page") } });
    if (matchMedia("(max-width: 63.99rem)").matches) document.getElementById("page").scrollIntoView();
  });

  const EXPECTED = ["htmx:sendAbort", "htmx:afterRequest"]; // given up on purpose; said again by what failed
  htmx.logger = (_, name, detail) => { if (EXPECTED.includes(name)) delete detail.error; };
  // A field asks one thing at a time (hx-sync): what is asked last counts, but what is being saved is never given up.
  const saving = (place) => Boolean(place && place.querySelector("form.htmx-request"));
  let next = null; // what a key asked of a field that was still closing
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt } = event.detail;
    const place = elt.closest(".field");
    if (place && elt.matches("form")) htmx.trigger(place, "htmx:abort");
    else if (saving(place)) event.preventDefault();
  });
  const giveUp = (element) => {
    const place = element.closest(".field");
    if (!place || !place.querySelector("[data-edit].htmx-request")) return false;
    htmx.trigger(place, "htmx:abort");
    return true;
  };
  const leave = (form) => {
    const away = form.querySelector("[data-cancel]");
    if (!away || saving(form.closest(".field"))) return;
    // A key may be a slip: what was typed waits until somebody discards it.
    const typed = [...form.querySelectorAll("[data-draft]")].some((box) => box.value !== stored(box));
    leaving.kept = typed;
    away.click();
    leaving.kept = false;
    if (typed) tell(said.dataset.aside);
    (form.closest("[data-item]") || form.closest(".field")).focus({ preventScroll: true }); // keys are for the desk from here on
  };
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = event.detail;
    if (successful) return;
    next = null;
    const form = elt.matches("[data-cancel]") && elt.closest("form"); // it could not be closed
    if (!form || form.contains(document.activeElement)) return;
    const box = form.querySelector("[data-first]");
    if (box && box.dataset.draft && box.value !== stored(box)) keep(box);
    if (box) box.focus();
  });

  // htmx: what was saved, what was refused, where the focus goes.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status >= 400 || requestConfig.verb !== "post" || /\/(preview|check)$/.test(requestConfig.path)) return;
    const form = requestConfig.elt.closest("form");
    if (form) for (const box of form.querySelectorAll("[data-draft]")) kept.drop(box.dataset.draft);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    const moved = document.getElementById("moved");
    if (moved && moved.dataset.now) {
      for (const version of document.querySelectorAll("input[name=version]")) {
        if (version.value === moved.dataset.was) version.value = moved.dataset.now;
      }
    }
    if (!(part instanceof Element)) return;
    restore(part);
    listDrafts();
    const then = next;
    if (part.matches(".field")) next = null;
    if (document.activeElement !== body && !part.contains(document.activeElement)) return; // who asked went on elsewhere
    const first = part.querySelector("[data-first]");
    if (first) {
      first.focus();
      if (first.matches("textarea")) first.setSelectionRange(first.value.length, first.value.length);
    } else if (part.matches(".field")) (part.querySelector(`[data-item][data-field="${CSS.escape(last || "")}"]`) || part).focus({ preventScroll: true });
    if (then && part.matches(".field")) then();
  });
  document.addEventListener("htmx:sendError", () => tell(said.dataset.offline));
  document.addEventListener("refused", (event) => tell(event.detail.value));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, elt } = event.detail;
    if (xhr.status === 401) ended(elt);
    else if (!renewed(xhr, elt) && !xhr.getResponseHeader("HX-Trigger")) tell(said.dataset.refused);
  });

  // The session has ended: the text stays where it is; sign in in another tab, come back to the same box, save again.
  const ended = (elt) => {
    const form = elt.closest("form") || elt;
    const box = form.querySelector("[data-first]");
    const path = form.matches(".edit") && form.querySelector("input[name=path]");
    const place = path && record ? `/records/${record}?edit=${encodeURIComponent(path.value)}` : location.pathname + location.search;
    document.getElementById("ended")?.remove();
    const note = document.createElement("p");
    note.id = "ended";
    note.className = "note";
    note.setAttribute("role", "alert");
    const link = document.createElement("a");
    link.href = `/sign-in?next=${encodeURIComponent(place)}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = said.dataset.signIn;
    note.append(`${said.dataset.ended} `, link);
    form.prepend(note);
    link.focus();
    if (box) link.addEventListener("click", () => window.addEventListener("focus", () => box.focus(), { once: true }));
  };
  // A new session: its forms need its token; what the same person sent goes again, another person is asked to look.
  const renewed = (xhr, elt) => {
    if (xhr.status !== 403 || !(xhr.getResponseHeader("Content-Type") || "").startsWith("application/json")) return false;
    const { token, person } = JSON.parse(xhr.responseText);
    body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF-Token": token }));
    for (const field of document.querySelectorAll("input[name=csrf]")) field.value = token;
    document.getElementById("ended")?.remove();
    if (person === body.dataset.person && elt.matches("form") && !elt.dataset.again) {
      elt.dataset.again = "yes";
      elt.requestSubmit();
    } else tell(said.dataset.renewed);
    body.dataset.person = person;
    return true;
  };

  // Keys: one letter each, never while somebody types, and all of them can be turned off.
  const dialog = document.getElementById("keys");
  const on = () => localStorage.getItem(`${STORE}keys`) !== "off";
  let last = null;
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item) last = item.dataset.field || null;
  });
  const step = (by) => {
    const items = [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent);
    const here = items.indexOf(document.activeElement.closest("[data-item]"));
    const to = items[Math.max(0, Math.min(items.length - 1, here < 0 ? (by > 0 ? 0 : items.length - 1) : here + by))];
    if (!to) return;
    (to.matches("[tabindex]") ? to : to.querySelector("a")).focus();
    to.scrollIntoView({ block: "nearest" });
  };
  const press = (selector) => {
    const here = document.activeElement.closest("[data-item]");
    const target = (here && here.querySelector(selector)) || null;
    if (target) target.click();
    return Boolean(target);
  };
  const edit = (fill) => {
    const here = document.activeElement.closest("[data-item]");
    const link = here && here.querySelector("[data-edit]");
    if (!link) return false;
    if (!fill) link.click();
    else htmx.ajax("GET", `${link.getAttribute("hx-get")}&fill=${fill}`, { source: link, target: here.closest(".field"), swap: "outerHTML" });
    return true;
  };
  const ACTS = {
    Enter: () => document.activeElement.matches("[data-item]") && edit(), e: () => edit(), t: () => edit("translate"),
    r: () => edit("memory"), o: () => edit("source"), v: () => press("[data-approve]"),
  };
  const MOVES = {
    j: () => step(1), k: () => step(-1), "/": () => { const box = document.querySelector("input[type=search]"); if (box) box.focus(); return Boolean(box); },
    c: () => { const box = document.getElementById("comment"); if (box) box.focus(); return Boolean(box); },
    p: () => { const head = document.getElementById("frame"); if (head) head.focus(); return Boolean(head); },
    "?": () => dialog.showModal(),
  };
  const named = (key) => {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    return target && target.offsetParent ? () => target.click() : null;
  };
  // The one gate for what a key does: nothing on a page that is being left; while a box is on its way, the letter was
  // meant for it; and a field that is closing is asked again once it is closed.
  const gate = (does, acts) => {
    if (!does) return false;
    if (leaving.page) return true;
    if (!acts) return does() !== false;
    if (document.querySelector("[data-edit].htmx-request")) return true;
    if (document.activeElement.closest("[data-item]")?.querySelector("[data-cancel].htmx-request")) { next = does; return true; }
    return does() !== false;
  };
  const plain = ({ key }) => {
    const does = named(key) || (Object.hasOwn(ACTS, key) && ACTS[key]);
    return does ? gate(does, true) : Object.hasOwn(MOVES, key) && gate(MOVES[key], false);
  };
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.method === "post" && !event.target.target) leaving.page = true;
  });
  window.addEventListener("pageshow", () => { leaving.page = false; });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || dialog.open) return;
    if (event.key === "Escape") leaving.page = false; // the browser stops what it was loading
    const form = event.target.closest("form.edit, .conflict form");
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "Escape" && form) {
      event.preventDefault();
      leave(form);
    } else if (event.key === "Escape" && event.target.id === "comment") {
      event.target.blur();
    } else if (event.key === "Escape" && giveUp(event.target)) {
      event.preventDefault();
    } else if (event.key === "Escape" && document.querySelector("details.drop[open]")) {
      const drop = document.querySelector("details.drop[open]");
      drop.open = false;
      drop.querySelector("summary").focus();
    } else if (!typing(event.target) && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      if (gate(named(event.shiftKey ? "U" : "u"), true)) event.preventDefault();
    } else if (on() && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey && plain(event)) event.preventDefault();
  });
  const open = document.getElementById("open-keys");
  if (open) open.closest("li").hidden = false;
  if (open) open.addEventListener("click", () => { const drop = open.closest("details"); drop.open = false; drop.querySelector("summary").focus(); dialog.showModal(); });
  const toggle = document.getElementById("keys-on");
  toggle.checked = on();
  toggle.addEventListener("change", () => localStorage.setItem(`${STORE}keys`, toggle.checked ? "on" : "off"));

  // A list with a box for each, and one for all.
  for (const all of document.querySelectorAll("[data-all]")) {
    const boxes = () => document.querySelectorAll(`input[name="${all.dataset.all}"]`);
    const count = document.getElementById("chosen");
    const tally = () => { if (count) count.textContent = [...boxes()].filter((box) => box.checked).length; };
    all.closest("[hidden]")?.removeAttribute("hidden");
    all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; tally(); });
    for (const box of boxes()) box.addEventListener("change", tally);
  }

  // Filters: open where there is room beside the list, else as they were left when the list is looked up anew.
  const wide = matchMedia("(min-width: 64rem)");
  const unfold = () => { for (const fold of document.querySelectorAll("details.fold")) fold.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const before = event.detail.target.querySelector("details.fold");
    const after = event.detail.fragment.querySelector("details.fold");
    if (before && after) after.open = before.open;
  });

  // Menus: one at a time; Esc or a click elsewhere closes them.
  const drops = () => document.querySelectorAll("details.drop[open]");
  document.addEventListener("click", (event) => { for (const drop of drops()) if (!drop.contains(event.target)) drop.open = false; });
  document.addEventListener("focusin", (event) => { for (const drop of drops()) if (!drop.contains(event.target)) drop.open = false; });
  restore(document);
  listDrafts();
  const start = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const first = document.querySelector(".edit [data-first], .conflict [data-first]");
  if (first) first.focus();
  else if (start && start.matches("[tabindex]")) start.focus();
})();
