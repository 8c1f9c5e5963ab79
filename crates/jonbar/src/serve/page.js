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
