// The first of the browser's languages that the site speaks; French where it speaks none of them.
"use strict";
(() => {
  const wanted = (navigator.languages || []).map((tag) => tag.slice(0, 2).toLowerCase());
  const language = wanted.find((tag) => tag === "fr" || tag === "en") || "fr";
  location.replace(language + "/index.html" + location.hash);
})();
