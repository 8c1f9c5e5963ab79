// Says that work is under way, moves assumptions, copies a text, and slides the map through time: nothing needs it.

for (const form of document.querySelectorAll("form.ask")) {
  form.addEventListener("submit", () => {
    const said = form.querySelector("[data-working]");
    if (said) said.textContent = "Working: thousands of histories take a few seconds.";
  });
}

// A moved assumption: first a quick answer from few histories, then the whole one. A newer wish stops the older.
const QUICK = 100;
for (const form of document.querySelectorAll("form[data-live]")) {
  const said = form.querySelector("[data-working]");
  const place = document.getElementById("answer");
  let current = null;
  const opened = () => [...place.querySelectorAll("details[open] > summary")].map((s) => s.textContent);
  const show = async (query, runs, signal) => {
    query.set("runs", runs);
    query.set("part", "1");
    const reply = await fetch(form.action.split("?")[0] + "?" + query, { signal });
    const text = await reply.text();
    if (signal.aborted) return false;
    if (!reply.ok) {
      said.textContent = "This could not be computed just now.";
      return false;
    }
    const open = opened();
    place.innerHTML = text;
    for (const summary of place.querySelectorAll("details > summary"))
      if (open.includes(summary.textContent)) summary.parentElement.open = true;
    offer(place);
    place.dataset.runs = runs;
    return true;
  };
  const move = async () => {
    if (!form.reportValidity()) return;
    current?.abort();
    current = new AbortController();
    const { signal } = current;
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    const runs = Number(query.get("runs")) || 1000;
    const link = form.getAttribute("action") + "?" + query;
    history.replaceState(null, "", link);
    for (const take of document.querySelectorAll("nav.take a[href*='as=']"))
      take.href = link + "&as=" + new URL(take.href).searchParams.get("as");
    try {
      if (runs > QUICK) {
        said.textContent = `A first look from ${QUICK} histories; ${runs} are being computed.`;
        if (!(await show(new URLSearchParams(query), QUICK, signal))) return;
      }
      if (await show(new URLSearchParams(query), runs, signal)) said.textContent = `Computed from ${runs} histories.`;
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = "The server does not answer.";
    }
  };
  form.addEventListener("change", move);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    move();
  });
}

// Pictures to take away: as SVG with the style it is seen in, or as PNG at twice its size.
const PAINT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "font-family", "font-size", "text-anchor", "opacity"];
const standalone = (svg) => {
  const copy = svg.cloneNode(true);
  const [from, to] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((element, i) => {
    const seen = getComputedStyle(element);
    for (const name of PAINT) to[i].setAttribute(name, seen.getPropertyValue(name));
    to[i].removeAttribute("class");
  });
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of [["width", "100%"], ["height", "100%"], ["fill", getComputedStyle(document.body).backgroundColor]])
    paper.setAttribute(name, value);
  copy.prepend(paper);
  return { width, height, blob: new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }) };
};
const save = (blob, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const png = ({ width, height, blob }, name) => {
  const image = new Image();
  image.onload = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((drawn) => save(drawn, name), "image/png");
  };
  image.src = URL.createObjectURL(blob);
};
const offer = (place) => {
  for (const svg of place.querySelectorAll("figure svg:not(.narrow)")) {
    const title = svg.getAttribute("aria-label");
    const name = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60);
    const bar = Object.assign(document.createElement("div"), { className: "picture" });
    for (const [form, take] of [["SVG", () => save(standalone(svg).blob, name + ".svg")], ["PNG", () => png(standalone(svg), name + ".png")]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: form });
      button.setAttribute("aria-label", `Save as ${form}: ${title}`);
      button.addEventListener("click", take);
      bar.append(button);
    }
    svg.closest("figure").append(bar);
  }
};
offer(document);

for (const form of document.querySelectorAll("form[data-map]")) {
  const day = form.elements.at;
  const [first, last] = [Number(form.dataset.first), Number(form.dataset.last)];
  const start = new Date(day.min + "T00:00:00Z").getTime();
  const slider = Object.assign(document.createElement("input"), { type: "range", min: first, max: last });
  slider.setAttribute("aria-label", "Day");
  form.append(slider);
  let wanted = 0;
  const slide = () => {
    slider.value = first + Math.round((new Date(day.value + "T00:00:00Z").getTime() - start) / 86400000);
  };
  const draw = async () => {
    const mine = ++wanted;
    const query = new URLSearchParams(new FormData(form));
    history.replaceState(null, "", "/map?" + query);
    query.set("part", "1");
    const reply = await fetch("/map?" + query);
    const text = await reply.text();
    // A later wish has overtaken this one.
    if (mine !== wanted || !reply.ok) return;
    document.getElementById("map").innerHTML = text;
    offer(document.getElementById("map"));
    form.querySelector("[data-day]").textContent = day.value;
  };
  slide();
  slider.addEventListener("input", () => {
    day.value = new Date(start + (slider.value - first) * 86400000).toISOString().slice(0, 10);
    draw();
  });
  form.addEventListener("change", (event) => {
    if (event.target === slider || !day.value) return;
    slide();
    draw();
  });
}

// The alternatives year by year: the choice is drawn at once, and can be slid through.
for (const form of document.querySelectorAll("form[data-years]")) {
  const years = form.elements.at;
  const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: years.options.length - 1 });
  slider.setAttribute("aria-label", "Day");
  form.append(slider);
  const slide = () => {
    slider.value = years.selectedIndex;
    slider.setAttribute("aria-valuetext", years.selectedOptions[0].textContent);
  };
  slide();
  let wanted = 0;
  slider.addEventListener("input", () => {
    years.selectedIndex = slider.value;
    draw();
  });
  form.addEventListener("change", (event) => {
    if (event.target !== slider) draw();
  });
  const draw = async () => {
    slide();
    const mine = ++wanted;
    const query = new URLSearchParams(new FormData(form));
    history.replaceState(null, "", form.action.split("?")[0] + "?" + query);
    query.set("part", "1");
    const reply = await fetch(form.action.split("?")[0] + "?" + query);
    const text = await reply.text();
    if (mine !== wanted || !reply.ok) return;
    document.getElementById("map").innerHTML = text;
    offer(document.getElementById("map"));
    form.querySelector("[data-day]").textContent = years.selectedOptions[0].textContent;
  };
}

for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const said = document.querySelector("[data-copied]");
    try {
      const reply = await fetch(link.href);
      await navigator.clipboard.writeText(await reply.text());
      said.textContent = "Copied: paste it into a post.";
    } catch {
      location.href = link.href;
    }
  });
}
