/** The script of the page: draws what the server sends and tells it what the person does. */
export const pageScript = `
"use strict";
const el = (id) => document.getElementById(id);
const who = el("who"), box = el("messages"), dialog = el("form"), ask = el("ask"), trouble = el("trouble");
let place = document.body.dataset.place, formKey = null, thread = null, queue = Promise.resolve();
const dirty = new Map(), shown = new Map(), read = new Map();

// What stands beside the workspace hooks itself in here.
const beside = { query: () => ({}), draw() {}, address: () => ({}), changed() {} };

async function act(body, out = trouble) {
  const response = await fetch("/page/do", { method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ as: who.value, place, ...body }) });
  out.textContent = response.ok ? "" : await response.text();
}
function enqueue(step) { queue = queue.then(step).catch((error) => { trouble.textContent = String(error); }); return queue; }
let flushing = Promise.resolve(), turn = 0;
function flush() {
  const entries = [...dirty.values()];
  dirty.clear();
  // One after the other, so that a submission never overtakes what was typed before it.
  flushing = flushing.then(async () => { for (const entry of entries) await act(entry); })
    .catch((error) => { trouble.textContent = String(error); });
  return flushing;
}
function perform(body) { return enqueue(async () => { await flush(); await act(body); await draw(); }); }

async function draw() {
  const mine = ++turn;
  const query = new URLSearchParams({ as: who.value, place, ...beside.query() });
  const response = await fetch("/page/state?" + query);
  if (!response.ok) { trouble.textContent = await response.text(); return; }
  const state = await response.json();
  if (mine !== turn) return;
  el("channels").innerHTML = state.channels;
  markUnread();
  el("heading").innerHTML = state.heading;
  el("log").textContent = el("logbox").open ? state.log : "";
  el("say").disabled = el("send").disabled = !state.canWrite;
  drawPieces(box, shown, state.messages, true);
  drawForm(state.form);
  beside.draw(state.side);
}
function markUnread() {
  for (const button of document.querySelectorAll("[data-go]")) {
    const { go, last } = button.dataset, key = who.value + " " + go;
    if (go === place || !read.has(key)) read.set(key, last);
    button.classList.toggle("unread", last !== "" && read.get(key) !== last);
  }
}
function drawPieces(box, shown, pieces, followsEnd) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  const wanted = new Set(pieces.map((piece) => piece.id));
  for (const child of [...box.children]) if (!wanted.has(child.id)) { shown.delete(child.id); child.remove(); }
  let previous = null;
  for (const { id, html } of pieces) {
    let node = document.getElementById(id);
    if (!node) { node = document.createElement("div"); node.id = id; }
    const next = previous ? previous.nextSibling : box.firstChild;
    if (next !== node) box.insertBefore(node, next);
    if (shown.get(id) !== html) { redraw(node, html); shown.set(id, html); localTimes(node); }
    previous = node;
  }
  if (followsEnd && atEnd) box.scrollTop = box.scrollHeight;
}
// What is being typed into a field that may be kept outlives the drawing around it.
function redraw(node, html) {
  const kept = [...node.querySelectorAll("[data-keep]")].map((field) => [field.id, field.value, field === document.activeElement]);
  node.innerHTML = html;
  for (const [id, value, focused] of kept) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = value;
    if (focused) field.focus();
  }
}
function drawForm(form) {
  const key = form ? form.key : null;
  if (key === formKey) return;
  formKey = key;
  if (!form) { dialog.close(); dialog.innerHTML = ""; return; }
  const focused = document.activeElement, id = focused && dialog.contains(focused) ? focused.id : "";
  const caret = focused && "selectionStart" in focused ? focused.selectionStart : null;
  dialog.innerHTML = form.html;
  localTimes(dialog);
  if (!dialog.open) dialog.showModal();
  const again = id && document.getElementById(id);
  if (again) { again.focus(); if (caret !== null && again.type === "text") again.setSelectionRange(caret, caret); }
  else dialog.querySelector("[data-act=fill], .choice input, button")?.focus();
}
function localTimes(root) {
  for (const input of root.querySelectorAll("[data-seconds]")) {
    const seconds = Number(input.dataset.seconds);
    if (!seconds) continue;
    const at = new Date(seconds * 1000);
    input.value = new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  }
}
function valueOf(node) {
  if (node.classList.contains("choices")) {
    const values = [...node.querySelectorAll("input:checked")].map((input) => input.value);
    return node.dataset.type === "checkboxes" ? values : values[0] ?? "";
  }
  if (node.multiple) return [...node.selectedOptions].map((option) => option.value);
  if (node.type === "datetime-local") return node.value === "" ? "" : Math.floor(new Date(node.value).getTime() / 1000);
  return node.value;
}
function surfaceOf(node) {
  if (dialog.contains(node)) return { surface: "form" };
  if (place === "home") return { surface: "home" };
  const message = node.closest("[data-ts]");
  return message && { surface: "message", ts: message.dataset.ts };
}
function entryOf(node) {
  return { do: "fill", ...surfaceOf(node), block: node.dataset.block, action: node.dataset.action, value: valueOf(node) };
}
function confirmed(node) {
  if (!node.dataset.confirm) return Promise.resolve(true);
  const { title, text, confirm, deny, style } = JSON.parse(node.dataset.confirm);
  ask.querySelector("h2").textContent = title.text;
  ask.querySelector("p").textContent = text.text;
  const [no, yes] = ask.querySelectorAll("button");
  no.textContent = deny.text; yes.textContent = confirm.text;
  yes.className = style === "danger" ? "danger" : "primary";
  ask.returnValue = "no";
  ask.showModal();
  return new Promise((resolve) => { ask.onclose = () => resolve(ask.returnValue === "yes"); });
}
async function used(node) {
  const entry = { ...entryOf(node), do: node.dataset.act };
  if (!(await confirmed(node))) return;
  if (node.tagName === "SELECT" && node.dataset.act === "press") node.value = "";
  await perform(entry);
}

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  const go = at("[data-go]"), pressed = at("button[data-act], a[data-act]"), reply = at("[data-reply]"), join = at("[data-join]");
  if (go) { place = go.dataset.go; thread = null; showThread(); remember(); if (place === "home") void perform({ do: "home" }); else void enqueue(draw); }
  else if (pressed) void used(pressed);
  else if (reply) { thread = reply.dataset.reply; showThread(); el("say").focus(); }
  else if (join) void perform({ do: "join", channel: join.dataset.join });
  else if (at("[data-close]")) void perform({ do: "close" });
  else if (at("#nothread")) { thread = null; showThread(); }
});
document.addEventListener("change", (event) => {
  const node = event.target.closest("[data-act]");
  // A control that is being taken off the page says "change" once more; what was typed into it is already kept.
  if (!node || event.target.tagName === "BUTTON" || surfaceOf(node) === null) return;
  const key = node.dataset.block + " " + node.dataset.action;
  dirty.delete(key);
  if (node.dataset.act === "press" && node.value === "") return;
  if (node.dataset.act === "press" || node.dataset.dispatch) { void used(node); return; }
  dirty.set(key, entryOf(node));
  void flush();
});
document.addEventListener("input", (event) => {
  const node = event.target.closest("[data-act=fill]");
  if (!node || node.dataset.dispatch || node.tagName === "SELECT" || node.classList.contains("choices")) return;
  dirty.set(node.dataset.block + " " + node.dataset.action, entryOf(node));
});
dialog.addEventListener("submit", (event) => { event.preventDefault(); void perform({ do: "submit" }); });
dialog.addEventListener("cancel", (event) => { event.preventDefault(); void perform({ do: "close" }); });
el("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = el("say").value;
  if (text.trim() === "") return;
  el("say").value = "";
  void perform({ do: "type", text, thread });
});
el("logbox").addEventListener("toggle", () => enqueue(draw));
who.addEventListener("change", () => { remember(); shown.clear(); box.innerHTML = ""; beside.changed(); void enqueue(draw); });
function showThread() { el("threadnote").hidden = thread === null; }
function remember() { history.replaceState(null, "", "/?" + new URLSearchParams({ as: who.value, place, ...beside.address() })); }

let drawing = false;
new EventSource("/page/stream").onmessage = () => {
  if (drawing) return;
  drawing = true;
  // While the person's own action is under way the bot may already change the page: draw beside the queue.
  setTimeout(async () => { drawing = false; await flush(); await draw(); }, 20);
};
void enqueue(draw);
`;
