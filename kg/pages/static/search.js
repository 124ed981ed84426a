"use strict";
// Search that follows the typing: every input with `data-search` becomes a combobox with a list below it.
// Where it says `data-go`, choosing goes to the page of the thing; elsewhere it writes its name into the field.
(function () {
  const PAUSE = 140; // milliseconds without a key before anything is asked
  let boxes = 0;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  // What tells a thing from another one that is called the same.
  function line(hit) {
    const beside = [hit.type, ...hit.beside].join(" · ");
    const parts = [element("span", { class: "name", dir: "auto" }, hit.label), element("span", { class: "where" }, beside)];
    if (hit.also.length) parts.push(element("span", { class: "where also", dir: "auto" }, hit.also.slice(0, 3).join(", ")));
    return parts;
  }

  function combobox(input) {
    const id = `found-${(boxes += 1)}`;
    const list = element("ul", { id, role: "listbox", class: "found", "aria-label": "What is called so", hidden: "" });
    const told = element("span", { class: "unseen", role: "status" });
    input.parentElement.append(list, told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", id], ["aria-expanded", "false"]]) input.setAttribute(name, value);
    let hits = [];
    let active = -1;
    let waiting = 0;
    let asking = null;

    function close() {
      window.clearTimeout(waiting);
      asking?.abort();
      hits = [];
      active = -1;
      list.hidden = true;
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function activate(index) {
      active = index;
      [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      if (index < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", `${id}-${index}`);
      return list.children[index].scrollIntoView({ block: "nearest" });
    }

    function choose(index) {
      const hit = hits[index];
      close();
      if ("go" in input.dataset) window.location.assign(hit.href);
      else input.value = hit.name;
    }

    function show(found) {
      hits = found.hits;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...hits.map((hit, at) => {
        const option = element("li", { id: `${id}-${at}`, role: "option", "aria-selected": "false" }, ...line(hit));
        option.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
        option.addEventListener("click", () => choose(at));
        return option;
      }));
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(Boolean(hits.length)));
      const more = found.total > hits.length ? ` of ${found.total.toLocaleString("en")}` : "";
      told.textContent = found.near && hits.length ? `Nothing is called so; ${hits.length} like it` : `${hits.length}${more} found`;
    }

    async function ask() {
      asking?.abort();
      asking = new AbortController();
      const wish = new URL(input.dataset.search, window.location.href);
      wish.searchParams.set("q", input.value);
      if (input.dataset.type) wish.searchParams.set("type", input.dataset.type);
      try {
        const answer = await fetch(wish, { signal: asking.signal });
        if (answer.ok && document.activeElement === input) show(await answer.json());
      } catch (error) {
        if (error.name !== "AbortError") close(); // the form works without the list
      }
    }

    input.addEventListener("input", () => {
      window.clearTimeout(waiting);
      if (input.value.trim()) waiting = window.setTimeout(ask, PAUSE);
      else close();
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (way && !hits.length && input.value.trim()) ask();
      else if (way && hits.length) {
        event.preventDefault();
        // Between the last and the first there is the field itself.
        const next = active + way;
        activate(next >= hits.length ? -1 : next < -1 ? hits.length - 1 : next);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        choose(active);
      } else if (event.key === "Escape" && hits.length) {
        event.preventDefault();
        close();
      }
    });
  }

  document.querySelectorAll("input[data-search]").forEach(combobox);
  document.getElementById("wrong")?.focus();
}());
